"""A small picture that is damaged is made anew, and never shown broken."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.library.commands.folders import add_folder, ensure_collection, set_folder_state
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.film import film_y
from app.library.queries.folders import folders, pending_photos
from app.library.rows import FolderState
from app.media.read import open_photo
from app.media.shared_thumbnails import Original, folder
from app.media.thumbnails import ThumbnailCache
from app.media.video import Video
from app.settings import Settings
from app.ui.pictures import PictureKey
from app.ui.source import PictureSource
from tests.library.conftest import LEFT, a_face, a_look
from tests.media.films import HEIGHT, RATE, WIDTH, film, number_of, numbered
from tests.media.test_shared_thumbnails import put as put_shared


class Shelf:
    """One real photo in a library, and where its pictures come from."""

    def __init__(self, folder: Path, picture: Path) -> None:
        self.library = Library.open(folder / "library.db")
        number = ensure_collection(self.library, "Photos").id
        self.photo = folder / "photos" / "group.jpg"
        self.photo.parent.mkdir()
        shutil.copy(picture, self.photo)
        row = add_folder(self.library, number, self.photo.parent)
        with open_photo(self.photo, 400) as opened:
            self.fingerprint = opened.fingerprint
        seen = [SeenFile(self.photo, 1, 1)]
        record_scan(self.library, number, row.id, ScanResult(added=seen))
        ((self.id, _),) = pending_photos(self.library, number)
        store_look(self.library, self.id, a_look(self.fingerprint, a_face(LEFT)))
        self.cache = ThumbnailCache(folder / "cache", 10**9)
        self.source = PictureSource(self.library, self.cache, Settings())


@pytest.fixture
def shelf(tmp_path: Path, group_photo: Path) -> Iterator[Shelf]:
    """Nothing is in the cache."""
    made = Shelf(tmp_path, group_photo)
    yield made
    made.library.close()


@pytest.mark.parametrize("box", [None, LEFT], ids=["photo", "face"])
@pytest.mark.parametrize(
    "hurt",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda _: b"",
        lambda _: b"no picture",
    ],
    ids=["half", "last byte", "empty", "other"],
)
def test_a_damaged_picture_is_made_anew(
    shelf: Shelf, hurt: Callable[[bytes], bytes], box: tuple[float, float, float, float] | None
) -> None:
    key = PictureKey(shelf.id, shelf.fingerprint, box)
    whole = shelf.source.load(key)
    assert not whole.isNull()
    path = shelf.cache.sound_path(shelf.fingerprint, box)
    assert path is not None
    content = path.read_bytes()
    path.write_bytes(hurt(content))
    assert shelf.source.load(key) == whole
    assert path.read_bytes() == content


def test_pictures_of_a_video_are_made_of_the_frame_they_show(tmp_path: Path) -> None:
    """A face's of its moment, the video's of the moment that shows somebody best."""
    folder = tmp_path / "films"
    folder.mkdir()
    path = film(folder / "a.mp4", map(numbered, range(30)))
    with Video(path, 100) as video:
        fingerprint = video.fingerprint
    with closing(Library.open(tmp_path / "library.db")) as library:
        number = ensure_collection(library, "Photos").id
        row = add_folder(library, number, folder)
        record_scan(library, number, row.id, ScanResult(added=[SeenFile(path, 1, 1)]))
        ((photo, _),) = pending_photos(library, number)
        box = (0.05, film_y(0.05, 21 / RATE), 0.2, 0.2)
        look = a_look(fingerprint, a_face(box))
        store_look(library, photo, replace(look, content_type="video/mp4", duration=1.2))
        cache = ThumbnailCache(tmp_path / "cache", 10**9)
        source = PictureSource(library, cache, Settings())
        shown = source.load(PictureKey(photo, fingerprint))
        assert (shown.width(), shown.height()) == (WIDTH, HEIGHT)
        pixels = np.asarray(Image.open(cache.photo_path(fingerprint)).convert("RGB"))
        assert number_of(pixels) == 21
        crop = source.load(PictureKey(photo, fingerprint, box))
        middle = crop.pixelColor(crop.width() // 2, crop.height() // 2)
        assert abs(middle.red() - 200) < 25 and abs(middle.green() - 30) < 25
        path.write_bytes(path.read_bytes() + b"edited")
        assert source.load(PictureKey(photo, fingerprint, (0.1, *box[1:]))).isNull()


def test_a_damaged_picture_of_a_photo_that_is_away_is_none(shelf: Shelf) -> None:
    key = PictureKey(shelf.id, shelf.fingerprint)
    shelf.source.load(key)
    path = shelf.cache.photo_path(shelf.fingerprint)
    path.write_bytes(path.read_bytes()[:-30])
    shelf.photo.unlink()
    assert shelf.source.load(key).isNull()


def test_a_drive_that_is_away_is_not_asked_for_pictures(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        pytest.fail("a dead drive answers only after a long time, or never")

    (row,) = folders(shelf.library)
    set_folder_state(shelf.library, row.id, FolderState.OFFLINE)
    monkeypatch.setattr("app.media.read.open_photo", ask)
    assert shelf.source.load(PictureKey(shelf.id, shelf.fingerprint)).isNull()


# -- what other programs made --------------------------------------------------------------


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there are none")
def test_a_photo_on_a_drive_that_is_away_shows_what_others_keep_of_it(shelf: Shelf) -> None:
    base = folder()
    assert base is not None
    original = Original(shelf.photo, 1e-9, 1)
    key = PictureKey(shelf.id, shelf.fingerprint)
    (row,) = folders(shelf.library)
    set_folder_state(shelf.library, row.id, FolderState.OFFLINE)
    assert shelf.source.load(key).isNull()
    put_shared(base, original, "normal")
    found = shelf.source.load(key)
    assert (found.width(), found.height()) == (128, 64)
    assert found.pixelColor(5, 5).getRgb()[:3] == (1, 2, 3)
    assert shelf.cache.sound_path(shelf.fingerprint) is None, "it is not ours"
    assert shelf.source.load(PictureKey(shelf.id, shelf.fingerprint, LEFT)).isNull(), "no crop"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there are none")
def test_a_photo_that_is_there_shows_only_a_large_one_and_nothing_is_written(
    shelf: Shelf,
) -> None:
    base = folder()
    assert base is not None
    original = Original(shelf.photo, 1e-9, 1)
    key = PictureKey(shelf.id, shelf.fingerprint)
    put_shared(base, original, "xx-large")
    found = shelf.source.load(key)
    assert (found.width(), found.height()) == (512, 256)
    for file in base.rglob("*.png"):
        file.unlink()
    put_shared(base, original, "large")
    before = sorted(base.rglob("*"))
    assert shelf.source.load(key).pixelColor(5, 5).getRgb()[:3] != (1, 2, 3)
    assert sorted(base.rglob("*")) == before, "others' cache is read, and never written"
