"""What the user says of people and faces."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from app.changes import Changes
from app.errors import UsageError
from app.library.database import Library
from app.library.decisions import decide
from app.library.models import Face, Person
from app.library.queries.people import person_by_id
from app.library.queries.shapes import chunks

ANCHORS_OF_A_NAME = 40
"""A name is anchored to at most this many of the person's clearest faces: enough to find the
person again after everything else was rebuilt."""

UNNAMED = "someone not named yet"


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


def name_person(library: Library, person_id: int, name: str, *, merge: bool = False) -> Changes:
    """Give a person a name; with `merge`, a name somebody has makes the two one person.

    Raises UsageError when the name is empty, or taken and `merge` is not set.
    """
    wanted = clean_name(name)

    def work() -> Changes:
        person = _person(person_id)
        if person.name == wanted:
            return Changes()
        taken = Person.get_or_none(
            Person.collection == person.collection_id, Person.name == wanted,
            Person.merged_into.is_null(), Person.id != person.id,
        )  # fmt: skip
        if taken is not None and merge:
            return merge_people(library, taken.id, [person.id])
        if taken is not None:
            raise UsageError(f"Somebody is called {taken.name} already; merge the two instead.")
        said = f"Renamed {person.name} to {wanted}" if person.name else f"Named {wanted}"
        data = {"person": person.key, "name": wanted, "before": person.name}
        best = (
            Face.select()
            .where(Face.person == person, Face.is_face)
            .order_by(Face.quality.desc(), Face.id)
            .limit(ANCHORS_OF_A_NAME)
        )
        return decide(library, person.collection_id, "name", data, said, best)

    return library.write(work)


def merge_people(library: Library, keep_id: int, other_ids: Sequence[int]) -> Changes:
    """Make several people one; the first keeps its id, and its name if it has one.

    Raises UsageError when nobody is left to merge with, or they are of two collections.
    """

    def work() -> Changes:
        keep = _person(keep_id)
        others = {p.id: p for p in map(_person, other_ids) if p.id != keep.id}
        if not others:
            raise UsageError("It takes two different people to merge.")
        if any(other.collection_id != keep.collection_id for other in others.values()):
            raise UsageError("People of two collections cannot be merged.")
        name = keep.name or next((o.name for o in others.values() if o.name), "")
        called = " and ".join(o.name or UNNAMED for o in others.values())
        data = {
            "keep": keep.key,
            "others": [other.key for other in others.values()],
            "name": name,
            "before": keep.name,
        }
        faces = Face.select().where(Face.person.in_(list(others)))
        said = f"Merged {called} into {keep.name or name or UNNAMED}"
        return decide(library, keep.collection_id, "merge", data, said, faces)

    return library.write(work)


def hide_person(library: Library, person_id: int) -> Changes:
    """Keep a person out of sight."""
    return _simple(library, person_id, "hide", lambda p: f"Hid {p.name or UNNAMED}")


def show_person(library: Library, person_id: int) -> Changes:
    """Bring a hidden person back into sight."""
    return _simple(library, person_id, "show", lambda p: f"{p.name or 'Someone'} is shown again")


def choose_cover(library: Library, person_id: int, face_id: int) -> Changes:
    """Let this face stand for the person.

    Raises UsageError when the face is not one of the person's.
    """

    def work() -> Changes:
        person = _person(person_id)
        faces = _faces([face_id])
        if faces[0].person_id != person.id:
            raise UsageError("That face does not belong to this person.")
        said = f"Chose a cover for {person.name or UNNAMED}"
        return decide(library, person.collection_id, "cover", {"person": person.key}, said, faces)

    return library.write(work)


def reject_faces(library: Library, person_id: int, face_ids: Sequence[int]) -> Changes:
    """“Not Anna”: these faces leave the person, and no grouping brings them back."""

    def work() -> Changes:
        person = _person(person_id)
        faces = [face for face in _faces(face_ids) if face.person_id == person.id]
        if not faces:
            raise UsageError("None of these faces belongs to this person.")
        count = "1 face is" if len(faces) == 1 else f"{len(faces)} faces are"
        said = f"{count} not {person.name or 'this person'}"
        return decide(library, person.collection_id, "reject", {"person": person.key}, said, faces)

    return library.write(work)


def move_faces(library: Library, face_ids: Sequence[int], to: int | str) -> Changes:
    """“This is Anna”: put faces with a person, by id or by name; a new name makes a new person."""

    def work() -> Changes:
        faces = _faces(face_ids)
        collection_id = faces[0].photo.collection_id
        person = _person(to) if isinstance(to, int) else _called(collection_id, to)
        count = "1 face is" if len(faces) == 1 else f"{len(faces)} faces are"
        said = f"{count} {person.name or UNNAMED}"
        return decide(library, collection_id, "move", {"person": person.key}, said, faces)

    return library.write(work)


def mark_not_a_face(library: Library, face_ids: Sequence[int]) -> Changes:
    """“Not a face”: a statue, a pattern; it is never shown as a person again."""

    def work() -> Changes:
        faces = _faces(face_ids)
        count = "1 is" if len(faces) == 1 else f"{len(faces)} are"
        return decide(
            library, faces[0].photo.collection_id, "not_a_face", {}, f"{count} not a face", faces
        )

    return library.write(work)


def _simple(library: Library, person_id: int, kind: str, say: Callable[[Person], str]) -> Changes:
    def work() -> Changes:
        person = _person(person_id)
        if person.hidden == (kind == "hide"):  # a word that changes nothing is no word to undo
            return Changes()
        return decide(library, person.collection_id, kind, {"person": person.key}, say(person))

    return library.write(work)


def _person(person_id: int) -> Person:
    return Person.get_by_id(person_by_id(person_id).id)


def _called(collection_id: int, name: str) -> Person:
    wanted = clean_name(name)
    found = Person.get_or_none(
        Person.collection == collection_id, Person.name == wanted, Person.merged_into.is_null()
    )
    return found or Person.create(collection=collection_id, key=new_key(), name=wanted)


def _faces(face_ids: Sequence[int]) -> list[Face]:
    found = [
        face for chunk in chunks(list(face_ids)) for face in Face.select().where(Face.id.in_(chunk))
    ]
    if not found:
        raise UsageError("These faces are not in the library any more.")
    return found
