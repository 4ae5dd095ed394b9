"""What the user says of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.changes import Changes
from app.errors import UsageError
from app.library import overrides
from app.library.anchors import box_of, faces_with
from app.library.database import Library
from app.library.decisions import decide
from app.library.models import Face, Person, Photo, now
from app.library.replay import replay
from app.library.subjects import (
    called,
    clean_name,
    clearest_faces,
    faces_for,
    person_called,
    person_for,
    told_of_merging,
    told_of_several,
)

FIRST_YEAR = 1800
"""Nobody in a photo was born before."""


def name_person(library: Library, person_id: int, name: str, *, merge: bool = False) -> Changes:
    """Give a person a name; with `merge`, a name somebody has makes the two one person.

    Raises UsageError when the name is empty, or taken and `merge` is not set.
    """
    wanted = clean_name(name)

    def work() -> Changes:
        person = person_for(person_id)
        if person.name == wanted:
            return Changes()
        taken = person_called(person.collection_id, wanted)
        if taken is not None and taken.id != person.id:
            if merge:
                return merge_people(library, taken.id, [person.id])
            raise UsageError(f"Somebody is called {taken.name} already; merge the two instead.")
        said = f"Renamed {person.name} to {wanted}" if person.name else f"Named {wanted}"
        data = {"person": person.key, "name": wanted, "before": person.name}
        return decide(library, person.collection_id, "name", data, said, clearest_faces(person))

    return library.write(work)


def set_birth_year(library: Library, person_id: int, year: int | None) -> Changes:
    """Say in which year a person was born; None takes that back.

    Raises UsageError when nobody in a photo can have been born in that year.
    """
    if year is not None and not FIRST_YEAR <= year <= now().year:
        raise UsageError(f"A year of birth lies between {FIRST_YEAR} and {now().year}.")

    def work() -> Changes:
        person = person_for(person_id)
        if person.birth_year == year:
            return Changes()
        name = person.name or "Someone"
        said = f"{name} was born in {year}" if year else f"Took back when {called(person)} was born"
        data = {"person": person.key, "year": year, "before": person.birth_year}
        faces = clearest_faces(person)
        told = overrides.of_birth(person, year)
        return decide(library, person.collection_id, "birth", data, said, faces, told)

    return library.write(work)


def merge_people(
    library: Library, keep_id: int, other_ids: Sequence[int], name: str = ""
) -> Changes:
    """Make several people one; the first keeps its id, and its name if it has one, unless they get
    another `name`.

    Raises UsageError when nobody is left to merge with, they are of two collections, or somebody
    else has the name.
    """
    wanted = clean_name(name) if name else ""

    def work() -> Changes:
        keep = person_for(keep_id)
        others = list({p.id: p for p in map(person_for, other_ids) if p.id != keep.id}.values())
        if not others:
            raise UsageError("It takes two different people to merge.")
        if any(other.collection_id != keep.collection_id for other in others):
            raise UsageError("People of two collections cannot be merged.")
        taken = person_called(keep.collection_id, wanted) if wanted else None
        if taken is not None and taken.id not in (keep.id, *(other.id for other in others)):
            raise UsageError(f"Somebody is called {taken.name} already; merge them, too.")
        name = wanted or keep.name or next((o.name for o in others if o.name), "")
        data = {
            "keep": keep.key,
            "others": [other.key for other in others],
            "name": name,
            "before": keep.name,
            "birth": keep.birth_year or next((o.birth_year for o in others if o.birth_year), None),
            "birth_before": keep.birth_year,
        }
        if any(other.staff for other in others):  # they are one, and so one works here
            data |= {"staff": True, "staff_before": keep.staff}
        told, brought = overrides.of_merging(keep, others)
        faces = faces_with([other.id for other in others])
        # Without a face of the one kept, nothing would tell after a rebuild whom they joined.
        brought = list({face.id: face for face in (*brought, *clearest_faces(keep))}.values())
        said = told_of_merging(others, name)
        return decide(library, keep.collection_id, "merge", data, said, [*faces, *brought], told)

    return library.write(work)


def say_different(library: Library, person_id: int, other_id: int) -> Changes:
    """Say that two people are not the same; no grouping makes them one.

    Raises UsageError when they are one person already, or of two collections.
    """

    def work() -> Changes:
        one, other = person_for(person_id), person_for(other_id)
        if one.id == other.id:
            raise UsageError(
                f"They are one person already, {called(one)}; select the faces that are somebody "
                "else and split them off."
            )
        if one.collection_id != other.collection_id:
            raise UsageError("People of two collections are different people anyhow.")
        if replay(one.collection_id, ()).are_apart(one.key, other.key):
            return Changes()
        said = f"{one.name or 'Someone'} and {called(other)} are different people"
        data = {"person": one.key, "other": other.key}
        faces = clearest_faces(one) + clearest_faces(other)
        return decide(library, one.collection_id, "different", data, said, faces)

    return library.write(work)


def hide_people(library: Library, person_ids: Sequence[int]) -> Changes:
    """Keep people out of sight, by one word."""
    return _each(library, person_ids, "hide")


def show_people(library: Library, person_ids: Sequence[int]) -> Changes:
    """Bring hidden people back into sight, by one word."""
    return _each(library, person_ids, "show")


def say_staff(library: Library, person_ids: Sequence[int], is_staff: bool = True) -> Changes:
    """Say that people work here, or do not: who does is no visitor. By one word."""
    return _each(library, person_ids, "staff" if is_staff else "not_staff")


def hide_person(library: Library, person_id: int) -> Changes:
    """Keep a person out of sight."""
    return hide_people(library, [person_id])


def show_person(library: Library, person_id: int) -> Changes:
    """Bring a hidden person back into sight."""
    return show_people(library, [person_id])


def choose_cover(library: Library, person_id: int, face_id: int) -> Changes:
    """Let this face stand for the person.

    Raises UsageError when the face is not one of the person's.
    """

    def work() -> Changes:
        person = person_for(person_id)
        faces, _ = faces_for([face_id])
        if faces[0].person_id != person.id:
            raise UsageError("That face does not belong to this person.")
        said = f"Chose a cover for {called(person)}"
        data = {"person": person.key, "before": _cover_of(person)}
        return decide(library, person.collection_id, "cover", data, said, faces)

    return library.write(work)


def _cover_of(person: Person) -> dict[str, Any] | None:
    face = Face.get_or_none(Face.id == person.cover_id)
    if face is None:
        return None
    fingerprint = Photo.get_by_id(face.photo_id).fingerprint
    return {"print": fingerprint, "box": box_of(face), "chosen": person.cover_chosen}


_MARKS = {
    "hide": ("hidden", True), "show": ("hidden", False),
    "staff": ("staff", True), "not_staff": ("staff", False),
}  # fmt: skip
"""Kind of word -> which mark of a person it sets, and to what."""
_ONE_BY_ONE = {"hidden": "hidden or shown", "staff": "said to be staff"}
_SAID = {"show": "is shown again", "staff": "is staff", "not_staff": "is not staff"}


def _each(library: Library, person_ids: Sequence[int], kind: str) -> Changes:
    def work() -> Changes:
        found = {person.id: person for person in map(person_for, person_ids)}
        mark, value = _MARKS[kind]
        left = [person for person in found.values() if getattr(person, mark) != value]
        if not left:  # a word that changes nothing is no word to undo
            return Changes()
        if len({person.collection_id for person in left}) > 1:
            raise UsageError(f"People of two collections are {_ONE_BY_ONE[mark]} one by one.")
        data: dict[str, Any] = {"hid": sorted(person.key for person in left)}
        said = told_of_several(kind, len(left))
        if len(left) == 1:
            (one,) = left
            data = {"person": one.key}
            said = f"Hid {called(one)}"
            if kind in _SAID:
                said = f"{one.name or 'Someone'} {_SAID[kind]}"
        return decide(library, left[0].collection_id, kind, data, said)

    return library.write(work)
