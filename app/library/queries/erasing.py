"""Questions about what erasing takes away, or has left to do."""

from __future__ import annotations

from dataclasses import dataclass

from app.library.anchors import Box, read
from app.library.database import Library
from app.library.erased import ERASED
from app.library.models import Decision, Face, Person, Photo


@dataclass(frozen=True, slots=True)
class FaceData:
    """How much is known of the faces in a collection."""

    faces: int
    people: int
    """Named or not."""
    names: int
    words: int
    """What was said of them."""


def face_data(library: Library, collection_id: int) -> FaceData:
    """What erasing all face data of a collection would take away."""
    mine = Person.collection == collection_id
    photos = Photo.select(Photo.id).where(Photo.collection == collection_id)
    return FaceData(
        faces=Face.select().where(Face.photo.in_(photos)).count(),
        people=Person.select().where(mine).count(),
        names=Person.select().where(mine, Person.name != "").count(),
        words=Decision.select()
        .where(Decision.collection == collection_id, Decision.kind != ERASED)
        .count(),
    )


def person_of_key(library: Library, key: str) -> int | None:
    """The row of a person who is there still."""
    found = Person.get_or_none(Person.key == key)
    return None if found is None else int(found.id)


def forgotten_places(library: Library) -> list[tuple[str, Box]]:
    """Where, in photos of every collection, somebody is who must not be learnt again."""
    rows = read(
        "SELECT DISTINCT fingerprint, x, y, w, h FROM decisionface"
        " JOIN decision ON decision.id = decision_id WHERE kind = 'forget' AND NOT undone"
    )
    return [(fingerprint, (box[0], box[1], box[2], box[3])) for fingerprint, *box in rows]
