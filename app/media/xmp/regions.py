"""Regions: whose face is where in a photo, as other programs wrote it into XMP.

MWG: `mwg-rs:Regions`, the centre of an area, its width and height (Metadata Working Group,
Guidelines for Handling Image Metadata 2.0, section 5.9; exiftool, digiKam, Lightroom, Picasa,
Immich). Microsoft: `MP:RegionInfo`, "left, top, width, height" (Windows Live Photo Gallery,
digiKam).

[Note: Orientation] Both are normalised to the image as it is *stored*, before the EXIF
orientation turns it upright: digiKam, Apple and Immich read and write them that way.
`mwg-rs:AppliedToDimensions` tells the size of the image for which the regions were made. When its
shape is that of the stored image, all is clear. When it is that of the upright image instead, the
regions were made by a program that counts from the upright image. When it fits neither, somebody
cropped or turned the file later.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from app.media.orientation import UPRIGHT, Area, lies_down, upright_area
from app.media.xmp.namespaces import MP, MP_REG, MP_RI, MWG_RS, ST_AREA, ST_DIM, clark
from app.media.xmp.packet import Packet, Value, items_of, text_of

FACE: Final = "Face"
MWG: Final = "MWG"
MICROSOFT: Final = "Microsoft"

_SAME_SHAPE: Final = 0.02
"""By how much two proportions may differ and still be those of one image: resizing rounds."""
_SAME_FACE: Final = 0.3
_TURNED: Final = 6
"""The orientation of nearly all photos that a program turns upright later."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The photo that regions are about."""

    width: int
    """Pixels of the upright image."""
    height: int
    orientation: int = 1
    """EXIF, 1..8: how the stored image becomes upright."""

    @property
    def stored(self) -> tuple[int, int]:
        """Width and height of the image as it is stored."""
        if lies_down(self.orientation):
            return self.height, self.width
        return self.width, self.height


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region with a name; x and y are its upper left corner. All is measured in the upright
    image, 0..1."""

    name: str
    x: float
    y: float
    w: float
    h: float
    kind: str = FACE
    """What it frames, in MWG's word: Face, Pet, Focus, BarCode; '' where that is not said."""
    source: str = MWG
    is_doubtful: bool = False
    """Whether the image looks to have been cropped or turned since the region was written, or the
    region to have been written for the upright image."""

    @property
    def area(self) -> Area:
        """x, y, width, height."""
        return self.x, self.y, self.w, self.h


def regions_in(packet: Packet, frame: Frame) -> list[NamedRegion]:
    """The regions of a packet that have a name and an extent, as written, MWG's first.

    A face that both ways of writing tell of is given once.
    """
    found = [*_mwg(packet, frame), *_microsoft(packet, frame)]
    kept: list[NamedRegion] = []
    for region in found:
        is_known = any(
            region.name.casefold() == other.name.casefold()
            and overlap(region.area, other.area) > 0.5
            for other in kept
        )
        if not is_known:
            kept.append(region)
    return kept


def overlap(one: Area, other: Area) -> float:
    """How much of both areas is common to both (intersection over union), 0..1."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    common = across * down
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def frames_same(one: Area, other: Area) -> bool:
    """Whether two areas frame the same face.

    Programs frame faces differently: some from brow to chin, others with hair and neck, which is
    up to twice as wide. So either much is common to both, or each has its middle in the other and
    neither is more than five times as large.
    """
    if overlap(one, other) >= _SAME_FACE:
        return True
    smaller, larger = sorted((one[2] * one[3], other[2] * other[3]))
    return _holds_middle(one, other) and _holds_middle(other, one) and larger <= 5 * smaller


def _holds_middle(one: Area, other: Area) -> bool:
    x, y = other[0] + other[2] / 2, other[1] + other[3] / 2
    return one[0] <= x <= one[0] + one[2] and one[1] <= y <= one[1] + one[3]


@dataclass(frozen=True, slots=True)
class Placement:
    """How the areas of one list of regions lie in the upright image; see [Note: Orientation]."""

    size: tuple[float, float]
    """Of the image for which they were made, pixels."""
    turn: int
    """By which orientation they become upright."""
    is_doubtful: bool
    fits: bool
    """Whether the image had the shape of the photo, stored or upright."""

    def upright(self, area: Value | None) -> Area | None:
        """An area as it is written in the upright image; None for what is none."""
        stored = stored_area_of(area, self.size)
        return upright_area(stored, self.turn) if stored else None


def placement_in(size: Value | None, frame: Frame) -> Placement:
    """How regions lie that were made for an image of this size, as it is written."""
    applied = _applied(size)
    turn, is_doubtful = _turn(applied, frame)
    is_swapped = is_doubtful and turn == UPRIGHT and lies_down(frame.orientation)
    return Placement(applied or frame.stored, turn, is_doubtful, not is_doubtful or is_swapped)


def _mwg(packet: Packet, frame: Frame) -> list[NamedRegion]:
    info = packet.get(MWG_RS, "Regions")
    if not isinstance(info, dict):
        return []
    placement = placement_in(info.get(clark(MWG_RS, "AppliedToDimensions")), frame)
    found = []
    for item in items_of(info.get(clark(MWG_RS, "RegionList"))):
        if not isinstance(item, dict):
            continue
        area = placement.upright(item.get(clark(MWG_RS, "Area")))
        name = text_of(item.get(clark(MWG_RS, "Name")))
        if name and area:
            kind = text_of(item.get(clark(MWG_RS, "Type")))
            found.append(NamedRegion(name, *area, kind, MWG, placement.is_doubtful))
    return found


def _microsoft(packet: Packet, frame: Frame) -> list[NamedRegion]:
    info = packet.get(MP, "RegionInfo")
    if not isinstance(info, dict):
        return []
    found = []
    for item in items_of(info.get(clark(MP_RI, "Regions"))):
        if not isinstance(item, dict):
            continue
        name = text_of(item.get(clark(MP_REG, "PersonDisplayName")))
        numbers = [_number(part) for part in _rectangle(item)]
        if name and len(numbers) == 4 and None not in numbers:
            x, y, w, h = (number for number in numbers if number is not None)
            area = _within((x, y, w, h))
            if area:
                upright = upright_area(area, frame.orientation)
                found.append(NamedRegion(name, *upright, FACE, MICROSOFT))
    return found


def _rectangle(item: dict[str, Value]) -> list[str]:
    return text_of(item.get(clark(MP_REG, "Rectangle"))).split(",")


def _turn(size: tuple[float, float] | None, frame: Frame) -> tuple[int, bool]:
    """By which orientation regions become upright, and whether that is a guess.

    See [Note: Orientation].
    """
    if size is None or not frame.width or not frame.height:
        return frame.orientation, False
    stored = frame.stored
    if _is_shape(size, stored):
        return frame.orientation, False
    if _is_shape(size, (stored[1], stored[0])):
        return (UPRIGHT if lies_down(frame.orientation) else _TURNED), True
    return frame.orientation, True


def _is_shape(size: tuple[float, float], other: tuple[float, float]) -> bool:
    ratio = size[0] * other[1] / (size[1] * other[0])
    return abs(math.log(ratio)) <= _SAME_SHAPE


def _applied(value: Value | None) -> tuple[float, float] | None:
    """Width and height for which the regions were made."""
    if not isinstance(value, dict):
        return None
    sides = [_number(text_of(value.get(clark(ST_DIM, side)))) for side in ("w", "h")]
    width, height = sides
    return (width, height) if width and height and width > 0 and height > 0 else None


def stored_area_of(value: Value | None, size: tuple[float, float]) -> Area | None:
    """An area of MWG's as x, y, width, height of the image it was written for, 0..1.

    A circle (`d`, normalised to the shorter side) becomes the square around it, as wide as it is
    high in pixels of `size`. None for a point, and for what is no area.
    """
    if not isinstance(value, dict):
        return None
    numbers = {
        side: _number(text_of(value.get(clark(ST_AREA, side))))
        for side in ("x", "y", "w", "h", "d")
    }
    x, y, w, h, d = numbers.values()
    if x is None or y is None:
        return None
    if d is not None and (w is None or h is None):
        shorter = min(size)
        w, h = d * shorter / size[0], d * shorter / size[1]
    if w is None or h is None:
        return None
    if text_of(value.get(clark(ST_AREA, "unit"))) == "pixel":
        x, y, w, h = x / size[0], y / size[1], w / size[0], h / size[1]
    return _within((x - w / 2, y - h / 2, w, h))


def _within(area: Area) -> Area | None:
    """The part of an area that lies in the image; None for none."""
    left, top = max(area[0], 0.0), max(area[1], 0.0)
    right, below = min(area[0] + area[2], 1.0), min(area[1] + area[3], 1.0)
    if right <= left or below <= top:
        return None
    return left, top, right - left, below - top


def _number(text: str) -> float | None:
    """A finite number, also with a comma for the point or as a fraction, as some programs write."""
    try:
        if "/" in text:
            above, below = text.split("/")
            number = float(above) / float(below)
        else:
            number = float(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None
