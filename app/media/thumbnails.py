"""Small pictures: how they are made, and the bounded cache that keeps them."""

from __future__ import annotations

import io
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.errors import BugError, LibraryError

if TYPE_CHECKING:  # whoever only shows what is kept needs neither Pillow nor numpy
    from app.media.orientation import Area
    from app.media.read import AreaLike, Pixels

_QUALITY = 85
_ROOM = 1.6
"""Side of a face's crop over the longer side of its box: hair and chin are inside."""
_HEADROOM = 0.06
"""How far the crop moves up, in heights of the box: there is more hair than neck."""
_ENOUGH = 0.5
"""Of a crop's side: with so many pixels it is sharp in every list, and a larger crop of a small
face is not worth decoding the whole photo once more."""
_LARGE = 1600
"""Pixels of the long side from which on a photo has so many more than its small picture that it
does not matter how the last step between them is made."""
_PLACE = re.compile(r"_(-?\d+)-(-?\d+)-(\d+)-(\d+)$")
_STALE_SECONDS = 3600
FRESH = ".new"
"""Ending of a file that is still being written."""
KINDS = ("photos", "faces")
"""The folders of the cache."""
_ENDS = (b"\xff\xd8", b"\xff\xd9")
"""How a JPEG begins and ends."""


Scaling = Callable[["Pixels", int, int], "Pixels"]
"""Makes an image of a width and height out of one below twice that size."""


class Shown(Protocol):
    """What small pictures are made of: a photo, or a frame of a video; see read.Photo."""

    @property
    def width(self) -> int:
        """Pixels, upright."""

    @property
    def height(self) -> int:
        """Pixels, upright."""

    def at(self, long_side: int) -> Pixels:
        """All of it."""

    def region(self, box: AreaLike, long_side: int, least: int | None = None) -> Pixels:
        """A part of it."""

    def cut(self, box: AreaLike, long_side: int, least: int | None = None) -> tuple[Pixels, Area]:
        """A part of it for those who scale by themselves, and what that shows."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of the upright photo, normalised 0..1."""

    x: float
    y: float
    w: float
    h: float


def encode_thumbnail(pixels: Pixels, long_side: int) -> bytes:
    """A JPEG of an image (H, W, 3) uint8 RGB, at most `long_side` pixels long, never enlarged."""
    from PIL import Image

    image = Image.fromarray(pixels)
    scale = long_side / max(image.size)
    if scale < 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def dominant_colour(pixels: Pixels) -> int:
    """The most frequent colour of an image (H, W, 3) uint8 RGB, as 0xRRGGBB.

    The mean of the fullest of 512 bins of a coarse copy, so that a red dress on a meadow gives
    the meadow's green and not their brown.
    """
    import numpy as np
    from PIL import Image

    tiny = Image.fromarray(pixels).resize((32, 32), Image.Resampling.BOX)
    colours = np.asarray(tiny).reshape(-1, 3).astype(np.int64)
    bins = (colours >> 5) @ np.array([64, 8, 1])
    fullest = np.bincount(bins).argmax()
    red, green, blue = (int(value) for value in colours[bins == fullest].mean(axis=0).round())
    return red << 16 | green << 8 | blue


def crop_box(box: Area, width: int, height: int) -> Crop:
    """The square round a face in a photo of `width` x `height` pixels.

    Square in whole pixels and inside the photo: it moves rather than stick out, and only a face
    wider than the photo's shorter side is not whole in it.
    """
    x, y, w, h = box
    face_w, face_h = w * width, h * height
    side = min(max(1, math.ceil(_ROOM * max(face_w, face_h))), width, height)
    left = (x + w / 2) * width - side / 2
    headroom = min(_HEADROOM * face_h, max(0.0, side - face_h) / 2)  # never at the chin's cost
    top = (y + h / 2) * height - side / 2 - headroom
    left = min(max(0, round(left)), width - side)
    top = min(max(0, round(top)), height - side)
    return Crop(left / width, top / height, side / width, side / height)


def photo_thumbnail(photo: Shown, long_side: int = 512) -> bytes:
    """The small picture of a photo, a JPEG. Raises PhotoError when the photo is damaged."""
    return encode_thumbnail(photo.at(long_side), long_side)


def small_pixels(photo: Shown, long_side: int, scale: Scaling) -> Pixels:
    """What the small picture of a photo shows, (H, W, 3) uint8 RGB, never enlarged.

    `scale` does the last step for large photos. Raises PhotoError when the photo is damaged.
    """
    longest = max(photo.width, photo.height)
    if longest < max(_LARGE, 2 * long_side):
        return photo.at(long_side)
    pixels, _ = photo.cut(Crop(0.0, 0.0, 1.0, 1.0), long_side)
    part = long_side / longest
    return scale(pixels, max(1, round(photo.width * part)), max(1, round(photo.height * part)))


def face_crop(photo: Shown, box: Area, side: int = 440, scale: Scaling | None = None) -> bytes:
    """The square picture of a face, a JPEG of at most `side` x `side` pixels, never enlarged.

    `scale` makes it smaller where it is at hand; else it is filtered, which takes ten times as
    long. Raises PhotoError when the photo is damaged.
    """
    least = round(side * _ENOUGH)
    place = crop_box(box, photo.width, photo.height)
    if scale is None:
        return encode_thumbnail(photo.region(place, side, least), side)
    pixels, _ = photo.cut(place, side, least)
    across = min(side, *pixels.shape[:2])
    return encode_thumbnail(scale(pixels, across, across), side)


class ThumbnailCache:
    """Small pictures of photos and faces, in files named by content.

    Any process may write to the same folder. Everything in it can be made again from the photos,
    and only its owner can read it. Writing raises LibraryError when the disk refuses.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes

    def photo_path(self, fingerprint: str) -> Path:
        """Where the small picture of a photo lies, or would lie."""
        return self._shard("photos", fingerprint) / f"{fingerprint}.jpg"

    def face_path(self, fingerprint: str, box: Area) -> Path:
        """Where the crop of a face lies, or would lie: a name made of content, not of row ids."""
        place = "-".join(f"{round(side * 10_000):d}" for side in box)
        return self._shard("faces", fingerprint) / f"{fingerprint}_{place}.jpg"

    @property
    def folder(self) -> Path:
        """Where they all lie."""
        return self._folder

    def sound_path(self, fingerprint: str, box: Area | None = None) -> Path | None:
        """Where the small picture of a photo lies, or with `box` that of a face; None where there
        is none or it was cut short, so that it is made anew."""
        path = self.photo_path(fingerprint) if box is None else self.face_path(fingerprint, box)
        return path if has_both_ends(path) else None

    def has_photo(self, fingerprint: str) -> bool:
        """Whether a photo has its small picture."""
        return _is_whole(self.photo_path(fingerprint))

    def has_face(self, fingerprint: str, box: Area) -> bool:
        """Whether a face has its crop."""
        return _is_whole(self.face_path(fingerprint, box))

    def put_photo(self, fingerprint: str, picture: bytes) -> Path:
        """Keep the small picture of a photo."""
        return self._put(self.photo_path(fingerprint), picture)

    def put_face(self, fingerprint: str, box: Area, picture: bytes) -> Path:
        """Keep the crop of a face."""
        return self._put(self.face_path(fingerprint, box), picture)

    def forget_face(self, fingerprint: str, box: Area) -> None:
        """Erase the crop of one face, also as other makers have framed it."""
        with self._told():
            for path in self._shard("faces", fingerprint).glob(f"{fingerprint}_*.jpg"):
                place = _PLACE.search(path.stem)
                if place and overlap(box, [int(side) / 10_000 for side in place.groups()]) > 0.3:
                    path.unlink(missing_ok=True)

    def forget_faces(self, fingerprint: str) -> None:
        """Erase the crops of all faces of a photo."""
        with self._told():
            for path in self._shard("faces", fingerprint).glob(f"{fingerprint}_*.jpg"):
                path.unlink(missing_ok=True)

    def forget_every_face(self) -> None:
        """Erase all crops there are; what is still being written is not theirs who call this."""
        for path in (self._folder / "faces").glob("??/*.jpg"):
            self.erase(path)

    def erase(self, path: Path) -> None:
        """Erase one file of the cache, if it is still there."""
        with self._told():
            path.unlink(missing_ok=True)

    def forget_photo(self, fingerprint: str) -> None:
        """Erase the small picture of a photo and the crops of its faces."""
        with self._told():
            self.photo_path(fingerprint).unlink(missing_ok=True)
        self.forget_faces(fingerprint)

    def trim(self) -> int:
        """Remove the oldest until what is left keeps within the limit; how many went."""
        found: list[tuple[float, int, Path]] = []
        removed = 0
        with self._told():
            for path in self._files():
                try:
                    status = path.stat()
                except FileNotFoundError:
                    continue  # another process was faster
                if path.suffix != FRESH:
                    found.append((status.st_mtime, status.st_size, path))
                elif status.st_mtime < time.time() - _STALE_SECONDS:
                    path.unlink(missing_ok=True)  # its writer died
            held = sum(size for _, size, _ in found)
            for _, size, path in sorted(found):
                if held <= self._limit:
                    break
                path.unlink(missing_ok=True)
                held -= size
                removed += 1
        return removed

    def _shard(self, kind: str, fingerprint: str) -> Path:
        if not fingerprint.isalnum() or not fingerprint.isascii():
            raise BugError(f"not a fingerprint: {fingerprint!r}")
        return self._folder / kind / fingerprint[:2]

    def _files(self) -> Iterator[Path]:
        for kind in KINDS:
            yield from (self._folder / kind).glob("??/*")

    def _put(self, path: Path, picture: bytes) -> Path:
        """All or nothing: a reader sees the old file, or the whole new one."""
        with self._told():
            handle, fresh = self._begin(path)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(picture)
                Path(fresh).replace(path)
            except BaseException:
                Path(fresh).unlink(missing_ok=True)
                raise
        return path

    def _begin(self, path: Path) -> tuple[int, str]:
        """A new file, mode 0600, beside where it will be."""
        try:
            return tempfile.mkstemp(suffix=FRESH, dir=path.parent)
        except FileNotFoundError:  # the first of its folder
            for folder in (self._folder, path.parent.parent, path.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return tempfile.mkstemp(suffix=FRESH, dir=path.parent)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryError(
                f"Small pictures cannot be kept in {self._folder}: {error.strerror or error}. "
                "Make room there, or choose another library folder with --library."
            ) from error


def overlap(a: Area, b: Sequence[float]) -> float:
    """Intersection over union of two boxes (x, y, w, h)."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / (a[2] * a[3] + b[2] * b[3] - across * down)


def has_both_ends(path: Path) -> bool:
    """Whether a file is a JPEG from its first to its last byte: a disk that was full and a power
    cut leave it without its end."""
    try:
        with path.open("rb") as file:
            begins = file.read(2) == _ENDS[0]
            return begins and file.seek(-2, os.SEEK_END) >= 2 and file.read(2) == _ENDS[1]
    except OSError:
        return False


def _is_whole(path: Path) -> bool:
    """Whether the file is there and not the empty husk that a power cut can leave."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
