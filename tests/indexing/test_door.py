"""A camera drops snapshots into a folder: real photos, real models, the real watcher."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from app.changes import Changes
from app.indexing.events import Changed, Event, Noticed
from app.indexing.house import House
from app.indexing.notices import Notice
from app.library.commands.faces import move_faces
from app.library.commands.folders import add_folder, create_collection
from app.library.commands.people import name_person
from app.library.queries.alerts import Fate, alerts, sightings
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import list_people
from app.library.queries.photos import find_photo, skipped_photos
from app.library.queries.tasks import tasks
from app.library.rows import FaceRow
from tests.indexing.conftest import eventually, finish


@dataclass
class Door:
    """A house whose camera writes into a folder; the people of a photo come to the door."""

    house: House
    number: int
    folder: Path
    faces: list[FaceRow]
    """Of six people; the first is Anna."""
    photo: Path
    notices: list[Notice]

    def snapshot(self, who: int, width: int = 640) -> Image.Image:
        """One of the people before the camera."""
        with Image.open(self.photo) as image:
            wide, high = image.size
            x, y, w, h = self.faces[who].box
            middle, centre = (x + w / 2) * wide, (y + h / 2) * high
            side = 1.5 * max(w * wide, h * high)
            box = tuple(
                int(v) for v in (middle - side, centre - side, middle + side, centre + side)
            )
            cut = image.convert("RGB").crop(box)
            return cut.resize((width, width))

    def drop(self, name: str, who: int, width: int = 640) -> Path:
        """The camera writes a snapshot under another name, and renames it."""
        path = self.folder / name
        beside = path.with_suffix(".part")
        self.snapshot(who, width).save(beside, "JPEG", quality=92)
        beside.rename(path)
        return path

    def log(self) -> list[str]:
        """Who was seen."""
        return [row.person.name for row in sightings(self.house.library, self.number)]


@pytest.fixture
def door(open_house: Callable[..., House], group_photo: Path, tmp_path: Path) -> Iterator[Door]:
    album = tmp_path / "album"
    album.mkdir()
    photo = Path(shutil.copy(group_photo, album / "group.jpg"))
    house = open_house(workers=1)
    library = house.library
    camera = create_collection(library, "Door", "camera")
    folder = tmp_path / "door"
    folder.mkdir()
    add_folder(library, camera.id, folder)
    notices: list[Notice] = []

    def hear(event: Event) -> None:
        if isinstance(event, Noticed) and event.notice.kind.value == "alert":
            notices.append(event.notice)

    house.indexer.subscribe(hear)
    house.indexer.start()
    finish(house, house.indexer.index(house.collection.id, [album]))
    finish(house, house.indexer.cluster(house.collection.id))
    faces = faces_in_photo(library, find_photo(library, house.collection.id, photo).id)
    move_faces(library, [faces[0].id], "Anna")
    yield Door(house, camera.id, folder, faces, photo, notices)


def test_who_is_known_is_logged_and_a_stranger_raises_an_alert(door: Door) -> None:
    library = door.house.library
    changed: list[Changes] = []
    door.house.indexer.subscribe(
        lambda event: changed.append(event.changes) if isinstance(event, Changed) else None
    )
    door.drop("1.jpg", 0)
    eventually(lambda: door.log() == ["Anna"])
    eventually(lambda: any(door.number in one.alerts for one in changed))  # told once it is written
    before = len(tasks(library))
    door.drop("2.jpg", 1)
    door.drop("3.jpg", 1, width=600)
    eventually(lambda: alerts(library, door.number))
    eventually(lambda: alerts(library, door.number)[0].times == 2)
    (row,) = alerts(library, door.number)
    assert row.fate is Fate.OPEN and len(row.faces) == 2
    assert row.like is not None and row.like.name == "Anna"
    eventually(lambda: door.notices)
    (notice,) = door.notices
    assert notice.title == "A stranger at Door" and notice.picture is not None
    with Image.open(notice.picture) as crop:
        assert crop.width > 50
    # Snapshots are looked at by themselves: no task of each, and no scan of the folder.
    kinds = [task.type.value for task in tasks(library, door.number)]
    assert kinds.count("index") == 0 and len(tasks(library)) - before <= len(kinds)
    assert door.log() == ["Anna"]


def test_a_file_written_in_pieces_is_looked_at_once_it_is_whole(door: Door) -> None:
    door.snapshot(0).save(door.photo.with_name("whole.jpg"), quality=92)
    data = door.photo.with_name("whole.jpg").read_bytes()
    slow = door.folder / "slow.jpg"
    with slow.open("wb") as file:
        for start in range(0, len(data), len(data) // 4 + 1):
            file.write(data[start : start + len(data) // 4 + 1])
            file.flush()
            time.sleep(0.15)
    eventually(lambda: door.log() == ["Anna"])
    assert skipped_photos(door.house.library, door.number) == []
    # A camera that stops in the middle, and goes on later.
    halves = door.folder / "halves.jpg"
    halves.write_bytes(data[: len(data) // 2])
    eventually(lambda: len(skipped_photos(door.house.library, door.number)) == 1)
    with halves.open("ab") as file:
        file.write(data[len(data) // 2 :])
    eventually(lambda: skipped_photos(door.house.library, door.number) == [])


def test_a_snapshot_goes_before_a_long_work(door: Door, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    with Image.open(door.photo) as image:
        for number in range(12):
            image.rotate(number, expand=True).save(many / f"{number}.jpg")
    task_id = door.house.indexer.index(door.house.collection.id, [many])
    eventually(lambda: len(list_people(door.house.library, door.house.collection.id)) > 0)
    door.drop("1.jpg", 0)
    eventually(lambda: door.log() == ["Anna"])
    door.house.indexer.cancel(task_id)
    finish(door.house, task_id)


def test_a_name_given_later_is_known_at_once(door: Door) -> None:
    library = door.house.library
    ben = faces_in_photo(library, find_photo(library, door.house.collection.id, door.photo).id)[1]
    if ben.person_id is None:
        move_faces(library, [ben.id], "Ben")
    else:
        name_person(library, ben.person_id, "Ben")
    door.drop("1.jpg", 1)
    eventually(lambda: door.log() == ["Ben"])
    assert alerts(library, door.number) == []
