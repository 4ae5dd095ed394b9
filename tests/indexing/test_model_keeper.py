"""The keeper of packs: licence first, whole or not at all, and what it is held to later."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import build
from app.errors import KnownError, ModelError, UsageError
from app.faces.packs import describe_pack
from app.indexing import model_packs, model_place
from app.indexing.chores import Chores
from app.indexing.model_catalogue import Catalogue, read_catalogue
from app.indexing.model_download import Patience
from app.indexing.model_keeper import ModelKeeper
from app.indexing.model_licences import Agreements
from app.library.commands.folders import ensure_collection
from app.library.database import Library
from app.library.queries.tasks import latest_tasks
from app.library.rows import TaskState, TaskType
from app.paths import Paths, resources
from app.progress import Cancelled
from app.settings import Settings
from tests.indexing.model_server import FREE, MODELS, Mood, Server, serving, zipped
from tests.indexing.tiny_pack import write_tiny_pack

QUICK = Patience(stall=10.0, pauses=(0.01, 0.01))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(zipped(MODELS, "tiny/")) as server:
        yield server


@pytest.fixture
def paths() -> Paths:
    paths = Paths.for_user()
    paths.make()
    return paths


@pytest.fixture
def keeper(server: Server, paths: Paths) -> ModelKeeper:
    return ModelKeeper(paths, server.catalogue(), patience=QUICK)


def agree(keeper: ModelKeeper) -> None:
    keeper.agreements.note(keeper.catalogue.offer("tiny"))


def listed(keeper: ModelKeeper) -> dict[str, tuple[bool, str]]:
    """Every pack: whether it is here, and what is wrong with it."""
    return {card.choice: (card.is_here, card.problem) for card in keeper.cards()}


def test_the_catalogue_of_the_program_is_complete() -> None:
    found = read_catalogue(resources())
    assert [offer.name for offer in found.offers] == [
        "buffalo_l", "buffalo_m", "buffalo_s", "buffalo_sc", "antelopev2",
    ]  # fmt: skip
    for offer in found.offers:
        assert offer.address.startswith("https://github.com/deepinsight/insightface/releases/")
        assert offer.address.endswith(f"/{offer.name}.zip") and offer.size > 10_000_000
        assert len(offer.sum) == 64 and all(len(file.sum) == 64 for file in offer.files)
        assert not offer.licence.allows_all_use
        assert "non-commercial research purposes only" in offer.licence.text
        assert 2 <= len(offer.files) <= 3 and offer.unpacked < 1.1 * offer.size
    with pytest.raises(UsageError, match="There is no pack mine to be fetched; there are: buff"):
        found.offer("mine")


def test_nothing_is_fetched_before_the_licence_is_agreed_to(
    keeper: ModelKeeper, server: Server, paths: Paths
) -> None:
    with pytest.raises(ModelError, match=r"For trying out only.*agree to it first.*licence tiny"):
        keeper.download("tiny")
    assert server.asked == [] and not paths.models.exists()
    agree(keeper)
    place = keeper.download("tiny")
    assert place == paths.models / "tiny" and len(server.asked) == 1
    (noted,) = json.loads(paths.licences.read_text(encoding="utf-8"))["agreements"]
    text = keeper.catalogue.offer("tiny").licence.text
    assert noted["pack"] == "tiny" and noted["when"].endswith("+00:00")
    assert noted["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert stat.S_IMODE(paths.licences.stat().st_mode) == 0o600


def test_who_agreed_to_other_words_is_asked_again(server: Server, paths: Paths) -> None:
    offer = server.offer()
    Agreements(paths).note(offer)
    assert Agreements(paths).has(offer)
    other = replace(offer, licence=replace(offer.licence, text="Something else."))
    assert not Agreements(paths).has(other)
    assert not Agreements(paths).has(replace(offer, name="other"))
    assert Agreements(paths).has(replace(other, licence=FREE)), "nothing is asked for that"
    paths.licences.write_text("{", encoding="utf-8")
    assert not Agreements(paths).has(offer)
    Agreements(paths).note(offer)
    assert Agreements(paths).has(offer)


def test_what_was_fetched_is_of_use_private_and_held_to_what_it_is(
    keeper: ModelKeeper, server: Server, paths: Paths
) -> None:
    agree(keeper)
    place = keeper.download("tiny")
    assert {path.name for path in place.iterdir()} == {"det.onnx", "rec.onnx"}, "what is of use"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [p.name for p in (paths.models / ".fetching").iterdir() if p.suffix != ".lock"] == []
    assert listed(keeper) == {"compact": (True, ""), "tiny": (True, "")}
    assert json.loads(paths.pins.read_text(encoding="utf-8")).keys() == {"tiny"}
    (place / "det.onnx").write_bytes(b"another")
    assert "det.onnx has changed" in listed(keeper)["tiny"][1]
    keeper.accept("tiny")
    assert listed(keeper)["tiny"] == (True, "")
    asked = len(server.asked)
    keeper.download("tiny")
    assert (place / "det.onnx").read_bytes() == MODELS["det.onnx"]
    assert listed(keeper)["tiny"] == (True, "")
    keeper.download("tiny")
    assert len(server.asked) == asked + 1, "what is here and whole is not fetched again"


def test_a_download_is_a_task_with_bytes_that_can_be_cancelled(
    server: Server, paths: Paths
) -> None:
    library = Library.open(paths.database)
    try:
        ensure_collection(library, "Photos")
        chores = Chores(library)
        keeper = ModelKeeper(paths, server.catalogue(), lambda: chores, QUICK)
        agree(keeper)
        seen: list[tuple[int, int]] = []
        server.moods = [Mood(stall_after=100_000)]

        def tell(done: int, total: int) -> None:
            fetching = keeper.under_way("tiny")
            assert fetching is not None and (fetching.done, fetching.total) == (done, total)
            seen.append((done, total))
            if done:
                keeper.cancel("tiny")

        with pytest.raises(Cancelled):
            keeper.download("tiny", tell=tell)
        assert keeper.under_way("tiny") is None and keeper.have("tiny") == seen[-1][0] > 0
        with pytest.raises(Cancelled):
            keeper.download("tiny", stop=lambda: True)
        assert keeper.download("tiny").is_dir() and keeper.have("tiny") == 0
        tasks = latest_tasks(library, 0, 10)
        assert {row.type for row in tasks} == {TaskType.DOWNLOAD}
        assert [row.state for row in tasks] == [
            TaskState.DONE, TaskState.INTERRUPTED, TaskState.CANCELLED,
        ]  # fmt: skip
        total = len(server.content)
        assert (tasks[0].done, tasks[0].total) == (total, total)
        assert tasks[0].result["Pack"] == "tiny" and tasks[0].result["Size"] == total
        assert TaskType.DOWNLOAD.can_cancel and TaskType.DOWNLOAD.is_of_library
    finally:
        library.close()


def test_one_at_a_time_fetches_a_pack(keeper: ModelKeeper, server: Server, paths: Paths) -> None:
    agree(keeper)
    other = ModelKeeper(paths, server.catalogue(), patience=QUICK)

    def tell(*_: int) -> None:
        with pytest.raises(KnownError, match="being downloaded already"):
            keeper.download("tiny")
        with pytest.raises(KnownError, match="Another Kinfolk is busy with the pack tiny"):
            other.download("tiny")

    keeper.download("tiny", tell=tell)
    assert other.download("tiny").is_dir()


def test_a_model_that_is_not_the_known_one_takes_no_place(
    server: Server, paths: Paths, keeper: ModelKeeper
) -> None:
    agree(keeper)
    place = keeper.download("tiny")
    (place / "det.onnx").unlink()
    server.content = zipped({**MODELS, "rec.onnx": b"another"}, "tiny/")
    server.etag = '"other"'
    lying = replace(server.offer(), files=keeper.catalogue.offers[0].files)
    other = ModelKeeper(paths, Catalogue((lying,)), patience=QUICK)
    with pytest.raises(ModelError, match=r"rec\.onnx is not the one that Kinfolk knows"):
        other.download("tiny")
    assert (place / "rec.onnx").read_bytes() == MODELS["rec.onnx"], "the one before stays"


def test_who_is_killed_while_it_is_put_into_place_loses_nothing(
    keeper: ModelKeeper, monkeypatch: pytest.MonkeyPatch, paths: Paths
) -> None:
    agree(keeper)
    place = keeper.download("tiny")
    (place / "det.onnx").write_bytes(b"the one before")

    class Killed(BaseException):
        """What no program can catch; here it can, to look at what is left."""

    put_back = model_place.ModelPlace._put_back
    rename, moves = Path.rename, list[str]()

    def die(self: Path, target: Path) -> Path:
        moves.append(self.name)
        if len(moves) == 2:  # the old one is aside, the new one not in its place
            monkeypatch.setattr(model_place.ModelPlace, "_put_back", lambda *_: None)
            raise Killed
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die)
        with pytest.raises(Killed):
            keeper.download("tiny")
    assert moves == ["tiny", "fresh"] and not place.exists()
    monkeypatch.setattr(model_place.ModelPlace, "_put_back", put_back)
    with keeper._place.alone("tiny"):
        assert (place / "det.onnx").read_bytes() == b"the one before"
    assert not (paths.models / ".fetching" / "tiny.new").exists()


def test_an_archive_got_by_other_means_is_known_by_its_sum(
    keeper: ModelKeeper, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "from a friend.zip"
    file.write_bytes(server.content)
    found = keeper.examine(file)
    assert (found.name, found.is_verified, found.sum) == ("tiny", True, server.offer().sum)
    with pytest.raises(ModelError, match="agree to it first"):
        keeper.add(found)
    agree(keeper)
    place = keeper.add(found)
    assert place.name == "tiny" and (place / "det.onnx").read_bytes() == MODELS["det.onnx"]
    assert server.asked == [], "nothing is fetched for that"
    assert listed(keeper)["tiny"] == (True, "")


def test_an_archive_that_nobody_knows_is_said_to_be_that(
    keeper: ModelKeeper, tmp_path: Path
) -> None:
    file = tmp_path / "My own (2).zip"
    file.write_bytes(zipped({"a.onnx": b"1" * 50, "b.onnx": b"2" * 50}))
    found = keeper.examine(file)
    assert (found.name, found.offer, found.is_verified) == ("My-own-2", None, False)
    assert found.contents.models == ("a.onnx", "b.onnx")
    assert found.sum == hashlib.sha256(file.read_bytes()).hexdigest()
    place = keeper.add(found, "mine")
    assert {path.name for path in place.iterdir()} == {"a.onnx", "b.onnx"}
    for name in ("compact", "../up", ".fetching", "a/b", ""):
        if name:
            with pytest.raises(UsageError, match="cannot be called"):
                keeper.add(found, name)


def test_a_folder_is_known_by_its_models_whatever_it_is_called(
    keeper: ModelKeeper, tmp_path: Path
) -> None:
    folder = tmp_path / "harmless"
    folder.mkdir()
    for name, content in MODELS.items():
        (folder / name).write_bytes(content)
    found = keeper.examine(folder)
    assert (found.name, found.is_verified, found.sum) == ("tiny", True, "")
    with pytest.raises(ModelError, match="agree to it first"):
        keeper.add(found)
    agree(keeper)
    assert {path.name for path in keeper.add(found).iterdir()} == {"det.onnx", "rec.onnx"}
    (folder / "rec.onnx").write_bytes(b"of somebody else")
    part = keeper.examine(folder)
    assert part.offer is not None and not part.is_verified and part.name == "harmless"


def test_what_is_no_pack_is_told(keeper: ModelKeeper, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.zip", tmp_path):
        with pytest.raises(ModelError):
            keeper.examine(path)


def test_a_pack_is_removed_unless_it_is_in_use(keeper: ModelKeeper, paths: Paths) -> None:
    agree(keeper)
    place = keeper.download("tiny")
    Settings(pack="tiny").save(paths.settings)
    with pytest.raises(UsageError, match="in use"):
        keeper.remove("tiny")
    Settings().save(paths.settings)
    keeper.remove("tiny")
    assert not place.exists() and json.loads(paths.pins.read_text(encoding="utf-8")) == {}
    assert listed(keeper) == {"compact": (True, ""), "tiny": (False, "")}
    for name, reason in (("compact", "part of Kinfolk"), ("tiny", "no pack"), ("../x", "no pack")):
        with pytest.raises(UsageError, match=reason):
            keeper.remove(name)


def test_what_came_of_a_download_can_be_removed(
    keeper: ModelKeeper, server: Server, paths: Paths
) -> None:
    agree(keeper)
    server.moods = [Mood(stop_after=1000)] + [Mood(500)] * 9
    with pytest.raises(ModelError, match="is kept"):
        keeper.download("tiny")
    assert keeper.have("tiny") == 1000
    keeper.remove("tiny")
    assert keeper.have("tiny") == 0 and not (paths.models / "tiny").exists()


@pytest.fixture
def offered(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the program itself know the catalogue of this server."""

    def offer() -> None:
        monkeypatch.setattr(model_packs, "read_catalogue", lambda _: server.catalogue())

    return offer


@pytest.mark.parametrize("name", ["tiny", "renamed"])
def test_no_pack_of_the_catalogue_is_used_before_its_licence_is_agreed_to(
    keeper: ModelKeeper, paths: Paths, offered: Callable[[], None], name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    offered()
    folder = paths.models / name
    folder.mkdir(parents=True)
    for model in ("det.onnx", "rec.onnx"):
        (folder / model).write_bytes(MODELS[model])
    Settings(pack=name).save(paths.settings)
    with pytest.raises(ModelError, match=r"agree to it first.*kinfolk models licence tiny"):
        build(None, "Photos")
    with pytest.raises(ModelError, match="agree to it first"):
        keeper.see_usable(name)
    for work in (keeper.measure, keeper.accept):
        with pytest.raises(ModelError, match="agree to it first"):
            work(name)
    monkeypatch.setattr(model_packs, "read_catalogue", lambda _: keeper.catalogue)
    with pytest.raises(ModelError, match="agree to it first"):
        model_packs.require_consent(name, paths)
    model_packs.require_consent("compact", paths)
    agree(keeper)
    keeper.see_usable(name)
    model_packs.require_consent(name, paths)
    build(None, "Photos").close()


def test_a_pack_that_was_used_before_anybody_was_asked_stays_usable(
    keeper: ModelKeeper, paths: Paths, offered: Callable[[], None]
) -> None:
    (paths.models / "tiny").mkdir(parents=True)
    (paths.models / "tiny" / "det.onnx").write_bytes(MODELS["det.onnx"])
    describe_pack("tiny", paths.models, resources(), in_use=True)
    offered()
    Settings(pack="tiny").save(paths.settings)
    build(None, "Photos").close()
    keeper.see_usable("tiny")


def test_a_pack_is_measured_by_what_looks_at_photos(
    keeper: ModelKeeper, paths: Paths, tmp_path: Path
) -> None:
    write_tiny_pack(tmp_path / "real")
    keeper.add(keeper.examine(tmp_path / "real"))
    version = next(card.version for card in keeper.cards() if card.choice == "real")
    assert keeper.speed("real", version) is None
    speed = keeper.measure("real")
    assert keeper.speed("real", version) == speed
    assert speed.photo_ms > 0 and speed.face_ms >= 0 and speed.per_second > 0
    assert speed.usual_ms >= speed.photo_ms
    assert keeper.speed("real", "another") is None
    assert stat.S_IMODE(paths.model_speed.stat().st_mode) == 0o600
    keeper.remove("real")
    assert keeper.speed("real", version) is None
    (paths.models / "broken").mkdir()
    (paths.models / "broken" / "det.onnx").write_bytes(b"nonsense")
    with pytest.raises(ModelError):
        keeper.measure("broken")
    shutil.rmtree(paths.models / "broken")
