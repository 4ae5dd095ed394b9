"""Moments as cameras and programs write them: read, held against common sense, and brought to the
clock of the place.

[Note: Local time] A photo is of the evening on which it was taken, wherever it is looked at: its
moment is what the clock of the place showed. Where only the moment in UTC is known, as in most
videos, it is brought to the zone of this computer, which is where most photos are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

NOON = 12
"""The hour given to what is only known to be of a day: so it stands among the photos of the day."""

_EARLIEST = 1826
"""The year of the oldest photograph there is (Niépce, View from the Window at Le Gras)."""
_NO_CLOCK_IS_EARLIER = datetime(2026, 1, 1)
"""Made later than any version of this program; a computer whose clock says less has none."""
_WEST, _EAST = -12 * 60, 14 * 60
"""Minutes: no zone on earth lies beyond."""
_STALE = timedelta(minutes=5)
"""How far two clocks may disagree of which one gives the moment in UTC, the other in local time:
more than receivers and recordings take, less than half of the smallest step between zones."""
_ODD_ZONES = (
    -570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 630, 765, 825,
)  # fmt: skip
"""The zones since 2000 that are no full hours (IANA's time zone database): the Marquesas, Venezuela
until 2016, Newfoundland, Iran, Afghanistan, India, Nepal, Burma, North Korea until 2018, Eucla,
central Australia, Lord Howe, and the Chatham Islands, in summer and in winter."""
_ZONES = sorted({*range(_WEST, _EAST + 1, 60), *_ODD_ZONES})
_DATE = re.compile(
    r"""\s*(?P<year>\d{4})(?:\s*\Z|
    \D(?P<month>\d{1,2})(?:\s*\Z|
    \D(?P<day>\d{1,2})
    (?:\D{1,2}(?P<hour>\d{1,2})(?P<colon>\D)(?P<minute>\d{1,2})
    (?:(?P=colon)(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?)?
    \s*(?P<zone>Z|[-+]\d{1,2}(?::?\d{2})?)?)?
    (?!\d).*))""",
    re.VERBOSE | re.DOTALL,
)
_ZONE = re.compile(r"([-+])(\d{1,2}):?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was; see [Note: Local time]."""

    local: datetime
    """What the clock of the place showed; without zone."""
    offset: int | None = None
    """Minutes by which that clock is ahead of UTC; None when nobody knows."""
    is_day: bool = False
    """Whether no more than the day is known; the time is noon then."""


def read_moment(text: str, now: datetime | None = None) -> Moment | None:
    """A moment written year first: “2019:08:04 17:03:55.5+02:00” as in EXIF, ISO 8601, and what
    careless programs write; where parts are missing, the first month, the first day, and noon.

    None for what is none, or makes no sense (`is_sensible`); `now` is local time.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    told = found.groupdict()
    year, month, day = (int(told[name] or 1) for name in ("year", "month", "day"))
    hour = int(told["hour"] or NOON)
    minute, second = int(told["minute"] or 0), int(told["second"] or 0)
    if second == 60:  # a leap second is told as the one before
        second = 59
    part = int((told["part"] or "").ljust(6, "0")[:6])
    try:
        when = datetime(year, month, day, hour, minute, second, part)
    except ValueError:
        return None
    if not (is_sensible(when, now) if told["day"] else _is_of_photography(when, now)):
        return None
    return Moment(when, read_zone(told["zone"] or ""), told["hour"] is None)


def read_zone(text: str) -> int | None:
    """Minutes ahead of UTC: of “+02:00”, “+0200”, “-3” or “Z”; None where it is no zone."""
    text = text.strip()
    if text in ("Z", "z"):
        return 0
    found = _ZONE.fullmatch(text)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    return offset if _WEST <= offset <= _EAST and int(minutes or 0) < 60 else None


def is_sensible(when: datetime, now: datetime | None = None) -> bool:
    """Whether a photo can be of that moment, which is local time: not of the future, not older
    than photography, and not of the days on which clocks begin that nobody has set."""
    if (when.year, when.month, when.day) in ((1969, 12, 31), (1970, 1, 1)):  # of Unix, in any zone
        return False
    if (when.year, when.month, when.day, when.hour) == (1980, 1, 1, 0):  # of DOS and of FAT
        return False
    return _is_of_photography(when, now)


def _is_of_photography(when: datetime, now: datetime | None) -> bool:
    # A day more: the place may lie east of here.
    latest = max(now or datetime.now(), _NO_CLOCK_IS_EARLIER)
    return when.year >= _EARLIEST and when <= latest + timedelta(days=1)


def here(utc: datetime) -> Moment | None:
    """A moment in UTC, without zone, on the clock of this computer; None when it makes no sense."""
    try:
        local = utc.replace(tzinfo=UTC).astimezone()
        offset = local.utcoffset()
    except (OverflowError, OSError, ValueError):
        return None
    when = local.replace(tzinfo=None)
    if offset is None or not is_sensible(when):
        return None
    return Moment(when, round(offset.total_seconds() / 60))


def with_zone(utc: datetime, offset: int) -> datetime:
    """A moment in UTC, without zone, on a clock that is so many minutes ahead."""
    zone = timezone(timedelta(minutes=offset))
    return utc.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def offset_between(local: datetime, utc: datetime) -> int | None:
    """By how many minutes a clock is ahead of UTC that showed `local` when it was `utc`, more or
    less; None when no zone explains the difference."""
    apart = local - utc
    near = (zone for zone in _ZONES if abs(apart - timedelta(minutes=zone)) <= _STALE)
    return next(near, None)


def of_file(modified: float) -> datetime | None:
    """The time of a file, in seconds since 1970, on the clock of this computer; None when it makes
    no sense."""
    try:
        when = datetime.fromtimestamp(modified).replace(microsecond=0)
    except (OverflowError, OSError, ValueError):
        return None
    return when if is_sensible(when) else None
