"""Downloads of packs from a real server of this computer, which does all that servers do wrong."""

from __future__ import annotations

import hashlib
import shutil
import stat
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import ModelError
from app.indexing.model_download import Download, Patience
from app.indexing.model_stream import BrokenStream, Stream, Wish
from app.progress import Cancelled
from tests.indexing.model_server import MODELS, Mood, Server, serving, zipped

QUICK = Patience(stall=10.0, pauses=(0.01, 0.01, 0.01))
SHORT = Patience(stall=1.0, pauses=QUICK.pauses)
"""For servers that do stall."""
HALF = 150_000


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this computer goes through is no matter of the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(zipped(MODELS)) as server:
        yield server


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Callable[..., bytes]:
    """Fetches the archive into one folder, with changes to what the catalogue says of it."""

    def fetch(
        check: Callable[[], None] = lambda: None,
        proxy: str = "",
        patience: Patience = QUICK,
        **changes: object,
    ) -> bytes:
        load = Download(server.offer(**changes), tmp_path, proxy)
        archive, digest = load.run(check, lambda _, __: None, patience)
        content = archive.read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        return content

    return fetch


@pytest.fixture
def stop_in_the_middle(server: Server, tmp_path: Path) -> Callable[..., None]:
    """A user who stops when half of it is there: the server sends no more until then."""

    def stop(**changes: object) -> None:
        server.moods = [Mood(stall_after=HALF)]

        def tell(done: int, _: int) -> None:
            if done >= HALF:
                raise Cancelled

        with pytest.raises(Cancelled):
            Download(server.offer(**changes), tmp_path).run(lambda: None, tell, QUICK)
        assert (tmp_path / "tiny.zip.part").stat().st_size == HALF

    return stop


def test_an_archive_comes_whole_for_its_owner_only_and_is_told_of(
    server: Server, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    load = Download(server.offer(), tmp_path / "models")
    archive, _ = load.run(lambda: None, lambda *far: told.append(far), QUICK)
    assert archive.read_bytes() == server.content
    total = len(server.content)
    assert told[0] == (0, total) and told[-1] == (total, total) and told == sorted(told)
    assert {stat.S_IMODE(p.stat().st_mode) for p in archive.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(archive.parent.stat().st_mode) == 0o700
    (headers,) = [headers for _, headers in server.asked]
    assert headers["accept-encoding"] == "identity" and "cookie" not in headers
    load.drop()
    assert list(archive.parent.iterdir()) == []


def test_a_connection_that_is_cut_is_gone_on_with_where_it_was(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(stop_after=HALF), Mood(stop_after=60_000)]
    assert fetch() == server.content
    assert server.begins() == [0, HALF, HALF + 60_000]
    assert [headers.get("if-range") for _, headers in server.asked] == [None, '"first"', '"first"']


def test_a_server_that_stalls_is_left_and_asked_again(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(stall_after=HALF)]
    assert fetch(patience=SHORT) == server.content
    assert server.begins() == [0, HALF]


def test_what_was_stopped_is_kept_and_gone_on_with_later(
    server: Server, fetch: Callable[..., bytes], stop_in_the_middle: Callable[..., None]
) -> None:
    stop_in_the_middle()
    assert fetch() == server.content
    assert server.begins() == [0, HALF]


def test_a_stop_is_heeded_while_the_server_does_not_even_answer(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(before=lambda one: one.over.wait(30))]
    ticks = iter(range(100))

    def check() -> None:
        if server.asked and next(ticks) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(check)
    assert sum(thread.name == "download" for thread in threading.enumerate()) <= 1


def test_a_server_that_knows_no_parts_begins_anew(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(stop_after=HALF), Mood(ignores_range=True)]
    assert fetch() == server.content
    assert server.begins() == [0, HALF]


def test_a_file_that_was_exchanged_meanwhile_begins_anew(
    server: Server, fetch: Callable[..., bytes], stop_in_the_middle: Callable[..., None]
) -> None:
    stop_in_the_middle(sum="")
    server.content = zipped({**MODELS, "det.onnx": bytes(90_000)})
    server.etag = '"second"'
    assert fetch(size=0, sum="") == server.content
    assert server.begins() == [0, HALF], "the answer to the second is the whole new file"


def test_parts_of_two_versions_are_never_put_together(
    server: Server, fetch: Callable[..., bytes], stop_in_the_middle: Callable[..., None]
) -> None:
    """Also by a server that heeds Range, and not If-Range."""
    stop_in_the_middle(sum="")
    server.content = server.content[:-1] + b"!"

    def change(one: Server) -> None:
        one.asked[-1][1].pop("if-range")
        one.etag = '"first"'

    server.moods = [Mood(before=change, headers={"ETag": '"second"'})]
    assert fetch(sum="") == server.content
    assert server.begins() == [0, HALF, 0]


def test_where_no_version_and_no_sum_is_known_it_begins_anew(
    server: Server, fetch: Callable[..., bytes], stop_in_the_middle: Callable[..., None]
) -> None:
    server.etag = 'W/"weak"'
    stop_in_the_middle(sum="")
    assert fetch(sum="") == server.content
    assert server.begins() == [0, 0]


def test_a_part_that_rotted_on_the_disk_is_found_and_fetched_anew(
    server: Server,
    fetch: Callable[..., bytes],
    stop_in_the_middle: Callable[..., None],
    tmp_path: Path,
) -> None:
    stop_in_the_middle()
    part = tmp_path / "tiny.zip.part"
    part.write_bytes(b"\0" + part.read_bytes()[1:])
    assert fetch() == server.content
    assert server.begins() == [0, HALF, 0]


def test_wrong_bytes_are_refused_and_not_kept(
    server: Server, fetch: Callable[..., bytes], tmp_path: Path
) -> None:
    server.moods = [Mood(flip=1000), Mood(flip=2000)]
    with pytest.raises(ModelError, match=r"not the archive.*SHA-256.*Nothing of it was kept"):
        fetch()
    assert list(tmp_path.iterdir()) == [] and server.begins() == [0, 0]


def test_a_length_that_is_a_lie_is_found_out(
    server: Server, fetch: Callable[..., bytes], tmp_path: Path
) -> None:
    short, more = str(len(server.content) - 9), str(len(server.content) + 9)
    for told in (short, more):
        server.moods = [Mood(headers={"Content-Length": told})]
        with pytest.raises(ModelError, match=f"it has {told} bytes.*sign in to its network"):
            fetch()
    assert not (tmp_path / "tiny.zip.part").exists()
    server.moods = [Mood(headers={"Content-Length": more})]
    assert fetch(patience=SHORT, size=0, sum="") == server.content, "asked for the rest, it owns up"
    assert server.begins()[-2:] == [0, len(server.content)]


def test_a_server_that_tells_no_length_may_send_no_more_than_was_said(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(has_length=False)]
    assert fetch() == server.content
    fresh = len(server.content) - 1000
    server.moods = [Mood(has_length=False)] * 4
    server.etag = '"other"'
    with pytest.raises(ModelError, match="more came than was told"):
        fetch(size=fresh, address=server.address + "?")


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        (Mood(404), r"not where it was \(404\).*add the file"),
        (Mood(410), r"not where it was \(410\)"),
        (Mood(403), r"does not give the pack tiny away \(403\)"),
        (Mood(407), r"The proxy wants to know who asks \(407\).*NAME:PASSWORD"),
        (Mood(headers={"Content-Encoding": "gzip"}), "packs the archive once more"),
        (Mood(302, {"Location": "http://example.org/tiny.zip"}), "an address that is not safe"),
        (Mood(302, {"Location": "ftp://127.0.0.1/tiny.zip"}), "an address that is not safe"),
    ],
)
def test_what_cannot_get_better_is_told_at_once(
    server: Server, fetch: Callable[..., bytes], mood: Mood, reason: str
) -> None:
    server.moods = [mood]
    with pytest.raises(ModelError, match=reason):
        fetch()
    assert len(server.asked) == 1


def test_a_busy_server_is_asked_again_and_not_for_ever(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(500), Mood(503, {"Retry-After": "0"}), Mood(429)]
    assert fetch() == server.content
    server.asked.clear()
    server.moods = [Mood(500)] * 9
    with pytest.raises(ModelError, match=r"could not be fetched: the server is busy \(500\)"):
        fetch(address=server.address + "?other")
    assert len(server.asked) == 1 + len(QUICK.pauses)


def test_without_a_network_nobody_waits_long(
    fetch: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(
        "app.indexing.model_download._wait", lambda seconds, _: waited.append(seconds)
    )
    with pytest.raises(ModelError, match=r"cannot be reached\. Is this computer connected"):
        fetch(patience=Patience(), address="http://127.0.0.1:1/tiny.zip")
    assert sum(waited) < 5


def test_bytes_that_come_in_between_renew_the_patience(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    server.moods = [Mood(stop_after=20_000) for _ in range(12)]
    assert fetch() == server.content
    assert len(server.asked) == 13


def test_it_is_sent_on_as_release_pages_do_and_in_no_circle(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    onward = Mood(302, {"Location": "/elsewhere/tiny.zip?key=1"})
    server.moods = [onward, Mood(stop_after=HALF), onward]
    assert fetch() == server.content
    paths = [path for path, _ in server.asked]
    assert paths == ["/tiny.zip", "/elsewhere/tiny.zip?key=1"] * 2, "the key may be of no use later"
    server.moods = [onward] * 20
    with pytest.raises(ModelError, match="sends in a circle"):
        fetch(address=server.address + "?other")


def test_a_part_that_is_longer_than_the_file_begins_anew(
    server: Server,
    fetch: Callable[..., bytes],
    stop_in_the_middle: Callable[..., None],
    tmp_path: Path,
) -> None:
    stop_in_the_middle()
    server.moods = [Mood(416)]
    assert fetch() == server.content
    assert server.begins() == [0, HALF, 0]
    with (tmp_path / "tiny.zip.part").open("ab") as file:
        file.write(b"more")
    assert fetch() == server.content


def test_an_archive_that_is_whole_already_is_not_asked_for_again(
    server: Server, fetch: Callable[..., bytes]
) -> None:
    assert fetch() == fetch() == server.content
    assert server.begins() == [0]


def test_nothing_is_fetched_for_which_there_is_no_room(
    fetch: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1 << 20))
    with pytest.raises(ModelError, match=r"has no room: 6\d MB are needed.*1 MB are free"):
        fetch()


def test_a_folder_that_cannot_be_written_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    load = Download(server.offer(), tmp_path / "file" / "models")
    with pytest.raises(ModelError, match="cannot be written"):
        load.run(lambda: None, lambda _, __: None, QUICK)


def test_it_goes_through_the_proxy_that_is_set_or_that_the_system_says(
    server: Server, fetch: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy is asked for the whole address; this server answers whatever it is asked for."""
    proxy = f"http://anna:secret@127.0.0.1:{server.port}"
    aside = "http://localhost:1/tiny.zip"
    assert fetch(proxy=proxy, address=aside) == server.content
    path, headers = server.asked[-1]
    assert path == aside and headers["proxy-authorization"].startswith("Basic ")
    monkeypatch.setenv("http_proxy", proxy)
    assert fetch(address=aside + "?2") == server.content
    assert server.asked[-1][0] == aside + "?2"
    with pytest.raises(ModelError, match="the server cannot be reached"):
        fetch(proxy="none", address=aside + "?3")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(ModelError, match="the proxy cannot be reached"):
        fetch(address=aside + "?4")


@pytest.mark.parametrize("proxy", ["proxy.home:3128", "socks5://proxy.home", "http://", "direct"])
def test_what_can_be_no_proxy_is_told(fetch: Callable[..., bytes], proxy: str) -> None:
    with pytest.raises(ModelError, match="The setting proxy cannot be used"):
        fetch(proxy=proxy)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a.zip", "file:///etc/passwd", "https://", "ftp://127.0.0.1/a", "//x/a"],
)
def test_only_safe_addresses_are_asked(address: str) -> None:
    with pytest.raises(ModelError, match="not safe"):
        Stream(Wish(address))


def test_a_server_that_proves_nothing_is_not_trusted(server: Server) -> None:
    stream = Stream(Wish(server.address.replace("http:", "https:")), patience=5)
    with pytest.raises((ModelError, BrokenStream)):
        stream.head(lambda: None)
    stream.close()


def test_names_and_passwords_of_the_user_go_nowhere(
    server: Server, fetch: Callable[..., bytes], home: Path
) -> None:
    netrc = home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login anna password secret", encoding="utf-8")
    netrc.chmod(0o600)
    assert fetch() == server.content
    assert "authorization" not in server.asked[0][1]


def test_an_offer_without_a_size_or_a_sum_is_trusted_at_first(
    server: Server, tmp_path: Path
) -> None:
    bare = replace(server.offer(), size=0, sum="", files=())
    archive, digest = Download(bare, tmp_path).run(lambda: None, lambda _, __: None, QUICK)
    assert digest == hashlib.sha256(server.content).hexdigest()
    assert archive.read_bytes() == server.content
