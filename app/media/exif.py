"""When a photo was taken, where, and with which camera; broken EXIF is as good as none.

The sources of the moment, the first that has a sensible one: EXIF (original, digitized), what other
programs wrote in the file or beside it (`Written.original`), EXIF's DateTime and the satellites'
time, what programs wrote of lesser worth (`Written.created`), the name of the file, its own time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

from app.media import exposure
from app.media.dates import Moment, here, of_file, offset_between, read_moment, read_zone
from app.media.file_names import name_moment
from app.media.gps import Place, exif_place, exif_utc


@dataclass(frozen=True, slots=True)
class Exif:
    """What the camera wrote beside the picture, and what others told where it wrote nothing.

    None and empty where nothing is known.
    """

    taken: datetime | None
    """Local time where the photo was taken, without a zone; of a day alone, noon."""
    taken_from: str
    """exif, xmp (what programs wrote in the file or beside it), video, name (of the file), or file
    when only the file's own time is known."""
    camera: str
    """Maker and model, fit to be shown; empty when not known."""
    taken_offset: int | None = None
    """Minutes by which that local time is ahead of UTC."""
    latitude: float | None = None
    """Degrees, north positive."""
    longitude: float | None = None
    """Degrees, east positive."""
    altitude: float | None = None
    """Metres above the sea."""
    lens: str = ""
    exposure_time: float | None = None
    """s."""
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    """mm, of the lens itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """What others than the camera wrote of a photo, in its file or beside it."""

    original: Moment | None = None
    """When it was taken."""
    created: Moment | None = None
    """When the file, or the picture in it, was made."""
    changed: datetime | None = None
    """When the picture was last changed: better than the time of the file, which a copy loses."""
    place: Place | None = None
    camera: str = ""
    lens: str = ""
    exposure_time: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None

    def over(self, other: Written) -> Written:
        """This, and from the other what this does not tell."""
        return Written(
            self.original or other.original,
            self.created or other.created,
            self.changed or other.changed,
            self.place or other.place,
            self.camera or other.camera,
            self.lens or other.lens,
            self.exposure_time or other.exposure_time,
            self.f_number or other.f_number,
            self.iso or other.iso,
            self.focal_length or other.focal_length,
        )


NOTHING_WRITTEN = Written()

_ORIGINAL = (
    ExifTags.Base.DateTimeOriginal, ExifTags.Base.SubsecTimeOriginal,
    ExifTags.Base.OffsetTimeOriginal,
)  # fmt: skip
_DIGITIZED = (
    ExifTags.Base.DateTimeDigitized, ExifTags.Base.SubsecTimeDigitized,
    ExifTags.Base.OffsetTimeDigitized,
)  # fmt: skip
_CHANGED = (ExifTags.Base.DateTime, ExifTags.Base.SubsecTime, ExifTags.Base.OffsetTime)


def read_tags(image: Image.Image) -> dict[int, Any]:
    """The EXIF tags of an opened image, those of the Exif block included and those of the GPS
    block as a dict under its own tag; {} when broken."""
    tags: dict[int, Any] = {}
    try:
        exif = image.getexif()
        tags.update(exif)
        tags.update(exif.get_ifd(ExifTags.IFD.Exif))
    except Exception:  # a foreign parser on foreign bytes: anything can come
        return tags
    try:
        tags[ExifTags.IFD.GPSInfo] = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # the same
        tags.pop(ExifTags.IFD.GPSInfo, None)
    return tags


def describe(
    tags: Mapping[int, Any],
    file_modified: float,
    name: str = "",
    written: Written = NOTHING_WRITTEN,
) -> Exif:
    """When, where and with what: from EXIF tags as `read_tags` gives them, from what others wrote,
    from the file's name, or from its time in seconds since 1970."""
    taken, source = _taken(tags, name, written)
    told = taken.local if taken is not None else (written.changed or of_file(file_modified))
    place = exif_place(_gps_block(tags)) or written.place
    return Exif(
        taken=told, taken_from=source,
        camera=exposure.camera(tags.get(ExifTags.Base.Make), tags.get(ExifTags.Base.Model))
        or written.camera,
        taken_offset=None if taken is None else taken.offset,
        latitude=None if place is None else place.latitude,
        longitude=None if place is None else place.longitude,
        altitude=None if place is None else place.altitude,
        lens=exposure.lens(tags) or written.lens,
        exposure_time=exposure.exposure_time(tags) or written.exposure_time,
        f_number=exposure.f_number(tags) or written.f_number,
        iso=exposure.iso(tags) or written.iso,
        focal_length=exposure.focal_length(tags) or written.focal_length,
    )  # fmt: skip


def _taken(tags: Mapping[int, Any], name: str, written: Written) -> tuple[Moment | None, str]:
    """The moment with its source; see the module."""
    utc = exif_utc(_gps_block(tags))
    for kind in (_ORIGINAL, _DIGITIZED):
        if moment := _moment(tags, kind, utc):
            return moment, "exif"
    if written.original:
        return written.original, "xmp"
    if moment := _moment(tags, _CHANGED, utc) or (here(utc) if utc else None):
        return moment, "exif"
    if written.created:
        return written.created, "xmp"
    if moment := name_moment(name):
        return moment, "name"
    return None, "file"


def _moment(
    tags: Mapping[int, Any], kind: tuple[int, int, int], utc: datetime | None
) -> Moment | None:
    """A moment of EXIF with its parts of a second, and its zone: as the tags say it, or as the time
    of the satellites tells it."""
    date, part = (exposure.text(tags.get(tag)) for tag in kind[:2])
    moment = read_moment(date)
    if moment is None:
        return None
    local = moment.local
    if part.isdecimal() and part.isascii() and not moment.is_day:
        local = local.replace(microsecond=int(part.ljust(6, "0")[:6]))
    offset = moment.offset
    for other in (kind, _ORIGINAL, _DIGITIZED, _CHANGED):  # some tell the zone of another tag alone
        if offset is None and exposure.text(tags.get(other[0])) == date:
            offset = read_zone(exposure.text(tags.get(other[2])))
    if offset is None and utc is not None and not moment.is_day:
        offset = offset_between(local, utc)
    return Moment(local, offset, moment.is_day)


def _gps_block(tags: Mapping[int, Any]) -> Mapping[int, Any]:
    block = tags.get(ExifTags.IFD.GPSInfo)
    return block if isinstance(block, Mapping) else {}
