"""A collection that is deleted has nothing done for it any more; brought back, it is as new."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from app.indexing.events import Changed, Event
from app.indexing.house import House
from app.library.commands.collections import delete_collection
from app.library.commands.folders import add_folder, create_collection
from app.library.commands.undo import undo
from app.library.queries.folders import folders
from app.library.queries.photos import counts
from app.library.queries.tasks import task
from app.library.rows import TaskState
from tests.indexing.conftest import eventually, finish
from tests.indexing.test_neighbours import elsewhere

Open = Callable[..., House]
GONE = "UPDATE collection SET deleted = 1, name = 'gone' WHERE id = ?"
BACK = "UPDATE collection SET deleted = NULL, name = 'Door' WHERE id = ?"


def test_nothing_is_begun_for_a_deleted_collection(open_house: Open) -> None:
    house = open_house()
    door = create_collection(house.library, "Door").id
    house.indexer.start(watch=False)
    delete_collection(house.library, door)
    assert finish(house, house.indexer.index(door)).state is TaskState.CANCELLED
    assert finish(house, house.indexer.cluster(door)).state is TaskState.CANCELLED
    undo(house.library, house.collection.id)
    assert finish(house, house.indexer.index(door)).state is TaskState.DONE


def test_deleted_by_another_process_its_tasks_end_and_its_folders_are_left_alone(
    open_house: Open, tmp_path: Path, six_people: Path
) -> None:
    house = open_house()
    door = create_collection(house.library, "Door").id
    there = tmp_path / "there"
    there.mkdir()
    add_folder(house.library, door, there)
    shutil.copy(next(six_people.glob("*.jpg")), there / "first.jpg")
    house.indexer.pause()
    house.indexer.start()
    eventually(lambda: house.indexer.is_at_work)
    number = house.indexer.index(door)
    elsewhere(house, GONE, door)
    eventually(lambda: task(house.library, number).state is TaskState.CANCELLED)
    house.indexer.resume()
    shutil.copy(next(six_people.glob("*.jpg")), there / "second.jpg")
    assert finish(house, house.indexer.index(house.collection.id)).state is TaskState.DONE
    assert counts(house.library, door).photos == 0
    elsewhere(house, BACK, door)
    eventually(lambda: counts(house.library, door).photos + counts(house.library, door).copies == 2)


def test_deleted_here_it_is_left_and_brought_back_here_it_is_taken_up(
    open_house: Open, tmp_path: Path, six_people: Path
) -> None:
    house = open_house()
    door = create_collection(house.library, "Door").id
    there = tmp_path / "there"
    there.mkdir()
    house.indexer.start()
    eventually(lambda: house.indexer.is_at_work)
    finish(house, house.indexer.index(door, [there]))
    (folder,) = folders(house.library, door)
    watcher = house.indexer._watcher
    assert watcher is not None
    eventually(lambda: watcher.is_watching(folder.id))
    house.indexer.pause()
    shutil.copy(next(six_people.glob("*.jpg")), there / "first.jpg")
    number = house.indexer.index(door)
    house.indexer.heed(delete_collection(house.library, door))
    assert not watcher.is_watching(folder.id)
    eventually(lambda: task(house.library, number).state is TaskState.CANCELLED)
    house.indexer.resume()
    shutil.copy(next(six_people.glob("*.jpg")), there / "second.jpg")
    finish(house, house.indexer.index(house.collection.id))
    assert counts(house.library, door).photos == 0
    house.indexer.heed(undo(house.library, house.collection.id))
    assert watcher.is_watching(folder.id)
    eventually(lambda: counts(house.library, door).photos + counts(house.library, door).copies == 2)


def test_what_others_do_with_collections_is_told(open_house: Open) -> None:
    house = open_house()
    door = create_collection(house.library, "Door").id
    house.indexer.start()
    eventually(lambda: house.indexer.is_at_work)
    told: list[frozenset[int]] = []

    def hear(event: Event) -> None:
        if isinstance(event, Changed):
            told.append(event.changes.collections)

    house.indexer.subscribe(hear)
    elsewhere(house, GONE, door)
    eventually(lambda: any(door in numbers for numbers in told))
