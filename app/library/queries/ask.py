"""Ask: which photos meet a search and a query, in any order, page by page.

A page begins after the values that the last one ended with, not after so many photos; so it stays
right while the library changes.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Photo
from app.library.queries.askable import Field, Kind, field, teach
from app.library.queries.query import Query, holding
from app.library.queries.search import conditions
from app.library.rows import PhotoSearch

_MOST_KEYS = 5


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field of photos to sort by; photos of which it is not known come last."""

    field: Field
    descending: bool


NEWEST_FIRST = (SortKey(field("ProduceTime"), descending=True),)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the photos that were asked for."""

    ids: tuple[int, ...]
    last: tuple[int | float | str, ...] | None
    """What the next page begins after; None on the last page."""


def read_sort(names: str, orders: str = "") -> tuple[SortKey, ...]:
    """The keys of “Size,Filename” and “desc,asc”: an order for each, or one for all; from the
    smallest on where nothing is said.

    Raises UsageError for what cannot be sorted by.
    """
    fields = [field(name.strip()) for name in names.split(",")]
    words = [word.strip() for word in orders.split(",")] if orders else ["asc"]
    for one in fields:
        if one.is_of_face:
            raise UsageError(f"Photos cannot be sorted by {one.name}: a photo may show many faces.")
    for word in words:
        if word not in ("asc", "desc"):
            raise UsageError(f"There is no order “{word}”; there are asc and desc.")
    if len(words) == 1:
        words *= len(fields)
    if len(fields) > _MOST_KEYS or len(words) != len(fields):
        raise UsageError(
            f"Sort by at most {_MOST_KEYS} fields, with one order for all or one for each."
        )
    return tuple(
        SortKey(one, word == "desc") for one, word in zip(fields, words, strict=True)
    )  # fmt: skip


def ask_photos(
    library: Library,
    collection_id: int,
    search: PhotoSearch,
    query: Query | None = None,
    sort: Sequence[SortKey] = NEWEST_FIRST,
    limit: int | None = None,
    after: Sequence[object] | None = None,
) -> Page:
    """At most `limit` of the photos that meet both, after the one that a page ended with. Of photos
    alike in all that they are sorted by, the later one in the library comes later; or earlier,
    where the last order is descending.

    Raises UsageError when `after` is of no such page.
    """
    teach(library)
    keys = _keys(sort)
    wanted = conditions(library, collection_id, search)
    if query is not None:
        wanted.append(holding(query))
    if after is not None:
        wanted.append(_behind(keys, _checked(sort, after)))
    ordered = [column.desc() if descending else column.asc() for column, descending in keys]
    statement = Photo.select(*(column for column, _ in keys)).where(*wanted).order_by(*ordered)
    if limit is not None:
        statement = statement.limit(limit + 1)
    rows = Photo._meta.database.execute(statement).fetchall()
    shown = rows[:limit]
    ids = tuple(int(row[-1]) for row in shown)
    return Page(ids, tuple(shown[-1]) if len(shown) < len(rows) else None)


def _keys(sort: Sequence[SortKey]) -> list[tuple[Any, bool]]:
    """What is sorted by, and whether from the largest on: whether each field is unknown, what it
    is, and at last the id."""
    keys: list[tuple[Any, bool]] = []
    for key in sort:
        column, nothing = key.field.column, "" if key.field.kind is Kind.TEXT else 0
        keys.append((pw.Expression(column, "IS", None), False))
        keys.append((pw.fn.IFNULL(column, pw.Value(nothing, converter=False)), key.descending))
    return [*keys, (Photo.id, sort[-1].descending)]


def _behind(keys: list[tuple[Any, bool]], values: list[Any]) -> Any:
    """The first key that differs from these values goes beyond its own."""
    ways = []
    for place, (column, descending) in enumerate(keys):
        alike = [
            pw.Expression(other, "=", pw.Value(value, converter=False))
            for (other, _), value in zip(keys[:place], values[:place], strict=True)
        ]
        sign = "<" if descending else ">"
        beyond = pw.Expression(column, sign, pw.Value(values[place], converter=False))
        ways.append(reduce(operator.and_, [*alike, beyond]))
    return reduce(operator.or_, ways)


def _checked(sort: Sequence[SortKey], values: Sequence[object]) -> list[Any]:
    kinds: list[type | tuple[type, ...]] = []
    for key in sort:
        kinds += [int, str if key.field.kind is Kind.TEXT else (int, float)]
    fits = len(values) == len(kinds) + 1 and all(map(isinstance, values, [*kinds, int]))
    if not fits or any(isinstance(one, int) and abs(one) >= 2**63 for one in values):
        raise UsageError("That is not where a page of this question ended; start again.")
    return list(values)
