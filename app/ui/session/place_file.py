"""Places in a file: where the user is, as JSON, and back; what is not understood is no place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.library.rows import PhotoSearch
from app.ui.pages import ALONE
from app.ui.places import Kind, Place

_PEOPLE = ("all_of", "any_of", "none_of")
_DAYS = ("since", "until")
_MOST = 1000
"""People in one condition; a file that says more is broken."""


def written(place: Place) -> dict[str, Any]:
    """A place as it stands in a file: numbers of rows, days and a folder, and no names."""
    told: dict[str, Any] = {"kind": place.kind.value}
    if place.people:
        told["people"] = list(place.people)
    if place.view:
        told["view"] = place.view
    search, asked = place.search, dict[str, Any]()
    for name in _PEOPLE:
        if people := getattr(search, name):
            asked[name] = list(people)
    for name in _DAYS:
        if (day := getattr(search, name)) is not None:
            asked[name] = day.isoformat()
    if search.only:
        asked["only"] = True
    if search.folder is not None:
        # Bytes that are no text go through JSON as lone surrogates.
        asked["folder"] = os.fspath(search.folder)
    if asked:
        told["search"] = asked
    return told


def place_in(told: object) -> Place | None:
    """The place that a file tells of; None for one that cannot be gone to."""
    if not isinstance(told, Mapping):
        return None
    kinds = {kind.value: kind for kind in Kind}
    kind = kinds.get(told.get("kind", ""))
    try:
        if kind in ALONE:
            return Place(kind)
        if kind is Kind.PERSON:
            people, view = _numbers(told.get("people")), told.get("view", "")
            return Place(kind, people, view="faces" if view == "faces" else "") if people else None
        if kind is Kind.SEARCH:
            search = _search(told.get("search"))
            return None if search == PhotoSearch() else Place(kind, search=search)
    except (TypeError, ValueError):
        return None
    return None


def _search(told: object) -> PhotoSearch:
    """Raises ValueError or TypeError for what is no search."""
    if not isinstance(told, Mapping):
        raise TypeError("it is no table")
    folder = told.get("folder")
    if folder is not None and (not isinstance(folder, str) or "\0" in folder or not folder):
        raise TypeError("it is no folder")
    all_of, any_of, none_of = (_numbers(told.get(name)) for name in _PEOPLE)
    since, until = (_day(told.get(name)) for name in _DAYS)
    return PhotoSearch(
        all_of=all_of,
        any_of=any_of,
        none_of=none_of,
        since=since,
        until=until,
        only=told.get("only") is True,
        folder=None if folder is None else Path(folder),
    )


def _numbers(told: object) -> tuple[int, ...]:
    if told is None:
        return ()
    if not isinstance(told, list) or len(told) > _MOST:
        raise TypeError("it is no list")
    if not all(type(one) is int and 0 < one < 1 << 63 for one in told):
        raise ValueError("these are no rows")
    return tuple(told)


def _day(told: object) -> date | None:
    if told is None:
        return None
    if not isinstance(told, str):
        raise TypeError("it is no day")
    return date.fromisoformat(told)
