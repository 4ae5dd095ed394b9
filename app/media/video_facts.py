"""When and where a video was taken and with which camera, from what its container tells.

[Note: Clocks of videos] MP4 and QuickTime keep the moment in UTC, and phones do so; several makers
of cameras write what their clock shows instead. Apple's own tag has local time and zone. Where only
UTC is known, the name of the file may tell the local time; else it is brought to the zone of this
computer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.media import exposure
from app.media.dates import Moment, here, of_file, offset_between, read_moment
from app.media.exif import NOTHING_WRITTEN, Exif, Written
from app.media.file_names import name_moment
from app.media.gps import Place, iso_place

_CREATION_DATES = ("com.apple.quicktime.creationdate", "date_recorded", "date")
"""Local time, mostly with its zone; of `date`, only where it tells more than a day."""
_CREATION_TIME = "creation_time"
_PLACES = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
_MAKES = ("com.apple.quicktime.make", "com.android.manufacturer", "make", "make-eng")
_MODELS = ("com.apple.quicktime.model", "com.android.model", "model", "model-eng")
_MARKS = (*_MAKES, *_MODELS, "encoder", "handler_name", "major_brand", "compatible_brands",
          "firmware")  # fmt: skip
"""Where makers leave their name."""

_LOCAL_CLOCKS = re.compile(
    r"gopro|\bhd\d{1,2}\.\d\d|nikon|\bniko\b|canon|caep|panasonic|\bpana\b|lumix|olympus|om digital"
    r"|fujifilm|casio|pentax|ricoh|kodak"
)
"""Makers whose cameras write the time of their clock where UTC belongs, as users of exiftool,
Immich, Memories and Piwigo report; the second of each pair is how their files are marked."""


def describe_video(
    metadata: Mapping[str, str],
    file_name: str,
    file_modified: float,
    written: Written = NOTHING_WRITTEN,
) -> Exif:
    """When, where and with what: from the tags of a container and its streams, as FFmpeg names
    them; from what other programs wrote; from the file's name, or from its time in seconds since
    1970. Nothing in the tags can raise."""
    told = {name.lower(): value for name, value in metadata.items()}
    taken, source = _taken(told, file_name, written)
    place = _place(told) or written.place
    return Exif(
        taken=of_file(file_modified) if taken is None else taken.local, taken_from=source,
        camera=exposure.camera(_first(told, _MAKES), _first(told, _MODELS)) or written.camera,
        taken_offset=None if taken is None else taken.offset,
        latitude=None if place is None else place.latitude,
        longitude=None if place is None else place.longitude,
        altitude=None if place is None else place.altitude,
        lens=written.lens, exposure_time=written.exposure_time, f_number=written.f_number,
        iso=written.iso, focal_length=written.focal_length,
    )  # fmt: skip


def _taken(told: Mapping[str, str], name: str, written: Written) -> tuple[Moment | None, str]:
    dates = [moment for key in _CREATION_DATES if (moment := read_moment(told.get(key, "")))]
    if whole := next((one for one in dates if not one.is_day), None):
        return whole, "video"
    if written.original:
        return written.original, "xmp"
    named = name_moment(name)
    if moment := _creation(told, named):
        return moment, "video"
    if named and dates and named.local.date() == dates[0].local.date():
        return named, "name"  # it tells more of the same day
    if dates:
        return dates[0], "video"
    if written.created:
        return written.created, "xmp"
    return (named, "name") if named else (None, "file")


def _creation(told: Mapping[str, str], named: Moment | None) -> Moment | None:
    """See [Note: Clocks of videos]."""
    moment = read_moment(told.get(_CREATION_TIME, ""))
    if moment is None or moment.local.year == 1904:  # where QuickTime begins to count
        return None
    if moment.offset is None or moment.offset != 0:  # AVI has the clock of the camera
        return moment
    if named is not None and named.offset is None and not named.is_day:
        offset = offset_between(named.local, moment.local)
        if offset is not None:
            # Without a difference, nobody knows which of the two it is.
            return Moment(named.local, offset or None)
    if any(_LOCAL_CLOCKS.search(told.get(key, "").lower()) for key in _MARKS):
        return Moment(moment.local)
    return here(moment.local)


def _place(told: Mapping[str, str]) -> Place | None:
    places = (iso_place(told[key]) for key in _PLACES if key in told)
    return next((place for place in places if place is not None), None)


def _first(told: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((told[key] for key in keys if told.get(key)), "")
