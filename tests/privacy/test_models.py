"""Models are what they were, or nothing is looked at: one bit is enough, and the message says
which."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.bootstrap import build
from app.errors import ModelError
from app.faces.packs import bundled, describe_pack, open_pack
from app.indexing.house import House
from app.library.queries.photos import counts
from app.library.queries.tasks import task
from app.library.rows import TaskState
from app.paths import Paths, resources
from app.settings import Settings

MODELS = sorted(path.name for path in (resources() / "models" / "compact").glob("*.onnx"))
SMALL = Path(__file__).parents[3] / "shared" / "models" / "insightface-small"
needs_models = pytest.mark.skipif(not SMALL.is_dir(), reason="needs a folder of insightface models")
Say = Callable[..., Any]


def harm(path: Path) -> None:
    """Turn one bit in the middle of a file round."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the pack in the program, in a copy of what ships with it, to be harmed."""
    copy = tmp_path / "resources"
    shutil.copytree(resources(), copy)
    monkeypatch.setattr("app.bootstrap.resources", lambda: copy)
    monkeypatch.setattr("app.indexing.model_packs.resources", lambda: copy)
    return copy / "models" / "compact"


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    """Speaks a command and gives its document; `status` is what it must end with."""

    def speak(*words: object, status: int = 0) -> Any:
        capfd.readouterr()
        assert main([*map(str, words), "--json"]) == status
        return json.loads(capfd.readouterr().out)

    return speak


@pytest.fixture
def open_house() -> Iterator[Callable[[], House]]:
    """Opens the library; closes it in the end."""
    houses: list[House] = []

    def open_() -> House:
        houses.append(build(None, "Photos"))
        return houses[-1]

    yield open_
    for house in houses:
        house.close()


@pytest.fixture
def own() -> Path:
    """A folder of models of the user's own, chosen in the settings: no models, in truth."""
    paths = Paths.for_user()
    paths.make()
    folder = paths.models / "mine"
    folder.mkdir(parents=True)
    for name in ("det.onnx", "rec.onnx"):
        (folder / name).write_bytes(name.encode() * 1000)
    Settings(pack="mine").save(paths.settings)
    return folder


@pytest.mark.parametrize("model", MODELS)
def test_one_wrong_bit_in_a_model_keeps_the_library_closed(shipped: Path, model: str) -> None:
    harm(shipped / model)
    for open_one in (describe_pack, open_pack):
        with pytest.raises(ModelError, match=rf"{model} is damaged.*Install Kinfolk again"):
            open_one("compact", Path("/nowhere"), shipped.parents[1])
    with pytest.raises(ModelError, match=model):
        build(None, "Photos")


@pytest.mark.parametrize("model", MODELS[:2])
def test_a_model_that_is_harmed_while_kinfolk_runs_looks_at_nothing(
    shipped: Path, model: str, six_people: Path, open_house: Callable[[], House]
) -> None:
    house = open_house()
    harm(shipped / model)
    house.indexer.start(watch=False)
    task_id = house.indexer.index(house.collection.id, [six_people])
    assert house.indexer.wait(task_id, 60)
    row = task(house.library, task_id)
    assert row.state is TaskState.FAILED and model in row.error and "damaged" in row.error
    totals = counts(house.library, house.collection.id)
    assert (totals.pending, totals.skipped) == (4, 0), "they wait for sound models"


def test_what_is_loaded_is_what_was_verified(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is exchanged between the check and the use is of no use to who does it."""
    loaded: list[str] = []
    load = bundled.open_session

    def exchange(path: Path, content: bytes, provider: str) -> Any:
        path.write_bytes(b"not a model any more")
        loaded.append(path.name)
        return load(path, content, provider)

    monkeypatch.setattr(bundled, "open_session", exchange)
    assert open_pack("compact", Path("/nowhere"), shipped.parents[1]).name == "compact"
    assert sorted(loaded) == MODELS


@pytest.mark.usefixtures("own")
def test_models_of_the_users_own_are_noted_at_their_first_use(say: Say) -> None:
    paths = Paths.for_user()
    assert [m["Problem"] for m in say("models", "verify")["Models"]] == ["", ""]
    assert not paths.pins.exists(), "looking at them is no use"
    say("collection", "list")
    noted = json.loads(paths.pins.read_text(encoding="utf-8"))
    assert noted.keys() == {"mine"} and noted["mine"].keys() == {"det.onnx", "rec.onnx"}
    assert stat.S_IMODE(paths.pins.stat().st_mode) == 0o600
    say("collection", "list")
    assert json.loads(paths.pins.read_text(encoding="utf-8")) == noted


@pytest.mark.parametrize("change", ["has changed", "is missing", "is new"])
def test_models_of_the_users_own_that_differ_are_refused_until_accepted(
    own: Path, say: Say, change: str
) -> None:
    say("collection", "list")
    name = "a.onnx" if change == "is new" else "rec.onnx"
    if change == "has changed":
        harm(own / name)
    elif change == "is missing":
        (own / name).unlink()
    else:
        (own / name).write_bytes(b"one more")
    told = say("people", status=2)["Error"]
    assert told["Code"] == "ModelError"
    assert (
        f"{name} {change}" in told["Message"] and "`kinfolk models accept mine`" in told["Message"]
    )
    compact, mine = say("models", "verify", status=1)["Models"]
    assert compact["Problem"] == "" and mine["InUse"] and name in mine["Problem"]
    say("models", "accept", "mine")
    assert [m["Problem"] for m in say("models", "verify")["Models"]] == ["", ""]
    assert say("people")["TotalCount"] == 0


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("content", ["{", "[]", '{"mine": 3}'])
def test_notes_that_cannot_be_read_are_told(say: Say, content: str) -> None:
    say("collection", "list")
    Paths.for_user().pins.write_text(content, encoding="utf-8")
    message = say("people", status=2)["Error"]["Message"]
    assert "models.json" in message and "Delete it" in message
    Paths.for_user().pins.unlink()
    say("people")


def test_only_packs_that_there_are_can_be_accepted(own: Path, say: Say) -> None:
    for words in (("accept",), ("accept", "compact"), ("accept", "other"), ("list", "mine")):
        assert say("models", *words, status=2)["Error"]["Message"]
    say("models", "accept", own)
    assert str(own) in json.loads(Paths.for_user().pins.read_text(encoding="utf-8"))


@needs_models
@pytest.mark.parametrize("model", sorted(path.name for path in SMALL.glob("*.onnx")))
def test_real_models_of_the_users_own_look_or_do_not(own: Path, model: str) -> None:
    paths = Paths.for_user()
    shutil.copytree(SMALL, own, dirs_exist_ok=True)
    for fake in ("det.onnx", "rec.onnx"):
        (own / fake).unlink()
    describe_pack("mine", paths.models, resources(), in_use=True)
    assert open_pack("mine", paths.models, resources()).info.dimensions > 0
    harm(own / model)
    with pytest.raises(ModelError, match=model):
        open_pack("mine", paths.models, resources())
