"""visitors: how many different people came, and when."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta

from app.cli.album import days
from app.cli.output import Answer, table
from app.cli.shapes import figure_id, known, local
from app.errors import UsageError
from app.indexing.house import House
from app.library.queries.collections import own_settings
from app.library.queries.people import find_person
from app.library.queries.visit_table import as_csv, row_of
from app.library.queries.visit_totals import numbers
from app.library.queries.visits import By, Visit

_LONGEST = 1_000_000


def visitors(house: House, arguments: argparse.Namespace) -> Answer:
    """Count the different people who were seen, by hours or days."""
    window = arguments.window
    if window is None:
        own = own_settings(house.library, house.collection.id)
        window = house.settings.for_collection(own).visit_minutes
    if not 0 < window <= _LONGEST:
        raise UsageError(f"--window takes minutes, from 1 to {_LONGEST}.")
    without = [find_person(house.library, house.collection.id, one).id for one in arguments.without]
    since, until = (days(text) for text in (arguments.since, arguments.until))
    first, last = since and since[0], until and until[1]
    came = house.turnstile.came(
        house.collection.id, timedelta(minutes=window), first, last, without
    )
    if arguments.list:
        return _listed(came.visits)
    times, everybody = numbers(
        house.library, house.collection.id, came.visits, came.unclear, By(arguments.by), first, last
    )
    if arguments.csv and not arguments.json:
        sys.stdout.write(as_csv(times))
        return Answer({})
    document = {
        "Visitors": [row_of(one) for one in times],
        "Total": None if everybody is None else row_of(everybody),
    }
    if everybody is None:
        return Answer(document, ["Nobody was seen."])
    shown = [row_of(one) for one in (*times, everybody)]
    shown[-1]["From"] = "all"
    lines = table([list(shown[0]), *(list(one.values()) for one in shown)])
    if everybody.unclear:
        lines.append(told_of_unclear(everybody.unclear))
    return Answer(document, lines)


def told_of_unclear(count: int) -> str:
    """Why some faces are not counted."""
    faces = "1 face was" if count == 1 else f"{count} faces were"
    return f"{faces} too unclear to say who, and count as nobody."


def _listed(found: Sequence[Visit]) -> Answer:
    document = {
        "Visits": [
            known({
                "FigureClusterId": visit.key or None,
                "Name": visit.name or None,
                "FigureId": figure_id(visit.face_id),
                "From": local(visit.begin),
                "To": local(visit.end),
                "ImageCount": visit.photo_count,
                "New": visit.is_new,
            })
            for visit in found
        ]
    }  # fmt: skip
    lines = [
        (str(local(visit.begin)), str(local(visit.end)), visit.name or visit.key or "seen once",
         "new" if visit.is_new else "")
        for visit in found
    ]  # fmt: skip
    return Answer(document, table(lines) if lines else ["Nobody was seen."])
