"""Lines: what stands in the history, one below the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from app.library.rows import DecisionRow


class Standing(Enum):
    """What became of a word."""

    STANDS = "stands"
    WAITS = "waits"
    """Taken back, and redo says it again."""
    GONE = "gone"
    """Taken back, and something else was said since."""


@dataclass(frozen=True, slots=True)
class Day:
    """The words of one day come below."""

    when: date


@dataclass(frozen=True, slots=True)
class Now:
    """What is above waits to be said again; what is below holds."""


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the user said."""

    row: DecisionRow
    when: datetime
    """Local time."""
    standing: Standing


Line = Day | Now | Word


def lines_of(said: Sequence[DecisionRow], waiting: Collection[int]) -> list[Line]:
    """The lines of what was said, newest first; `waiting` are the ids that redo says again."""
    here = max((place + 1 for place, row in enumerate(said) if row.id in waiting), default=0)
    lines: list[Line] = []
    today: date | None = None
    for place, row in enumerate(said):
        when = row.at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
        if place == here:
            lines.append(Now())
        if when.date() != today:
            today = when.date()
            lines.append(Day(today))
        standing = Standing.STANDS
        if row.undone:
            standing = Standing.WAITS if row.id in waiting else Standing.GONE
        lines.append(Word(row, when, standing))
    if said and here == len(said):
        lines.append(Now())
    return lines
