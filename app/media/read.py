"""Decode a photo: upright, RGB, at the scale asked for, and no more of it than that."""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import (
    AvifImagePlugin,
    ExifTags,
    Image,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from app.errors import BugError, PhotoError
from app.media import exif, formats, jxl, orientation, raw, shown
from app.media.colour import ColourProfile, flatten
from app.media.exif import Exif
from app.media.files import FileContent, read_file
from app.media.fingerprint import fingerprint
from app.media.motion import motion_at
from app.media.orientation import Area
from app.media.sources import Sources

Pixels = NDArray[np.uint8]
"""An image: (height, width, 3) uint8, RGB, upright."""

_PLUGINS = (AvifImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Imported because that registers them; the others Pillow loads by itself."""
_ALREADY_UPRIGHT = ("TIFF", "JXL")
"""Kinds whose decoder turns the image itself; their EXIF tag must not turn it again."""
_TURNS_APART = ("HEIF", "RAW")
"""Kinds of which Pillow's image tells beside its tags how the file wants it turned."""
_IN_STEPS = ("JPEG", "RAW")
"""Kinds that can be decoded at 1/2, 1/4 or 1/8 (of raw files, the preview)."""
_LONGEST_TEXT = 1 << 24
"""Bytes. Pillow's own limit is a sixteenth of it, less than a printer's colour profile may take."""
_ALL: Area = (0.0, 0.0, 1.0, 1.0)
_GAP = 1.5
"""Times the pixels wanted that the filter is given to work on: what goes beyond that in whole
steps is averaged away before, which is much faster."""
_SMALL = 1600
"""Pixels of the long side below which a photo is made smaller with the best filter there is: it
costs little there, and no pixel of it may be lost."""


class AreaLike(Protocol):
    """A rectangle in the upright image, normalised 0..1: any object with these four."""

    @property
    def x(self) -> float:
        """Left edge."""

    @property
    def y(self) -> float:
        """Top edge."""

    @property
    def w(self) -> float:
        """Width."""

    @property
    def h(self) -> float:
        """Height."""


def inside(box: AreaLike) -> Area:
    """What of a box lies inside the picture. Raises ValueError when nothing does."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    w, h = min(1.0, box.x + box.w) - left, min(1.0, box.y + box.h) - top
    if not (w > 0 and h > 0):
        raise ValueError(f"a box that shows nothing of the photo: {box}")
    return left, top, w, h


def open_photo(path: Path, max_megapixels: int, from_cloud: bool = False) -> Photo:
    """Read a file once and understand its header; pixels are decoded when they are asked for.
    With `from_cloud`, one that is not on this disk may be downloaded.

    Raises PhotoError, its message the reason in a plain sentence, and CloudError, which is one,
    for what is not on this disk.
    """
    return Photo(read_file(path, from_cloud), max_megapixels, path)


def told_pixels(path: Path) -> int:
    """How many pixels the header of a picture tells of; 0 when it tells nothing."""
    try:
        content = read_file(path)
        with _plain_reasons():
            size = _told_size(content) or _open(content.data, content.kind).size
    except PhotoError:
        return 0
    return size[0] * size[1]


class Photo:
    """One photo, held in memory: its facts at once, its pixels at any scale.

    Use it as a context manager, in one thread. Everything that decodes raises PhotoError when
    the picture is damaged.
    """

    def __init__(self, content: FileContent, max_megapixels: int, path: Path | None = None) -> None:
        """`path` is where the content lies: its name, and what lies beside it, may tell more."""
        self._data = content.data
        self._kind = content.kind
        self._opened: Image.Image | None = None
        with _plain_reasons():
            _demand_size(_told_size(content), max_megapixels)
            header = self._open()
        _demand_size(header.size, max_megapixels)
        tags = exif.read_tags(header)
        tagged = tags.get(ExifTags.Base.Orientation)
        if self._kind in _TURNS_APART:
            tagged = header.info.get("original_orientation")
        self.orientation = orientation.known(tagged)
        """As stored in the file: EXIF's 1..8."""
        self._sources = Sources(header, tags, content.data, content.modified, path)
        self.fingerprint = fingerprint(content.data)
        self.size = len(content.data)
        """Bytes of the file."""
        self.content_type = formats.content_type(self._kind)
        is_upright = self._kind in _ALREADY_UPRIGHT or _is_turned_by_container(header)
        self._turn = orientation.UPRIGHT if is_upright else self.orientation
        self._profile = ColourProfile(header.info.get("icc_profile"))
        self._stored_size = header.size
        self.note = ""
        """What of the file is not shown, in a sentence; empty when all of it is."""
        with contextlib.suppress(Exception):  # a foreign parser, of what is not shown anyway
            self.note = shown.note(header)
        # Whose opening decodes need not be opened twice.
        self._opened = header if self._kind == "JXL" else None
        self._decoded: _Decoded | None = None
        # Hamming is as good as bicubic for this by Pillow's own account, at the cost of bilinear.
        is_small = max(header.size) < _SMALL
        self._filter = Image.Resampling.LANCZOS if is_small else Image.Resampling.HAMMING

    @functools.cached_property
    def exif(self) -> Exif:
        """When, where and with which camera; read when it is asked for."""
        return self._sources.describe()

    @property
    def width(self) -> int:
        """Pixels of the upright original."""
        return self._stored_size[orientation.lies_down(self._turn)]

    @property
    def height(self) -> int:
        """Pixels of the upright original."""
        return self._stored_size[not orientation.lies_down(self._turn)]

    @property
    def motion_at(self) -> int | None:
        """The byte of the file at which its moving part begins; None where it has none."""
        return motion_at(self._data, self._kind)

    def foresee(self, long_side: int) -> None:
        """Decode as much as all of this size needs, and what is asked for later as far as it
        goes. A JPEG costs little more for twice the size, and to decode it again costs all of
        it again."""
        self._decode(min(1.0, long_side / max(self.width, self.height)))

    def at(self, long_side: int) -> Pixels:
        """The whole image, its long side exactly min(long_side, the original's)."""
        scale = min(1.0, long_side / max(self.width, self.height))
        size = (max(1, round(self.width * scale)), max(1, round(self.height * scale)))
        return self._render(_ALL, size, self._decode(scale))

    def region(self, box: AreaLike, long_side: int, least: int | None = None) -> Pixels:
        """What lies inside the photo of one part of it, its long side at most `long_side`,
        never enlarged. Raises ValueError when the box lies outside.

        `least` pixels of it are enough where more would mean to decode the photo once more.
        """
        area = inside(box)
        decoded, scale = self._decode_for(area, long_side, least)
        full = (area[2] * self.width, area[3] * self.height)
        size = (max(1, round(full[0] * scale)), max(1, round(full[1] * scale)))
        return self._render(area, size, decoded)

    def cut(self, box: AreaLike, long_side: int, least: int | None = None) -> tuple[Pixels, Area]:
        """Like `region`, for those who scale by themselves: pixels as they were decoded, or
        halved, so that the long side is at least `long_side` where there is as much, and below
        its double. With them comes what they show, which is whole pixels.
        """
        area = inside(box)
        decoded, scale = self._decode_for(area, long_side, least)
        times = max(0, math.floor(math.log2(decoded.scale / scale)))
        small, (across, down) = decoded.halved(times)
        x, y, w, h = orientation.stored_area(area, self._turn)
        left, top = math.floor(x * across), math.floor(y * down)
        right = max(left + 1, min(small.width, math.ceil((x + w) * across)))
        below = max(top + 1, min(small.height, math.ceil((y + h) * down)))
        if (left, top, right, below) != (0, 0, *small.size):
            small = small.crop((left, top, right, below))
        shown = (left / across, top / down, (right - left) / across, (below - top) / down)
        return self._upright(small), orientation.upright_area(shown, self._turn)

    def _decode_for(self, area: Area, long_side: int, least: int | None) -> tuple[_Decoded, float]:
        """The photo decoded for such a part of it, and the scale at which to show that."""
        full = max(area[2] * self.width, area[3] * self.height)
        scale = min(1.0, long_side / full)
        decoded = self._decoded
        if decoded is None or decoded.scale < scale:
            decoded = self._decode(min(scale, (least or long_side) / full))
        return decoded, min(scale, decoded.scale)

    def close(self) -> None:
        """Let go of the file's bytes and of every pixel."""
        self._data = b""
        self._opened = self._decoded = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> Image.Image:
        opened, self._opened = self._opened, None
        return _open(self._data, self._kind) if opened is None else opened

    def _decode(self, scale: float) -> _Decoded:
        """The image as stored, of at least this scale; the largest so far is kept."""
        if self._decoded is None or self._decoded.scale < scale:
            if not self._data:
                raise BugError("a photo was looked at after it was closed")
            self._decoded = None  # the smaller one makes room first
            with _plain_reasons():
                image = self._open()
                extent = (float(image.width), float(image.height))
                if self._kind in _IN_STEPS and scale < 1:
                    extent = _draft(image, scale) or extent
                image.load()
                size = self._stored_size
                if extent == size != image.size:
                    raise PhotoError("The picture is damaged: its size is not what it says.")
                self._decoded = _Decoded(flatten(image), extent, extent[0] / size[0])
        return self._decoded

    def _render(self, area: Area, size: tuple[int, int], decoded: _Decoded) -> Pixels:
        """An area of the upright image at exactly `size`, width and height in pixels."""
        x, y, w, h = orientation.stored_area(area, self._turn)
        across, down = decoded.extent
        box = (
            max(0.0, x * across),
            max(0.0, y * down),
            min(across, (x + w) * across),
            min(down, (y + h) * down),
        )
        if orientation.lies_down(self._turn):
            size = (size[1], size[0])
        small = decoded.image
        if area == _ALL:
            small, box = decoded.reduced(size)
        if size != small.size or box != (0.0, 0.0, *small.size):
            small = small.resize(size, self._filter, box, reducing_gap=_GAP)
        return self._upright(small)

    def _upright(self, stored: Image.Image) -> Pixels:
        return np.array(orientation.turn(self._profile.to_rgb(stored), self._turn))


class _Decoded:
    """An image as it is stored, perhaps reduced, in mode RGB, L or CMYK."""

    def __init__(self, image: Image.Image, extent: tuple[float, float], scale: float) -> None:
        self.image = image
        self.extent = extent
        """How much of it is photo, in pixels: a reduced JPEG may end within a pixel."""
        self.scale = scale
        self._halves = [image]

    def halved(self, times: int) -> tuple[Image.Image, tuple[float, float]]:
        """All of it, halved so often, and its extent. What was made once is kept, since a photo
        is asked for at several sizes."""
        while len(self._halves) <= times:
            self._halves.append(self._halves[-1].reduce(2))
        part = 2.0**times
        return self._halves[times], (self.extent[0] / part, self.extent[1] / part)

    def reduced(self, size: tuple[int, int]) -> tuple[Image.Image, Area]:
        """All of it, halved as often as leaves enough for `size`, and its extent."""
        times = 0
        while self.extent[0] / 2 ** (times + 1) >= size[0] * _GAP:
            times += 1
        small, (across, down) = self.halved(times)
        return small, (0.0, 0.0, min(across, small.width), min(down, small.height))


def _draft(image: Image.Image, scale: float) -> tuple[float, float] | None:
    """Tell a JPEG to decode at 1/2, 1/4 or 1/8, never below `scale`; the extent it will have."""
    part = next(part for part in (8, 4, 2, 1) if part * scale <= 1)
    drafted = image.draft(None, (max(1, image.width // part), max(1, image.height // part)))
    return None if drafted is None else drafted[1][2:]


def _open(data: bytes, kind: str) -> Image.Image:
    _prepare()
    _hush()
    return Image.open(io.BytesIO(data), formats=[kind])


def _told_size(content: FileContent) -> tuple[int, int] | None:
    """Width and height as told before a decoder is at work, where opening sets one to work."""
    if content.kind == "JXL":
        return jxl.told_size(content.data)
    return formats.webp_size(content.data) if content.kind == "WEBP" else None


def _is_turned_by_container(image: Image.Image) -> bool:
    """Whether a HEIC file itself says how it is to be turned (irot, imir), and libheif did so.

    By the standard EXIF's orientation counts for nothing in such a file, whatever else it says.
    Writers that leave out the container's word have put their trust in EXIF, as in a JPEG.
    """
    heif = getattr(image, "_heif_file", None)
    if heif is None:
        return False
    steps = heif[image.tell()]._c_image.transformations
    return any(step[0] in ("irot", "imir") for step in steps)


def _demand_size(size: tuple[int, int] | None, max_megapixels: int) -> None:
    if size is not None and size[0] * size[1] > max_megapixels * 1_000_000:
        raise PhotoError(
            f"The picture is too large: {size[0]} x {size[1]} pixels, "
            f"and the limit is {max_megapixels} megapixels; the setting photo_megapixels can "
            "allow more."
        )


@functools.cache
def _prepare() -> None:
    """Make Pillow ready, once a process."""
    pillow_heif.register_heif_opener(
        decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
    )
    jxl.register()
    raw.register()
    # Photo checks the size in the header against the user's own limit before decoding.
    Image.MAX_IMAGE_PIXELS = None
    PngImagePlugin.MAX_TEXT_CHUNK = _LONGEST_TEXT


def _hush() -> None:
    """Silence what Pillow says about odd files: damage that matters is raised, not warned of.

    Repeated at each opening, which costs next to nothing, because whoever saves and restores
    the filters (tests do) would bring the chatter back.
    """
    warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif)\.")
    logging.getLogger("PIL").setLevel(logging.CRITICAL)


@contextmanager
def _plain_reasons() -> Iterator[None]:
    """Turn whatever a decoder raises on foreign bytes into a PhotoError."""
    try:
        yield
    except PhotoError:
        raise
    except MemoryError as error:
        raise PhotoError("There is not enough memory to open this picture.") from error
    except Image.DecompressionBombError as error:
        raise PhotoError("The picture is too large.") from error
    except UnidentifiedImageError as error:
        raise PhotoError(
            "The picture is damaged, or stored in a rare way that Kinfolk cannot decode."
        ) from error
    except Exception as error:  # a foreign decoder on foreign bytes: anything can come
        if "MAX_TEXT" in str(error):
            raise PhotoError("The picture carries more text than a photo can need.") from error
        if "truncated" in str(error).lower():
            raise PhotoError("The picture is damaged: the file ends too early.") from error
        raise PhotoError("The picture is damaged and cannot be decoded.") from error
