"""The whole household while folders come and go and photos are edited; with real models."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.errors import LibraryError
from app.indexing import looker
from app.indexing.events import Ended
from app.indexing.house import House
from app.library.commands.people import name_person
from app.library.queries.folders import folders
from app.library.queries.people import find_person, list_people
from app.library.queries.photos import counts, find_photo, timeline
from app.library.rows import FolderState
from tests.indexing.conftest import eventually, finish

Open = Callable[..., House]


def states(house: House) -> list[FolderState]:
    """How the folders stand."""
    return [row.state for row in folders(house.library)]


def test_a_folder_that_goes_and_comes_back_is_noticed_by_itself(
    open_house: Open, six_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looker, "IDLE_SECONDS", 0.5)
    house = open_house()
    house.indexer.start(watch=False)
    finish(house, house.indexer.index(house.collection.id, [six_people]))
    assert states(house) == [FolderState.WATCHING]
    away = six_people.rename(six_people.with_name("elsewhere"))
    eventually(lambda: states(house) == [FolderState.MISSING])
    assert all(item.is_offline for item in timeline(house.library, house.collection.id))
    away.rename(six_people)
    eventually(lambda: states(house) == [FolderState.WATCHING])
    items = timeline(house.library, house.collection.id)
    assert len(items) == 4 and not any(item.is_offline for item in items)


def test_people_stay_with_a_photo_that_is_edited_and_with_its_copy(
    open_house: Open, six_people: Path
) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    number = house.collection.id
    finish(house, house.indexer.index(number, [six_people]))
    finish(house, house.indexer.cluster(number))
    for row, name in zip(list_people(house.library, number), "ABCDEF", strict=True):
        name_person(house.library, row.id, name)
    shutil.copy(six_people / "whole.jpg", six_people / "copy.jpg")
    assert finish(house, house.indexer.index(number)).result["Indexed"] == 0
    assert {find_person(house.library, number, name).face_count for name in "ABCDEF"} == {4}
    for name in ("whole.jpg", "dark.jpg"):
        with Image.open(six_people / name) as image:
            width, height = image.size
            image.rotate(1).crop((4, 4, width - 4, height - 4)).save(six_people / name)
    assert finish(house, house.indexer.index(number)).result["Indexed"] == 2
    assert (counts(house.library, number).photos, counts(house.library, number).copies) == (5, 0)
    assert {find_person(house.library, number, name).photo_count for name in "ABCDEF"} == {5}
    assert find_photo(house.library, number, six_people / "copy.jpg").face_count == 6


def test_photos_that_came_while_the_disk_was_full_are_looked_at_once_there_is_room(
    open_house: Open, six_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looker, "IDLE_SECONDS", 0.2)
    house = open_house()
    house.indexer.start(watch=False)
    finish(house, house.indexer.index(house.collection.id, [six_people]))
    before = counts(house.library, house.collection.id).photos
    told: list[str] = []
    house.indexer.subscribe(lambda one: told.append(one.task.error) if _failed(one) else None)
    refused: list[object] = []

    def refuse(work: object) -> None:
        refused.append(work)
        raise LibraryError("The disk is full.")

    (row,) = folders(house.library)
    with monkeypatch.context() as full:
        full.setattr(house.library, "write", refuse)
        Image.new("RGB", (64, 64)).save(six_people / "late.jpg")
        house.indexer.rescan(row.id)
        eventually(lambda: len(refused) > 3)
    eventually(lambda: counts(house.library, house.collection.id).photos == before + 1)
    assert told == ["The disk is full."], "told once, however often it was tried"


def _failed(event: object) -> bool:
    return isinstance(event, Ended) and bool(event.task.error)
