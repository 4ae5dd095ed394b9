"""Places: where on earth a photo was taken, as EXIF, XMP and QuickTime write it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import ExifTags

_LOWEST, _HIGHEST = -500.0, 100_000.0
"""Metres: the shore of the Dead Sea, and where space begins; beyond, the height is wrong."""

_XMP = re.compile(
    r"\s*(\d{1,3})(?:,(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?)?\s*([NSEW])\s*", re.I
)
_ISO_6709 = re.compile(r"\s*([-+]\d{2,6}(?:\.\d*)?)([-+]\d{3,7}(?:\.\d*)?)([-+]\d+(?:\.\d*)?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on earth."""

    latitude: float
    """Degrees, -90..90, north positive."""
    longitude: float
    """Degrees, -180..180, east positive."""
    altitude: float | None = None
    """Metres above the sea."""


def place(
    latitude: float | None, longitude: float | None, altitude: float | None = None
) -> Place | None:
    """These numbers as a place; None when they are none, or what receivers write that know of no
    place: 0, 0."""
    if latitude is None or longitude is None:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # false of NaN, too
        return None
    if latitude == longitude == 0:
        return None
    if altitude is not None and not _LOWEST <= altitude <= _HIGHEST:
        altitude = None
    return Place(latitude, longitude, altitude)


def exif_place(tags: Mapping[int, Any]) -> Place | None:
    """Where a photo was taken, from the tags of EXIF's GPS block."""
    latitude = _degrees(tags, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "NS")
    longitude = _degrees(tags, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "EW")
    altitude = number(tags.get(ExifTags.GPS.GPSAltitude))
    below = tags.get(ExifTags.GPS.GPSAltitudeRef)
    # 2 and 3, of newer EXIF, are heights above the ellipsoid, which is about that of the sea.
    if altitude is not None and below in (1, 3, b"\x01", b"\x03", "\x01", "1"):
        altitude = -altitude
    return place(latitude, longitude, altitude)


def exif_utc(tags: Mapping[int, Any]) -> datetime | None:
    """The moment of the position in UTC, from the tags of EXIF's GPS block."""
    day, time = tags.get(ExifTags.GPS.GPSDateStamp), tags.get(ExifTags.GPS.GPSTimeStamp)
    if isinstance(day, bytes):
        day = day.decode("ascii", "replace")
    found = re.match(r"\s*(\d{4})[-:./](\d{1,2})[-:./](\d{1,2})\s*\0*\s*$", str(day or ""))
    parts = _three(time) if isinstance(time, tuple | list) and len(time) == 3 else None
    if found is None or parts is None:
        return None
    try:
        start = datetime(int(found[1]), int(found[2]), int(found[3]))
        if not (parts[0] < 24 and parts[1] < 60 and parts[2] < 61):
            return None
        utc = start + timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
    except (OverflowError, ValueError):
        return None
    return utc if utc.year > 1980 else None  # GPS counts from 1980


def xmp_place(latitude: str, longitude: str, altitude: str = "", below: str = "") -> Place | None:
    """A place as XMP writes it: “52,31.2N” or “52,31,12N”, and the height as a fraction."""
    return place(
        _xmp_degrees(latitude, "NS"), _xmp_degrees(longitude, "EW"), xmp_height(altitude, below)
    )


def xmp_height(altitude: str, below: str) -> float | None:
    """“340/10” or “34”, below the sea where `below` is 1."""
    metres = fraction(altitude)
    return None if metres is None else -metres if below.strip() == "1" else metres


def iso_place(text: str) -> Place | None:
    """A place as QuickTime writes it, in ISO 6709: “+52.5200+013.4050+034.000/”, also with minutes
    (“+5231.20+01324.30/”) and seconds."""
    found = _ISO_6709.match(text)
    if found is None:
        return None
    latitude, longitude = _iso_degrees(found[1], 2), _iso_degrees(found[2], 3)
    return place(latitude, longitude, None if found[3] is None else float(found[3]))


def number(value: object) -> float | None:
    """A finite number of a tag, which may be a fraction, or the first of several; None for what is
    none, a division by zero among them."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if isinstance(value, bool) or value is None or isinstance(value, str | bytes):
        return None
    try:
        found = float(value)  # type: ignore[arg-type]
    except Exception:  # Pillow's fractions raise what they like
        return None
    return found if math.isfinite(found) else None


def fraction(text: str) -> float | None:
    """A number as XMP writes it: “28/10” or “2.8”; None for what is none."""
    above, _, below = text.strip().partition("/")
    try:
        found = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None
    return found if math.isfinite(found) else None


def _degrees(tags: Mapping[int, Any], tag: int, ref: int, sides: str) -> float | None:
    """Without a word on which side of the earth it is, a number is no place."""
    parts = _three(tags.get(tag))
    side = tags.get(ref)
    if isinstance(side, bytes):
        side = side.decode("ascii", "replace")
    side = str(side or "").strip("\0 ").upper()[:1]
    if parts is None or side not in (*sides,) or not (parts[1] < 60 and parts[2] < 60):
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    return degrees if side == sides[0] else -degrees


def _three(value: object) -> tuple[float, float, float] | None:
    """Degrees, minutes and seconds, or hours; what is missing at the end is 0."""
    if not isinstance(value, tuple | list):
        value = (value,)
    if not 1 <= len(value) <= 3:
        return None
    found = [number(part) for part in value]
    if found[0] is None:
        return None
    # Some write the seconds as 0/0 when the minutes hold them.
    whole = [0.0 if part is None else part for part in found] + [0.0, 0.0]
    if min(whole) < 0:
        return None
    return whole[0], whole[1], whole[2]


def _xmp_degrees(text: str, sides: str) -> float | None:
    found = _XMP.fullmatch(text)
    if found is None or found[4].upper() not in sides:
        return None
    minutes, seconds = float(found[2] or 0), float(found[3] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    degrees = int(found[1]) + minutes / 60 + seconds / 3600
    return -degrees if found[4].upper() in "SW" else degrees


def _iso_degrees(text: str, digits: int) -> float | None:
    """Degrees, degrees and minutes, or with seconds: as many as there are digits before the
    point."""
    sign = -1 if text[0] == "-" else 1
    whole, _, rest = text[1:].partition(".")
    part = f".{rest or 0}"
    if len(whole) == digits:
        return sign * float(whole + part)
    if len(whole) not in (digits + 2, digits + 4):
        return None
    minutes = whole[digits : digits + 2]
    if len(whole) == digits + 2:
        inner, seconds = float(minutes + part), 0.0
    else:
        inner, seconds = float(minutes), float(whole[digits + 2 :] + part)
    if inner >= 60 or seconds >= 60:
        return None
    return sign * (int(whole[:digits]) + inner / 60 + seconds / 3600)
