"""Carrying: what the verbs share: how a word is anchored, and how faces are given back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from app.library.anchors import (
    Anchor,
    Box,
    FaceState,
    HasId,
    add_anchors,
    anchors_of,
    found_by,
    read,
    resolve,
)
from app.library.models import Decision, DecisionFace, Person, now
from app.library.queries.shapes import chunks
from app.library.rows import Placed
from app.library.spoken import put_all

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
            (decision.id, *place, document_of(key, placed, is_face=bool(is_face)))
            for *place, key, placed, is_face in rows
        )


def document_of(person: str | None, placed: str, *, is_face: bool, **more: Any) -> str:
    """Where a face was before a word, as the log keeps it; and what `more` the word says of it."""
    return DecisionFace.before.db_value(
        {"person": person, "placed": placed, "is_face": is_face, **more}
    )


def anchor_places(decision: Decision, places: Iterable[tuple[str, Box]]) -> None:
    """Write down where faces are that a decision makes: fingerprint and box."""
    nobody = document_of(None, Placed.MACHINE.value, is_face=True)
    add_anchors((decision.id, fingerprint, *box, nobody) for fingerprint, box in places)


def named_by(decision: Decision) -> list[tuple[Anchor, list[FaceState]]]:
    """The faces a decision is about, and those there are now for each."""
    return resolve(decision.collection_id, anchors_of(decision.id))


def found_of(decision: Decision) -> set[int]:
    """Ids of the faces a decision is about."""
    found = found_by(decision.collection_id, anchors_of(decision.id))
    return {face_id for ids in found for face_id in ids}


def give_back(decision: Decision) -> set[int]:
    """Return every face of the decision to the person and the word it had before."""
    before = {face.id: (face, said.before) for said, faces in named_by(decision) for face in faces}
    places: defaultdict[tuple[str | None, str, bool], list[FaceState]] = defaultdict(list)
    for face, document in before.values():
        was = json.loads(document)
        places[was["person"], was["placed"], was.get("is_face", True)].append(face)
    touched: set[int] = set()
    for (key, placed, is_face), faces in places.items():
        person = None if key is None else person_of(key)
        touched |= put_all(faces, person and person.id, placed, is_face)
    return touched


def update(key: str, **values: Any) -> set[int]:
    """Write into the row of a person, wherever merges have taken it; gives whom it touched."""
    person = person_of(key)
    if person is None:
        return set()
    Person.update(updated=now(), **values).where(Person.id == person.id).execute()
    return {person.id}
