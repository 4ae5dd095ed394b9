"""Files of one content are one photo; moved and edited files are who they were."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.library.commands.doctor import examine
from app.library.commands.erasing import erase_faces
from app.library.commands.faces import move_faces
from app.library.commands.folders import ensure_collection, remove_folder
from app.library.commands.gone import KEPT_DAYS, drop_gone
from app.library.commands.photos import skip_photo
from app.library.commands.undo import undo
from app.library.models import Face, Photo, now
from app.library.queries.decisions import can_undo, history
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import folders, pending_photos
from app.library.queries.people import find_person, list_people, names
from app.library.queries.photos import counts, photos_of, timeline
from app.library.queries.search import count_photos, directories, search_photos
from app.library.rows import FolderState, PhotoSearch
from tests.indexing.disk import Disk, content_of


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path)
    yield made
    assert examine(made.library, is_alone=True).findings == ()
    made.close()


def named(disk: Disk, name: str, who: str = "Anna") -> tuple[int, int]:
    """Say who the photo shows; gives the row of the photo and of its face."""
    face = disk.face(name)
    move_faces(disk.library, [face], who)
    return disk.row(name).id, face


def who_is(disk: Disk, name: str) -> tuple[int, int]:
    """The row of the photo at this place and of its face, which is Anna."""
    row = disk.row(name)
    (face,) = faces_in_photo(disk.library, row.id)
    assert face.person_name == "Anna"
    return row.id, face.id


def copies(disk: Disk, name: str) -> list[str]:
    """Where the copies of a photo lie."""
    return [str(path.relative_to(disk.root)) for path in disk.row(name).copies]


def copy(disk: Disk, old: str, new: str) -> Path:
    """Copy a file."""
    target = disk.root / new
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(disk.root / old, target))


def move(disk: Disk, old: str, new: str) -> Path:
    """Rename a file or a folder."""
    target = disk.root / new
    target.parent.mkdir(parents=True, exist_ok=True)
    return (disk.root / old).rename(target)


# Moves


def test_a_photo_that_is_renamed_or_moved_is_who_it_was(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    (disk.root / "two").mkdir()
    disk.scan("one", "two")
    rows = named(disk, "one/a.jpg")
    for old, new in (
        ("one/a.jpg", "one/b.jpg"), ("one/b.jpg", "one/deep/b.jpg"), ("one/deep", "one/deeper"),
        ("one/deeper/b.jpg", "two/b.jpg"), ("two/b.jpg", "one/a.jpg"),
    ):  # fmt: skip
        move(disk, old, new)
        disk.scan()
        (place,) = disk.shown()
        assert who_is(disk, place) == rows
        assert disk.gone() == [] and Photo.select().count() == 1


def test_two_folders_scanned_one_after_the_other_lose_nobody(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    (disk.root / "two").mkdir()
    disk.scan("one", "two")
    rows = named(disk, "one/a.jpg")
    move(disk, "one/a.jpg", "two/a.jpg")
    disk.scan("one")
    assert disk.gone() == ["a.jpg"] and disk.shown() == []
    disk.scan("two")
    assert who_is(disk, "two/a.jpg") == rows and disk.gone() == []


def test_a_watched_folder_that_is_renamed_is_followed_when_its_new_place_is_added(
    disk: Disk,
) -> None:
    for number in range(3):
        disk.photo(f"one/{number}.jpg", number)
    disk.photo("one/empty.jpg", 9).write_bytes(b"")
    disk.only_scan("one")
    (disk.root / "one/empty.jpg").unlink()
    disk.scan()
    rows = named(disk, "one/1.jpg")
    copy(disk, "one/1.jpg", "one/copy.jpg")
    disk.scan()
    move(disk, "one", "two")
    disk.scan()
    assert disk.state("one") is FolderState.MISSING and len(disk.offline()) == 3
    disk.scan("two")
    assert (disk.state("one"), disk.state("two")) == (None, FolderState.WATCHING)
    assert who_is(disk, "two/1.jpg") == rows == who_is(disk, "two/copy.jpg")
    assert (disk.offline(), disk.gone(), len(disk.shown())) == ([], [], 3)
    assert Photo.select().count() == 4


def test_a_missing_folder_stays_in_the_list_while_a_photo_of_it_is_nowhere(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 2)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    move(disk, "one/a.jpg", "two/a.jpg")
    (disk.root / "one/b.jpg").unlink()
    (disk.root / "one").rmdir()
    disk.scan("two")
    assert who_is(disk, "two/a.jpg") == rows
    assert disk.state("one") is FolderState.MISSING and disk.offline() == ["one/b.jpg"]


def test_names_that_go_round_leave_everyone_who_they_are(disk: Disk) -> None:
    for number in range(3):
        disk.photo(f"one/{number}.jpg", number)
    disk.scan("one")
    rows = named(disk, "one/0.jpg")
    move(disk, "one/2.jpg", "one/for a moment.jpg")
    move(disk, "one/1.jpg", "one/2.jpg")
    move(disk, "one/0.jpg", "one/1.jpg")
    move(disk, "one/for a moment.jpg", "one/0.jpg")
    for path in (disk.root / "one").iterdir():
        os.utime(path, (int(path.stem), 5))
    disk.scan()
    assert who_is(disk, "one/1.jpg") == rows
    (face,) = faces_in_photo(disk.library, disk.row("one/0.jpg").id)
    assert face.person_name == "" and Photo.select().count() == 3


# Copies


def test_a_copy_is_no_second_photo(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 2)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    copy(disk, "one/a.jpg", "one/copy of a.jpg")
    copy(disk, "one/a.jpg", "two/a.jpg")
    disk.only_scan("one", "two")
    assert counts(disk.library, disk.number).pending == 0, "its content was looked at already"
    assert disk.shown() == ["one/a.jpg", "one/b.jpg"]
    assert [item.copies for item in timeline(disk.library, disk.number)] == [0, 2]
    totals = counts(disk.library, disk.number)
    assert (totals.photos, totals.copies, totals.gone) == (2, 2, 0)
    anna = find_person(disk.library, disk.number, "Anna")
    assert (anna.face_count, anna.photo_count) == (1, 1)
    assert [item.copies for item in photos_of(disk.library, [anna.id])] == [2]
    assert who_is(disk, "two/a.jpg") == rows
    assert copies(disk, "two/a.jpg") == ["one/copy of a.jpg", "two/a.jpg"]


def test_twins_that_are_new_at_the_same_time_are_one_photo(disk: Disk) -> None:
    for name in ("one/a.jpg", "one/b.jpg", "two/c.jpg"):
        disk.photo(name, 1)
    disk.scan("one", "two")
    assert disk.shown() == ["one/a.jpg"]
    assert copies(disk, "one/a.jpg") == ["one/b.jpg", "two/c.jpg"]


def test_a_photo_is_found_wherever_a_copy_of_it_lies(disk: Disk) -> None:
    disk.photo("one/deep/a.jpg", 1)
    disk.photo("one/b.jpg", 2)
    disk.scan("one")
    copy(disk, "one/deep/a.jpg", "two/album/a.jpg")
    copy(disk, "one/deep/a.jpg", "two/album/again.jpg")
    copy(disk, "one/deep/a.jpg", "one/deep/again.jpg")
    disk.scan("two", "one")
    number = disk.row("one/deep/a.jpg").id
    for name in ("one/deep", "two", "two/album"):
        asked = PhotoSearch(folder=disk.root / name)
        assert [item.id for item in search_photos(disk.library, disk.number, asked)] == [number]
        assert count_photos(disk.library, disk.number, asked) == 1
    held = {
        str(row.path.relative_to(disk.root)): row.photo_count
        for row in directories(disk.library, disk.number)
    }
    assert held == {"one": 2, "one/deep": 1, "two": 1, "two/album": 1}
    assert [row.photo_count for row in folders(disk.library)] == [2, 1]


def test_a_copy_takes_the_place_of_a_photo_that_is_deleted(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    copy(disk, "one/a.jpg", "two/a.jpg")
    copy(disk, "one/a.jpg", "two/b.jpg")
    disk.scan("two")
    rows = named(disk, "one/a.jpg")
    (disk.root / "one/a.jpg").unlink()
    disk.scan()
    assert disk.shown() == ["two/a.jpg"] and who_is(disk, "two/a.jpg") == rows
    assert (disk.gone(), copies(disk, "two/a.jpg")) == ([], ["two/b.jpg"])
    (disk.root / "two/b.jpg").unlink()
    disk.scan()
    assert (disk.gone(), copies(disk, "two/a.jpg")) == ([], []), "a copy that goes is no loss"
    (disk.root / "two/a.jpg").unlink()
    disk.scan()
    assert (disk.shown(), disk.gone()) == ([], ["a.jpg"])


def test_where_the_photo_is_edited_a_copy_goes_on_as_it_was(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    copy(disk, "one/a.jpg", "one/b.jpg")
    disk.scan()
    disk.photo("one/a.jpg", 77)
    os.utime(disk.root / "one/a.jpg", (77, 77))
    disk.scan()
    assert disk.shown() == ["one/a.jpg", "one/b.jpg"]
    assert who_is(disk, "one/b.jpg") == rows
    assert who_is(disk, "one/a.jpg") != rows, "it was looked at, and what was said holds there"
    assert find_person(disk.library, disk.number, "Anna").photo_count == 2
    assert copies(disk, "one/a.jpg") == copies(disk, "one/b.jpg") == []
    while can_undo(disk.library, disk.number):
        undo(disk.library, disk.number)
    assert names(disk.library, disk.number) == []


def test_a_copy_that_is_edited_is_a_photo_of_its_own(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    copy(disk, "one/a.jpg", "one/b.jpg")
    disk.scan()
    disk.photo("one/b.jpg", 77)
    os.utime(disk.root / "one/b.jpg", (77, 77))
    disk.only_scan()
    assert counts(disk.library, disk.number).copies == 0
    disk.look()
    assert disk.shown() == ["one/a.jpg", "one/b.jpg"] and who_is(disk, "one/a.jpg") == rows
    shutil.copy(disk.root / "one/a.jpg", disk.root / "one/b.jpg")
    disk.scan()
    assert disk.shown() == ["one/a.jpg"] and copies(disk, "one/a.jpg") == ["one/b.jpg"]


def test_a_copy_that_was_only_touched_stays_one_and_nothing_is_looked_at(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 1)
    disk.scan("one")
    for name in ("one/a.jpg", "one/b.jpg"):
        os.utime(disk.root / name, (5, 5))
    scanned = disk.only_scan()
    assert scanned.unchanged == 2 and counts(disk.library, disk.number).pending == 0
    assert not Photo.select().where(Photo.is_stale).exists()
    assert disk.only_scan().unchanged == 2, "and it is known by its new time"


def test_removing_a_folder_keeps_a_photo_that_has_a_copy_elsewhere(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 2)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    copy(disk, "one/a.jpg", "one/again.jpg")
    copy(disk, "one/a.jpg", "two/a.jpg")
    disk.scan("one", "two")
    one = next(row for row in folders(disk.library) if row.path.name == "one")
    remove_folder(disk.library, one.id)
    assert disk.shown() == ["two/a.jpg"] and who_is(disk, "two/a.jpg") == rows
    assert Photo.select().count() == 1
    remove_folder(disk.library, folders(disk.library)[0].id)
    assert Photo.select().count() == 0
    assert find_person(disk.library, disk.number, "Anna").face_count == 0


def test_collections_do_not_share_photos(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    other = ensure_collection(disk.library, "Work").id
    disk.scan("one", collection=other)
    assert [len(timeline(disk.library, number)) for number in (disk.number, other)] == [1, 1]
    assert counts(disk.library, disk.number).copies == counts(disk.library, other).copies == 0


def test_what_is_found_to_be_damaged_leaves_the_photo_to_its_copy(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    (disk.root / "one/a.jpg").write_bytes(b"broken")
    disk.only_scan()
    skip_photo(disk.library, rows[0], "The picture is damaged.")
    assert disk.shown() == ["one/b.jpg"] and who_is(disk, "one/b.jpg") == rows
    assert disk.row("one/a.jpg").error == "The picture is damaged."


# Gone


def test_a_photo_that_is_gone_is_kept_for_thirty_days(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.photo("one/b.jpg", 2)
    disk.scan("one")
    named(disk, "one/a.jpg")
    (disk.root / "one/a.jpg").unlink()
    disk.scan()
    assert counts(disk.library, disk.number).gone == 1
    for days, left in ((KEPT_DAYS - 1, ["a.jpg"]), (KEPT_DAYS + 1, [])):
        Photo.update(gone=now() - timedelta(days)).where(Photo.gone.is_null(False)).execute()
        dropped = drop_gone(disk.library)
        assert disk.gone() == left and bool(dropped) is not bool(left)
    anna = find_person(disk.library, disk.number, "Anna")
    assert (anna.face_count, anna.cover) == (0, None)
    assert len(history(disk.library, disk.number)) == 1, "what was said stays said"
    disk.photo("one/back.jpg", 1)
    disk.scan()
    assert find_person(disk.library, disk.number, "Anna").face_count == 1


def test_a_clock_that_was_set_back_lets_nothing_go_early(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    (disk.root / "one/a.jpg").unlink()
    disk.scan()
    Photo.update(gone=now() + timedelta(400)).execute()
    drop_gone(disk.library)
    assert disk.gone() == ["a.jpg"]
    assert abs(Photo.get().gone - now()) < timedelta(minutes=1), "it counts from now on"


@pytest.mark.parametrize("name", ["one/a.jpg", "one/other name.jpg", "two/deep/a.jpg"])
def test_a_photo_that_was_gone_is_known_wherever_it_comes_back(disk: Disk, name: str) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    away = move(disk, "one/a.jpg", "elsewhere.jpg")
    disk.scan()
    assert disk.gone() == ["a.jpg"]
    os.utime(away, (9, 9))
    move(disk, "elsewhere.jpg", name)
    disk.only_scan("one", *(["two"] if name.startswith("two") else []))
    assert who_is(disk, name) == rows and disk.gone() == []


def test_a_new_photo_of_an_old_name_is_nobody_that_was_there_before(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    away = move(disk, "one/a.jpg", "elsewhere.jpg")
    disk.scan()
    disk.photo("one/a.jpg", 2)
    disk.scan()
    (face,) = faces_in_photo(disk.library, disk.row("one/a.jpg").id)
    assert face.person_name == "" and counts(disk.library, disk.number).gone == 1
    away.rename(disk.root / "one/b.jpg")
    disk.scan()
    assert who_is(disk, "one/b.jpg") == rows


def test_a_twin_of_a_photo_that_went_meanwhile_takes_over_its_faces(disk: Disk) -> None:
    disk.photo("one/a.jpg", 1)
    disk.scan("one")
    named(disk, "one/a.jpg")
    Photo.update(size=3).execute()  # so that the scan cannot tell
    copy(disk, "one/a.jpg", "two/a.jpg")
    (disk.root / "one/a.jpg").unlink()
    disk.only_scan("two", "one")
    assert disk.gone() == ["a.jpg"] and counts(disk.library, disk.number).pending == 1
    disk.look()
    assert who_is(disk, "two/a.jpg") and Photo.select().count() == 1
    assert [row.name for row in list_people(disk.library, disk.number)] == ["Anna"]


def test_a_file_that_was_never_looked_at_leaves_nothing(disk: Disk) -> None:
    path = disk.photo("one/a.jpg", 1)
    disk.only_scan("one")
    path.unlink()
    disk.only_scan()
    assert Photo.select().count() == 0


# Edits


def test_what_was_said_holds_through_a_real_edit(disk: Disk) -> None:
    path = disk.photo("one/a.jpg", 1)
    disk.scan("one")
    rows = named(disk, "one/a.jpg")
    before = content_of(path)
    with Image.open(path) as image:
        image.rotate(2).crop((0, 0, 15, 15)).save(path)
    os.utime(path, (7, 7))
    disk.scan()
    assert who_is(disk, "one/a.jpg")[0] == rows[0]
    assert disk.row("one/a.jpg").fingerprint == content_of(path) != before
    assert find_person(disk.library, disk.number, "Anna").face_count == 1


def test_photos_whose_faces_were_erased_are_known_by_content(disk: Disk) -> None:
    for number in range(3):
        disk.photo(f"album/{number}.jpg", number)
    disk.scan("album")
    erase_faces(disk.library, disk.number)
    move(disk, "album/0.jpg", "album/inner/renamed.jpg")
    copy(disk, "album/1.jpg", "album/copy.jpg")
    kept = (disk.root / "album/2.jpg").rename(disk.root / "2.jpg")
    disk.only_scan("album")
    assert pending_photos(disk.library, disk.number) == []
    assert copies(disk, "album/1.jpg") == ["album/copy.jpg"] and disk.gone() == ["2.jpg"]
    kept.rename(disk.root / "album/back.jpg")
    disk.only_scan("album")
    assert pending_photos(disk.library, disk.number) == [] and disk.gone() == []
    disk.scan("album")
    assert Face.select().count() == 0
