"""Report: what the Visitors page shows of some days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.library.queries.visits import By, Visit, Visitors
from app.library.rows import FaceRow
from app.ui import words
from app.ui.texts import Texts
from app.ui.visitors.chart import Bar
from app.ui.visitors.span import Span, day_of

if TYPE_CHECKING:
    from app.ui.desk import Desk

tr = Texts("visitors")

MOST_FACES = 400
"""Of those who came that are shown, the last who came first."""
_OPEN, _CLOSED = 8, 20
"""Hours between which a day is shown at least."""


@dataclass(frozen=True, slots=True)
class Report:
    """Who came on the days of a span."""

    span: Span
    times: list[Visitors]
    everybody: Visitors | None
    """None where nobody came."""
    new: list[FaceRow]
    """A face of each of those who were never seen before..."""
    returning: list[FaceRow]
    """...and of the others."""


def read_report(desk: Desk, span: Span, check: Callable[[], None]) -> Report:
    """Read it; slow. `check` may raise to stop."""
    album = desk.album
    minutes = desk.choices().of(album.collection_id).visit_minutes
    came = album.came(timedelta(minutes=minutes), *span.days, check)
    new: dict[tuple[int | None, int], Visit] = {}
    returning: dict[tuple[int | None, int], Visit] = {}
    for visit in reversed(came.visits):
        (new if visit.is_new else returning).setdefault(visit.who, visit)
    # Who came for the first time and again is new.
    back = [visit for who, visit in returning.items() if who not in new]
    faces = [
        album.faces_by_id([visit.face_id for visit in some][:MOST_FACES])
        for some in (new.values(), back)
    ]
    times, everybody = album.visitors(came, span.by, *span.days)
    return Report(span, times, everybody, faces[0], faces[1])


def bars(report: Report) -> list[Bar]:
    """The numbers as bars, without a gap; a day from morning to evening, whoever came."""
    known = {one.begin: one for one in report.times}
    return [
        _bar(known.get(begin) or Visitors(begin, begin + report.span.by.length, 0, 0, 0), report)
        for begin in _times(report)
    ]


def _times(report: Report) -> list[datetime]:
    midnight = datetime.min.time()
    begins = [one.begin for one in report.times]
    first, last = report.span.days
    if report.span.by is By.HOUR:
        assert first is not None
        hours = [begin.hour for begin in begins]
        day = datetime.combine(first, midnight)
        span = range(min([_OPEN, *hours]), max([_CLOSED - 1, *hours]) + 1)
        return [day + timedelta(hours=hour) for hour in span]
    if first is not None and last is not None:
        begin, end = (datetime.combine(day, midnight) for day in (first, last))
    elif begins:
        begin, end = begins[0], begins[-1]
    else:
        return []
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _bar(one: Visitors, report: Report) -> Bar:
    is_hour = report.span.by is By.HOUR
    label = words.time_of_day(one.begin) if is_hour else day_of(one.begin.date(), short=True)
    numbers = tr("{0}, {1} new, {2} returning").format(
        people(one.people), words.number(one.new), words.number(one.returning)
    )
    return Bar(label, f"{time_of(one, report.span.by)}: {numbers}", one.new, one.returning)


def time_of(one: Visitors, by: By) -> str:
    """The hour or the day."""
    if by is By.HOUR:
        return f"{words.time_of_day(one.begin)} – {words.time_of_day(one.end)}"
    return day_of(one.begin.date())


def people(count: int) -> str:
    """1 person, 12 people."""
    return tr.counted("1 person", "{0} people", count)


def unclear(count: int) -> str:
    """Why some faces are not counted; empty where all are."""
    if not count:
        return ""
    told = tr("{0} too unclear to say who, and not counted")
    return told.format(words.faces(count))
