"""Words: numbers, dates and counts as the user's country writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from app.library.rows import PersonRow
from app.ui.texts import Texts
from app.ui.texts import number as number

tr = Texts("words")


def photos(count: int) -> str:
    """1 photo, 1,284 photos."""
    return tr.counted("1 photo", "{0} photos", count)


def photos_and_stacks(shown: int, under: int, films: int = 0) -> str:
    """1,204 photos, 3 videos, 87 in stacks: what a grid shows, with what stands under that."""
    told = photos_and_videos(shown + under, films)
    if not under:
        return told
    return tr("{0}, {1} in stacks").format(told, number(under))


def faces(count: int) -> str:
    """1 face, 12 faces."""
    return tr.counted("1 face", "{0} faces", count)


def videos(count: int) -> str:
    """1 video, 12 videos."""
    return tr.counted("1 video", "{0} videos", count)


def photos_and_videos(count: int, films: int) -> str:
    """12 photos, 3 videos: of `count` files, so many of which are videos."""
    if not films:
        return photos(count)
    pictures = count - films
    return listed(photos(pictures), videos(films)) if pictures > 0 else videos(films)


def listed(first: str, *others: str) -> str:
    """One after the other, divided as the language divides them."""
    told = first
    for other in others:
        told = tr("{0}, {1}").format(told, other)
    return told


def running_time(seconds: float) -> str:
    """How long a video is: 0:42; no video is of no length."""
    return length(max(1, round(seconds)))


def length(seconds: float) -> str:
    """A moment of a video: 0:42, 1:02:03."""
    minutes, rest = divmod(int(max(0.0, seconds) + 1e-6), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def files(count: int) -> str:
    """1 file, 2 files."""
    return tr.counted("1 file", "{0} files", count)


def size(count: int) -> str:
    """12.3 MB: millions of bytes, as in the settings, on the command line and in most file
    managers of Linux."""
    from PySide6.QtCore import QLocale

    form = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(count, 1, form)


def path(place: Path) -> str:
    """The name of a file or folder, fit to be shown."""
    return shown(place.name or str(place))


def shown(text: str) -> str:
    """A path's text with marks in place of what is no text."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def called(person: PersonRow) -> str:
    """The person's name, or words for somebody without one."""
    return person.name or tr("Unnamed person")


def month(taken: datetime | None) -> str:
    """June 2019, or words for a photo without a date."""
    from PySide6.QtCore import QDate, QLocale

    if taken is None:
        return tr("No date")
    # How Qt writes dates: MMMM is the name of a month, M its number, yyyy the year.
    return QLocale().toString(QDate(taken.year, taken.month, 1), tr("MMMM yyyy"))


def day(when: date, today: date) -> str:
    """Today, Yesterday, or the day with its date."""
    from PySide6.QtCore import QDate, QLocale

    if when == today:
        return tr("Today")
    if when == today - timedelta(days=1):
        return tr("Yesterday")
    return QLocale().toString(QDate(when.year, when.month, when.day), QLocale.FormatType.LongFormat)


def time_of_day(when: datetime) -> str:
    """The hour and minute."""
    from PySide6.QtCore import QLocale, QTime

    return QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)


def moment(taken: datetime) -> str:
    """A day and a time of day."""
    from PySide6.QtCore import QDate, QLocale

    day = QLocale().toString(
        QDate(taken.year, taken.month, taken.day), QLocale.FormatType.LongFormat
    )
    return listed(day, time_of_day(taken))


def duration(seconds: float) -> str:
    """About how long something still takes."""
    if seconds < 50:
        return tr("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 2:
        return tr("about a minute left")
    if minutes < 90:
        return tr.counted("about a minute left", "about {0} minutes left", minutes)
    return tr.counted("about an hour left", "about {0} hours left", round(seconds / 3600))


def years_old(age: int) -> str:
    """34 years old; a child in its first year is no year old."""
    if age == 0:
        return tr("in the year of birth")
    return tr.counted("1 year old", "{0} years old", age)
