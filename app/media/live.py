"""Live: whether a picture and a short film beside it were taken as one Live Photo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import PhotoError
from app.media.files import opened_file, read_file
from app.media.motion import still_identifier
from app.media.read import open_photo

LONGEST_SECONDS = 6.0
"""Apple's Live Photos last 3 s, some a little longer; what lasts longer is a film of its own."""
_APART = timedelta(seconds=10)
"""By which the times of still and film may differ: the still is taken within the film, and clocks
are written in whole seconds."""
_ZONE = timedelta(minutes=15)
"""All time zones are whole quarters of an hour from UTC, and at most so many of them:"""
_ZONES = timedelta(hours=14)
_IDENTIFIER = "com.apple.quicktime.content.identifier"
_LOCAL, _UTC = "com.apple.quicktime.creationdate", "creation_time"
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)")
_EPOCHS = (1904, 1970)
"""Years in which films were made whose camera had no clock."""


@dataclass(frozen=True, slots=True)
class _Film:
    """What the container of a film tells."""

    identifier: str
    seconds: float
    local: datetime | None
    utc: datetime | None


def is_live_pair(still: Path, film: Path) -> bool:
    """Whether a film is the moving part of a picture: Apple's content identifier is the same in
    both, or where one of them lacks it, the film is short and both were taken at the same time.

    False also where one of them cannot be read. Reads the file of the picture whole.
    """
    try:
        told = _film(film)
        if not told.identifier and told.seconds > LONGEST_SECONDS:
            return False
        mine = still_identifier(read_file(still).data)
        if mine and told.identifier:
            return mine == told.identifier
        return told.seconds <= LONGEST_SECONDS and _is_near(still, film, told)
    except (PhotoError, OSError, ValueError):
        return False


def _film(path: Path) -> _Film:
    import av  # a scan without films need not load it

    try:
        # By its format's name and as an opened file, so that it cannot lead anywhere else; its
        # tables alone are read, which video.Video would not do.
        with (
            opened_file(path) as file,
            av.open(file, "r", "mov", metadata_errors="replace") as film,
        ):
            tags, seconds = dict(film.metadata), (film.duration or 0) / av.time_base
            has_picture = bool(film.streams.video)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise PhotoError("The film is damaged.") from error
    if not has_picture:
        raise PhotoError("There is no picture in the film.")
    return _Film(
        tags.get(_IDENTIFIER, "").strip(), seconds, _moment(tags.get(_LOCAL, "")),
        _moment(tags.get(_UTC, "")),
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """As written, whatever zone is behind it."""
    found = _MOMENT.match(text)
    if not found:
        return None
    parts = [int(part) for part in found.groups()]
    try:
        return None if parts[0] in _EPOCHS else datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return None


def _is_near(still: Path, film: Path, told: _Film) -> bool:
    """Whether both were taken at the same time: by the camera's word where both have it, else by
    the times of the files, which cameras and who copies them keep alike."""
    with open_photo(still, _NO_LIMIT) as photo:
        taken = photo.exif.taken if photo.exif.taken_from == "exif" else None
    if taken is not None and told.local is not None:
        return abs(taken - told.local) <= _APART
    if taken is not None and told.utc is not None:
        return _is_same_moment_somewhere(taken, told.utc)
    return abs(_modified(still) - _modified(film)) <= _APART


_NO_LIMIT = 1 << 20
"""Megapixels: only the header is read here."""


def _is_same_moment_somewhere(local: datetime, utc: datetime) -> bool:
    """Whether there is a time zone in which a local time is this moment."""
    apart = local - utc
    rest = apart % _ZONE
    return abs(apart) <= _ZONES + _APART and min(rest, _ZONE - rest) <= _APART


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
