"""Beginning: where a window opens, as far as what it was about is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import KnownError
from app.library import queries
from app.ui.pages import ALONE
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from app.library.database import Library
    from app.ui.window_state import WindowState


def beginning(library: Library, collection_id: int, state: WindowState | None) -> Place:
    """Where the window was left, unless it was another collection, or somebody who is not there
    any more: then among the people."""
    first = Place(Kind.PEOPLE)
    if state is None:
        return first
    place = state.place
    if place.kind in ALONE:
        return place
    if state.collection != collection_id:
        return first
    try:
        for person_id in place.people:
            queries.people.person(library, person_id)
    except KnownError:
        return first
    return place
