"""People: merges that end nowhere, faces with people of another collection, wrong counts."""

from __future__ import annotations

from typing import Any

from app.library.anchors import read
from app.library.census import take_census
from app.library.checks.check import Check, told
from app.library.checks.dangling import leave_nobody
from app.library.database import Library
from app.library.models import Collection, Face, Person
from app.library.queries.shapes import chunks


def people_checks() -> list[Check]:
    """What can be wrong with people and their merges."""
    return [
        Check(
            "people",
            _rings,
            told(
                "1 person was merged into itself by a detour, and cannot be seen.",
                "{} people were merged into themselves by a detour, and cannot be seen.",
            ),
            _set_free,
        ),
        Check(
            "people",
            _merged_abroad,
            told(
                "1 person was merged into one of another collection.",
                "{} people were merged into people of another collection.",
            ),
            _set_free,
        ),
        Check(
            "people",
            _abroad,
            told(
                "1 face is with a person of another collection.",
                "{} faces are with people of another collection.",
            ),
            leave_nobody,
        ),
        Check(
            "people",
            _with_merged,
            told(
                "1 face is with a person who was merged into another.",
                "{} faces are with people who were merged into others.",
            ),
            _move_on,
        ),
    ]


def count_check(library: Library) -> Check:
    """Whether counts and covers follow from the faces; the last of all, since all may change it."""
    return Check(
        "people",
        lambda: library.write(lambda: _recount(library, keep=False)),
        told("1 person has wrong counts or covers.", "{} people have wrong counts or covers."),
        lambda _: _recount(library, keep=True),
        needs_peace=True,
    )


def _rings() -> list[int]:
    """Of everyone who was merged in a ring, the one to stay: named, or with the most faces."""
    rows = read(
        "SELECT id, merged_into_id, name <> '', face_count FROM person"
        " WHERE merged_into_id IS NOT NULL"
    )
    into = {row: merged for row, merged, _, _ in rows}
    worth = {row: (is_named, faces, -row) for row, _, is_named, faces in rows}
    done: set[int] = set()
    found: list[int] = []
    for start in into:
        way: list[int] = []
        here: int | None = start
        while here is not None and here not in done:
            done.add(here)
            way.append(here)
            here = into.get(here)
        if here in way:
            found.append(max(way[way.index(here) :], key=worth.__getitem__))
    return found


def _merged_abroad() -> list[int]:
    rows = read(
        "SELECT person.id FROM person JOIN person AS keep ON keep.id = person.merged_into_id"
        " WHERE keep.collection_id <> person.collection_id"
    )
    return [person for (person,) in rows]


def _set_free(person_ids: list[int]) -> None:
    for chunk in chunks(person_ids):
        Person.update(merged_into=None).where(Person.id.in_(chunk)).execute()


def _abroad() -> list[int]:
    rows = read(
        "SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id"
        " JOIN person ON person.id = face.person_id"
        " WHERE person.collection_id <> photo.collection_id"
    )
    return [face for (face,) in rows]


def _with_merged() -> list[tuple[int, int]]:
    return [
        (face, into)
        for face, into in read(
            "SELECT face.id, merged_into_id FROM face JOIN person ON person.id = face.person_id"
            " WHERE merged_into_id IS NOT NULL"
        )
    ]


def _move_on(found: list[tuple[int, int]]) -> None:
    """One merge after the other: there are no rings any more."""
    while found:
        for face, into in found:
            Face.update(person=into).where(Face.id == face).execute()
        found = _with_merged()


def _recount(library: Library, *, keep: bool) -> list[int]:
    """People whose counts or covers do not follow from their faces; within a transaction."""
    wrong: list[int] = []
    for (collection,) in Collection.select(Collection.id).tuples():
        people = Person.select().where(Person.collection == collection)
        before = {person.id: _facts(person) for person in people}
        with library.undoable(keep=keep):
            take_census(library, before)
            after = {person.id: _facts(person) for person in people.clone()}
        wrong += [person for person, facts in after.items() if before[person] != facts]
    return wrong


def _facts(person: Any) -> tuple[object, ...]:
    return (person.face_count, person.photo_count, person.cover_id, person.kind)
