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
from dataclasses import dataclass, replace
from typing import Final

from app.media.orientation import Area, lies_down, upright_area
from app.media.xmp.namespaces import MP, MP_REG, MP_RI, MWG_RS, ST_AREA, ST_DIM, clark
from app.media.xmp.packet import Packet, Value, items_of, text_of

FACE: Final = "Face"
MWG: Final = "MWG"
MICROSOFT: Final = "Microsoft"

_SAME_SHAPE: Final = 0.02
"""By how much two proportions may differ and still be those of one image: resizing rounds."""
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


def _mwg(packet: Packet, frame: Frame) -> list[NamedRegion]:
    info = packet.get(MWG_RS, "Regions")
    if not isinstance(info, dict):
        return []
    size = _applied(info.get(clark(MWG_RS, "AppliedToDimensions")))
    found = []
    for item in items_of(info.get(clark(MWG_RS, "RegionList"))):
        if not isinstance(item, dict):
            continue
        area = stored_area_of(item.get(clark(MWG_RS, "Area")), size or frame.stored)
        name = text_of(item.get(clark(MWG_RS, "Name")))
        if name and area:
            kind = text_of(item.get(clark(MWG_RS, "Type")))
            found.append(_region(name, area, size, frame, kind, MWG))
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
                found.append(_region(name, area, None, frame, FACE, MICROSOFT))
    return found


def _rectangle(item: dict[str, Value]) -> list[str]:
    return text_of(item.get(clark(MP_REG, "Rectangle"))).split(",")


def _region(
    name: str, area: Area, size: tuple[float, float] | None, frame: Frame, kind: str, source: str
) -> NamedRegion:
    """A region whose area is normalised to an image of `size`, turned into the upright image."""
    turn, is_doubtful = _turn(size, frame)
    x, y, w, h = upright_area(area, turn)
    region = NamedRegion(name, x, y, w, h, kind, source)
    return replace(region, is_doubtful=True) if is_doubtful else region


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
        return (1, True) if lies_down(frame.orientation) else (_TURNED, True)
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
