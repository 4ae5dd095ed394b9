"""Totals of visits: who came in days gone by, although the faces of strangers are erased.

[Note: Totals of visits] Whoever is erased is counted no more. So when it is done, it is noted by
how much each hour and each day tells of fewer people, new people and visits than before: numbers
only, of nobody. With these added, days gone by are told as they were. That somebody who keeps
coming seems new when only the newer faces are left is noted, too: as one new person too many, so
that some of these numbers are negative.

New people add up over any time, as everybody is new once; people do not, since somebody may have
come on several days. So a sum tells at least so many different people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from app.library.database import Library
from app.library.models import VisitTotal
from app.library.queries.visits import By, Visit, Visitors, counted, total, without_gaps

_NOTE = """
INSERT INTO visittotal (collection_id, span, begin, people, new, visits) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (collection_id, span, begin) DO UPDATE SET
    people = people + excluded.people, new = new + excluded.new, visits = visits + excluded.visits
"""
_GONE = """
SELECT begin, people, new, visits FROM visittotal
WHERE collection_id = ? AND span = ? AND begin >= ? AND begin < ? ORDER BY begin
"""


def note_erased_visits(
    library: Library, collection_id: int, before: Sequence[Visit], after: Sequence[Visit]
) -> None:
    """Write down by how much the visits `after` faces were erased are fewer than those `before`;
    to be called within a transaction."""
    for by in By:
        had = {one.begin: one for one in counted(before, by)}
        has = {one.begin: one for one in counted(after, by)}
        rows = []
        for begin in sorted(had.keys() | has.keys()):
            then, now = _numbers(had.get(begin)), _numbers(has.get(begin))
            fewer = tuple(a - b for a, b in zip(then, now, strict=True))
            if any(fewer):
                rows.append((collection_id, by.value, VisitTotal.begin.db_value(begin), *fewer))
        library.sql_many(_NOTE, rows)


def numbers(
    library: Library,
    collection_id: int,
    found: Sequence[Visit],
    unclear: Sequence[datetime],
    by: By,
    since: date | None = None,
    until: date | None = None,
) -> tuple[list[Visitors], Visitors | None]:
    """What is told of the visits between two days (both included), by hours or days, and of all of
    them together, with those whose faces are erased since; `unclear` as for `counted`."""
    times = with_erased(library, collection_id, counted(found, by, unclear), by, since, until)
    everybody = total(found, unclear)
    return times, total_with_erased(library, collection_id, everybody, since, until)


def with_erased(
    library: Library,
    collection_id: int,
    times: Sequence[Visitors],
    by: By,
    since: date | None = None,
    until: date | None = None,
) -> list[Visitors]:
    """What is told of the hours or days between two days (both included), with those whose faces
    are erased since."""
    found = {one.begin: one for one in times}
    for begin, people, new, visits in _erased(library, collection_id, by, since, until):
        known = found.get(begin) or Visitors(begin, begin + by.length, 0, 0, 0)
        found[begin] = _added(known, people, new, visits)
    begins = [begin for begin, one in found.items() if one.visits or one.unclear]
    return [
        found.get(begin) or Visitors(begin, begin + by.length, 0, 0, 0)
        for begin in without_gaps(begins, by)
    ]


def total_with_erased(
    library: Library,
    collection_id: int,
    everybody: Visitors | None,
    since: date | None = None,
    until: date | None = None,
) -> Visitors | None:
    """As `with_erased`, of all that was counted: so many different people at least, and exactly as
    many where nothing is left out. None when nobody came."""
    rows = _erased(library, collection_id, By.DAY, since, until)
    if not rows:
        return everybody
    days = [begin for begin, *_ in rows]
    first, last = days[0], days[-1] + By.DAY.length
    known = everybody or Visitors(first, last, 0, 0, 0)
    known = replace(known, begin=min(known.begin, first), end=max(known.end, last))
    new, visits = sum(row[2] for row in rows), sum(row[3] for row in rows)
    found = _added(known, new, new, visits)
    busiest = max(people for _, people, _, _ in rows)
    return replace(found, people=max(found.people, found.new, busiest))


def _added(known: Visitors, people: int, new: int, visits: int) -> Visitors:
    """What was said of somebody since may have changed it: never are there fewer than none."""
    some = max(0, known.people + people)
    return replace(
        known, people=some, new=min(some, max(0, known.new + new)),
        visits=max(some, known.visits + visits),
    )  # fmt: skip


def _erased(
    library: Library, collection_id: int, by: By, since: date | None, until: date | None
) -> list[tuple[datetime, int, int, int]]:
    write, read = VisitTotal.begin.db_value, VisitTotal.begin.python_value
    first = datetime.combine(since or date.min, time())
    last = datetime.combine(until, time()) + By.DAY.length if until else datetime.max
    values = (collection_id, by.value, write(first), write(last))
    return [(read(begin), *numbers) for begin, *numbers in library.sql(_GONE, values)]


def _numbers(one: Visitors | None) -> tuple[int, int, int]:
    return (0, 0, 0) if one is None else (one.people, one.new, one.visits)
