"""Photos that kill, hang and devour the workers that look at them, and what is said of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pylibjxl
import pytest
from PIL import Image

from app.indexing import workers
from app.indexing.crew import Crew
from app.indexing.house import House
from app.indexing.workers import WorkOrder
from app.library.queries.photos import counts, skipped_photos
from app.library.rows import TaskRow, TaskState
from app.paths import resources
from tests.indexing import errands
from tests.indexing.conftest import finish
from tests.media.raws import dng
from tests.media.samples import KINDS

Open = Callable[..., House]


def index(house: House, *paths: Path) -> TaskRow:
    house.indexer.start(watch=False)
    return finish(house, house.indexer.index(house.collection.id, paths), 100)


def reasons(house: House) -> dict[str, str]:
    """Why photos were skipped."""
    return {s.path.stem: s.error for s in skipped_photos(house.library, house.collection.id)}


@pytest.fixture
def misbehaving(tmp_path: Path, group_photo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of photos at which workers look as `errands.look` does."""
    monkeypatch.setattr("app.indexing.workers._look", errands.look)
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in ("fine1", "hang", "fine2", "crash", "killed2", "fine3", "crash-once", "killed99"):
        shutil.copy(group_photo, folder / f"{name}.jpg")
    return folder


def test_a_photo_is_blamed_when_it_was_alone(open_house: Open, misbehaving: Path) -> None:
    house = open_house(workers=2, photo_seconds=4)
    row = index(house, misbehaving)
    assert (row.state, row.result["Indexed"]) == (TaskState.DONE, 5)
    assert reasons(house) == {
        "hang": "Looking at it took longer than 4 seconds, twice. "
        "The setting photo_seconds can allow more.",
        "crash": "Opening it crashed the picture decoder, twice.",
        "killed99": "The system ended the work on it 4 times, perhaps for want of memory. "
        "Close other programs and try again.",
    }
    notes = (misbehaving / "notes").read_text().splitlines()
    begun = [note.split()[1] for note in notes if note.startswith("begin")]
    times = {name: begun.count(name) for name in begun}
    assert times == {
        "fine1": 1, "fine2": 1, "fine3": 1,
        "hang": 2, "crash": 2, "crash-once": 2, "killed2": 3, "killed99": 4,
    }  # fmt: skip
    # From the first second try on, whatever ends is what was begun last: nothing is beside it.
    again = next(n for n, note in enumerate(notes) if note in notes[:n])
    for before, note in zip(notes[again:], notes[again + 1 :], strict=False):
        assert note.startswith("begin") or before == note.replace("end", "begin"), notes


def test_workers_that_cannot_begin_blame_no_photo(
    open_house: Open, six_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.workers._begin", errands.begin_without_order)
    house = open_house(workers=2)
    row = index(house, six_people)
    assert row.state is TaskState.FAILED
    assert "end as soon as they are started" in row.error
    assert reasons(house) == {} and counts(house.library, house.collection.id).pending == 4


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("JPEG", "HEIF")])
def test_a_photo_that_needs_too_much_memory_says_so(
    kind: str, open_house: Open, group_photo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    size = {"AVIF": (6000, 6000)}.get(kind, (9000, 9000))
    speed = {"AVIF": {"speed": 10}, "WEBP": {"method": 0}}.get(kind, {})
    Image.new("RGB", size, "teal").save(folder / f"a-large.{KINDS[kind]}", kind, **speed)
    shutil.copy(group_photo, folder / "b-fine.jpg")
    house = open_house(workers=1, photo_megabytes=200)
    row = index(house, folder)
    assert (row.state, row.result["Indexed"], row.result["Faces"]) == (TaskState.DONE, 1, 6)
    told = "Looking at it needs more than 200 MB of memory; the setting photo_megabytes "
    assert reasons(house) == {"a-large": told + "can allow more."}


@pytest.mark.parametrize("kind", ["dng", "jxl"])
def test_raw_files_and_jpeg_xl_keep_within_the_memory_too(
    kind: str, open_house: Open, group_photo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    if kind == "dng":
        data = dng(Image.new("RGB", (8000, 6000), "teal"))
    else:
        data = pylibjxl.encode(np.zeros((9000, 9000, 3), np.uint8), effort=1)
    (folder / f"a-large.{kind}").write_bytes(data)
    (folder / "b-fine.dng").write_bytes(dng(Image.open(group_photo)))
    house = open_house(workers=1, photo_megabytes=150)
    row = index(house, folder)
    assert (row.state, row.result["Indexed"], row.result["Faces"]) == (TaskState.DONE, 1, 6)
    told = "Looking at it needs more than 150 MB of memory; the setting photo_megabytes "
    assert reasons(house) == {"a-large": told + "can allow more."}


def test_the_memory_of_a_look_is_given_back(group_photo: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    noise = np.random.default_rng(1).integers(0, 255, (60, 6000), np.uint8)
    Image.fromarray(noise).convert("RGB").resize((6000, 6000)).save(large, compress_level=1)
    order = WorkOrder("compact", tmp_path, resources(), tmp_path / "c", 10**9, 400, 3000, 512, 440)
    crew = Crew(1, 60, workers._begin, order)
    before, with_large, after = (
        crew.do(errands.weigh, path).result() for path in (group_photo, large, group_photo)
    )
    crew.stop()
    # The picture alone is 144 MB, and 108 MB more as pixels.
    assert with_large - before < 64_000_000 and after - before < 64_000_000
