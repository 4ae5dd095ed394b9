"""The photos of a grid in arrays are the same photos in the same order, whatever changes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.queries.items import PhotoItems
from app.library.rows import PhotoItem

_START = datetime(2020, 1, 31, 23, 59, 58, 250000)


def item(number: int, days: float | None = None, **more: object) -> PhotoItem:
    """A photo, so many days after the first."""
    taken = None if days is None else _START + timedelta(days)
    fields: dict[str, object] = {"is_dated": taken is not None, "copies": number % 3} | more
    return PhotoItem(number, f"{number:064x}", 40, 30, taken, 0x123456, **fields)  # type: ignore[arg-type]


def in_order(rows: Sequence[PhotoItem]) -> list[PhotoItem]:
    """Newest first, then the highest id; without a moment last."""
    dated = [row for row in rows if row.taken is not None]
    others = [row for row in rows if row.taken is None]
    dated.sort(key=lambda row: (row.taken, row.id), reverse=True)
    return [*dated, *sorted(others, key=lambda row: -row.id)]


_DAYS = st.one_of(st.none(), st.integers(0, 90))
_PHOTOS = st.dictionaries(st.integers(1, 60), _DAYS, max_size=30)


def test_what_goes_in_comes_out() -> None:
    rows = [item(3, 4.5, is_offline=True), item(2, 4.5, is_dated=False), item(9)]
    items = PhotoItems.of(rows)
    assert list(items) == rows
    assert [items[-1], items[0]] == [rows[2], rows[0]]
    assert list(items[1:3]) == rows[1:3]
    assert items == rows
    assert items != rows[:2]
    assert list(items.ids) == [3, 2, 9]
    with pytest.raises(IndexError):
        items[3]


def test_details_may_come_later() -> None:
    items = PhotoItems(array("q", [5, 4]), array("d", [86400.0, float("nan")]))
    assert (items[0].id, items[0].fingerprint, items[0].taken) == (5, "", datetime(1970, 1, 2))
    assert items.lacking() == 0
    items.fill(0, (5, "ab", 4, 3, 86400.0, 255, True, False, 0, None, 0))
    assert items.lacking() == items.lacking(1) == 1
    assert items[0].fingerprint == "ab"
    assert items[1].taken is None
    items.fill(1, (4, "cd", 4, 3, None, 255, False, False, 0, 61.5, 4))
    assert items.lacking() == -1
    assert items[1].fingerprint == "cd"
    assert [(item.duration, item.stack) for item in items] == [(None, 0), (61.5, 4)]


@given(_PHOTOS)
def test_months_are_those_of_the_photos(photos: dict[int, int | None]) -> None:
    rows = in_order([item(one, days) for one, days in photos.items()])
    told = [
        (None if newest is None else (newest.year, newest.month), count)
        for newest, count in PhotoItems.of(rows).months()
    ]
    months = [row.taken and (row.taken.year, row.taken.month) for row in rows]
    assert told == [(month, months.count(month)) for month in dict.fromkeys(months)]


@given(_PHOTOS, _PHOTOS, st.sets(st.integers(1, 60)))
def test_some_photos_as_they_are_now(
    before: dict[int, int | None], now: dict[int, int | None], gone: set[int]
) -> None:
    rows = in_order([item(one, days) for one, days in before.items()])
    fresh = in_order([item(one, days, copies=7) for one, days in now.items()])
    changed = {*now, *gone}
    items = PhotoItems.of(rows).with_now(changed, PhotoItems.of(fresh))
    assert list(items) == in_order([row for row in rows if row.id not in changed] + fresh)
    ids = list(items.ids)
    assert items.places_of(changed) == {one: ids.index(one) for one in changed if one in ids}
    known = [*rows, *fresh]
    places = [ids.index(row.id) if row.id in ids else None for row in known]
    assert items.places_of_rows(known) == places


def test_what_is_lacking_is_lacking_afterwards() -> None:
    items = PhotoItems(array("q", [5, 4, 3]), array("d", [3.0, 2.0, 1.0]))
    items.fill(1, (4, "cd", 4, 3, 2.0, 255, False, False, 0, None, 0))
    later = items.with_now({9}, PhotoItems.of([item(9, 0)]))
    assert [row.fingerprint != "" for row in later] == [True, False, True, False]
    assert (later.lacking(), later.lacking(2)) == (1, 3)
