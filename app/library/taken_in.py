"""Taken in: many names that other programs wrote, said as one word.

[Note: Taken in] The word is about any number of people. Its data tells of each whether the word
made or named them, and which unnamed groups are one with them; each of its anchors tells in its
document `to` whom the face goes. `firm` is a face that the other program named one by one, as if
the user had confirmed it; the others went along with a group. `drawn` is a face that the other
program framed and Kinfolk did not find: it is there as one drawn by hand is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.library.anchors import Anchor, add_anchors, anchors_of, faces_with, found_by, read
from app.library.carrying import document_of, give_back, person_of, update
from app.library.drawn import erase
from app.library.models import Decision, Face, Person
from app.library.queries.shapes import chunks
from app.library.rows import Placed

IMPORT = "import"
"""The kind of the word."""

_STAND = """
SELECT face.id, fingerprint, x, y, w, h, key, placed, is_face
FROM face JOIN photo ON photo.id = face.photo_id LEFT JOIN person ON person.id = face.person_id
WHERE face.id IN ({}) ORDER BY face.id
"""


def told_of_names(people: int, faces: int) -> str:
    """What the word says; no name is in it, so that a person who is forgotten is not."""
    whom = "1 person" if people == 1 else f"{people} people"
    return f"Took in the names of {whom}, on {faces} {'face' if faces == 1 else 'faces'}"


def anchors_to(faces: Mapping[int, str], firm: bool) -> list[tuple[Any, ...]]:
    """The anchors of these faces, without the number of the word; each goes to a person by key."""
    more: dict[str, Any] = {"firm": True} if firm else {}
    return [
        (*place, document_of(key, placed, is_face=bool(is_face), to=faces[number], **more))
        for chunk in chunks(sorted(faces))
        for number, *place, key, placed, is_face in read(
            _STAND.format(",".join("?" * len(chunk))), tuple(chunk)
        )
    ]


def frame_to(fingerprint: str, box: tuple[float, float, float, float], key: str) -> tuple[Any, ...]:
    """The anchor of a face that is not there yet."""
    nobody = Placed.MACHINE.value
    document = document_of(None, nobody, is_face=True, to=key, firm=True, drawn=True)
    return (fingerprint, *box, document)


def carry_out(decision: Decision) -> set[int]:
    """Make and name the people, and let groups join them; where the faces go `spoken.hold` sees
    to. Gives the people touched."""
    touched: set[int] = set()
    for entry in decision.data["people"]:
        key = entry["person"]
        person = person_of(key)
        if person is None:
            person = Person.create(collection=decision.collection_id, key=key)
        touched.add(person.id)
        if "name" in entry:
            touched |= update(key, name=entry["name"])
    return touched | _join(decision)


def _join(decision: Decision) -> set[int]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for other, key in decision.data["joined"].items():
        groups[key].append(other)
    touched: set[int] = set()
    came: dict[int, str] = {}
    for key, others in groups.items():
        keep = person_of(key)
        found = Person.select(Person.id).where(Person.key.in_(others)).tuples()
        ids = [number for (number,) in found if keep is not None and number != keep.id]
        if keep is None or not ids:
            continue
        # Said again, it is also about the faces that have come to them since.
        came |= {face.id: key for face in faces_with(ids)}
        Face.update(person=keep).where(Face.person.in_(ids)).execute()
        Person.update(merged_into=keep).where(Person.id.in_(ids)).execute()
        touched |= {keep.id, *ids}
    if came:
        known = {face for faces in found_by(decision.collection_id, anchors_of(decision.id))
                 for face in faces}  # fmt: skip
        new = anchors_to({face: to for face, to in came.items() if face not in known}, firm=False)
        add_anchors((decision.id, *anchor) for anchor in new)
    return touched


def take_back(decision: Decision) -> set[int]:
    """Nobody has the names any more, the groups are groups again, and every face is where it
    was."""
    data = decision.data
    for chunk in chunks(list(data["joined"])):
        Person.update(merged_into=None).where(Person.key.in_(chunk)).execute()
    touched = give_back(decision)
    for entry in data["people"]:
        if "name" in entry:
            touched |= update(entry["person"], name=entry["before"])
    drawn = [anchor for anchor in anchors_of(decision.id) if is_drawn(anchor)]
    if drawn:
        found = found_by(decision.collection_id, drawn)
        erase(sorted({face for faces in found for face in faces}))
    return touched


def is_drawn(anchor: Anchor) -> bool:
    """Whether the other program framed a face that was not found."""
    return bool(json.loads(anchor.before).get("drawn"))


def drawn_prints(decision: Decision) -> set[str]:
    """The photos in which the word makes faces, by fingerprint."""
    return {anchor.fingerprint for anchor in anchors_of(decision.id) if is_drawn(anchor)}


def keys_of(data: Mapping[str, Any]) -> set[str]:
    """Everyone the word is about."""
    people: Iterable[dict[str, Any]] = data.get("people", ())
    return {entry["person"] for entry in people} | set(data.get("joined", ()))


def without(data: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    """What the word says of others than these people."""
    return {
        **data,
        "people": [entry for entry in data["people"] if entry["person"] not in keys],
        "joined": {
            other: key
            for other, key in data["joined"].items()
            if other not in keys and key not in keys
        },
    }
