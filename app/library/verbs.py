"""Verbs: how each kind of decision is carried out, and how it is taken back.

They touch only people and the `person`, `placed`, `is_face` and `grouped` of faces: all of that
can be rebuilt from faces and the log. What earlier words say of the faces is seen to afterwards,
by `spoken.hold`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from app.library.anchors import Finder, faces_with
from app.library.carrying import anchor, found_of, give_back, named_by, person_of, update
from app.library.collecting import DELETE, RENAME, bring_back, delete, rename, unrename
from app.library.dated import DATED
from app.library.drawn import erase, look_again
from app.library.models import Decision, Face, Person, Photo
from app.library.queries.shapes import chunks
from app.library.rows import Placed
from app.library.spares import drop_prints
from app.library.spoken import put_all
from app.library.stack_words import STACK, UNSTACK, carry_out_stack, carry_out_unstack
from app.library.stack_words import take_back as restack
from app.library.taken_in import IMPORT
from app.library.taken_in import carry_out as take_in
from app.library.taken_in import take_back as give_names_back


@dataclass(frozen=True, slots=True)
class Verb:
    """How one kind of decision is carried out and taken back; each gives the people touched."""

    carry_out: Callable[[Decision], set[int]]
    take_back: Callable[[Decision], set[int]]
    afterwards: str = ""
    """What the user should know when it is taken back."""


GROWN_UP = 20
"""Years after which a year of birth bears upon no guess any more: nobody is taken for a child."""


def _put_all(decision: Decision, person: int | None, placed: Placed, is_face: bool) -> set[int]:
    faces = [face for _, faces in named_by(decision) for face in faces]
    touched = put_all(faces, person, placed.value, is_face)
    return touched if person is None else touched | {person}


def _merge(decision: Decision) -> set[int]:
    data = decision.data
    keep = person_of(data["keep"])
    ids = [other.id for other in Person.select().where(Person.key.in_(data["others"]))]
    if keep is None:
        return set()
    # Said again, it is also about the faces that have come to them since.
    known = found_of(decision)
    came = [face for face in faces_with(ids) if face.id not in known]
    anchor(decision, came)
    Face.update(person=keep).where(Face.person.in_(ids)).execute()
    Person.update(merged_into=keep).where(Person.id.in_(ids)).execute()
    is_staff = data.get("staff", keep.staff)
    update(
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
    return update(keep.key, name=data["before"], **values) | give_back(decision)


def _cover(decision: Decision) -> set[int]:
    faces = [face for _, found in named_by(decision) for face in found]
    if not faces:
        return set()
    person = update(decision.data["person"], cover_id=faces[0].id, cover_chosen=True)
    return person | _put_all(decision, next(iter(person), None), Placed.USER, is_face=True)


def _uncover(decision: Decision) -> set[int]:
    before = decision.data.get("before")
    found: tuple[int, ...] = ()
    if before is not None:
        found = Finder(decision.collection_id, [before["print"]]).find(
            before["print"], tuple(before["box"])
        )
    chosen = bool(found and before["chosen"])
    return give_back(decision) | update(
        decision.data["person"], cover_id=found[0] if found else None, cover_chosen=chosen
    )


def _reject(decision: Decision) -> set[int]:
    """The faces leave that person; one that is elsewhere stays where it is."""
    person = person_of(decision.data["person"])
    if person is None:
        return set()
    own = [face for _, faces in named_by(decision) for face in faces if face.person_id == person.id]
    return put_all(own, None, Placed.MACHINE.value)


def _place(decision: Decision) -> set[int]:
    """Move, confirm and split; a person that the word itself made is made again."""
    data = decision.data
    key = data.get("new") or data["person"]
    person = person_of(key)
    if person is None:
        person = Person.create(collection=decision.collection_id, key=key)
    if data.get("new") or data.get("made"):
        update(key, name=data["name"])
    return _put_all(decision, person.id, Placed.USER, is_face=True)


def _unplace(decision: Decision) -> set[int]:
    """A person that the word itself made leaves no name behind."""
    data = decision.data
    made = data.get("new") or (data["person"] if data.get("made") else None)
    touched = give_back(decision)
    return touched | update(made, name="") if made else touched


def _draw(decision: Decision) -> set[int]:
    """Who it is, where the user said so; that a face is there `spoken.hold` sees to."""
    return _place(decision) if decision.data.get("person") else set()


def _undraw(decision: Decision) -> set[int]:
    touched = _unplace(decision)
    erase(sorted(found_of(decision)))
    return touched


def _strangers(decision: Decision) -> set[int]:
    """Lone faces are nobody's for good; the people the others are with are hidden."""
    return _put_all(decision, None, Placed.USER, is_face=True) | _hide_all(decision, hidden=True)


def _hide_all(decision: Decision, *, hidden: bool) -> set[int]:
    return _mark_all(decision, hidden=hidden)


def _mark_all(decision: Decision, **marks: bool) -> set[int]:
    data = decision.data
    keys = data["hid"] if "hid" in data else [data["person"]]
    return {person for key in keys for person in update(key, **marks)}


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
        Photo.taken_from.in_(DATED),
        Photo.taken < grown_up,
    )
    Face.update(grouped=False).where(
        Face.person.is_null(), Face.is_face, Face.placed == Placed.MACHINE.value, Face.grouped,
        pw.fn.EXISTS(dated),
    ).execute()  # fmt: skip
    return update(decision.data["person"], birth_year=year)


def _forget(decision: Decision) -> set[int]:
    touched: set[int] = set()
    for _, faces in named_by(decision):
        touched |= {face.person_id for face in faces if face.person_id is not None}
        Face.delete().where(Face.id.in_([face.id for face in faces])).execute()
    drop_prints(decision.collection_id, {said.fingerprint for said in decision.faces})
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
        lambda word: update(word.data["person"], name=word.data["name"]),
        lambda word: update(word.data["person"], name=word.data["before"]),
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
    "reject": Verb(_reject, give_back),
    "move": Verb(_place, _unplace),
    "confirm": Verb(_place, _unplace),
    "split": Verb(_place, _unplace),
    "not_a_face": Verb(lambda word: _put_all(word, None, Placed.USER, is_face=False), give_back),
    "draw": Verb(_draw, _undraw),
    "stranger": Verb(_strangers, lambda word: give_back(word) | _hide_all(word, hidden=False)),
    "forget": Verb(
        _forget,
        _allow_again,
        "The name does not come back; the next indexing looks at the photos again.",
    ),
    IMPORT: Verb(take_in, give_names_back),
    STACK: Verb(carry_out_stack, restack),
    UNSTACK: Verb(carry_out_unstack, restack),
    RENAME: Verb(rename, unrename),
    DELETE: Verb(delete, bring_back),
}
