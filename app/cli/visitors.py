"""visitors: how many different people came, and when."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from datetime import timedelta

from app.cli.album import days
from app.cli.output import Answer, table
from app.cli.shapes import Json, figure_id, known, local
from app.errors import UsageError
from app.indexing.house import House
from app.library.queries.people import find_person
from app.library.queries.visits import By, Visit, Visitors, counted, total, visits

_LONGEST = 1_000_000
_HEADS = ("From", "To", "People", "New", "Returning", "Visits")


def visitors(house: House, arguments: argparse.Namespace) -> Answer:
    """Count the different people who were seen, by hours or days."""
    if not 0 < arguments.window <= _LONGEST:
        raise UsageError(f"--window takes minutes, from 1 to {_LONGEST}.")
    staff = [find_person(house.library, house.collection.id, one).id for one in arguments.without]
    found = visits(
        house.library, house.collection.id, timedelta(minutes=arguments.window), staff
    )  # fmt: skip
    since, until = (days(text) for text in (arguments.since, arguments.until))
    found = [
        visit for visit in found
        if (since is None or visit.begin.date() >= since[0])
        and (until is None or visit.begin.date() <= until[1])
    ]  # fmt: skip
    if arguments.list:
        return _listed(found)
    times = counted(found, By(arguments.by))
    if arguments.csv and not arguments.json:
        return _as_csv(times)
    everybody = total(found)
    document: Json = {
        "Visitors": [_shape(one) for one in times],
        "Total": None if everybody is None else _shape(everybody),
    }
    if everybody is None:
        return Answer(document, ["Nobody was seen."])
    lines = [_HEADS, *(_cells(one) for one in times), ("all", *_cells(everybody)[1:])]
    return Answer(document, table(lines))


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


def _as_csv(times: Sequence[Visitors]) -> Answer:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADS)
    writer.writerows(_cells(one) for one in times)
    sys.stdout.write(text.getvalue())
    return Answer({})


def _shape(one: Visitors) -> Json:
    return {
        "From": local(one.begin), "To": local(one.end), "People": one.people, "New": one.new,
        "Returning": one.returning, "Visits": one.visits,
    }  # fmt: skip


def _cells(one: Visitors) -> tuple[str, ...]:
    return (
        str(local(one.begin)), str(local(one.end)), str(one.people), str(one.new),
        str(one.returning), str(one.visits),
    )  # fmt: skip
