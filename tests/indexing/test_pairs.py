"""A raw file beside the picture that the camera made of it: the picture is the photo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library.commands.photos import skip_photo
from app.library.models import Photo
from app.library.queries.folders import pending_photos
from tests.indexing.disk import Disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    one = Disk(tmp_path)
    yield one
    one.close()


def known() -> list[str]:
    """All that the library knows, by name."""
    return sorted(row.path.name for row in Photo.select())


@pytest.mark.parametrize("picture", ["IMG_1.JPG", "img_1.jpeg", "IMG_1.HEIC"])
def test_of_a_pair_the_picture_is_the_photo(picture: str, disk: Disk) -> None:
    for number, name in enumerate((picture, "IMG_1.CR2", "IMG_2.CR2", "IMG_1.png"), 1):
        disk.photo(f"a/{name}", number)
    disk.photo("a/deeper/IMG_1.NEF", 9)
    disk.scan("a")
    assert known() == sorted([picture, "IMG_1.png", "IMG_1.NEF", "IMG_2.CR2"])
    disk.scan("a")
    assert len(known()) == 4


def test_without_its_picture_a_raw_file_is_a_photo(disk: Disk) -> None:
    picture = disk.photo("a/IMG_1.JPG", 1)
    disk.photo("a/IMG_1.DNG", 2)
    disk.scan("a")
    assert disk.shown() == ["a/IMG_1.JPG"]
    picture.unlink()
    disk.scan("a")
    assert disk.shown() == ["a/IMG_1.DNG"] and disk.gone() == ["IMG_1.JPG"]


def test_a_raw_file_that_was_there_before_stays_with_its_faces(disk: Disk) -> None:
    disk.photo("a/IMG_1.CR3", 1)
    disk.scan("a")
    face = disk.face("a/IMG_1.CR3")
    disk.photo("a/IMG_1.JPG", 2)
    disk.scan("a")
    assert disk.shown() == ["a/IMG_1.CR3", "a/IMG_1.JPG"]
    assert disk.face("a/IMG_1.CR3") == face
    # Also where both move together.
    (disk.root / "a").rename(disk.root / "b")
    disk.scan("b")
    assert disk.face("b/IMG_1.CR3") == face


def test_where_the_picture_cannot_be_opened_there_is_the_raw_file(disk: Disk) -> None:
    disk.photo("a/IMG_1.JPG", 1)
    disk.photo("a/IMG_1.ORF", 2)
    disk.only_scan("a")
    ((photo_id, _),) = pending_photos(disk.library, disk.number)
    skip_photo(disk.library, photo_id, "The picture is damaged.")
    disk.scan("a")
    assert disk.shown() == ["a/IMG_1.ORF"]


def test_a_raw_file_that_is_named_is_added(disk: Disk) -> None:
    disk.photo("a/IMG_1.JPG", 1)
    disk.photo("a/IMG_1.ARW", 2)
    disk.scan("a")
    disk.scan("a/IMG_1.ARW")
    assert disk.shown() == ["a/IMG_1.ARW", "a/IMG_1.JPG"]
