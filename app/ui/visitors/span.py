"""Spans: of which days the Visitors page tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QDate, QLocale

from app.library.queries.visits import By
from app.ui import words
from app.ui.texts import Texts

tr = Texts("visitors")


class Length(StrEnum):
    """How many days at once."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    @property
    def days(self) -> int:
        """How many; 0 for all there are."""
        return {Length.DAY: 1, Length.WEEK: 7, Length.MONTH: 30, Length.ALL: 0}[self]


@dataclass(frozen=True, slots=True)
class Span:
    """The days that end with one."""

    length: Length
    last: date

    @property
    def by(self) -> By:
        """What the bars of a chart stand for."""
        return By.HOUR if self.length is Length.DAY else By.DAY

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; None where there is no bound."""
        if self.length is Length.ALL:
            return None, None
        return self.last - timedelta(days=self.length.days - 1), self.last

    def moved(self, steps: int) -> Span:
        """So many spans later, or earlier."""
        return Span(self.length, self.last + timedelta(days=steps * self.length.days))

    def called(self, today: date) -> str:
        """Today, 4 May 2024, 28 April – 4 May 2024."""
        begin, end = self.days
        if begin is None or end is None:
            return tr("All days")
        if begin == end:
            return words.day(end, today)
        return f"{day_of(begin)} – {day_of(end)}"


def day_of(when: date, short: bool = False) -> str:
    """A day as the user's country writes it; `short` without the year."""
    # How Qt writes dates: d is the day, MMM a month's short name, M its number, yyyy the year.
    form = tr("d MMM") if short else tr("d MMM yyyy")
    return QLocale().toString(QDate(when.year, when.month, when.day), form)
