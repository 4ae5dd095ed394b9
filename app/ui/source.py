"""PictureSource: where small pictures come from; called in worker threads only."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageReader

from app.errors import KnownError
from app.library import queries
from app.library.database import Library
from app.library.film import film_moment, in_frame
from app.library.rows import PhotoRow
from app.media.thumbnails import Shown, ThumbnailCache, face_crop, photo_thumbnail
from app.settings import Settings
from app.ui.pictures import PictureKey

if TYPE_CHECKING:
    from app.indexing.export.pictures import Darkroom

_log = logging.getLogger(__name__)

_KIND = b"JPG"
"""Of every small picture. Told to Qt, for to guess it asks the decoder of SVG, too, which connects
signals: in a worker thread that may wait for the GUI thread, which waits for Python's lock."""
_ENOUGH = 512
"""Pixels of a thumbnail of others that is good enough to stand in for reading a photo."""
_MOST_SHARED = 1024
_BAND = 256
"""Rows that are taken over at once: no thread waits longer than for so many."""


class PictureSource:
    """Reads pictures from the cache, and makes those that are missing from the photos."""

    def __init__(self, library: Library, thumbnails: ThumbnailCache, settings: Settings) -> None:
        self._library = library
        self._thumbnails = thumbnails
        self._settings = settings
        self._one_at_a_time = threading.Lock()

    def darkroom(self) -> Darkroom:
        """Where photos are made ready that go out."""
        from app.indexing.export.pictures import Darkroom

        return Darkroom(self._thumbnails, self._settings.photo_megapixels)

    def load(self, key: PictureKey) -> QImage:
        """The picture, or an empty image when it cannot be had (a disconnected drive)."""
        try:
            path = self._thumbnails.sound_path(key.fingerprint, key.box)
            kept = QImage() if path is None else _read(path)
            return self._make(key) if kept.isNull() else kept
        except (KnownError, OSError) as error:
            _log.debug("no picture: %s", error)
        except Exception:
            _log.exception("a picture could not be made")
        return QImage()

    def large(self, path: Path, long_side: int, from_cloud: bool = False) -> QImage:
        """A photo upright, its long side at most `long_side` pixels. With `from_cloud`, one that
        is not on this disk is downloaded.

        Raises PhotoError when it cannot be read.
        """
        from app.media.read import open_photo  # Pillow and its like: not for what is kept

        with open_photo(path, self._settings.photo_megapixels, from_cloud) as opened:
            pixels = opened.at(long_side)
        height, width, _ = pixels.shape
        view = QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888)
        return view.convertToFormat(QImage.Format.Format_RGB32)

    def frame(self, path: Path, seconds: float, long_side: int) -> QImage:
        """The frame of a video at a moment, upright, its long side at most `long_side` pixels.

        Raises PhotoError when it cannot be read.
        """
        from app.media.video import frame_at

        pixels = frame_at(path, seconds, long_side, self._settings.photo_megapixels)
        height, width, _ = pixels.shape
        view = QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888)
        return view.convertToFormat(QImage.Format.Format_RGB32)

    def whole(self, path: Path, is_wanted: Callable[[], bool] = lambda: True) -> QImage:
        """A photo upright with all its pixels; an empty image once it is not wanted any more.

        Raises PhotoError when it cannot be read.
        """
        import numpy as np

        from app.media.read import open_photo

        # Two photos of 50 megapixels at once would take the memory of four.
        with self._one_at_a_time:
            if not is_wanted():
                return QImage()
            with open_photo(path, self._settings.photo_megapixels) as opened:
                width, height = opened.width, opened.height
                image = QImage(width, height, QImage.Format.Format_RGB32)
                pixels = np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4)
                for top in range(0, height, _BAND):
                    if not is_wanted():
                        return QImage()
                    rows = min(_BAND, height - top)
                    band = opened.region(_Band(top / height, rows / height), max(width, rows))
                    pixels[top : top + rows, :, 2::-1] = band
                    pixels[top : top + rows, :, 3] = 255
        return image

    def _make(self, key: PictureKey) -> QImage:
        row = queries.photos.photo(self._library, key.photo_id)
        if key.box is None:
            # To ask a dead drive for each of its photos would hold up the others; of those that
            # are there, one that is large enough saves reading the whole photo.
            shared = self._shared(row, least=0 if row.is_offline else _ENOUGH)
            if row.is_offline or not shared.isNull():
                return shared
        elif row.is_offline:
            return QImage()
        with self._opened(row, key) as shown:
            if shown is None:
                return QImage()  # another file now: the next scan will say
            if self._is_forgotten(key):
                return QImage()  # asked for before the window knew
            if key.box is None:
                made = photo_thumbnail(shown, self._settings.thumbnail_pixels)
                path = self._thumbnails.put_photo(key.fingerprint, made)
            else:
                x, y, w, h = key.box
                box = (x, in_frame(y), w, h) if row.is_video else key.box
                made = face_crop(shown, box, self._settings.crop_pixels)
                path = self._thumbnails.put_face(key.fingerprint, key.box, made)
                if self._is_forgotten(key):  # meanwhile
                    self._thumbnails.forget_face(key.fingerprint, key.box)
                    return QImage()
        return _read(path)

    def _shared(self, row: PhotoRow, least: int) -> QImage:
        """What another program of the desktop keeps of a photo as it is; it stays theirs, so that
        one of our own is made once there is time."""
        if row.is_video and not row.is_offline:
            return QImage()  # theirs shows another moment
        from app.media.shared_thumbnails import Original, find

        written = queries.pictures.modified(self._library, row.id)
        wanted = self._settings.thumbnail_pixels
        path = find(Original(row.path, written, row.size), wanted, min(least or 0, wanted))
        return QImage() if path is None else _read_shared(path, wanted)

    @contextmanager
    def _opened(self, row: PhotoRow, key: PictureKey) -> Iterator[Shown | None]:
        """The photo, or the frame of a video, that the picture is made of; None where its file is
        another one by now."""
        if row.is_video:
            from app.media.video import Video

            with Video(row.path, self._settings.photo_megapixels) as video:
                is_same = video.fingerprint == key.fingerprint
                yield video.frame(self._moment(row, key)) if is_same else None
            return
        from app.media.read import open_photo

        with open_photo(row.path, self._settings.photo_megapixels) as opened:
            yield opened if opened.fingerprint == key.fingerprint else None

    def _moment(self, row: PhotoRow, key: PictureKey) -> float:
        """When in a video that is seen which the picture shows."""
        if key.box is not None:
            return film_moment(key.box[1])
        best = queries.faces.poster_moment(self._library, row.id)
        return (row.duration or 0.0) / 3 if best is None else best

    def _is_forgotten(self, key: PictureKey) -> bool:
        box = key.box
        return box is not None and queries.decisions.is_forgotten(self._library, key.photo_id, box)


def _read_shared(path: Path, wanted: int) -> QImage:
    """A picture that another program made, no larger than ours are."""
    reader = QImageReader(str(path), QByteArray(b"PNG"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _MOST_SHARED:
        return QImage()
    image = reader.read().convertToFormat(QImage.Format.Format_RGB32)
    if max(size.width(), size.height()) <= wanted:
        return image
    aspect, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(wanted, wanted, aspect, smooth)


def _read(path: Path) -> QImage:
    reader = QImageReader(str(path), QByteArray(_KIND))
    reader.setAutoDetectImageFormat(False)
    return reader.read()


@dataclass(frozen=True, slots=True)
class _Band:
    """A stripe of a photo as wide as the photo."""

    y: float
    h: float
    x: float = 0.0
    w: float = 1.0
