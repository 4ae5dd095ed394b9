"""Exposure: camera and lens, and how they were set, from the tags of EXIF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import ExifTags

from app.media.gps import number

_NAME_LENGTH = 80
_SENTINEL = 65_535
"""What the tag of the sensitivity says where it is too small a number for it."""
_LENS_NAMES_NOTHING = frozenset({"----", "unknown", "n/a", "none", "0"})


def exposure_time(tags: Mapping[int, Any]) -> float | None:
    """s; from APEX (time = 2^-Tv, EXIF 2.32, annex C) where no time is written."""
    found = number(tags.get(ExifTags.Base.ExposureTime))
    if found is None:
        speed = number(tags.get(ExifTags.Base.ShutterSpeedValue))
        found = None if speed is None or abs(speed) > 30 else 2.0**-speed
    return within(found, 1e-7, 86_400.0)


def f_number(tags: Mapping[int, Any]) -> float | None:
    """Focal length by aperture; from APEX (F = 2^(Av/2)) where none is written."""
    found = number(tags.get(ExifTags.Base.FNumber))
    if not found:
        value = number(tags.get(ExifTags.Base.ApertureValue))
        found = None if not value or abs(value) > 20 else round(2.0 ** (value / 2), 1)
    return within(found, 0.3, 256.0)


def iso(tags: Mapping[int, Any]) -> int | None:
    """The sensitivity; that of newer EXIF where it is beyond what the old tag can hold."""
    found = number(tags.get(ExifTags.Base.ISOSpeedRatings))
    if not found or found >= _SENTINEL:
        for tag in (ExifTags.Base.RecommendedExposureIndex, ExifTags.Base.ISOSpeed,
                    ExifTags.Base.StandardOutputSensitivity):  # fmt: skip
            found = number(tags.get(tag)) or found
            if found and found != _SENTINEL:
                break
    found = within(found, 1.0, 10_000_000.0)
    return None if found is None else round(found)


def focal_length(tags: Mapping[int, Any]) -> float | None:
    """mm, of the lens itself."""
    return within(number(tags.get(ExifTags.Base.FocalLength)), 0.1, 10_000.0)


def within(value: float | None, least: float, most: float) -> float | None:
    """The value where it can be true."""
    return value if value is not None and least <= value <= most else None


def camera(make: object, model: object) -> str:
    """Maker and model: “Canon EOS 5D”, not “Canon Canon EOS 5D”."""
    maker, name = text(make), text(model)
    first = maker.split(" ")[0].lower()
    full = name if first and name.lower().startswith(first) else f"{maker} {name}"
    return full.strip()[:_NAME_LENGTH].strip()


def lens(tags: Mapping[int, Any]) -> str:
    """The name of the lens; of one without a name, what it can do: “24–70 mm f/2.8”."""
    named = lens_name(tags.get(ExifTags.Base.LensMake), tags.get(ExifTags.Base.LensModel))
    return named or _abilities(tags.get(ExifTags.Base.LensSpecification))


def lens_name(make: object, model: object) -> str:
    """Maker and model of a lens; empty where the model is not told."""
    name = text(model)
    if name.lower() in _LENS_NAMES_NOTHING or not name.strip("-. "):
        return ""
    return camera(make, model)


def _abilities(value: object) -> str:
    """Of EXIF's four numbers: shortest and longest focal length, and the f-number at each."""
    if not isinstance(value, tuple | list) or len(value) != 4:
        return ""
    least, most, fast, slow = (number(part) for part in value)
    if not least or not most:
        return ""
    told = _range(least, most) + " mm"
    return f"{told} f/{_range(fast, slow or fast)}" if fast else told


def _range(least: float, most: float) -> str:
    return f"{least:g}" if least == most else f"{least:g}–{most:g}"


def text(value: object) -> str:
    """Printable text of a tag, single spaces; empty for what is not text."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    shown = "".join(c if c.isprintable() else " " for c in value.split("\0")[0])
    return " ".join(shown.split())
