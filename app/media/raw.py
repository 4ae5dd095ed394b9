"""Camera raw files: seen through the camera's own preview, or developed at half their size by
LibRaw."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageFile
from threadpoolctl import threadpool_limits

from app.errors import PhotoError
from app.media.formats import sniff
from app.media.orientation import lies_down

_FLIPS = {0: 1, 1: 2, 3: 3, 2: 4, 4: 5, 6: 6, 7: 7, 5: 8}
"""LibRaw's flip -> EXIF's orientation; the reverse of the table in LibRaw's identify()."""
_ENOUGH = 0.5
"""Of the raw picture's long side. A preview that has so much is at least what developing at half
the size would give, in the colours that the camera meant and in less time; of a smaller one more
can be had by developing."""
_SAME_SHAPE = 0.02
"""By how much the proportions of a preview may differ: previews with black bars above and below
are none."""
_WHOLE = 0.9
"""Of the long side: cameras cut a few pixels off the edges of what the sensor saw."""
_CANON_META = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
"""The UUID of the box with the metadata of a CR3 file."""


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """LibRaw with the file open. Its want of memory becomes a MemoryError."""
    import rawpy  # an album without raw files never loads it

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            yield raw
    except (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawMemPoolOverflowError) as error:
        raise MemoryError("LibRaw has not enough memory") from error
    except rawpy.LibRawFileUnsupportedError as error:
        raise PhotoError("This is a raw file of a kind that Kinfolk cannot open.") from error


class RawImage(ImageFile.ImageFile):
    """A raw file as a Pillow image as the sensor lay; `info["original_orientation"]` tells how to
    turn it, as EXIF does.

    `full` is the size of what the sensor saw. What can be had is `size`: the camera's preview where
    that is large enough, else half of the sensor's.
    """

    format = "RAW"
    format_description = "camera raw file"

    def _open(self) -> None:
        if self.fp is None:
            raise SyntaxError("nothing to read")
        self._data = self.fp.read()
        self._preview: Image.Image | None = None
        with _opened(self._data) as raw:
            self.full = (int(raw.sizes.width), int(raw.sizes.height))
            orientation = _FLIPS.get(raw.sizes.flip, 1)
            preview = _preview(raw)
            lies = None if preview is None else _fit(preview.size, self.full)
            is_large = preview is not None and max(preview.size) >= _ENOUGH * max(self.full)
            colours = 1 if lies is not None and is_large else _colours(raw)
        if lies is not None and (is_large or not colours):
            self._preview = preview
            orientation = orientation if lies else 1
        elif not colours:
            raise PhotoError("This is a raw file of a kind that Kinfolk cannot open.")
        self.info["original_orientation"] = orientation
        self._mode = "RGB"
        if self._preview is not None:
            self._mode, self._size = self._preview.mode, self._preview.size
            self.info["icc_profile"] = self._preview.info.get("icc_profile")
        elif colours == 1:
            self._size = ((self.full[0] + 1) // 2, (self.full[1] + 1) // 2)
        else:  # every pixel has all its colours already: LibRaw does not halve those
            self._size = self.full
        self._is_developed = False

    @property
    def sizes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Width and height of what is seen, and of what there is, both upright."""
        if lies_down(self.info["original_orientation"]):
            return (self.size[1], self.size[0]), (self.full[1], self.full[0])
        return self.size, self.full

    @property
    def is_preview(self) -> bool:
        """Whether the camera's own preview is seen."""
        return self._preview is not None

    @property
    def is_whole(self) -> bool:
        """Whether what is seen has about all the pixels there are."""
        return max(self.size) >= _WHOLE * max(self.full)

    def draft(
        self, mode: str | None, size: tuple[int, int] | None
    ) -> tuple[str, tuple[int, int, float, float]] | None:
        """Decode a preview at 1/2, 1/4 or 1/8, as Pillow does a JPEG."""
        if self._preview is None:
            return None
        drafted = self._preview.draft(mode, size)
        self._size = self._preview.size
        return drafted

    def load(self) -> Any:
        """Decode the preview, or develop."""
        if self._preview is not None:
            self._preview.load()
            self.im, self._mode = self._preview.im, self._preview.mode
        elif not self._is_developed:
            developed = Image.fromarray(_develop(self._data))
            if developed.size != self.size:  # whose pixels are not square
                developed = developed.resize(self.size, Image.Resampling.BOX)
            self.im = developed.im
            self._is_developed = True
        return Image.Image.load(self)

    def getexif(self) -> Image.Exif:
        """What the camera wrote, from the file's own structure, else from the preview."""
        for read in (_exif_of_tiff, _exif_of_cr3, _exif_of_preview):
            try:
                exif = read(self._data)
            except Exception:  # a foreign parser on foreign bytes: anything can come
                continue
            if exif is not None and len(exif):
                return exif
        return Image.Exif()


def _preview(raw: Any) -> Image.Image | None:
    """The largest preview in the file that can be read; None where there is none."""
    import rawpy

    try:
        found = raw.extract_thumb()
        if found.format == rawpy.ThumbFormat.JPEG:
            return Image.open(io.BytesIO(found.data), formats=["JPEG"])
        return Image.fromarray(np.asarray(found.data))
    except (rawpy.LibRawError, OSError, TypeError, ValueError, SyntaxError):
        return None


def _fit(preview: tuple[int, int], full: tuple[int, int]) -> bool | None:
    """Whether a preview lies as the sensor does (or is upright already); None where it shows
    something else than the whole."""
    for width, height, lies in ((*full, True), (full[1], full[0], False)):
        if abs(preview[0] * height / (preview[1] * width) - 1) <= _SAME_SHAPE:
            return lies
    return None


def _colours(raw: Any) -> int:
    """How many colours each pixel of the sensor tells of, 1 or all of them; 0 where LibRaw does not
    know how this camera packs its pixels."""
    import rawpy

    try:
        return 3 if raw.raw_pattern is None else 1
    except (rawpy.LibRawFileUnsupportedError, rawpy.LibRawNotImplementedError):
        return 0


def _develop(data: bytes) -> np.ndarray:
    """What the sensor saw as (H, W, 3) uint8 sRGB, not turned, at half its size."""
    # A worker has one core, as every worker has; LibRaw would take them all.
    with _opened(data) as raw, threadpool_limits(1, "openmp"):
        pixels: np.ndarray = raw.postprocess(half_size=True, use_camera_wb=True, user_flip=0)
    return pixels


def _exif_of_tiff(data: bytes) -> Image.Exif | None:
    """Of all that are TIFFs but for their first bytes."""
    order = {b"II": b"II*\0", b"MM": b"MM\0*"}.get(data[:2])
    if order is None or data[2:4] == b"\x1a\0":
        return None
    exif = Image.Exif()
    exif.load_from_fp(io.BytesIO(order + data[4:]))
    return exif


def _exif_of_cr3(data: bytes) -> Image.Exif | None:
    """Canon keeps each directory of EXIF in a box of its own, as a little TIFF."""
    if data[4:8] != b"ftyp":
        return None
    moov = _box(data, b"moov")
    meta = _box(moov, b"uuid", lambda body: body.startswith(_CANON_META))[16:]
    exif = Image.Exif()
    exif.load(_box(meta, b"CMT1"))
    for name, ifd in ((b"CMT2", ExifTags.IFD.Exif), (b"CMT4", ExifTags.IFD.GPSInfo)):
        part = Image.Exif()
        part.load(_box(meta, name))
        exif.get_ifd(ifd).update(part)
    return exif


def _box(data: bytes, wanted: bytes, fits: Callable[[bytes], bool] = lambda _: True) -> bytes:
    """What is in the first ISO media box of this name; empty when there is none."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        if size < head:
            break
        body = data[at + head : at + size] if name == wanted else b""
        if name == wanted and fits(body):
            return body
        at += size
    return b""


def _exif_of_preview(data: bytes) -> Image.Exif | None:
    """What is in the preview; LibRaw puts the date and the camera there where nothing is."""
    with _opened(data) as raw:
        preview = _preview(raw)
    return None if preview is None else preview.getexif()


def register() -> None:
    """Let Pillow open raw files when it is asked to."""
    Image.register_open(RawImage.format, RawImage, lambda head: sniff(head) in ("RAW", "TIFF"))
