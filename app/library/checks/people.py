"""People: faces with people who are of another collection or were merged, and wrong counts."""

from __future__ import annotations

from typing import Any

from app.library.anchors import read
from app.library.census import take_census
from app.library.checks.check import Check, rehearsed, told
from app.library.checks.dangling import leave_nobody
from app.library.database import Library
from app.library.models import Collection, Face, Person

_LONGEST = 50
"""So many merges in a row are followed."""


def people_checks() -> list[Check]:
    """What can be wrong with whom a face is with; the merges are in order."""
    return [
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
        lambda: rehearsed(library, lambda: _recount(library)),
        told("1 person has wrong counts or covers.", "{} people have wrong counts or covers."),
        lambda _: _recount(library),
        needs_peace=True,
    )


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
    """One merge after the other."""
    for _ in range(_LONGEST):
        for face, into in found:
            Face.update(person=into).where(Face.id == face).execute()
        found = _with_merged()


def _recount(library: Library) -> list[int]:
    """People whose counts do not follow from their faces, or whose cover is none of these; within
    a transaction. That another face would be the better cover now is no damage."""
    wrong: list[int] = []
    for (collection,) in Collection.select(Collection.id).tuples():
        people = Person.select().where(Person.collection == collection)
        before = {person.id: _facts(person) for person in people}
        covered = _covered(collection)
        take_census(library, before)
        after = {person.id: _facts(person) for person in people.clone()}
        for person, (cover, *counts) in after.items():
            had, *said = before[person]
            if said != counts or (had != cover and person not in covered):
                wrong.append(person)
    return wrong


def _covered(collection: int) -> set[int]:
    rows = read(
        "SELECT person.id FROM person JOIN face ON face.id = cover_id"
        " AND face.person_id = person.id AND face.is_face WHERE collection_id = ?",
        (collection,),
    )
    return {person for (person,) in rows}


def _facts(person: Any) -> tuple[Any, ...]:
    counts = (person.face_count, person.photo_count, person.video_count)
    return (person.cover_id, *counts, person.kind)
