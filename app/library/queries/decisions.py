"""Questions about what the user said."""

from __future__ import annotations

import peewee as pw

from app.library.database import Library
from app.library.models import Decision, Person
from app.library.spoken import rejections as _rejections
from app.library.spoken import said_people as _said_people


def rejections(library: Library, collection_id: int) -> list[tuple[int, int]]:
    """Pairs of face id and person id that the user said do not belong together."""
    return _rejections(collection_id)


def said_people(library: Library, collection_id: int) -> dict[int, int]:
    """Face id -> person id, as the user said."""
    return _said_people(collection_id)


def kept_people(library: Library, collection_id: int) -> set[int]:
    """Ids of the people that the user has spoken about: no grouping may merge or dissolve them."""
    spoken = {
        key
        for (data,) in Decision.select(Decision.data)
        .where(Decision.collection == collection_id, ~Decision.undone)
        .tuples()
        for key in (data.get("person"), data.get("keep"))
        if key
    }
    rows = Person.select(Person.id, Person.key, Person.name, Person.hidden).where(
        Person.collection == collection_id, Person.merged_into.is_null()
    )
    return {
        person_id
        for person_id, key, name, hidden in rows.tuples()
        if name or hidden or key in spoken
    }


def last_decision(library: Library, collection_id: int) -> int:
    """The number of the newest row of the log; 0 when nothing was said."""
    found = Decision.select(pw.fn.MAX(Decision.id)).where(Decision.collection == collection_id)
    return int(found.scalar() or 0)
