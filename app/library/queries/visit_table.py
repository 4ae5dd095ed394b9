"""Visit table: the numbers of visitors as a row, the same for JSON, CSV and the window."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.library.queries.visits import Visitors

HEADS = ("From", "To", "People", "New", "Returning", "Visits", "Unclear")


def row_of(one: Visitors) -> dict[str, str | int]:
    """The numbers of one time by HEADS; moments in ISO 8601 without zone."""
    begin, end = (at.isoformat(timespec="seconds") for at in (one.begin, one.end))
    numbers = (one.people, one.new, one.returning, one.visits, one.unclear)
    return dict(zip(HEADS, (begin, end, *numbers), strict=True))


def as_csv(times: Iterable[Visitors]) -> str:
    """A line for each time, below the heads."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(one) for one in times)
    return text.getvalue()
