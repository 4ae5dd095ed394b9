"""“Forget this person”: what is known of them is erased; only what keeps them forgotten stays.

[Note: Forgetting] What stays is one row of the log with, for each face, the fingerprint of the
photo and the box: no embedding, no picture, no name. Looking at such a photo again stores no face
there. Every other word about the person is erased from the log, but for what it says of others; its
row stays as a husk, so that the numbers of the others do not change, and undo steps over it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.library.anchors import Box, Finder, best_match, box_of, read
from app.library.camera_rows import forget_places
from app.library.carrying import person_of
from app.library.census import take_census
from app.library.database import Library
from app.library.erased import make_husks
from app.library.models import Decision, DecisionFace, Face, Person, Photo
from app.library.queries.shapes import chunks
from app.library.rows import Placed
from app.library.spoken import hold, keys_in
from app.library.subjects import are, called, person_for, told_of_several, told_of_strangers
from app.library.taken_in import IMPORT, told_of_names, without
from app.library.verbs import VERBS

_OF_FACES = ("move", "confirm", "reject", "not_a_face", "draw", "stranger")
"""Kinds that say nothing once they are about no face any more."""
_NOBODY = {"person": None, "placed": Placed.MACHINE.value, "is_face": True}

Place = tuple[str, Box]
"""A face by content: fingerprint of its photo and box."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What forgetting a person touched, and the faces whose crops must go."""

    changes: Changes
    places: tuple[Place, ...]


def forget_person(library: Library, person_id: int) -> Forgotten:
    """Erase a person: faces and embeddings, name, and what was said of them. Undoing it only
    lets the next indexing see the faces again.

    The crops are the caller's to erase, and `Library.scrub` leaves no trace in the file.
    """

    def work() -> Forgotten:
        person = person_for(person_id)
        everyone = _merged_into(person)
        faces = list(
            Face.select(Face.id, Face.x, Face.y, Face.w, Face.h, Photo.id, Photo.fingerprint)
            .join(Photo, on=(Face.photo == Photo.id))
            .where(Face.person.in_(list(everyone)))
        )
        places = {(face.photo.fingerprint, box_of(face)) for face in faces}
        absent, concerned = _scrub_log(
            person.collection_id, set(everyone.values()), {face.id for face in faces}
        )
        places |= absent
        word = Decision.create(
            collection=person.collection_id, kind="forget", data={}, said="Forgot someone"
        )
        _note(word, places)
        forget_places(person.collection_id, places)
        touched = VERBS["forget"].carry_out(word) | set(everyone)
        Person.delete().where(Person.id.in_(list(everyone))).execute()
        # A word that is erased may have stood against one of somebody else.
        touched |= hold(person.collection_id, concerned)
        take_census(library, touched)
        changes = Changes(
            people=frozenset(touched), photos=frozenset(face.photo.id for face in faces),
            regrouped=True, said=f"{word.said}. {_erased(len(faces))}",
        )  # fmt: skip
        return Forgotten(changes, tuple(sorted(places)))

    return library.write(work)


def _erased(count: int) -> str:
    faces = (
        "1 face and its embedding are" if count == 1 else f"{count} faces and their embeddings are"
    )
    return f"{faces} erased. Undo only lets Kinfolk learn them anew, without a name"


def _note(word: Decision, places: Collection[Place]) -> None:
    rows = [
        {
            "decision": word, "fingerprint": fingerprint, "before": _NOBODY,
            **dict(zip("xywh", box, strict=True)),
        }
        for fingerprint, box in sorted(places)
    ]  # fmt: skip
    for chunk in chunks(rows, 100):
        DecisionFace.insert_many(chunk).execute()


def _merged_into(person: Person) -> dict[int, str]:
    """The person and all who were merged into them: id -> key."""
    found = {person.id: person.key}
    ring = [person.id]
    while ring:
        merged = Person.select(Person.id, Person.key).where(Person.merged_into.in_(ring))
        more = {row: key for row, key in merged.tuples() if row not in found}
        found |= more
        ring = list(more)
    return found


def _scrub_log(collection_id: int, keys: set[str], faces: set[int]) -> tuple[set[Place], set[str]]:
    """Erase the words about these people, and from other words their faces. Gives the faces that
    were said to be theirs and are not in the library now: they are to be forgotten, too; and the
    fingerprints of the photos that the words about them were about."""
    mine = Decision.select().where(Decision.collection == collection_id)
    about = [word for word in mine if keys_in(word.data) & keys]
    concerned = _prints(about)
    theirs = [
        w.id
        for w in about
        if "hid" not in w.data and w.kind != IMPORT and w.data.get("new", "") in ("", *keys)
    ]
    absent = _absent(collection_id, theirs, keys)
    finder = Finder(collection_id)
    rows = read(
        "SELECT decisionface.id, kind, fingerprint, x, y, w, h, before FROM decisionface"
        " JOIN decision ON decision.id = decision_id WHERE collection_id = ? AND kind <> 'forget'",
        (collection_id,),
    )
    for number, kind, fingerprint, x, y, w, h, before in rows:
        is_absent = kind == "draw" and _is_among((fingerprint, (x, y, w, h)), absent)
        was = json.loads(before)
        is_theirs = is_absent or was.get("to") in keys
        if is_theirs or faces.intersection(finder.find(fingerprint, (x, y, w, h))):
            DecisionFace.delete().where(DecisionFace.id == number).execute()
        elif was["person"] in keys:
            DecisionFace.update(before=was | _NOBODY).where(DecisionFace.id == number).execute()
    make_husks([word.id for word in about if not _keep(word, keys)])
    make_husks(about_nothing(collection_id))
    return absent, concerned


def _prints(words: Sequence[Decision]) -> set[str]:
    about = DecisionFace.select(DecisionFace.fingerprint).distinct()
    return {
        fingerprint
        for chunk in chunks([word.id for word in words])
        for (fingerprint,) in about.where(DecisionFace.decision.in_(chunk)).tuples()
    }


def _is_among(place: Place, others: Collection[Place]) -> bool:
    boxes = [box for fingerprint, box in others if fingerprint == place[0]]
    return best_match(place[1], boxes) is not None


def _keep(word: Decision, keys: set[str]) -> bool:
    """What a word about these people says of others stays said, without them. False where it says
    nothing else."""
    data = word.data
    if "hid" in data:
        return _leave_out(word, keys)
    if word.kind == IMPORT:
        return _take_out(word, keys)
    if word.kind == "draw":
        _reword(word, "draw", {}, "Drew a face")
    elif word.kind == "split" and data["new"] not in keys:
        said = f"{are(word.faces.count())} {data['name'] or 'somebody else'}"
        _reword(word, "split", data | {"person": ""}, said)
    elif word.kind == "split" and (source := person_of(data["person"])) and source.key not in keys:
        said = f"{are(word.faces.count())} not {called(source)}"
        _reword(word, "reject", {"person": data["person"]}, said)
    else:
        return False
    return True


def _reword(word: Decision, kind: str, data: dict[str, Any], said: str) -> None:
    Decision.update(kind=kind, data=data, said=said).where(Decision.id == word.id).execute()


def _take_out(word: Decision, keys: set[str]) -> bool:
    """Other names were taken in by the same word. False where there were none."""
    data = without(word.data, keys)
    if not data["people"]:
        return False
    firm = sum(bool(said.before.get("firm")) for said in word.faces)
    _reword(word, word.kind, data, told_of_names(len(data["people"]), firm))
    return True


def _leave_out(word: Decision, keys: set[str]) -> bool:
    """Others were hidden or shown by the same word: of them it stays said. False where it was about
    nobody else."""
    hid = [key for key in word.data["hid"] if key not in keys]
    if word.kind == "stranger":
        said = told_of_strangers(word.faces.count(), len(hid))
    elif hid:
        said = told_of_several(word.kind, len(hid))
    else:
        return False
    _reword(word, word.kind, word.data | {"hid": hid}, said)
    return True


def about_nothing(collection_id: int) -> list[int]:
    """The words that say nothing, since they are about no face any more."""
    words = Decision.select().where(
        Decision.collection == collection_id,
        Decision.kind.in_(_OF_FACES),
        Decision.id.not_in(DecisionFace.select(DecisionFace.decision)),
    )
    return [word.id for word in words if not (word.data.get("made") or word.data.get("hid"))]


def _absent(collection_id: int, decision_ids: list[int], keys: set[str]) -> set[Place]:
    """The faces these standing words are about of which there is no row now, as their folder was
    removed, unless somebody else was said to be there."""
    finder = Finder(collection_id)
    wanted = set(decision_ids)
    rows = read(
        "SELECT decision.id, fingerprint, x, y, w, h, before FROM decisionface"
        " JOIN decision ON decision.id = decision_id"
        " WHERE collection_id = ? AND NOT undone AND kind <> 'reject' ORDER BY decision.id",
        (collection_id,),
    )
    latest: dict[Place, tuple[int, bool]] = {}
    for number, fingerprint, x, y, w, h, before in rows:
        place = (fingerprint, (x, y, w, h))
        if not finder.find(*place):
            is_theirs = number in wanted or json.loads(before).get("to") in keys
            latest[place] = (number, is_theirs)
    others = [(place, number) for place, (number, is_theirs) in latest.items() if not is_theirs]
    return {
        place
        for place, (number, is_theirs) in latest.items()
        if is_theirs
        and best_match(
            place[1], [box for (other, box), at in others if other == place[0] and at > number]
        )
        is None
    }
