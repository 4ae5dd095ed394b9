"""Subjects: the people and faces that a command is about, and how they are called."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.errors import UsageError
from app.library.models import Face, Person, Photo
from app.library.queries.people import person_by_id
from app.library.queries.shapes import chunks

ANCHORS_OF_A_NAME = 40
"""A name is anchored to at most this many of the person's clearest faces: enough to find the
person again after everything else was rebuilt."""

UNNAMED = "an unnamed person"


def new_key() -> str:
    """A person's id that is never used again."""
    return f"person-{uuid.uuid4()}"


def clean_name(name: str) -> str:
    """The name as it is kept: one line, single spaces, at most 100 characters.

    Raises UsageError when nothing is left.
    """
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:100].strip()
    if not cleaned:
        raise UsageError("A name needs at least one letter.")
    return cleaned


def called(person: Person) -> str:
    """The person's name within a sentence."""
    return person.name or UNNAMED


def person_for(person_id: int) -> Person:
    """The person, wherever merges have taken them.

    Raises UsageError when there is no such person.
    """
    return Person.get_by_id(person_by_id(person_id).id)


def person_called(collection_id: int, name: str) -> Person | None:
    """Who has this name."""
    return Person.get_or_none(
        Person.collection == collection_id, Person.name == name, Person.merged_into.is_null()
    )


def faces_for(face_ids: Sequence[int]) -> tuple[list[Face], int]:
    """The faces, in order of id, and their collection; without what they look like.

    Raises UsageError when none is there any more, or they are of two collections.
    """
    wanted = sorted(set(face_ids))
    found = [
        face
        for chunk in chunks(wanted)
        for face in Face.select(
            Face.id, Face.photo, Face.person, Face.placed, Face.is_face,
            Photo.collection.alias("home"),
        )
        .join(Photo, on=(Face.photo == Photo.id))
        .where(Face.id.in_(chunk))
        .order_by(Face.id)
        .objects()
    ]  # fmt: skip
    if not found:
        raise UsageError("These faces are not in the library any more.")
    homes = {face.home for face in found}
    if len(homes) > 1:
        raise UsageError("Faces of two collections cannot be one person.")
    return found, homes.pop()


def faces_and_person(person_id: int, face_ids: Sequence[int]) -> tuple[list[Face], Person]:
    """The faces and the person they are held against.

    Raises UsageError when there are none, or they are of two collections.
    """
    person = person_for(person_id)
    faces, collection_id = faces_for(face_ids)
    if collection_id != person.collection_id:
        raise UsageError("These faces are of another collection than the person.")
    return faces, person


def clearest_faces(person: Person) -> list[Face]:
    """The faces by which the person will be found again; without what they look like."""
    return list(
        Face.select(Face.id, Face.photo, Face.person)
        .where(Face.person == person, Face.is_face)
        .order_by(Face.quality.desc(), Face.id)
        .limit(ANCHORS_OF_A_NAME)
    )


def are(count: int, noun: str = "face") -> str:
    """“1 face is”, “3 faces are”."""
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"


def told_of_merging(others: Sequence[Person], into: str) -> str:
    """Who became one with whom; `into` is the name they have then."""
    whom = [other.name for other in others if other.name]
    unnamed = len(others) - len(whom)
    if not into:
        return f"Made {unnamed + 1} unnamed people one"
    if unnamed:
        whom.append(UNNAMED if unnamed == 1 else f"{unnamed} unnamed people")
    return f"Merged {' and '.join(whom)} into {into}"


def told_of_several(kind: str, count: int) -> str:
    """What was said by marking several people, such as hiding or showing them."""
    whom = "1 person" if count == 1 else f"{count} people"
    if kind == "hide":
        return f"Hid {whom}"
    if kind in ("staff", "not_staff"):
        return f"{whom} {'is' if count == 1 else 'are'} {'' if kind == 'staff' else 'not '}staff"
    return f"{whom} {'is' if count == 1 else 'are'} shown again"


def told_of_strangers(faces: int, people: int) -> str:
    """“2 faces are strangers; hid 3 unnamed people”, as far as there are such."""
    told = []
    if faces:
        told.append(f"{are(faces)} {'a stranger' if faces == 1 else 'strangers'}")
    if people:
        whom = "1 unnamed person" if people == 1 else f"{people} unnamed people"
        told.append(f"{'hid' if faces else 'Hid'} {whom}")
    return "; ".join(told)
