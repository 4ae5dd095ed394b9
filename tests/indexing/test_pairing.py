"""Live Photos: the film beside a photo is its moving part, as long as both are there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.indexing.jobs import IndexJob, Scans
from app.library.commands.doctor import examine
from app.library.commands.erasing import erase_faces
from app.library.commands.faces import move_faces
from app.library.commands.photos import skip_photo, store_look
from app.library.models import Face, Photo
from app.library.queries.decisions import standing
from app.library.queries.folders import pending_photos
from app.library.queries.people import find_person, names
from app.library.queries.photos import photo
from app.media.fingerprint import fingerprint
from tests.indexing.disk import Disk
from tests.library.conftest import LEFT, a_face, a_look
from tests.media.moving import OTHER, film, jpeg, live_film, live_still


class Living(Disk):
    """A disk with films, too: to look at one costs nothing here, either."""

    def look(self, collection: int | None = None) -> None:
        """Look at what waits: each file shows one face, another for each content."""
        for photo_id, path in pending_photos(self.library, collection or self.number):
            content = fingerprint(path.read_bytes())
            look = a_look(content, a_face(LEFT, int(content[:6], 16)))
            if path.suffix.lower() in (".mov", ".mp4"):
                look = replace(look, content_type="video/quicktime", duration=3.0)
            store_look(self.library, photo_id, look)

    def motion(self, name: str) -> str | None:
        """Where the moving part of a photo lies, below the root."""
        path = self.row(name).motion
        return None if path is None else str(path.relative_to(self.root))

    def states(self) -> dict[str, str]:
        """How every file stands."""
        rows = Photo.select(Photo.path, Photo.state).tuples()
        return {str(path.relative_to(self.root)): state for path, state in rows}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Living]:
    made = Living(tmp_path)
    yield made
    assert examine(made.library, is_alone=True).findings == ()
    made.close()


def live_photo(disk: Living, stem: str = "one/IMG_1", still: str = ".HEIC") -> None:
    """Write a Live Photo as an iPhone does."""
    live_still(disk.root / (stem + still))
    live_film(disk.root / f"{stem}.MOV")


def test_a_live_photo_is_one_photo_that_is_looked_at_once(disk: Living) -> None:
    live_photo(disk)
    scanned = disk.only_scan("one")
    assert [path.name for _, path in pending_photos(disk.library, disk.number)] == ["IMG_1.HEIC"]
    assert scanned.changes.photos
    disk.look()
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"
    again = disk.only_scan()
    assert not again.changes
    assert disk.states() == {"one/IMG_1.HEIC": "looked", "one/IMG_1.MOV": "motion"}


def test_names_may_differ_in_case_and_kind(disk: Living) -> None:
    live_still(disk.root / "one/img_1.jpg")
    live_film(disk.root / "one/IMG_1.mov")
    disk.scan("one")
    assert disk.motion("one/img_1.jpg") == "one/IMG_1.mov"


def test_another_identifier_is_another_film(disk: Living) -> None:
    live_still(disk.root / "one/IMG_1.JPG")
    live_film(disk.root / "one/IMG_1.MOV", OTHER)
    disk.scan("one")
    assert disk.shown() == ["one/IMG_1.JPG", "one/IMG_1.MOV"]


def test_only_what_lies_beside_a_photo_is_its_moving_part(disk: Living) -> None:
    live_still(disk.root / "one/IMG_1.JPG")
    live_film(disk.root / "one/IMG_2.MOV")
    live_film(disk.root / "one/two/IMG_1.MOV", seconds=2.0)
    disk.scan("one")
    assert disk.shown() == ["one/IMG_1.JPG", "one/IMG_2.MOV", "one/two/IMG_1.MOV"]


@pytest.mark.parametrize(
    ("seconds", "taken", "is_pair"),
    [
        (1.0, "2020-05-04T01:02:07Z", True),  # two hours west of where the photo was taken
        (1.0, "2020-05-04T03:02:01Z", True),
        (7.0, "2020-05-04T01:02:07Z", False),
        (1.0, "2020-05-04T01:07:07Z", False),
        (1.0, "2020-05-06T01:02:07Z", False),
    ],
)
def test_without_identifiers_length_and_time_tell(
    disk: Living, seconds: float, taken: str, is_pair: bool
) -> None:
    live_still(disk.root / "one/IMG_1.JPG", "", taken="2020:05:04 03:02:03")
    live_film(disk.root / "one/IMG_1.MOV", "", seconds, taken)
    disk.scan("one")
    assert (disk.motion("one/IMG_1.JPG") is not None) == is_pair


@pytest.mark.parametrize(("apart", "is_pair"), [(4, True), (4000, False)])
def test_without_any_dates_those_of_the_files_tell(disk: Living, apart: int, is_pair: bool) -> None:
    still = live_still(disk.root / "one/IMG_1.JPG", "")
    moving = live_film(disk.root / "one/IMG_1.MOV", "")
    os.utime(still, (1_600_000_000, 1_600_000_000))
    os.utime(moving, (1_600_000_000 + apart, 1_600_000_000 + apart))
    disk.scan("one")
    assert (disk.motion("one/IMG_1.JPG") is not None) == is_pair


def test_the_better_of_two_stills_has_the_film(disk: Living) -> None:
    live_still(disk.root / "one/IMG_1.JPG")
    live_photo(disk)
    disk.scan("one")
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"
    assert disk.motion("one/IMG_1.JPG") is None


def test_a_film_that_cannot_be_read_is_nobodys_moving_part(disk: Living) -> None:
    live_still(disk.root / "one/IMG_1.JPG")
    (disk.root / "one/IMG_1.MOV").write_bytes(film(".mov")[:200])
    disk.only_scan("one")
    assert disk.states() == {"one/IMG_1.JPG": "pending", "one/IMG_1.MOV": "pending"}


@pytest.mark.parametrize("first", ["still", "film"])
def test_whichever_comes_first_they_are_paired(disk: Living, first: str) -> None:
    path = disk.root / "one/IMG_1"
    makers = {
        "still": lambda: live_still(path.with_suffix(".HEIC")),
        "film": lambda: live_film(path.with_suffix(".MOV")),
    }
    makers[first]()
    disk.scan("one")
    assert len(disk.shown()) == 1
    makers["film" if first == "still" else "still"]()
    disk.scan()
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"
    assert [face.photo_id for face in Face.select()] == [disk.row("one/IMG_1.HEIC").id]


def test_files_named_one_by_one_are_paired_too(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one/IMG_1.MOV")
    assert disk.shown() == ["one/IMG_1.MOV"]
    disk.scan("one/IMG_1.HEIC")
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"


def test_the_words_of_a_film_hold_again_when_the_still_goes(disk: Living) -> None:
    live_film(disk.root / "one/IMG_1.MOV")
    disk.scan("one")
    move_faces(disk.library, [disk.face("one/IMG_1.MOV")], "Anna")
    live_still(disk.root / "one/IMG_1.HEIC")
    disk.scan()
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert names(disk.library, disk.number) == ["Anna"]
    assert find_person(disk.library, disk.number, "Anna").photo_count == 0
    (disk.root / "one/IMG_1.HEIC").unlink()
    disk.scan()
    assert disk.shown() == ["one/IMG_1.MOV"]
    (face,) = Face.select().where(Face.photo == disk.row("one/IMG_1.MOV").id)
    assert face.person.name == "Anna"
    assert face.id in standing(disk.library, disk.number).said


def test_a_still_that_comes_back_has_its_film_again(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    kept = shutil.move(disk.root / "one/IMG_1.HEIC", disk.root / "IMG_1.HEIC")
    disk.scan("one")
    assert disk.shown() == ["one/IMG_1.MOV"]
    shutil.move(kept, disk.root / "one/IMG_1.HEIC")
    disk.scan("one")
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"


def test_both_may_move_together(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    number = disk.row("one/IMG_1.HEIC").id
    (disk.root / "one").rename(disk.root / "two")
    (disk.root / "one").mkdir()
    disk.scan("two", "one")
    assert disk.shown() == ["two/IMG_1.HEIC"]
    assert disk.row("two/IMG_1.HEIC").id == number
    assert disk.motion("two/IMG_1.HEIC") == "two/IMG_1.MOV"


def test_both_may_be_renamed(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    for suffix in (".HEIC", ".MOV"):
        (disk.root / f"one/IMG_1{suffix}").rename(disk.root / f"one/party{suffix}")
    disk.scan()
    assert disk.states() == {"one/party.HEIC": "looked", "one/party.MOV": "motion"}
    assert disk.motion("one/party.HEIC") == "one/party.MOV"


def test_a_still_that_is_renamed_alone_leaves_its_film(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    (disk.root / "one/IMG_1.HEIC").rename(disk.root / "one/party.HEIC")
    disk.scan()
    assert disk.shown() == ["one/IMG_1.MOV", "one/party.HEIC"]
    assert disk.motion("one/party.HEIC") is None


def test_a_film_that_goes_leaves_a_photo(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    (disk.root / "one/IMG_1.MOV").unlink()
    disk.scan()
    assert disk.states() == {"one/IMG_1.HEIC": "looked"}
    assert disk.motion("one/IMG_1.HEIC") is None


def test_a_film_that_is_another_one_now_is_asked_about_again(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    live_film(disk.root / "one/IMG_1.MOV", OTHER, 2.0)
    disk.scan()
    assert disk.shown() == ["one/IMG_1.HEIC", "one/IMG_1.MOV"]
    live_film(disk.root / "one/IMG_1.MOV")
    disk.scan()
    assert disk.shown() == ["one/IMG_1.HEIC"]


def test_a_still_that_cannot_be_looked_at_leaves_its_film(disk: Living) -> None:
    live_photo(disk)
    disk.only_scan("one")
    ((number, _),) = pending_photos(disk.library, disk.number)
    skip_photo(disk.library, number, "It is damaged.")
    assert [path.name for _, path in pending_photos(disk.library, disk.number)] == ["IMG_1.MOV"]
    disk.scan()
    assert disk.shown() == ["one/IMG_1.MOV"]


def test_copies_of_a_live_photo_are_one_photo(disk: Living) -> None:
    live_photo(disk)
    disk.scan("one")
    shutil.copytree(disk.root / "one", disk.root / "two")
    disk.scan("two")
    assert disk.shown() == ["one/IMG_1.HEIC"]
    assert disk.states()["two/IMG_1.MOV"] == "motion"
    shutil.rmtree(disk.root / "one")
    (disk.root / "one").mkdir()
    disk.scan()
    assert disk.shown() == ["two/IMG_1.HEIC"]
    assert disk.motion("two/IMG_1.HEIC") == "two/IMG_1.MOV"


def test_a_video_whose_copy_becomes_a_moving_part_stays_a_video(disk: Living) -> None:
    live_film(disk.root / "one/IMG_1.MOV")
    live_film(disk.root / "two/film.MOV")
    disk.scan("one", "two")
    assert disk.shown() == ["one/IMG_1.MOV"]
    live_still(disk.root / "one/IMG_1.HEIC")
    disk.scan()
    assert disk.shown() == ["one/IMG_1.HEIC", "two/film.MOV"]
    assert disk.motion("one/IMG_1.HEIC") == "one/IMG_1.MOV"


def test_what_was_erased_is_not_looked_at_again_by_a_detour(disk: Living) -> None:
    live_film(disk.root / "one/IMG_1.MOV")
    disk.scan("one")
    erase_faces(disk.library, disk.number)
    live_still(disk.root / "one/IMG_1.HEIC")
    disk.scan()
    (disk.root / "one/IMG_1.HEIC").unlink()
    disk.scan()
    assert not Face.select().join(Photo).where(Photo.path == disk.root / "one/IMG_1.MOV").exists()


def test_a_scan_that_was_stopped_is_made_good_by_the_next(
    disk: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_photo(disk)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.indexing.jobs.pair_up", stop)
        with pytest.raises(KeyboardInterrupt):
            disk.only_scan("one")
    disk.scan("one")
    assert disk.shown() == ["one/IMG_1.HEIC"]


def test_who_wants_no_videos_has_moving_photos_all_the_same(disk: Living) -> None:
    live_photo(disk)
    live_film(disk.root / "one/IMG_2.MOV", OTHER)
    scans = Scans(disk.library, (), lambda: None, lambda _: None, with_videos=False)
    for _ in range(2):
        scans.run(IndexJob(disk.number, (disk.root / "one",)))
        disk.look()
        assert disk.states() == {"one/IMG_1.HEIC": "looked", "one/IMG_1.MOV": "motion"}


def test_what_is_no_picture_of_a_live_photo_has_no_film(disk: Living) -> None:
    (disk.root / "one").mkdir()
    (disk.root / "one/IMG_1.JPG").write_bytes(jpeg())
    disk.scan("one")
    assert photo(disk.library, disk.row("one/IMG_1.JPG").id).motion is None
