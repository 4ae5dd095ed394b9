"""What the Alerts page says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.library.queries.alerts import AlertRow, Fate, SightingRow
from app.ui import words
from app.ui.texts import Texts

tr = Texts("alerts")

FAINT = 0.01
"""A resemblance of less has no number."""
LIKELY = 0.05
"""From here on it may well be this person."""


def here(moment: datetime) -> datetime:
    """A UTC moment on the clock of this computer."""
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def times(count: int) -> str:
    """Once, 3 times."""
    return tr.counted("once", "{0} times", count)


def title(row: AlertRow) -> str:
    """Who it is."""
    seen = times(row.times)
    if row.fate is Fate.NAMED:
        return tr("This is {0}, seen {1}").format(row.name, seen)
    if row.fate is Fate.IGNORED:
        return tr("Somebody you ignore, seen {0}").format(seen)
    return tr("A stranger, seen {0}").format(seen)


def when(row: AlertRow | SightingRow) -> str:
    """Today, 08:12; with the end where that is another minute."""
    began, ended = here(row.began), here(row.ended)
    day, start = words.day(began.date(), date.today()), words.time_of_day(began)
    end = words.time_of_day(ended)
    if began.date() != ended.date():
        return tr("{0}, {1} – {2}, {3}").format(
            day, start, words.day(ended.date(), date.today()), end
        )
    return tr("{0}, {1}").format(day, start if start == end else f"{start} – {end}")


def resembles(row: AlertRow) -> str:
    """Whom a stranger is like, and how much; empty where nobody asks any more."""
    if row.fate is Fate.GONE:
        return tr("The photos are not there any more")
    if row.fate is not Fate.OPEN:
        return ""
    if row.like is None or row.likeness is None:
        return tr("You know nobody by name yet")
    name = row.like.name
    if row.likeness < FAINT:
        return tr("Most like {0}, but hardly (under 1 %)").format(name)
    return tr("Most like {0}: {1} % sure").format(name, round(100 * row.likeness))


def is_offered(row: AlertRow) -> bool:
    """Whether it may be whom a stranger resembles at all."""
    return row.like is not None and (row.likeness or 0.0) >= FAINT


def is_likely(row: AlertRow) -> bool:
    """Whether whom a stranger resembles is worth to be offered first."""
    return row.like is not None and (row.likeness or 0.0) >= LIKELY


def whole(row: AlertRow) -> str:
    """All of it, for those who hear the window."""
    new = "" if row.is_seen or row.fate is not Fate.OPEN else tr("New")
    parts = (new, title(row), when(row), resembles(row))
    return ". ".join(part for part in parts if part) + "."
