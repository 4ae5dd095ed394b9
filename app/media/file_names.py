"""The moment in the name of a file, as phones, messengers and programs that take pictures of the
screen write it; of names that follow no such rule, nothing.

Seen in the wild:
    IMG_20190804_170355.jpg, VID_…, PANO_…, MVIMG_…, BURST…    Android's camera
    20190804_170355.jpg, 20190804_170355(0).jpg                Samsung
    PXL_20210304_050607123.jpg                                 Pixel: in UTC
    WP_20150804_17_03_55_Pro.jpg                               Windows Phone
    IMG-20190804-WA0012.jpg, VID-…, STK-…, PTT-…               WhatsApp: the day alone
    WhatsApp Image 2021-03-04 at 05.06.07.jpeg                 WhatsApp, on a computer
    signal-2021-03-04-05-06-07-123.jpg, signal-2021-03-04-050607.jpg   Signal
    photo_2021-03-04_05-06-07.jpg, photo_5@04-03-2021_05-06-07.jpg     Telegram
    IMG20190804170355.jpg, DJI_20190804170355_0001.mp4         Oppo and its like, DJI
    FB_IMG_1614834367000.jpg, mmexport1614834367000.jpg        Facebook, WeChat: milliseconds
    Screenshot_20190804-170355.png, Screenshot_2019-08-04-17-03-55-123_com.app.png    Android
    Screen Shot 2019-08-04 at 5.03.55 PM.png, Bildschirmfoto 2019-08-04 um 17.03.55.png    macOS
    Screenshot from 2019-08-04 17-03-55.png                    GNOME
    Screenshot 2019-08-04 170355.png                           Windows
    2019-08-04 17.03.55.jpg                                    Dropbox
    2019-08-04 Birthday.jpg                                    people
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePath

from app.media.dates import NOON, Moment, here, is_sensible

_FIRST = 1990
"""The year before which no program wrote such names."""

_DAY = r"(?P<year>(?:19|20)\d\d){0}(?P<month>\d\d){0}(?P<day>\d\d)"
_TIME = r"(?P<hour>\d\d){0}(?P<minute>\d\d){0}(?P<second>\d\d)"
_PART = r"(?:[-_.]?(?P<part>\d{3}))?"
_BEFORE, _AFTER = r"(?<![0-9])", r"(?![0-9])"
_TWELVE = r"(?:\s?(?P<half>[AP]M))?"

_MOMENTS = tuple(
    re.compile(pattern + _AFTER, re.IGNORECASE)
    for pattern in (
        # IMG_20190804_170355, Screenshot_20190804-170355, 20190804_170355123
        _BEFORE + _DAY.format("") + r"[-_ T]" + _TIME.format("") + _PART,
        r"(?:\A|IMG|VID|DJI_)" + _DAY.format("") + _TIME.format(""),
        # 20150804_17_03_55
        _BEFORE + _DAY.format("") + "_" + _TIME.format("_"),
        # 2021-03-04_05-06-07, 2019-08-04 17.03.55, 2019-08-04-17-03-55-123, and with “at”
        _BEFORE + _DAY.format("[-_.]") + r"(?:[-_ T]|,?(?: [^\W\d_]{1,5}\.?){1,2} )"
        r"(?P<hour>\d\d?)[-_.:](?P<minute>\d\d)[-_.:](?P<second>\d\d)" + _TWELVE + _PART,
        # signal-2021-03-04-050607, Screenshot 2019-08-04 170355
        _BEFORE + _DAY.format("-") + r"[-_ ]" + _TIME.format("") + _PART,
        # photo_5@04-03-2021_05-06-07
        r"(?<=@)(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>20\d\d)_" + _TIME.format("-"),
    )
)
_DAYS = (
    re.compile(r"(?:IMG|VID|STK|PTT|AUD|DOC)-" + _DAY.format("") + r"-WA(?P<number>\d{4,})(?!\d)"),
    re.compile(_DAY.format("-") + r"(?!\d)"),
)
_EPOCH = re.compile(r"(?:FB_IMG_|mmexport|wx_camera_)(?P<milliseconds>\d{13})(?!\d)")
_UTC = "PXL_"
_MOST = 999_999
"""µs within a second."""


def name_moment(name: str, now: datetime | None = None) -> Moment | None:
    """The moment that the name of a file tells, or the day, at noon; None when it tells neither.

    Numbers that are no date (IMG_4711, DSC01234, 13 digits of somebody's own) tell nothing. `now`
    is local time.
    """
    stem = PurePath(name).stem
    epoch = _EPOCH.match(stem)
    if epoch is not None:
        return _of_epoch(int(epoch["milliseconds"]), now)
    for pattern in _MOMENTS:
        for found in pattern.finditer(stem):
            moment = _of_parts(found.groupdict(), now)
            if moment is not None:
                return here(moment.local) if stem.startswith(_UTC) else moment
    for pattern in _DAYS:
        day = pattern.match(stem)
        moment = None if day is None else _of_parts(day.groupdict(), now)
        if moment is not None:
            return moment
    return None


def _of_parts(told: dict[str, str | None], now: datetime | None) -> Moment | None:
    year, month, day = (int(told[name] or 0) for name in ("year", "month", "day"))
    hour, minute, second = (int(told.get(name) or 0) for name in ("hour", "minute", "second"))
    is_day = told.get("hour") is None
    if told.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if str(told["half"]).upper() == "PM" else 0)
    # WhatsApp counts the pictures of a day: so they keep their order.
    rest = min(int(told.get("number") or 0), _MOST) or int(told.get("part") or 0) * 1000
    try:
        when = datetime(year, month, day, NOON if is_day else hour, minute, second, rest)
    except ValueError:
        return None
    if when.year < _FIRST or not is_sensible(when, now):
        return None
    return Moment(when, None, is_day)


def _of_epoch(milliseconds: int, now: datetime | None) -> Moment | None:
    seconds, rest = divmod(milliseconds, 1000)
    utc = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, microsecond=rest * 1000)
    return here(utc) if utc.year >= 2004 and is_sensible(utc, now) else None
