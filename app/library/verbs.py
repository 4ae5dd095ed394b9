"""Verbs: how each kind of decision is carried out, and how it is taken back.

They touch only people and the `person`, `placed`, `is_face` and `grouped` of faces: all of that
can be rebuilt from faces and the log. What earlier words say of the faces is seen to afterwards,
by `spoken.hold`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from app.library.anchors import (
    Anchor,
    Box,
    FaceState,
    Finder,
    HasId,
    add_anchors,
    anchors_of,
    faces_with,
    found_by,
    read,
    resolve,
)
from app.library.collecting import DELETE, RENAME, bring_back, delete, rename, unrename
from app.library.drawn import erase, look_again
from app.library.models import Decision, DecisionFace, Face, Person, Photo, now
from app.library.queries.shapes import chunks
from app.library.rows import Placed
from app.library.spoken import put_all
from app.library.stack_words import STACK, UNSTACK, carry_out_stack, carry_out_unstack, take_back


@dataclass(frozen=True, slots=True)
class Verb:
    """How one kind of decision is carried out and taken back; each gives the people touched."""

    carry_out: Callable[[Decision], set[int]]
    take_back: Callable[[Decision], set[int]]
    afterwards: str = ""
    """What the user should know when it is taken back."""


GROWN_UP = 20
"""Years after which a year of birth bears upon no guess any more: nobody is taken for a child."""
_ANCHORED = """
SELECT fingerprint, x, y, w, h, key, placed, is_face
FROM face JOIN photo ON photo.id = face.photo_id LEFT JOIN person ON person.id = face.person_id
WHERE face.id IN ({}) ORDER BY face.id
"""


def person_of(key: str) -> Person | None:
    """The person of this key, wherever merges have taken it; None when it is forgotten."""
    person = Person.get_or_none(Person.key == key)
    while person is not None and person.merged_into_id is not None:
        person = person.merged_into
    return person


def anchor(decision: Decision, faces: Iterable[HasId]) -> None:
    """Write down which faces a decision is about, and where they were before."""
    for chunk in chunks([face.id for face in faces]):
        rows = read(_ANCHORED.format(",".join("?" * len(chunk))), tuple(chunk))
        add_anchors(
            (decision.id, *place, _document(key, placed, is_face=bool(is_face)))
            for *place, key, placed, is_face in rows
        )


def _document(person: str | None, placed: str, *, is_face: bool) -> str:
    return DecisionFace.before.db_value({"person": person, "placed": placed, "is_face": is_face})


def anchor_places(decision: Decision, places: Iterable[tuple[str, Box]]) -> None:
    """Write down where faces are that a decision makes: fingerprint and box."""
    nobody = _document(None, Placed.MACHINE.value, is_face=True)
    add_anchors((decision.id, fingerprint, *box, nobody) for fingerprint, box in places)


def _named(decision: Decision) -> list[tuple[Anchor, list[FaceState]]]:
    return resolve(decision.collection_id, anchors_of(decision.id))


def _found(decision: Decision) -> set[int]:
    """Ids of the faces a decision is about."""
    found = found_by(decision.collection_id, anchors_of(decision.id))
    return {face_id for ids in found for face_id in ids}


def _put_all(decision: Decision, person: int | None, placed: Placed, is_face: bool) -> set[int]:
    faces = [face for _, faces in _named(decision) for face in faces]
    touched = put_all(faces, person, placed.value, is_face)
    return touched if person is None else touched | {person}


def _give_back(decision: Decision) -> set[int]:
    """Return every face of the decision to the person and the word it had before."""
    before = {face.id: (face, said.before) for said, faces in _named(decision) for face in faces}
    places: defaultdict[str, list[FaceState]] = defaultdict(list)
    for face, document in before.values():
        places[document].append(face)
    touched: set[int] = set()
    for document, faces in places.items():
        was = json.loads(document)
        person = None if was["person"] is None else person_of(was["person"])
        touched |= put_all(faces, person and person.id, was["placed"], was.get("is_face", True))
    return touched


def _update(key: str, **values: Any) -> set[int]:
    person = person_of(key)
    if person is None:
        return set()
    Person.update(updated=now(), **values).where(Person.id == person.id).execute()
    return {person.id}


def _merge(decision: Decision) -> set[int]:
    data = decision.data
    keep = person_of(data["keep"])
    ids = [other.id for other in Person.select().where(Person.key.in_(data["others"]))]
    if keep is None:
        return set()
    # Said again, it is also about the faces that have come to them since.
    known = _found(decision)
    came = [face for face in faces_with(ids) if face.id not in known]
    anchor(decision, came)
    Face.update(person=keep).where(Face.person.in_(ids)).execute()
    Person.update(merged_into=keep).where(Person.id.in_(ids)).execute()
    is_staff = data.get("staff", keep.staff)
    _update(
        keep.key, name=data["name"], birth_year=data.get("birth", keep.birth_year), staff=is_staff
    )
    return {keep.id, *ids}


def _unmerge(decision: Decision) -> set[int]:
    data = decision.data
    Person.update(merged_into=None).where(Person.key.in_(data["others"])).execute()
    keep = Person.get(Person.key == data["keep"])
    values: dict[str, Any] = {"birth_year": data["birth_before"]} if "birth" in data else {}
    if "staff" in data:
        values["staff"] = data["staff_before"]
    return _update(keep.key, name=data["before"], **values) | _give_back(decision)


def _cover(decision: Decision) -> set[int]:
    faces = [face for _, found in _named(decision) for face in found]
    if not faces:
        return set()
    person = _update(decision.data["person"], cover_id=faces[0].id, cover_chosen=True)
    return person | _put_all(decision, next(iter(person), None), Placed.USER, is_face=True)


def _uncover(decision: Decision) -> set[int]:
    before = decision.data.get("before")
    found: tuple[int, ...] = ()
    if before is not None:
        found = Finder(decision.collection_id, [before["print"]]).find(
            before["print"], tuple(before["box"])
        )
    chosen = bool(found and before["chosen"])
    return _give_back(decision) | _update(
        decision.data["person"], cover_id=found[0] if found else None, cover_chosen=chosen
    )


def _reject(decision: Decision) -> set[int]:
    """The faces leave that person; one that is elsewhere stays where it is."""
    person = person_of(decision.data["person"])
    if person is None:
        return set()
    own = [face for _, faces in _named(decision) for face in faces if face.person_id == person.id]
    return put_all(own, None, Placed.MACHINE.value)


def _place(decision: Decision) -> set[int]:
    """Move, confirm and split; a person that the word itself made is made again."""
    data = decision.data
    key = data.get("new") or data["person"]
    person = person_of(key)
    if person is None:
        person = Person.create(collection=decision.collection_id, key=key)
    if data.get("new") or data.get("made"):
        _update(key, name=data["name"])
    return _put_all(decision, person.id, Placed.USER, is_face=True)


def _unplace(decision: Decision) -> set[int]:
    """A person that the word itself made leaves no name behind."""
    data = decision.data
    made = data.get("new") or (data["person"] if data.get("made") else None)
    touched = _give_back(decision)
    return touched | _update(made, name="") if made else touched


def _draw(decision: Decision) -> set[int]:
    """Who it is, where the user said so; that a face is there `spoken.hold` sees to."""
    return _place(decision) if decision.data.get("person") else set()


def _undraw(decision: Decision) -> set[int]:
    touched = _unplace(decision)
    erase(sorted(_found(decision)))
    return touched


def _strangers(decision: Decision) -> set[int]:
    """Lone faces are nobody's for good; the people the others are with are hidden."""
    return _put_all(decision, None, Placed.USER, is_face=True) | _hide_all(decision, hidden=True)


def _hide_all(decision: Decision, *, hidden: bool) -> set[int]:
    return _mark_all(decision, hidden=hidden)


def _mark_all(decision: Decision, **marks: bool) -> set[int]:
    data = decision.data
    keys = data["hid"] if "hid" in data else [data["person"]]
    return {person for key in keys for person in _update(key, **marks)}


def _mark(**marks: bool) -> Callable[[Decision], set[int]]:
    """One person, or several at once."""
    return lambda decision: _mark_all(decision, **marks)


def _birth(decision: Decision, year: int | None) -> set[int]:
    """Faces of nobody in dated photos are considered again: another year may let them in."""
    years = [at for at in (decision.data["year"], decision.data["before"]) if at is not None]
    grown_up = datetime(min(max(years, default=0) + GROWN_UP, 9999), 1, 1)
    dated = Photo.select(Photo.id).where(
        Photo.id == Face.photo,
        Photo.collection == decision.collection_id,
        Photo.taken_from == "exif",
        Photo.taken < grown_up,
    )
    Face.update(grouped=False).where(
        Face.person.is_null(), Face.is_face, Face.placed == Placed.MACHINE.value, Face.grouped,
        pw.fn.EXISTS(dated),
    ).execute()  # fmt: skip
    return _update(decision.data["person"], birth_year=year)


def _forget(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in _named(decision):
        touched |= {face.person_id for face in faces if face.person_id is not None}
        Face.delete().where(Face.id.in_([face.id for face in faces])).execute()
    return touched


def _allow_again(decision: Decision) -> set[int]:
    """The photos concerned are looked at again by the next indexing."""
    prints = {said.fingerprint for said in decision.faces}
    for chunk in chunks(sorted(prints)):
        concerned = Photo.select(Photo.id).where(
            Photo.collection == decision.collection_id, Photo.fingerprint.in_(chunk)
        )
        look_again([photo_id for (photo_id,) in concerned.tuples()])
    return set()


VERBS = {
    "name": Verb(
        lambda word: _update(word.data["person"], name=word.data["name"]),
        lambda word: _update(word.data["person"], name=word.data["before"]),
    ),
    "birth": Verb(
        lambda word: _birth(word, word.data["year"]),
        lambda word: _birth(word, word.data["before"]),
    ),
    "merge": Verb(_merge, _unmerge),
    "different": Verb(lambda _: set(), lambda _: set()),
    "hide": Verb(_mark(hidden=True), _mark(hidden=False)),
    "show": Verb(_mark(hidden=False), _mark(hidden=True)),
    "staff": Verb(_mark(staff=True), _mark(staff=False)),
    "not_staff": Verb(_mark(staff=False), _mark(staff=True)),
    "cover": Verb(_cover, _uncover),
    "reject": Verb(_reject, _give_back),
    "move": Verb(_place, _unplace),
    "confirm": Verb(_place, _unplace),
    "split": Verb(_place, _unplace),
    "not_a_face": Verb(lambda word: _put_all(word, None, Placed.USER, is_face=False), _give_back),
    "draw": Verb(_draw, _undraw),
    "stranger": Verb(_strangers, lambda word: _give_back(word) | _hide_all(word, hidden=False)),
    "forget": Verb(
        _forget,
        _allow_again,
        "The name does not come back; the next indexing looks at the photos again.",
    ),
    STACK: Verb(carry_out_stack, take_back),
    UNSTACK: Verb(carry_out_unstack, take_back),
    RENAME: Verb(rename, unrename),
    DELETE: Verb(delete, bring_back),
}
