"""Dates as they are typed and said: a year, a month, a day, and from one to another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from PySide6.QtCore import QLocale

from app.library.queries.search import day_span
from app.ui.search.tokens import Keys, Sort, Token, begins_with, keys
from app.ui.texts import Texts

tr = Texts("search")

Days = tuple[date | None, date | None]
"""The first and the last day; None where there is no bound."""
_Span = tuple[date, date]

_RANGE = re.compile(r"([\d-]*)(?:\.\.|…)([\d-]*)|(\d{4})[-–](\d{4})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\.?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around dates: the user's own, and the English ones beside them."""

    since: tuple[Keys, ...]
    after: tuple[Keys, ...]
    before: tuple[Keys, ...]
    until: tuple[Keys, ...]
    to: tuple[Keys, ...]
    months: dict[Keys, int]

    @classmethod
    def in_force(cls) -> _Words:
        """In the language that is in force."""
        return _words_of(QLocale().bcp47Name(), tr("since"))

    @classmethod
    def gather(cls) -> _Words:
        """The same, looked up word by word."""
        return cls(
            since=(keys("since"), keys("from"), keys(tr("since")), keys(tr("from"))),
            after=(keys("after"), keys(tr("after"))),
            before=(keys("before"), keys(tr("before"))),
            until=(keys("until"), keys("till"), keys(tr("until"))),
            to=(keys("to"), keys("-"), keys("–"), keys(tr("to"))),
            months=dict(_month_names()),
        )


@lru_cache(maxsize=4)
def _words_of(locale: str, since: str) -> _Words:  # noqa: ARG001 - both tell the language
    return _Words.gather()


def read_days(row: Sequence[Token]) -> tuple[Days, int] | None:
    """The days that the first tokens name, and how many tokens that were; None for no date."""
    if not row or row[0].sort is Sort.QUOTED:  # it is a name
        return None
    words = _Words.in_force()
    for phrases, make in (
        (words.since, _since),
        (words.after, _after),
        (words.before, _before),
        (words.until, _until),
    ):
        said = begins_with(row, phrases)
        span = _span(row[said:], words) if said else None
        if span is not None:
            end = _to(row[said + span[1] :], words) if phrases is words.since else None
            if end is not None:  # from 2017 to 2019
                return (span[0][0], end[0]), said + span[1] + end[1]
            return make(*span[0]), said + span[1]
    found = _RANGE.fullmatch(row[0].text)
    if found is not None:
        days = _two_dots(found[1] or found[3] or "", found[2] or found[4] or "")
        return None if days is None else (days, 1)
    span = _span(row, words)
    if span is None:
        return None
    end = _to(row[span[1] :], words)
    return ((span[0][0], end[0]), span[1] + end[1]) if end is not None else span


def days_in_words(days: Days) -> str:
    """2019, June 2019, 2017 to 2019, since 2018; empty without bounds."""
    since, until = days
    if since is None and until is None:
        return ""
    if since is None:
        assert until is not None
        after = _after(until, until)[0]
        is_whole = after is not None and after.day == 1
        if after is not None and is_whole:
            return f"{tr('before')} {_start_in_words(after)}"
        return f"{tr('until')} {_day_in_words(until)}"
    if until is None:
        return f"{tr('since')} {_start_in_words(since)}"
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        first, last = _year(since), _year(until)
    elif since.day == 1 and until.day == monthrange(until.year, until.month)[1]:
        first, last = month_in_words(since), month_in_words(until)
    else:
        first, last = _day_in_words(since), _day_in_words(until)
    return first if first == last else f"{first} {tr('to')} {last}"


def month_in_words(day: date) -> str:
    """June 2019."""
    return f"{QLocale().standaloneMonthName(day.month)} {_year(day)}"


def month_numbers(text: str) -> set[int]:
    """The months whose name begins with this."""
    wanted = keys(text)
    if len(wanted) != 1:
        return set()
    return {
        number
        for name, number in _month_names()
        if len(name) == 1 and name[0][1].startswith(wanted[0][1])
    }


def _since(first: date, last: date) -> Days:  # noqa: ARG001 - each of these four takes a span
    return first, None


def _after(first: date, last: date) -> Days:  # noqa: ARG001
    return (last + timedelta(1) if last < date.max else None), None


def _before(first: date, last: date) -> Days:  # noqa: ARG001
    return None, (first - timedelta(1) if first > date.min else None)


def _until(first: date, last: date) -> Days:  # noqa: ARG001
    return None, last


def _two_dots(first: str, last: str) -> Days | None:
    start, end = day_span(first), day_span(last)
    if (first and start is None) or (last and end is None) or not (first or last):
        return None
    return (None if start is None else start[0]), (None if end is None else end[1])


def _to(row: Sequence[Token], words: _Words) -> tuple[date, int] | None:
    """The last day of `to 2019`, and how many tokens that is."""
    said = begins_with(row, words.to)
    span = _span(row[said:], words) if said else None
    return None if span is None else (span[0][1], said + span[1])


def _span(row: Sequence[Token], words: _Words) -> tuple[_Span, int] | None:
    """The first and the last day of the one year, month or day that the row begins with."""
    if not row:
        return None
    day = _DAY.fullmatch(row[0].text)
    months = list(words.months)
    if day is not None:
        length = begins_with(row[1:], months)
        year = _year_at(row, 1 + length) if length else ""
        if year:
            month = words.months[tuple(token.key for token in row[1 : 1 + length])]
            span = day_span(f"{year}-{month}-{day[1]}")
            return None if span is None else (span, length + 2)
        return None
    length = begins_with(row, months)
    year = _year_at(row, length) if length else ""
    if year:
        month = words.months[tuple(token.key for token in row[:length])]
        span = day_span(f"{year}-{month}")
        return None if span is None else (span, length + 1)
    span = day_span(row[0].text)
    return None if span is None else (span, 1)


def _year_at(row: Sequence[Token], place: int) -> str:
    text = row[place].text if place < len(row) else ""
    return text if _YEAR.fullmatch(text) else ""


def _start_in_words(day: date) -> str:
    """A day that begins a year or a month, by that."""
    if (day.month, day.day) == (1, 1):
        return _year(day)
    return month_in_words(day) if day.day == 1 else _day_in_words(day)


def _day_in_words(day: date) -> str:
    return f"{day.day} {QLocale().monthName(day.month)} {_year(day)}"


def _year(day: date) -> str:
    return f"{day.year:04}"


def _month_names() -> Iterator[tuple[Keys, int]]:
    """Every way to write a month, and its number; those in force come last and win."""
    short, full = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
    for locale in (QLocale.c(), QLocale()):
        for month in range(1, 13):
            for kind in (short, full):
                yield keys(locale.monthName(month, kind).rstrip(".")), month
                yield keys(locale.monthName(month, kind)), month
                yield keys(locale.standaloneMonthName(month, kind)), month
