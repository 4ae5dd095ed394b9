"""Overrides: which earlier words do not hold any more once something else is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.library.anchors import read
from app.library.carrying import person_of
from app.library.dated import DATED
from app.library.models import Face, Person, Photo
from app.library.queries.shapes import chunks
from app.library.replay import Replay, replay
from app.library.rows import Placed
from app.library.subjects import called


def heard(collection_id: int, faces: Sequence[Face]) -> Replay:
    """The standing words, as far as they are about these faces."""
    photos = sorted({face.photo_id for face in faces})
    prints = {
        fingerprint
        for chunk in chunks(photos)
        for (fingerprint,) in Photo.select(Photo.fingerprint).where(Photo.id.in_(chunk)).tuples()
    }
    return replay(collection_id, prints)


def of_placing(words: Replay, faces: Sequence[Face], person: Person) -> str:
    """What is overridden by saying that the faces are this person."""
    other: Counter[str] = Counter()
    for face in faces:
        key = words.said.get(face.id)
        if face.id in words.firm and key is not None and words.living(key) != person.key:
            other[key] += 1
    strangers = sum(face.id in words.strangers for face in faces)
    return _told(len(faces), [
        (sum(words.is_refused(face.id, person.key) for face in faces), "not"),
        (sum(face.id in words.denied for face in faces), "not a face"),
        (strangers, "a stranger" if strangers == 1 else "strangers"),
        *((count, _name(key)) for key, count in other.items()),
    ])  # fmt: skip


def of_rejecting(words: Replay, faces: Sequence[Face], person: Person) -> str:
    """What is overridden by saying that the faces are not this person."""
    count = sum(
        face.id in words.firm and words.living(words.said[face.id]) == person.key for face in faces
    )
    return _told(len(faces), [(count, called(person))])


def of_denying(words: Replay, faces: Sequence[Face]) -> str:
    """What is overridden by saying that something is not a face."""
    other = Counter(words.said[face.id] for face in faces if face.id in words.firm)
    strangers = sum(face.id in words.strangers for face in faces)
    return _told(len(faces), [
        (strangers, "a stranger" if strangers == 1 else "strangers"),
        *((count, _name(key)) for key, count in other.items()),
    ])  # fmt: skip


def of_merging(keep: Person, others: Sequence[Person]) -> tuple[str, list[Face]]:
    """What is overridden by making these people one; and the faces of the one kept that were
    said not to be one of the others: the merge is about them, too."""
    everyone = [keep, *others]
    ids = [person.id for person in everyone]
    words = replay(keep.collection_id, _refused_of(keep.collection_id, ids))
    keys = {person.key for person in everyone}
    told = []
    if any(len(keys & {words.living(key) for key in pair}) == 2 for pair in words.apart):
        told.append("You had said that they are different people; that no longer holds")
    concerned = sorted(face for face in words.refused if any(
        words.is_refused(face, key) for key in keys
    ))  # fmt: skip
    back = [
        face
        for chunk in chunks(concerned)
        for face in Face.select(Face.id, Face.person).where(
            Face.id.in_(chunk), Face.person.in_(ids)
        )
    ]
    if back:
        count = "1 of the faces is" if len(back) == 1 else f"{len(back)} of the faces are"
        told.append(f"You had said that {count} not the same person; that no longer holds")
    years = {person.birth_year for person in everyone} - {None}
    if len(years) > 1:
        year = keep.birth_year or next(o.birth_year for o in others if o.birth_year)
        told.append(f"You had given different years of birth; {year} holds now")
    return ". ".join(told), [face for face in back if face.person_id == keep.id]


_REFUSED = """
SELECT DISTINCT decisionface.fingerprint
FROM decision CROSS JOIN decisionface ON decision_id = decision.id
    CROSS JOIN photo ON photo.fingerprint = decisionface.fingerprint
    CROSS JOIN face ON face.photo_id = photo.id
WHERE decision.collection_id = ? AND decision.kind IN ('reject', 'split') AND NOT decision.undone
    AND face.person_id IN ({})
"""
# CROSS: of what was said there is less than of photos or faces, so it is asked first.


def _refused_of(collection_id: int, person_ids: list[int]) -> set[str]:
    """The photos of these people in which some face was said not to be someone."""
    found = read(_REFUSED.format(",".join("?" * len(person_ids))), (collection_id, *person_ids))
    return {fingerprint for (fingerprint,) in found}


def of_birth(person: Person, year: int | None) -> str:
    """What a year of birth contradicts: faces in photos from before it. Those that the user placed
    one by one stay; the others leave."""
    if year is None:
        return ""
    early = (
        Face.select()
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Face.person == person, Face.is_face, Photo.taken_from.in_(DATED),
            Photo.taken < datetime(year, 1, 1),
        )
    )  # fmt: skip
    placed = early.where(Face.placed == Placed.USER.value).count()
    others = early.count() - placed
    told = []
    if placed:
        count = (
            "1 face that you placed is" if placed == 1 else f"{placed} faces that you placed are"
        )
        told.append(f"{count} in photos taken before {year}")
    if others:
        count = "1 face" if others == 1 else f"{others} faces"
        told.append(f"{count} in photos taken before {year} will leave at the next grouping")
    return ". ".join(told)


def _name(key: str) -> str:
    person = person_of(key)
    return "someone else" if person is None or not person.name else person.name


def _told(total: int, parts: Sequence[tuple[int, str]]) -> str:
    """“You had said that 1 of them is not and that 2 of them are Ben.”"""
    said = []
    for count, what in parts:
        if count and total == 1:
            said.append(f"that it is {what}")
        elif count:
            said.append(f"that {count} of them {'is' if count == 1 else 'are'} {what}")
    return f"You had said {' and '.join(said)}; that no longer holds" if said else ""
