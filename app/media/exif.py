"""When a photo was taken and with which camera; broken EXIF is as good as none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

_DATE = re.compile(r"\s*(\d{4})\D(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2}))?)?")
_CAMERA_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Exif:
    """What the camera wrote beside the picture."""

    taken: datetime | None
    """Local time where the photo was taken, without a zone; None when nothing is known."""
    taken_from: str
    """'exif', or 'file' when only the file's own time is known."""
    camera: str
    """Maker and model, fit to be shown; empty when not known."""


def read_tags(image: Image.Image) -> dict[int, Any]:
    """The EXIF tags of an opened image, those of the Exif block included; {} when broken."""
    tags: dict[int, Any] = {}
    try:
        exif = image.getexif()
        tags.update(exif)
        tags.update(exif.get_ifd(ExifTags.IFD.Exif))
    except Exception:  # a foreign parser on foreign bytes: anything can come
        return tags
    return tags


def describe(tags: Mapping[int, Any], file_modified: float) -> Exif:
    """When and with what, from EXIF tags, else from the file's time in seconds since 1970."""
    camera = _camera(tags.get(ExifTags.Base.Make), tags.get(ExifTags.Base.Model))
    for tag in (
        ExifTags.Base.DateTimeOriginal,
        ExifTags.Base.DateTimeDigitized,
        ExifTags.Base.DateTime,
    ):
        taken = _date(tags.get(tag))
        if taken is not None:
            return Exif(taken, "exif", camera)
    return Exif(_file_date(file_modified), "file", camera)


def _date(value: object) -> datetime | None:
    """EXIF's '2019:08:04 17:03:55' and what careless programs write instead."""
    found = _DATE.match(_text(value))
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    if not 1800 < year < 2100:
        return None
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None


def _file_date(modified: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(modified).replace(microsecond=0)
    except (OverflowError, OSError, ValueError):
        return None


def _camera(make: object, model: object) -> str:
    """'Canon EOS 5D', not 'Canon Canon EOS 5D'."""
    maker, name = _text(make), _text(model)
    first = maker.split(" ")[0].lower()
    full = name if first and name.lower().startswith(first) else f"{maker} {name}"
    return full.strip()[:_CAMERA_LENGTH].strip()


def _text(value: object) -> str:
    """Printable text of a tag, single spaces; empty for what is not text."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    shown = "".join(c if c.isprintable() else " " for c in value.split("\0")[0])
    return " ".join(shown.split())
