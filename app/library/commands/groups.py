"""What a grouping run proposes is taken in, never against the user's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import peewee as pw

from app.changes import Changes
from app.library.anchors import FaceState, states
from app.library.census import take_census
from app.library.database import Library
from app.library.models import Face, Person
from app.library.queries.shapes import chunks
from app.library.rows import Placed
from app.library.spoken import spoken_keys, stand
from app.library.subjects import new_key


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a grouping run puts one face."""

    face_id: int
    was: int | None
    """Its person's row id when the run began."""
    group: int
    """A number of `founded` when negative: -1 is the first; else a person's row id; 0: nobody."""
    confidence: float | None


def store_groups(
    library: Library,
    collection_id: int,
    placements: Sequence[Placement],
    founded: int,
    dismissed: Sequence[int] = (),
    restored: Sequence[int] = (),
) -> tuple[Changes, int]:
    """Put faces with people; `founded` new people are made. Gives the changes and how many
    groups exist now.

    A face that the user placed stays where it is; a face goes nowhere against the user's word.
    One whose person changed since the run began, or who is to go to someone who is gone now, is
    left for the next run. `dismissed` are faces just like one that the user said is no face: they
    count as none either; `restored` are such faces that are like none now.
    """

    def work() -> tuple[Changes, int]:
        people = _found(collection_id, founded)
        ids = [placement.face_id for placement in placements]
        words = stand(collection_id)
        touched = _dismiss(set(dismissed) - set(words.said))
        _restore(restored)
        now_at = {face.id: face for face in states(ids)}
        moves: list[tuple[int | None, float | None, int]] = []
        considered: list[int] = []
        for place in placements:
            face = now_at.get(place.face_id)
            if face is None or face.person_id != place.was:
                continue
            target = _target(place.group, people)
            if target is None and place.group > 0:
                continue
            considered.append(face.id)
            if not _is_open(face):
                continue
            if (face.id, target) in words.refused or words.said.get(face.id, target) != target:
                continue
            moves.append((target, place.confidence, face.id))
            touched |= {i for i in (face.person_id, target) if i is not None}
        _move(library, moves)
        for chunk in chunks(considered):
            Face.update(grouped=True).where(Face.id.in_(chunk)).execute()
        take_census(library, touched)
        drop_empty(collection_id)
        return Changes(people=frozenset(touched), regrouped=True), _count(collection_id)

    return library.write(work)


def _found(collection_id: int, count: int) -> list[int]:
    return [Person.create(collection=collection_id, key=new_key()).id for _ in range(count)]


def _count(collection_id: int) -> int:
    mine = Person.select().where(Person.collection == collection_id, Person.face_count > 0)
    return int(mine.count())


def _is_open(face: FaceState) -> bool:
    """Whether the machine may place it."""
    return face.placed == Placed.MACHINE.value and face.is_face


def _dismiss(face_ids: Collection[int]) -> set[int]:
    people: set[int] = set()
    for chunk in chunks(sorted(face_ids)):
        mine = [face for face in states(chunk) if _is_open(face)]
        people |= {face.person_id for face in mine if face.person_id is not None}
        Face.update(is_face=False, person=None, confidence=None, grouped=True).where(
            Face.id.in_([face.id for face in mine])
        ).execute()
    return people


def _restore(face_ids: Collection[int]) -> None:
    for chunk in chunks(sorted(face_ids)):
        Face.update(is_face=True, grouped=False).where(
            Face.id.in_(chunk), Face.placed == Placed.MACHINE.value, ~Face.is_face
        ).execute()


def _target(group: int, people: Sequence[int]) -> int | None:
    if group == 0:
        return None
    if group < 0:
        return people[-group - 1]
    person = Person.get_or_none(Person.id == group)
    while person is not None and person.merged_into_id is not None:
        person = person.merged_into
    return None if person is None else person.id


def _move(library: Library, moves: Sequence[tuple[int | None, float | None, int]]) -> None:
    for move in moves:
        library.sql("UPDATE face SET person_id = ?, confidence = ? WHERE id = ?", move)


def drop_empty(collection_id: int) -> None:
    """Unnamed people without a face, of whom the user never spoke, leave no trace."""
    for chunk in chunks(empty_people(collection_id)):
        Person.delete().where(Person.id.in_(chunk)).execute()


def empty_people(collection_id: int) -> list[int]:
    """Unnamed people without a face, of whom the user never spoke. Whose photos are all gone is
    waited for."""
    spoken = spoken_keys(collection_id)
    empty = Person.select(Person.id, Person.key).where(
        Person.collection == collection_id,
        Person.face_count == 0,
        Person.name == "",
        Person.merged_into.is_null(),
        ~pw.fn.EXISTS(Face.select(Face.id).where(Face.person == Person.id)),
    )
    return [person_id for person_id, key in empty.tuples() if key not in spoken]
