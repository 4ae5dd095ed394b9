"""Decisions: the log of what the user said, with how each word is carried out and taken back.

[Note: Decisions] A row is added for everything the user says, also for undo and redo; none is
ever changed but for `undone`, which mirrors the undo rows after it. `carry_out` and `take_back`
touch only people and the `person`, `placed` and `is_face` of faces: all of that can be rebuilt
from faces and the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.anchors import box_of, resolve
from app.library.census import take_census
from app.library.database import Library
from app.library.models import Decision, DecisionFace, Face, Person, Photo, now
from app.library.rows import Placed


@dataclass(frozen=True, slots=True)
class Verb:
    """How one kind of decision is carried out and taken back; each gives the people touched."""

    carry_out: Callable[[Decision], set[int]]
    take_back: Callable[[Decision], set[int]]


def decide(
    library: Library,
    collection_id: int,
    kind: str,
    data: dict[str, Any],
    said: str,
    faces: Iterable[Face] = (),
) -> Changes:
    """Write a decision down and carry it out. To be called within a transaction."""
    decision = Decision.create(collection=collection_id, kind=kind, data=data, said=said)
    anchors = [_anchor(decision, face) for face in faces]
    for start in range(0, len(anchors), 100):
        DecisionFace.insert_many(anchors[start : start + 100]).execute()
    return _changes(library, VERBS[kind].carry_out(decision), said)


def undo_last(library: Library, collection_id: int) -> Changes:
    """Take back the last decision that stands. To be called within a transaction.

    Raises UsageError when there is nothing to undo.
    """
    decision = last_standing(collection_id)
    if decision is None:
        raise UsageError("There is nothing to undo.")
    Decision.create(collection=collection_id, kind="undo", data={}, target=decision)
    Decision.update(undone=True).where(Decision.id == decision.id).execute()
    return _changes(library, VERBS[decision.kind].take_back(decision), f"Undone: {decision.said}")


def redo_last(library: Library, collection_id: int) -> Changes:
    """Carry out again what was undone last. To be called within a transaction.

    Raises UsageError when nothing was undone, or something was decided since.
    """
    decision = last_undone(collection_id)
    if decision is None:
        raise UsageError("There is nothing to redo.")
    Decision.create(collection=collection_id, kind="redo", data={}, target=decision)
    Decision.update(undone=False).where(Decision.id == decision.id).execute()
    return _changes(library, VERBS[decision.kind].carry_out(decision), f"Redone: {decision.said}")


def last_standing(collection_id: int) -> Decision | None:
    """The decision that undo would take back."""
    return (
        Decision.select()
        .where(
            Decision.collection == collection_id,
            Decision.kind.in_(list(VERBS)),
            ~Decision.undone,
        )
        .order_by(Decision.id.desc())
        .first()
    )


def last_undone(collection_id: int) -> Decision | None:
    """The decision that redo would carry out again: the last one undone, unless something else
    was said since."""
    mine = Decision.collection == collection_id
    newest = Decision.select(pw.fn.MAX(Decision.id)).where(mine, Decision.kind.in_(list(VERBS)))
    undone_since = Decision.select(Decision.target).where(
        mine, Decision.kind == "undo", Decision.id > newest
    )
    return (
        Decision.select()
        .where(Decision.undone, Decision.id.in_(undone_since))
        .order_by(Decision.id)
        .first()
    )


def _changes(library: Library, people: set[int], said: str) -> Changes:
    take_census(library, people)
    return Changes(people=frozenset(people), said=said)


def _anchor(decision: Decision, face: Face) -> dict[str, Any]:
    return {
        "decision": decision,
        "fingerprint": Photo.get_by_id(face.photo_id).fingerprint,
        **dict(zip("xywh", box_of(face), strict=True)),
        "before": {
            "person": None if face.person_id is None else face.person.key,
            "placed": face.placed,
        },
    }


def person_of(key: str) -> Person:
    """The person of this key, wherever merges have taken it."""
    person = Person.get(Person.key == key)
    while person.merged_into_id is not None:
        person = person.merged_into
    return person


def put(face: Face, person: Person | None, placed: str, is_face: bool = True) -> set[int]:
    """Place a face, or take it from its person; gives the people touched."""
    touched = {i for i in (face.person_id, person.id if person else None) if i is not None}
    Face.update(person=person, placed=placed, is_face=is_face, confidence=None).where(
        Face.id == face.id
    ).execute()
    return touched


def _give_back(decision: Decision) -> set[int]:
    """Return every face of the decision to the person and the word it had before."""
    touched: set[int] = set()
    for anchor, faces in resolve(decision.faces):
        key = anchor.before["person"]
        person = None if key is None else person_of(key)
        for face in faces:
            touched |= put(face, person, anchor.before["placed"])
    return touched


def _name(decision: Decision) -> set[int]:
    return _rename(decision.data["person"], decision.data["name"])


def _unname(decision: Decision) -> set[int]:
    return _rename(decision.data["person"], decision.data["before"])


def _rename(key: str, name: str) -> set[int]:
    person = person_of(key)
    Person.update(name=name, updated=now()).where(Person.id == person.id).execute()
    return {person.id}


def _merge(decision: Decision) -> set[int]:
    keep = person_of(decision.data["keep"])
    keys = decision.data["others"]
    others = list(Person.select().where(Person.key.in_(keys)))
    ids = [other.id for other in others]
    Face.update(person=keep).where(Face.person.in_(ids)).execute()
    Person.update(merged_into=keep).where(Person.id.in_(ids)).execute()
    Person.update(name=decision.data["name"]).where(Person.id == keep.id).execute()
    return {keep.id, *ids}


def _unmerge(decision: Decision) -> set[int]:
    keep = Person.get(Person.key == decision.data["keep"])
    Person.update(merged_into=None).where(Person.key.in_(decision.data["others"])).execute()
    Person.update(name=decision.data["before"]).where(Person.id == keep.id).execute()
    return {keep.id} | _give_back(decision)


def _set_hidden(value: bool) -> Callable[[Decision], set[int]]:
    def carry_out(decision: Decision) -> set[int]:
        person = person_of(decision.data["person"])
        Person.update(hidden=value).where(Person.id == person.id).execute()
        return {person.id}

    return carry_out


def _cover(decision: Decision) -> set[int]:
    person = person_of(decision.data["person"])
    faces = [face for _, found in resolve(decision.faces) for face in found]
    if faces:
        Person.update(cover_id=faces[0].id, cover_chosen=True).where(
            Person.id == person.id
        ).execute()
    return {person.id}


def _uncover(decision: Decision) -> set[int]:
    person = person_of(decision.data["person"])
    Person.update(cover_chosen=False).where(Person.id == person.id).execute()
    return {person.id}


def _reject(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= put(face, None, Placed.MACHINE.value)
    return touched


def _move(decision: Decision) -> set[int]:
    target = person_of(decision.data["person"])
    touched = {target.id}
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= put(face, target, Placed.USER.value)
    return touched


def _deny(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= put(face, None, Placed.USER.value, is_face=False)
    return touched


VERBS = {
    "name": Verb(_name, _unname),
    "merge": Verb(_merge, _unmerge),
    "hide": Verb(_set_hidden(True), _set_hidden(False)),
    "show": Verb(_set_hidden(False), _set_hidden(True)),
    "cover": Verb(_cover, _uncover),
    "reject": Verb(_reject, _give_back),
    "move": Verb(_move, _give_back),
    "not_a_face": Verb(_deny, _give_back),
}
