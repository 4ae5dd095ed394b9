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
from app.library.anchors import best_match, box_of, resolve
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


def _by_key(key: str) -> Person:
    person = Person.get(Person.key == key)
    while person.merged_into_id is not None:
        person = person.merged_into
    return person


def _put(face: Face, person: Person | None, placed: str, is_face: bool = True) -> set[int]:
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
        person = None if key is None else _by_key(key)
        for face in faces:
            touched |= _put(face, person, anchor.before["placed"])
    return touched


def _name(decision: Decision) -> set[int]:
    return _rename(decision.data["person"], decision.data["name"])


def _unname(decision: Decision) -> set[int]:
    return _rename(decision.data["person"], decision.data["before"])


def _rename(key: str, name: str) -> set[int]:
    person = _by_key(key)
    Person.update(name=name, updated=now()).where(Person.id == person.id).execute()
    return {person.id}


def _merge(decision: Decision) -> set[int]:
    keep = _by_key(decision.data["keep"])
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
        person = _by_key(decision.data["person"])
        Person.update(hidden=value).where(Person.id == person.id).execute()
        return {person.id}

    return carry_out


def _cover(decision: Decision) -> set[int]:
    person = _by_key(decision.data["person"])
    faces = [face for _, found in resolve(decision.faces) for face in found]
    if faces:
        Person.update(cover_id=faces[0].id, cover_chosen=True).where(
            Person.id == person.id
        ).execute()
    return {person.id}


def _uncover(decision: Decision) -> set[int]:
    person = _by_key(decision.data["person"])
    Person.update(cover_chosen=False).where(Person.id == person.id).execute()
    return {person.id}


def _reject(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= _put(face, None, Placed.MACHINE.value)
    return touched


def _move(decision: Decision) -> set[int]:
    target = _by_key(decision.data["person"])
    touched = {target.id}
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= _put(face, target, Placed.USER.value)
    return touched


def _deny(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in resolve(decision.faces):
        for face in faces:
            touched |= _put(face, None, Placed.USER.value, is_face=False)
    return touched


def apply_to_photo(photo: Photo) -> set[int]:
    """Let what was said before of the faces of this photo hold for its newly found faces.

    To be called within a transaction, after the faces are stored. Gives the people touched.
    """
    words = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(
            DecisionFace.fingerprint == photo.fingerprint,
            Decision.collection == photo.collection_id,
            Decision.kind.in_(["move", "reject", "not_a_face"]),
            ~Decision.undone,
        )
        .order_by(Decision.id)
    )
    touched: set[int] = set()
    for word in words:
        faces = list(Face.select().where(Face.photo == photo))
        index = best_match(box_of(word), [box_of(face) for face in faces])
        if index is not None:
            touched |= _say_again(word.decision, faces[index])
    return touched


def _say_again(decision: Decision, face: Face) -> set[int]:
    if decision.kind == "not_a_face":
        return _put(face, None, Placed.USER.value, is_face=False)
    person = _by_key(decision.data["person"])
    if decision.kind == "move":
        return _put(face, person, Placed.USER.value)
    if face.person_id == person.id:
        return _put(face, None, Placed.MACHINE.value)
    return set()


def rejections(collection_id: int) -> list[tuple[int, int]]:
    """Which face is not which person, by row ids, as the standing words say."""
    anchors = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(Decision.collection == collection_id, Decision.kind == "reject", ~Decision.undone)
    )
    return [
        (face.id, _by_key(anchor.decision.data["person"]).id)
        for anchor, faces in resolve(anchors)
        for face in faces
    ]


def said_people(collection_id: int) -> dict[int, int]:
    """Which face is which person by the standing words, by row ids; a later word wins.

    The faces a name was given over count as that person, those of a merge as the one kept.
    """
    words = (
        DecisionFace.select(DecisionFace, Decision)
        .join(Decision)
        .where(
            Decision.collection == collection_id,
            Decision.kind.in_(["name", "merge", "move", "reject"]),
            ~Decision.undone,
        )
        .order_by(Decision.id)
    )
    said: dict[int, int] = {}
    for anchor, faces in resolve(words):
        decision = anchor.decision
        person = _by_key(decision.data.get("keep") or decision.data["person"])
        for face in faces:
            if decision.kind != "reject":
                said[face.id] = person.id
            elif said.get(face.id) == person.id:
                del said[face.id]
    return said


def spoken_keys(collection_id: int) -> set[str]:
    """The keys of everyone the log knows, undone words included: a redo may need them."""
    words = Decision.select(Decision.data).where(Decision.collection == collection_id)
    keys = {
        key
        for (data,) in words.tuples()
        for key in (data.get("person"), data.get("keep"), *data.get("others", ()))
        if key
    }
    before = (
        DecisionFace.select(DecisionFace.before)
        .join(Decision)
        .where(Decision.collection == collection_id)
        .distinct()
    )
    return keys | {data["person"] for (data,) in before.tuples() if data["person"]}


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
