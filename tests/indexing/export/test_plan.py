"""Plans: whatever photos are called, each has a place of its own, and keeps it."""

from __future__ import annotations

import random
import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from app.indexing.export.folders import Folders
from app.indexing.export.names import same
from app.indexing.export.order import By, Order
from app.indexing.export.plan import Item, make_plan
from app.indexing.export.record import Record
from app.library.queries.exports import PhotoFiles, Shown

PEOPLE = tuple(
    Shown(number, f"person-{number:06x}-0", name, name == "Hidden")
    for number, name in enumerate(("Anna", "anna", "CON", "A/B", "A:B", "Others", "", "Hidden"))
)
stems = st.sampled_from(
    ["IMG_1", "img_1", "Img_1 (00000001)", "e\u0301", "\u00e9", "aux", "a:b", "a?b", "x" * 300]
)
names = st.builds("{}{}".format, stems, st.sampled_from([".jpg", ".JPG", ".heic", ""]))
folders = st.sampled_from(["a", "b", "c/d"])
moments = st.sampled_from([None, datetime(2019, 6, 1), datetime(2020, 1, 1)])
shots = st.lists(
    st.tuples(folders, names, moments, st.sets(st.integers(0, len(PEOPLE) - 1))),
    max_size=30, unique_by=lambda one: (one[0], one[1]),
)  # fmt: skip


def photos_of(told: list[tuple[str, str, datetime | None, set[int]]]) -> list[PhotoFiles]:
    """A photo for each."""
    return [
        PhotoFiles(
            number, Path("/photos", folder, name), f"{number:032x}", 1, 4, 3, "image/jpeg", taken,
            None, False,
        )
        for number, (folder, name, taken, _) in enumerate(told)
    ]  # fmt: skip


def planned(
    record: Record, photos: list[PhotoFiles], people: dict[int, tuple[Shown, ...]], by: By
) -> list[Item]:
    """The files of a plan."""
    order = Order(record.into, tuple(photo.id for photo in photos), by=by)
    return make_plan(order, photos, people, Folders(by, (), PEOPLE), record).items


@settings(max_examples=60)
@given(shots, st.sampled_from(list(By)), st.randoms())
def test_no_two_files_have_one_place_and_each_keeps_its_own(
    told: list[tuple[str, str, datetime | None, set[int]]], by: By, chance: random.Random
) -> None:
    photos = photos_of(told)
    people = {n: tuple(PEOPLE[who] for who in sorted(one[3])) for n, one in enumerate(told)}
    with tempfile.TemporaryDirectory() as name:
        record = Record(Path(name))
        items = planned(record, photos, people, by)
        assert len({same(item.path) for item in items}) == len(items)
        assert {item.photo_id for item in items} == {photo.id for photo in photos}
        for item in items:
            parts = PurePosixPath(item.path).parts
            assert len(parts) <= 3 and not any(part.startswith(".") for part in parts)
        some = [item for item in items if chance.random() < 0.5]
        with record:
            for item in some:
                place = record.into / item.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"1")
                record.note(item.path, item.key, "copy")
        again = planned(Record(Path(name)), photos, people, by)
        kept = {(item.key, PurePosixPath(item.path).parent): item.path for item in again}
        assert len(kept) == len(items)
        for item in some:
            assert kept[item.key, PurePosixPath(item.path).parent] == item.path
        assert len({same(item.path) for item in again}) == len(again)
