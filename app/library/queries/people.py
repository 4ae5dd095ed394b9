"""Questions about people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.shapes import PERSON, SHOWN, chunks, person_rows
from app.library.rows import PersonKind, PersonRow

_KIND_FIRST = pw.Case(Person.kind, ((PersonKind.NAMED.value, 0), (PersonKind.GROUP.value, 1)), 2)
_ORDERS: dict[str, tuple[Any, ...]] = {
    "photos": (_KIND_FIRST, Person.photo_count.desc(), Person.name, Person.id),
    "name": (_KIND_FIRST, Person.name, Person.photo_count.desc(), Person.id),
    "seen": (_KIND_FIRST, Person.last_seen.desc(nulls="LAST"), Person.id),
    "recent": (_KIND_FIRST, Person.updated.desc(), Person.id),
}
SORTS = tuple(_ORDERS)


def _alive(collection_id: int) -> Any:
    return Person.select(*PERSON).where(
        Person.collection == collection_id, Person.merged_into.is_null(), Person.face_count > 0
    )


def list_people(
    library: Library,
    collection_id: int,
    *,
    sort: str = "photos",
    include_hidden: bool = False,
) -> list[PersonRow]:
    """Everyone with a face: named people first, then groups, then small groups."""
    query = _alive(collection_id).order_by(*_ORDERS[sort])
    if not include_hidden:
        query = query.where(~Person.hidden)
    return person_rows(query)


def first_people(
    library: Library, collection_id: int, sort: str, limit: int
) -> tuple[list[PersonRow], dict[str, int]]:
    """The first of those whom `list_people` gives, and how many there are of each kind (by its
    value); those who are hidden are counted under "hidden" alone."""
    rows = person_rows(
        _alive(collection_id).where(~Person.hidden).order_by(*_ORDERS[sort]).limit(limit)
    )
    counted = Person.select(Person.kind, Person.hidden, pw.fn.COUNT(Person.id)).where(
        Person.collection == collection_id, Person.merged_into.is_null(), Person.face_count > 0
    )
    counts: dict[str, int] = {}
    for kind, hidden, count in counted.group_by(Person.kind, Person.hidden).tuples():
        key = "hidden" if hidden else str(kind)
        counts[key] = counts.get(key, 0) + count
    return rows, counts


def hidden_people(library: Library, collection_id: int) -> list[PersonRow]:
    """The people the user has hidden."""
    return person_rows(_alive(collection_id).where(Person.hidden).order_by(*_ORDERS["photos"]))


def named_people(library: Library, collection_id: int) -> list[PersonRow]:
    """Everyone with a name and a face, hidden or not, most photos first."""
    named = _alive(collection_id).where(Person.name != "")
    return person_rows(named.order_by(*_ORDERS["photos"]))


def people_now(library: Library, person_ids: Iterable[int]) -> dict[int, PersonRow | None]:
    """Whom each of these ids stands for today, wherever merges have taken it; None for nobody
    with a face."""
    ends = {person_id: _end(person_id) for person_id in person_ids}
    alive = {
        row.id: row
        for row in people_by_id(sorted({end for end in ends.values() if end is not None}))
        if row.face_count > 0
    }
    return {person_id: alive.get(end or 0) for person_id, end in ends.items()}


def _end(person_id: int) -> int | None:
    found = Person.get_or_none(Person.id == person_id)
    while found is not None and found.merged_into_id is not None:
        found = found.merged_into
    return None if found is None else int(found.id)


def person(library: Library, person_id: int) -> PersonRow:
    """One person, wherever merges have taken them.

    Raises UsageError when there is no such person.
    """
    return person_by_id(person_id)


def person_by_id(person_id: int) -> PersonRow:
    """As `person`, for callers within a transaction."""
    found = _end(person_id)
    if found is None:
        raise UsageError("There is no such person any more.")
    return person_rows(Person.select(*PERSON).where(Person.id == found))[0]


def find_person(library: Library, collection_id: int, id_or_name: str) -> PersonRow:
    """The person with this id or this name.

    Raises UsageError when there is none, or when several have the name.
    """
    found = list(
        Person.select().where(
            Person.collection == collection_id,
            (Person.key == id_or_name)
            | ((Person.name == id_or_name) & (Person.name != "") & Person.merged_into.is_null()),
        )
    )
    if not found:
        raise UsageError(
            f"Nobody here has the id or the name “{id_or_name}”. "
            "`kinfolk people` lists everyone with their id."
        )
    if len({row.id for row in found}) > 1:
        raise UsageError(f"Several people are called “{id_or_name}”; give the id of the one meant.")
    return person(library, found[0].id)


def names(library: Library, collection_id: int) -> list[str]:
    """Every name in use, in order, for completion."""
    query = (
        Person.select(Person.name)
        .where(Person.collection == collection_id, Person.name != "", Person.merged_into.is_null())
        .order_by(Person.name)
        .distinct()
    )
    return [name for (name,) in query.tuples()]


def companions(
    library: Library,
    person_id: int,
    limit: int = 8,
) -> list[tuple[PersonRow, int]]:
    """Who is most often in the same photo, with the number of those photos."""
    mine = Face.alias()
    photos = mine.select(mine.photo).where(mine.person == person_id, mine.is_face)
    count = pw.fn.COUNT(Face.photo.distinct())
    rows = list(
        Face.select(Face.person, count)
        .join(Photo, on=(Face.photo == Photo.id))
        .switch(Face)
        .join(Person, on=(Face.person == Person.id))
        .where(
            Face.photo.in_(photos), Face.person != person_id, Face.is_face,
            Photo.state.in_(SHOWN), ~Person.hidden,
        )
        .group_by(Face.person)
        .order_by(count.desc(), Face.person)
        .limit(limit)
        .tuples()
    )  # fmt: skip
    people = {row.id: row for row in people_by_id([person_id for person_id, _ in rows])}
    return [(people[other], shared) for other, shared in rows if other in people]


def people_by_id(person_ids: Sequence[int]) -> list[PersonRow]:
    """The people with these ids, in no promised order."""
    return [
        row
        for chunk in chunks(list(person_ids))
        for row in person_rows(Person.select(*PERSON).where(Person.id.in_(chunk)))
    ]


def people_in_photo(library: Library, photo_id: int) -> list[PersonRow]:
    """Who is in this photo, from left to right."""
    query = (
        Person.select(*PERSON)
        .join(Face, on=(Face.person == Person.id))
        .where(Face.photo == photo_id, Face.is_face)
        .group_by(Person.id)
        .order_by(pw.fn.MIN(Face.x))
    )
    return person_rows(query)
