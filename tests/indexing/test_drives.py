"""Drives that come and go: what lies on them stays in the album."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.library.commands.faces import move_faces
from app.library.models import InnerMount
from app.library.queries.folders import pending_photos
from app.library.queries.people import find_person, names
from app.library.queries.photos import counts
from app.library.rows import FolderState
from app.library.volumes import is_mounted, mount_of
from tests.indexing.disk import Disk, Drive, drives


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["real", "stand-in"])
def plugged(
    request: pytest.FixtureRequest, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Drive]]:
    """Gives the drive that is plugged in at `stick` or at `pictures/stick`."""
    root = disk.root
    with drives(
        request.param, root, monkeypatch, [root / "stick", root / "pictures" / "stick"]
    ) as both:
        yield lambda name: next(drive for drive in both if drive.at == root / name)


Plugged = Callable[[str], Drive]


def anna(disk: Disk, name: str) -> None:
    """Say that the photo shows Anna."""
    move_faces(disk.library, [disk.face(name)], "Anna")


@pytest.mark.parametrize("leave_directory", [False, True])
@pytest.mark.parametrize("folder", ["stick", "stick/holiday"])
def test_a_folder_on_a_drive_that_is_away_is_offline(
    disk: Disk, plugged: Plugged, folder: str, leave_directory: bool
) -> None:
    disk.photo("stick/holiday/a.jpg", 1)
    disk.photo("stick/holiday/b.jpg", 2)
    disk.photo("home/c.jpg", 3)
    disk.scan(folder, "home")
    anna(disk, "stick/holiday/a.jpg")
    everything = disk.shown()
    plugged("stick").unplug(leave_directory)
    for _ in range(2):
        disk.scan()
        assert disk.state(folder) is FolderState.OFFLINE
        assert (disk.shown(), disk.gone()) == (everything, [])
        assert disk.offline() == ["stick/holiday/a.jpg", "stick/holiday/b.jpg"]
    assert find_person(disk.library, disk.number, "Anna").photo_count == 1
    plugged("stick").plug()
    disk.photo("stick/holiday/d.jpg", 4)
    (disk.root / "stick/holiday/b.jpg").unlink()
    scanned = disk.scan()
    assert disk.state(folder) is FolderState.WATCHING
    assert (disk.offline(), disk.gone()) == ([], ["b.jpg"])
    assert scanned.unchanged == 2
    assert disk.shown() == ["home/c.jpg", "stick/holiday/a.jpg", "stick/holiday/d.jpg"]


def test_a_folder_that_is_not_there_though_its_drive_is_is_missing(
    disk: Disk, plugged: Plugged
) -> None:
    disk.photo("stick/holiday/a.jpg", 1)
    disk.scan("stick/holiday")
    anna(disk, "stick/holiday/a.jpg")
    holiday = disk.root / "stick/holiday"
    holiday.rename(disk.root / "stick/elsewhere")
    disk.scan()
    assert disk.state("stick/holiday") is FolderState.MISSING
    assert (disk.gone(), disk.offline()) == ([], ["stick/holiday/a.jpg"])
    plugged("stick").unplug()
    disk.scan()
    assert disk.state("stick/holiday") is FolderState.OFFLINE, "now its drive is away, too"
    plugged("stick").plug()
    (disk.root / "stick/elsewhere").rename(holiday)
    disk.scan()
    assert disk.state("stick/holiday") is FolderState.WATCHING
    assert disk.offline() == [] and names(disk.library, disk.number) == ["Anna"]


@pytest.mark.parametrize("leave_directory", [False, True])
@pytest.mark.parametrize("is_linked", [False, True])
def test_a_drive_within_a_folder_that_is_away_takes_nothing_with_it(
    disk: Disk, plugged: Plugged, is_linked: bool, leave_directory: bool
) -> None:
    inner = "pictures/stick"
    if is_linked:
        inner = "pictures/link"
        plugged("pictures/stick").unplug()
        (disk.root / inner).symlink_to(disk.root / "stick")
    drive = plugged("stick" if is_linked else inner)
    here, there = disk.photo("pictures/a.jpg", 1), disk.photo(f"{inner}/deep/b.jpg", 2)
    disk.photo(f"{inner}/c.jpg", 3)
    disk.scan("pictures")
    anna(disk, f"{inner}/deep/b.jpg")
    assert [row.path for row in InnerMount.select()] == [disk.root / inner]
    drive.unplug(leave_directory)
    for _ in range(2):
        disk.scan()
        assert disk.state("pictures") is FolderState.WATCHING
        assert (disk.gone(), len(disk.shown())) == ([], 3)
        assert disk.offline() == [f"{inner}/c.jpg", f"{inner}/deep/b.jpg"]
    here.unlink()
    disk.scan()
    assert disk.gone() == ["a.jpg"], "the folder itself is followed as ever"
    drive.plug()
    disk.scan()
    assert (disk.offline(), disk.gone()) == ([], ["a.jpg"])
    there.unlink()
    disk.scan()
    assert disk.gone() == ["a.jpg", "b.jpg"], "what is deleted from the drive is gone"


@pytest.mark.usefixtures("plugged")
def test_a_link_that_is_taken_away_takes_its_photos_with_it(disk: Disk) -> None:
    disk.photo("stick/a.jpg", 1)
    link = disk.root / "pictures" / "link"
    link.symlink_to(disk.root / "stick")
    disk.scan("pictures")
    assert disk.shown() == ["pictures/link/a.jpg"]
    link.unlink()
    disk.scan()
    assert (disk.gone(), disk.offline()) == (["a.jpg"], [])


def test_a_copy_made_while_the_drive_is_away_is_a_copy(disk: Disk, plugged: Plugged) -> None:
    disk.photo("stick/a.jpg", 1)
    (disk.root / "home").mkdir()
    disk.scan("stick", "home")
    anna(disk, "stick/a.jpg")
    face, number = disk.face("stick/a.jpg"), disk.row("stick/a.jpg").id
    plugged("stick").unplug()
    disk.photo("home/a.jpg", 1)
    disk.scan()
    assert (disk.shown(), disk.offline()) == (["home/a.jpg"], []), "it can be read there"
    assert disk.row("home/a.jpg").copies == (disk.root / "stick/a.jpg",)
    assert (disk.face("home/a.jpg"), disk.row("home/a.jpg").id) == (face, number)
    plugged("stick").plug()
    disk.scan()
    assert disk.row("stick/a.jpg").id == number
    assert counts(disk.library, disk.number).copies == 1 and disk.gone() == []
    (disk.root / "home/a.jpg").unlink()
    disk.scan()
    assert disk.shown() == ["stick/a.jpg"] and disk.face("stick/a.jpg") == face
    assert find_person(disk.library, disk.number, "Anna").photo_count == 1


def test_a_drive_that_is_away_hands_its_photos_to_their_copies(
    disk: Disk, plugged: Plugged
) -> None:
    disk.photo("stick/a.jpg", 1)
    disk.photo("stick/b.jpg", 2)
    disk.scan("stick")
    disk.photo("home/a.jpg", 1)
    disk.scan("home")
    face = disk.face("stick/a.jpg")
    assert disk.shown() == ["stick/a.jpg", "stick/b.jpg"]
    plugged("stick").unplug()
    disk.scan()
    assert (disk.shown(), disk.offline()) == (["home/a.jpg", "stick/b.jpg"], ["stick/b.jpg"])
    assert disk.face("home/a.jpg") == face
    (disk.root / "home/a.jpg").unlink()
    disk.scan()
    assert disk.offline() == ["stick/a.jpg", "stick/b.jpg"], "the drive still has it"
    assert disk.gone() == []


def test_photos_on_a_drive_that_is_away_wait_to_be_looked_at(disk: Disk, plugged: Plugged) -> None:
    disk.photo("stick/a.jpg", 1)
    disk.only_scan("stick")
    plugged("stick").unplug()
    disk.scan()
    assert len(pending_photos(disk.library, disk.number)) == 1 and disk.shown() == []
    plugged("stick").plug()
    disk.scan()
    assert disk.shown() == ["stick/a.jpg"]


def test_a_folder_that_is_away_joins_a_larger_one_when_it_is_back(
    disk: Disk, plugged: Plugged
) -> None:
    disk.photo("pictures/stick/a.jpg", 1)
    disk.scan("pictures/stick")
    number = disk.row("pictures/stick/a.jpg").id
    plugged("pictures/stick").unplug()
    disk.photo("pictures/b.jpg", 2)
    disk.scan("pictures")
    assert disk.state("pictures/stick") is FolderState.OFFLINE
    assert (disk.gone(), disk.offline()) == ([], ["pictures/stick/a.jpg"])
    plugged("pictures/stick").plug()
    disk.scan()
    assert disk.state("pictures/stick") is None
    assert disk.shown() == ["pictures/b.jpg", "pictures/stick/a.jpg"]
    assert disk.row("pictures/stick/a.jpg").id == number
    plugged("pictures/stick").unplug()
    disk.scan()
    assert (disk.gone(), disk.offline()) == ([], ["pictures/stick/a.jpg"])


@pytest.mark.usefixtures("plugged")
def test_an_empty_file_system_in_place_of_a_drive_deletes_nothing(disk: Disk) -> None:
    photo = disk.photo("stick/a.jpg", 1)
    disk.scan("stick")
    photo.unlink()
    disk.scan()
    assert (disk.state("stick"), disk.gone()) == (FolderState.OFFLINE, [])
    disk.photo("stick/b.jpg", 2)
    disk.scan()
    assert disk.shown() == ["stick/b.jpg"] and disk.gone() == ["a.jpg"]


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(112, "Host is down")])
def test_a_folder_that_may_not_be_read_is_offline(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    disk.photo("share/a.jpg", 1)
    disk.scan("share")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if "share" in Path(path).parts:
            raise error
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", refuse)
        disk.scan()
    assert disk.state("share") is FolderState.OFFLINE
    assert disk.offline() == ["share/a.jpg"] and disk.gone() == []
    disk.scan()
    assert disk.state("share") is FolderState.WATCHING


def test_photos_that_are_where_they_were_are_there_wherever_the_drive_is_mounted(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = {os.path.abspath(os.sep), str(disk.root / "home")}  # noqa: PTH100
    monkeypatch.setattr("os.path.ismount", lambda path: os.fspath(path) in mounted)
    for number in range(5):
        disk.photo(f"home/{number}.jpg", number)
    disk.scan("home")
    mounted.discard(str(disk.root / "home"))  # another system, with everything on one partition
    (disk.root / "home" / "0.jpg").unlink()
    disk.scan()
    assert disk.state("home") is FolderState.WATCHING and disk.gone() == ["0.jpg"]


def test_a_drive_letter_without_a_drive_is_no_mounted_volume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.path.ismount", lambda path: str(path).endswith(("E", os.sep)))
    assert not is_mounted(tmp_path / "E")
    (tmp_path / "E").mkdir()
    assert is_mounted(tmp_path / "E")
    assert mount_of(tmp_path / "E" / "not" / "there") == tmp_path / "E"
