"""Cloud-drive folders: what is not on the disk is not read, keeps what is known of it, and is
looked at when it comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.indexing.house import House
from app.library.commands.collections import set_own
from app.library.models import Photo
from app.library.queries.photos import cloud_photos, counts, skipped_photos
from app.library.rows import PhotoState, TaskState
from app.media import files
from tests.indexing.conftest import eventually, finish
from tests.indexing.disk import Disk, write_photo

Open = Callable[..., House]
SIZE = 100_000
"""Bytes of each photo: below 64 KiB nobody can tell whether a file is on the disk."""


def put(path: Path, number: int) -> Path:
    """A photo that is on the disk."""
    write_photo(path, number)
    with path.open("ab") as file:
        file.write(bytes(SIZE - file.tell()))
    os.utime(path, ns=(10**18 + number, 10**18 + number))
    return path


def evict(path: Path) -> None:
    """Take the content of a file off the disk, as a cloud drive does: size and time stay."""
    status = path.stat()
    path.unlink()
    with path.open("wb") as file:
        file.truncate(status.st_size)
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))


class Cloud(Disk):
    """A disk on which some files are only listed."""

    def states(self) -> dict[str, str]:
        """How each photo stands, by name."""
        return {row.path.name: row.state for row in Photo.select().order_by(Photo.path)}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Cloud]:
    cloud = Cloud(tmp_path)
    yield cloud
    cloud.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened."""
    plain, names = files._open, []

    def note(path: Path) -> int:
        names.append(path.name)
        return plain(path)

    monkeypatch.setattr(files, "_open", note)
    return names


def test_a_placeholder_waits_and_is_looked_at_when_it_comes(disk: Cloud, opened: list[str]) -> None:
    put(disk.root / "a/one.jpg", 1)
    evict(put(disk.root / "a/two.jpg", 2))
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.CLOUD}
    assert disk.shown() == ["a/one.jpg"]
    assert cloud_photos(disk.library, disk.number) == [disk.root / "a/two.jpg"]
    assert counts(disk.library, disk.number).cloud == 1
    opened.clear()
    disk.scan("a")
    assert opened == []
    put(disk.root / "a/two.jpg", 2)  # of the size and the time that the placeholder had
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.LOOKED}
    assert counts(disk.library, disk.number).cloud == 0


def test_what_was_looked_at_stays_when_it_leaves_the_disk(disk: Cloud, opened: list[str]) -> None:
    for number in range(3):
        put(disk.root / f"a/{number}.jpg", number)
    disk.scan("a")
    faces = [disk.face(f"a/{number}.jpg") for number in range(3)]
    evict(disk.root / "a/0.jpg")
    evict(disk.root / "a/1.jpg")
    os.utime(disk.root / "a/1.jpg")  # edited elsewhere, and not here yet
    opened.clear()
    scanned = disk.scan("a")
    assert scanned.unchanged == 3 and opened == []
    assert [disk.face(f"a/{number}.jpg") for number in range(3)] == faces
    put(disk.root / "a/1.jpg", 17)
    disk.scan("a")
    assert opened == ["1.jpg"] * len(opened) and opened
    assert disk.face("a/0.jpg") == faces[0] and disk.face("a/1.jpg") != faces[1]


def test_what_waited_for_its_look_waits_in_the_cloud(disk: Cloud) -> None:
    put(disk.root / "a/one.jpg", 1)
    disk.only_scan("a")
    evict(disk.root / "a/one.jpg")
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.CLOUD}
    (disk.root / "a/one.jpg").unlink()
    disk.scan("a")
    assert disk.states() == {}  # there is nothing to keep of it


def test_placeholders_that_move_are_the_photos_they_were(disk: Cloud, opened: list[str]) -> None:
    for number in range(3):
        put(disk.root / f"a/old/{number}.jpg", number)
    disk.scan("a")
    faces = [disk.face(f"a/old/{number}.jpg") for number in range(3)]
    for number in range(3):
        evict(disk.root / f"a/old/{number}.jpg")
    opened.clear()
    (disk.root / "a/old").rename(disk.root / "a/new")
    disk.scan("a")
    assert opened == []
    assert [disk.face(f"a/new/{number}.jpg") for number in range(3)] == faces
    assert disk.gone() == [] and len(disk.shown()) == 3


def test_two_that_could_be_the_one_that_moved_are_new(disk: Cloud) -> None:
    put(disk.root / "a/old.jpg", 1)
    disk.scan("a")
    evict(disk.root / "a/old.jpg")
    status = (disk.root / "a/old.jpg").stat()
    (disk.root / "a/old.jpg").rename(disk.root / "a/new1.jpg")
    with (disk.root / "a/new2.jpg").open("wb") as file:
        file.truncate(SIZE)
    os.utime(disk.root / "a/new2.jpg", ns=(status.st_mtime_ns, status.st_mtime_ns))
    disk.scan("a")
    assert disk.gone() == ["old.jpg"]
    assert disk.states()["new1.jpg"] == disk.states()["new2.jpg"] == PhotoState.CLOUD
    put(disk.root / "a/new1.jpg", 1)
    disk.scan("a")
    assert disk.gone() == [] and disk.shown() == ["a/new1.jpg"]


def test_one_that_was_gone_comes_back_into_the_cloud(disk: Cloud, opened: list[str]) -> None:
    path = put(disk.root / "a/one.jpg", 1)
    disk.scan("a")
    face = disk.face("a/one.jpg")
    evict(path)
    path.rename(disk.root / "kept")
    disk.scan("a")
    assert disk.gone() == ["one.jpg"]
    opened.clear()
    (disk.root / "kept").rename(path)
    disk.scan("a")
    assert disk.face("a/one.jpg") == face and disk.gone() == [] and opened == []


@pytest.mark.parametrize("stub", [".one.jpg.icloud", "one.jpg.nextcloud", "one.jpg.cloud"])
def test_a_stub_stands_for_its_photo(stub: str, disk: Cloud, opened: list[str]) -> None:
    put(disk.root / "a/one.jpg", 1)
    disk.scan("a")
    face = disk.face("a/one.jpg")
    (disk.root / "a/one.jpg").unlink()
    (disk.root / "a" / stub).write_bytes(b"stub")
    (disk.root / "a" / stub.replace("one.jpg", "two.jpg")).write_bytes(b"stub")
    opened.clear()
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.CLOUD}
    assert disk.face("a/one.jpg") == face and opened == []
    (disk.root / "a" / stub).unlink()
    put(disk.root / "a/one.jpg", 1)
    put(disk.root / "a/two.jpg", 2)  # its stub may be there for a moment longer
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.LOOKED}


def test_a_copy_stays_one_when_it_leaves_the_disk(disk: Cloud) -> None:
    put(disk.root / "a/one.jpg", 1)
    put(disk.root / "a/two.jpg", 1)
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.COPY}
    evict(disk.root / "a/one.jpg")
    evict(disk.root / "a/two.jpg")
    disk.scan("a")
    assert disk.states() == {"one.jpg": PhotoState.LOOKED, "two.jpg": PhotoState.COPY}


def test_the_house_reads_nothing_in_the_cloud_until_it_is_allowed(
    open_house: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "drive"
    evict(put(folder / "cloud.jpg", 1))
    put(folder / "here.jpg", 2)
    house = open_house(workers=1)
    house.indexer.start(watch=False)
    number = house.collection.id
    row = finish(house, house.indexer.index(number, [folder]), 100)
    assert (row.state, row.result["Indexed"], row.skipped) == (TaskState.DONE, 1, ())
    assert cloud_photos(house.library, number) == [folder / "cloud.jpg"]
    assert skipped_photos(house.library, number) == []
    house.indexer.choices.change("cloud_files", "download")
    # The sparse file has no cloud behind it: that it holds zeros only reading it can tell.
    eventually(lambda: len(skipped_photos(house.library, number)) == 1)
    (skipped,) = skipped_photos(house.library, number)
    assert skipped.error == "The picture is damaged: there is nothing in the file but zeros."
    assert cloud_photos(house.library, number) == []


def test_a_collection_may_be_allowed_by_itself(open_house: Open, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    evict(put(folder / "cloud.jpg", 1))
    house = open_house(workers=1)
    house.indexer.start(watch=False)
    number = house.collection.id
    finish(house, house.indexer.index(number, [folder]), 100)
    house.indexer.choices.change("cloud_files", "skip")
    assert len(cloud_photos(house.library, number)) == 1
    house.indexer.heed(set_own(house.library, number, "cloud_files", "download"))
    eventually(lambda: len(skipped_photos(house.library, number)) == 1)


def test_a_new_pack_leaves_alone_what_is_in_the_cloud(open_house: Open, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    put(folder / "one.jpg", 1)
    put(folder / "two.jpg", 2)
    house = open_house(workers=1)
    house.indexer.start(watch=False)
    number = house.collection.id
    finish(house, house.indexer.index(number, [folder]), 100)
    evict(folder / "one.jpg")
    row = finish(house, house.indexer.look_again(number), 100)
    assert (row.state, row.result["Indexed"], row.skipped) == (TaskState.DONE, 1, ())
    row = finish(house, house.indexer.index(number, []), 100)
    assert (row.state, row.total) == (TaskState.DONE, 0)  # it is not tried over and over
    states = {row.path.name: (row.state, row.is_stale) for row in Photo.select()}
    assert states == {"one.jpg": ("looked", True), "two.jpg": ("looked", False)}
