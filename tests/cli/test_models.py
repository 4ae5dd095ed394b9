"""Model packs by the command line, from a real server of this computer: licence first."""

from __future__ import annotations

import io
import json
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.paths import Paths, resources
from tests.indexing.model_server import MODELS, Mood, Server, serving, write_catalogue, zipped

Say = Callable[..., Any]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose pack `tiny` is the only one in the catalogue of the program."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving(zipped(MODELS)) as server:
        copy = tmp_path / "resources"
        (copy / "models").mkdir(parents=True)
        (copy / "models" / "compact").symlink_to(resources() / "models" / "compact")
        write_catalogue(copy, server.offer())
        monkeypatch.setattr("app.indexing.model_packs.resources", lambda: copy)
        monkeypatch.setattr("app.bootstrap.resources", lambda: copy)
        yield server


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    """Speaks a command and gives its document; `status` is what it must end with."""

    def speak(*words: object, status: int = 0) -> Any:
        capfd.readouterr()
        assert main([*map(str, words), "--json"]) == status
        return json.loads(capfd.readouterr().out)

    return speak


def test_a_pack_is_offered_read_about_fetched_checked_and_removed(server: Server, say: Say) -> None:
    (offer,) = say("models")["Offers"]
    assert offer == {
        "Name": "tiny", "Licence": "For trying out only", "Size": len(server.content),
        "Downloaded": 0, "SHA256": server.offer().sum, "URL": server.address,
        "LicenceAccepted": False,
    }  # fmt: skip
    told = say("models", "download", "tiny", status=2)["Error"]["Message"]
    assert "not for every use" in told and "--accept-licence" in told and server.asked == []
    read = say("models", "licence", "tiny")
    assert (read["Text"], read["LicenceAccepted"]) == ("Only for trying.", False)
    done = say("models", "download", "tiny", "--accept-licence")
    assert Path(done["Folder"]) == Paths.for_user().models / "tiny"
    assert say("models", "licence", "tiny")["LicenceAccepted"]
    found = say("models")
    assert [one["Name"] for one in found["Models"]] == ["compact", "tiny"]
    assert found["Models"][1]["Licence"] == "For trying out only" and found["Offers"] == []
    assert [one["Problem"] for one in say("models", "verify")["Models"]] == ["", ""]
    (Path(done["Folder"]) / "det.onnx").write_bytes(b"another")
    assert "det.onnx has changed" in say("models", "verify", status=1)["Models"][1]["Problem"]
    assert say("models", "download", "tiny")["Done"].startswith("The pack tiny is here")
    say("models", "verify")
    assert say("models", "remove", "tiny")["Done"] == "The pack tiny is removed."
    assert [one["Name"] for one in say("models")["Models"]] == ["compact"]


def test_what_is_wrong_is_one_line_and_what_came_is_gone_on_with(server: Server, say: Say) -> None:
    server.moods = [Mood(404)]
    told = say("models", "download", "tiny", "--accept-licence", status=2)["Error"]
    assert told["Code"] == "ModelError" and "\n" not in told["Message"]
    server.moods = [Mood(stop_after=70_000), Mood(403)]
    say("models", "download", "tiny", status=2)
    assert say("models")["Offers"][0]["Downloaded"] == 70_000
    say("models", "download", "tiny")
    assert server.begins()[-1] == 70_000


@pytest.mark.usefixtures("server")
def test_a_file_got_by_other_means_is_added(server: Server, say: Say, tmp_path: Path) -> None:
    file = tmp_path / "sent.zip"
    file.write_bytes(server.content)
    assert "--accept-licence" in say("models", "add", file, status=2)["Error"]["Message"]
    assert say("models", "add", file, "--accept-licence")["Name"] == "tiny"
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.onnx").write_bytes(b"model")
    assert say("models", "add", own, "--as", "mine")["Name"] == "mine"
    assert [one["Name"] for one in say("models")["Models"]] == ["compact", "mine", "tiny"]
    assert server.asked == []


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "words",
    [
        ("download",), ("download", "compact"), ("licence", "mine"), ("remove", "compact"),
        ("remove", "tiny"), ("add", "/nowhere.zip"), ("add",), ("list", "tiny"), ("verify", "x"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_one_line(say: Say, words: tuple[str, ...]) -> None:
    told = say("models", *words, status=2)["Error"]["Message"]
    assert told and "\n" not in told


SPOKEN = """
import sys
from pathlib import Path
from app.__main__ import main
import app.indexing.model_packs as packs
packs.resources = lambda: Path(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(("end", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 2)])
def test_who_is_killed_or_stopped_in_the_middle_goes_on_there(
    server: Server, say: Say, tmp_path: Path, end: signal.Signals, status: int
) -> None:
    server.moods = [Mood(stall_after=200_000)]
    words = ("models", "download", "tiny", "--accept-licence")
    program = subprocess.Popen(
        [sys.executable, "-c", SPOKEN, str(tmp_path / "resources"), *words],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    part = Paths.for_user().models / ".fetching" / "tiny.zip.part"
    until = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size == 200_000):
        assert time.monotonic() < until and program.poll() is None
        time.sleep(0.02)
    program.send_signal(end)
    errors = program.communicate(timeout=60)[1]
    assert program.returncode == status, errors
    if end is signal.SIGINT:
        assert "What has come until now is kept" in errors
    say("models", "download", "tiny")
    assert server.begins() == [0, 200_000]


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 2), ("", 2)])
def test_at_a_terminal_the_licence_is_read_and_agreed_to(
    server: Server, answer: str, status: int, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    assert main(["models", "download", "tiny"]) == status
    said = capfd.readouterr().err
    assert "Only for trying." in said and "Do you agree" in said
    assert bool(server.asked) == (answer == "y")
    assert Paths.for_user().licences.exists() == (answer == "y")
    if answer == "y":
        assert stat.S_IMODE(Paths.for_user().licences.stat().st_mode) == 0o600
