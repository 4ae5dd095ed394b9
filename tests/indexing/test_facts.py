"""Photos that an earlier version looked at tell what this one reads, and keep their faces."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from app.changes import Changes
from app.errors import ModelError, PhotoError
from app.indexing import looker
from app.indexing.events import Changed
from app.indexing.facts import FactsKeeper
from app.indexing.house import House
from app.library.commands.photos import store_look
from app.library.models import Face, Photo
from app.library.queries.facts import undescribed
from app.library.queries.photos import find_photo
from app.library.rows import Facts, PhotoRow, Shot
from app.progress import Cancelled
from tests.indexing.conftest import eventually, finish
from tests.library.conftest import Album, a_face, a_look, album

__all__ = ["album"]

Open = Callable[..., House]
TAKEN = datetime(2019, 8, 4, 17, 3, 55, 250_000)


@pytest.fixture
def dated(six_people: Path) -> Path:
    """A photo with all that a camera writes."""
    path = six_people / "whole.jpg"
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = "Canon", "Canon EOS 5D"
    tags.get_ifd(0x8769).update(
        {0x9003: "2019:08:04 17:03:55", 0x9291: "25", 0x9011: "+02:00", 0x829D: 2.8, 0x8827: 400}
    )
    tags.get_ifd(0x8825).update(
        {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 5: b"\0", 6: 34.0}
    )
    with Image.open(path) as image:
        image.save(path, quality=90, exif=tags)
    return path


def age_by_a_version(house: House, path: Path) -> PhotoRow:
    """Let a photo be as an earlier version left it; gives it as it was."""
    before = find_photo(house.library, house.collection.id, path)
    Photo.update(
        facts=0, taken=datetime(2024, 1, 1), taken_from="file", taken_offset=None, latitude=None,
        longitude=None, altitude=None, f_number=None, iso=None,
    ).where(Photo.id == before.id).execute()  # fmt: skip
    assert find_photo(house.library, house.collection.id, path) != before
    return before


def test_the_command_line_reads_them_when_it_indexes(open_house: Open, dated: Path) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    number = house.collection.id
    finish(house, house.indexer.index(number, (dated.parent,)))
    before = age_by_a_version(house, dated)
    assert before.taken == TAKEN
    assert before.shot.taken_offset == 120
    assert before.shot.latitude == pytest.approx(52.52)
    assert before.shot.longitude == pytest.approx(13.405)
    assert (before.shot.altitude, before.shot.iso) == (34.0, 400)
    assert before.shot.f_number == pytest.approx(2.8)
    faces = list(Face.select(Face.id).order_by(Face.id).tuples())
    row = finish(house, house.indexer.index(number))
    assert row.result["Indexed"] == 0
    assert find_photo(house.library, number, dated) == before
    assert list(Face.select(Face.id).order_by(Face.id).tuples()) == faces
    assert undescribed(house.library, number) == []


def test_a_window_reads_them_while_there_is_nothing_else_to_do(
    open_house: Open, dated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    finish(house, house.indexer.index(house.collection.id, (dated.parent,)))
    before = age_by_a_version(house, dated)
    house.close()
    monkeypatch.setattr(looker, "IDLE_SECONDS", 0.2)
    house = open_house()
    told: list[Changes] = []
    house.indexer.subscribe(
        lambda event: told.append(event.changes) if isinstance(event, Changed) else None
    )
    house.indexer.start()
    eventually(lambda: find_photo(house.library, house.collection.id, dated) == before)
    eventually(lambda: any(before.id in changes.photos for changes in told))


# -- the keeper by itself ------------------------------------------------------------------


class Readers:
    """Workers who tell at once what they are told to."""

    def __init__(self, told: Facts | Exception) -> None:
        self.told = told
        self.asked: list[str] = []

    def describe(self, path: Path) -> Future[Facts]:
        self.asked.append(path.name)
        future: Future[Facts] = Future()
        if isinstance(self.told, Exception):
            future.set_exception(self.told)
        else:
            future.set_result(self.told)
        return future


FACTS = Facts(TAKEN, "exif", "Box", Shot(taken_offset=120, latitude=1.5, longitude=2.5, iso=400))


class Old:
    """Three photos of a version that read less, and somebody who keeps their facts."""

    def __init__(self, album: Album) -> None:
        self.album = album
        for number, photo_id in enumerate(album.add("0.jpg", "1.jpg", "2.jpg")):
            photo = Photo.get_by_id(photo_id)
            Path(photo.path).write_bytes(b"0123456789")
            os.utime(photo.path, ns=(10, 10))
            self._look(photo_id, number)
        self.ids = [photo_id for (photo_id,) in Photo.select(Photo.id).order_by(Photo.id).tuples()]
        Photo.update(facts=0).execute()
        self.changes: list[Changes] = []
        self.readers = Readers(FACTS)
        self.check: Callable[[], None] = lambda: None
        self.is_free: Callable[[], bool] = lambda: True
        hired: Any = SimpleNamespace(describe=lambda path: self.readers.describe(path))
        self.keeper = FactsKeeper(
            album.library, self.changes.append, lambda: hired, lambda: self.check(),
            lambda: self.is_free(),
        )  # fmt: skip

    def _look(self, photo_id: int, number: int) -> None:
        store_look(self.album.library, photo_id, a_look(f"print{number}", a_face(seed=number)))

    def complete(self, readers: Readers, check: Callable[[], None] = lambda: None) -> None:
        self.readers, self.check = readers, check
        self.keeper.follow(self.album.collection_id, will_be_idle=False)

    def complete_all(self, readers: Readers, is_free: Callable[[], bool] = lambda: True) -> None:
        self.readers, self.is_free = readers, is_free
        self.keeper.complete_all()

    def lacking(self) -> list[int]:
        return [one.id for one in undescribed(self.album.library, self.album.collection_id)]


@pytest.fixture
def old(album: Album) -> Old:
    return Old(album)


def test_what_is_told_is_stored_and_told_of(old: Old) -> None:
    old.complete(Readers(FACTS))
    assert old.lacking() == []
    assert {photo for changes in old.changes for photo in changes.photos} == set(old.ids)
    photo = Photo.get_by_id(old.ids[1])
    assert (photo.taken, photo.taken_from, photo.camera) == (TAKEN, "exif", "Box")
    assert (photo.taken_offset, photo.latitude, photo.iso) == (120, 1.5, 400)
    again = Readers(FACTS)
    old.complete(again)
    assert again.asked == []


def test_a_person_was_seen_last_when_the_photo_says(old: Old, album: Album) -> None:
    person = album.person(3, start=10)
    assert person.last_seen == datetime(2020, 5, 4, 3, 2, 1)
    Photo.update(facts=0).execute()
    for photo in Photo.select():
        Path(photo.path).write_bytes(b"0123456789")
        os.utime(photo.path, ns=(10, 10))
    old.complete(Readers(FACTS))
    assert next(row for row in album.people() if row.id == person.id).last_seen == TAKEN
    assert any(person.id in changes.people for changes in old.changes)


@pytest.mark.parametrize("error", [PhotoError("It is damaged."), TimeoutError()])
def test_a_file_that_tells_nothing_is_not_asked_again(old: Old, error: Exception) -> None:
    readers = Readers(error)
    old.complete(readers)
    assert len(readers.asked) == 3
    assert old.lacking() == []
    assert Photo.get_by_id(old.ids[0]).taken == datetime(2020, 5, 4, 3, 2, 1)


def test_without_models_it_waits(old: Old) -> None:
    old.complete(Readers(ModelError("They are not there.")))
    assert old.lacking() == old.ids


def test_files_that_changed_or_are_gone_are_left_to_the_next_look(old: Old) -> None:
    paths = [Path(Photo.get_by_id(number).path) for number in old.ids]
    paths[0].unlink()
    paths[1].write_bytes(b"another one")
    readers = Readers(FACTS)
    old.complete(readers)
    assert readers.asked == ["2.jpg"]
    assert old.lacking() == old.ids[:2]


def test_what_lies_in_a_cloud_is_not_fetched(old: Old) -> None:
    photo = Photo.get_by_id(old.ids[0])
    with Path(photo.path).open("wb") as file:
        file.truncate(1_000_000)
    os.utime(photo.path, ns=(10, 10))
    Photo.update(size=1_000_000).where(Photo.id == photo.id).execute()
    readers = Readers(FACTS)
    old.complete(readers)
    assert readers.asked == ["1.jpg", "2.jpg"]


def test_what_was_read_until_it_was_stopped_is_kept(old: Old) -> None:
    asked = []

    def check() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        old.complete(Readers(FACTS), check)
    assert old.lacking() == old.ids[2:]


def test_it_gives_way_and_goes_on_later(old: Old) -> None:
    may = iter([True, False, False])
    old.complete_all(Readers(FACTS), lambda: next(may, False))
    assert old.lacking() == old.ids[2:]
    old.complete_all(Readers(FACTS))
    assert old.lacking() == []
    # All was read that could be: nobody asks the disk again until something may be new.
    Photo.update(facts=0).execute()
    readers = Readers(FACTS)
    old.complete_all(readers)
    assert readers.asked == []
    old.keeper.follow(old.album.collection_id, will_be_idle=True)
    assert readers.asked == []
    old.complete_all(readers)
    assert len(readers.asked) == 3
