"""Questions about what cameras saw: alerts of strangers, and sightings of people who are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.errors import UsageError
from app.library.anchors import Finder
from app.library.database import Library
from app.library.models import Alert, AlertFace, Person, Sighting
from app.library.queries.faces import faces_by_id, photos_of_faces
from app.library.queries.people import people_now
from app.library.queries.shapes import chunks
from app.library.rows import FaceRow, PersonRow, Placed


class Fate(StrEnum):
    """What became of an alert: it follows from what is said of its faces by now."""

    OPEN = "open"
    NAMED = "named"
    IGNORED = "ignored"
    """The user wants no more alerts about this person."""
    GONE = "gone"
    """None of its faces is there any more: their photos went, or they are no faces."""


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Somebody unknown whom a camera saw."""

    id: int
    collection_id: int
    began: datetime
    """UTC, when the first photo was written; as are the other moments."""
    ended: datetime
    times: int
    """In how many photos."""
    is_seen: bool
    """Whether the user has read it."""
    fate: Fate
    name: str
    """Who it turned out to be; empty unless it is named."""
    faces: tuple[FaceRow, ...]
    """The clearest first."""
    like: PersonRow | None
    """Whom the stranger resembles most, of all who are known; perhaps of another collection."""
    likeness: float | None
    """0..1, the probability that it is this person."""


@dataclass(frozen=True, slots=True)
class SightingRow:
    """Somebody known whom a camera saw."""

    id: int
    began: datetime
    """UTC."""
    ended: datetime
    times: int
    """In how many photos."""
    person: PersonRow
    probability: float
    face: FaceRow | None
    """The clearest; None where its photo is not there any more."""


def alerts(
    library: Library, collection_id: int, everything: bool = True, limit: int | None = None
) -> list[AlertRow]:
    """The alerts of a collection, newest first; unless `everything`, only those that are open."""
    found: list[AlertRow] = []
    query = Alert.select().where(Alert.collection == collection_id)
    for chunk in chunks(list(query.order_by(Alert.ended.desc(), Alert.id.desc())), 200):
        rows = _rows(library, collection_id, chunk)
        found += [row for row in rows if everything or row.fate is Fate.OPEN]
        if limit is not None and len(found) >= limit:
            break
    return found[:limit]


def alert(library: Library, collection_id: int, alert_id: int) -> AlertRow:
    """One alert.

    Raises UsageError when the collection has none of this number.
    """
    found = Alert.get_or_none(Alert.id == alert_id, Alert.collection == collection_id)
    if found is None:
        raise UsageError(f"There is no alert {alert_id} here; `kinfolk alerts --all` lists them.")
    return _rows(library, collection_id, [found])[0]


def unseen_alerts(library: Library, collection_id: int) -> int:
    """How many open alerts the user has not read yet."""
    query = Alert.select().where(Alert.collection == collection_id, ~Alert.is_seen)
    return sum(row.fate is Fate.OPEN for row in _rows(library, collection_id, list(query)))


def last_numbers(library: Library, collection_id: int) -> tuple[int, int]:
    """The newest alert and the newest sighting of a collection, by number; 0 for none."""
    newest = [
        model.select(model.id)
        .where(model.collection == collection_id)
        .order_by(model.id.desc())
        .first()
        for model in (Alert, Sighting)
    ]
    alert_id, sighting_id = (0 if row is None else int(row.id) for row in newest)
    return alert_id, sighting_id


def recent_alerts(
    library: Library, collection_id: int, since: datetime, until: datetime
) -> list[tuple[int, tuple[int, ...]]]:
    """The alerts that were begun in this time, newest first, each with the ids of its faces."""
    query = Alert.select().where(
        Alert.collection == collection_id, Alert.began >= since, Alert.began <= until
    )
    found = list(query.order_by(Alert.began.desc(), Alert.id.desc()))
    faces = _face_ids(collection_id, found)
    return [(row.id, tuple(faces[row.id])) for row in found]


def sightings(
    library: Library,
    collection_id: int,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[SightingRow]:
    """Who was seen, newest first: those who were there between two moments (UTC), at most `limit`
    of them."""
    query = Sighting.select().where(Sighting.collection == collection_id)
    if since is not None:
        query = query.where(Sighting.ended >= since)
    if until is not None:
        query = query.where(Sighting.began <= until)
    found = list(query.order_by(Sighting.ended.desc(), Sighting.id.desc()).limit(limit))
    people = people_now(library, {row.person_id for row in found})
    finder = Finder(collection_id, {row.fingerprint for row in found})
    ids = {row.id: finder.find(row.fingerprint, (row.x, row.y, row.w, row.h)) for row in found}
    faces = {
        face.id: face
        for face in faces_by_id(
            library, sorted({number for some in ids.values() for number in some})
        )
    }
    shown = []
    for row in found:
        person = people[row.person_id]
        if person is not None and person.name:  # the name may have been taken back
            face = next((faces[number] for number in ids[row.id] if number in faces), None)
            shown.append(
                SightingRow(row.id, row.began, row.ended, row.times, person, row.probability, face)
            )
    return shown


def photo_of(library: Library, collection_id: int, face: FaceRow | None) -> Path | None:
    """Where the photo of a face lies."""
    if face is None:
        return None
    return photos_of_faces(library, collection_id, [face.id]).get(face.id)


def _rows(library: Library, collection_id: int, found: Sequence[Alert]) -> list[AlertRow]:
    ids = _face_ids(collection_id, found)
    everyone = sorted({number for some in ids.values() for number in some})
    faces = {face.id: face for face in faces_by_id(library, everyone)}
    people = {face.person_id for face in faces.values() if face.person_id is not None}
    hidden = _hidden(people)
    likes = people_now(library, {row.like_id for row in found if row.like_id is not None})
    rows = []
    for row in found:
        own = [faces[number] for number in ids[row.id] if number in faces]
        own.sort(key=lambda face: (-face.quality, face.id))
        fate, name = _fate(own, hidden)
        like = None if row.like_id is None else likes[row.like_id]
        if like is not None and not like.name:
            like = None
        rows.append(
            AlertRow(
                id=row.id, collection_id=row.collection_id, began=row.began, ended=row.ended,
                times=row.times, is_seen=row.is_seen, fate=fate, name=name, faces=tuple(own),
                like=like, likeness=None if like is None else row.likeness,
            )
        )  # fmt: skip
    return rows


def _face_ids(collection_id: int, found: Sequence[Alert]) -> dict[int, list[int]]:
    """Alert -> the faces that its anchors name."""
    anchors = [
        anchor
        for chunk in chunks([row.id for row in found])
        for anchor in AlertFace.select().where(AlertFace.alert.in_(chunk)).order_by(AlertFace.id)
    ]
    finder = Finder(collection_id, {anchor.fingerprint for anchor in anchors})
    ids: dict[int, list[int]] = {row.id: [] for row in found}
    for anchor in anchors:
        box = (anchor.x, anchor.y, anchor.w, anchor.h)
        ids[anchor.alert_id] += finder.find(anchor.fingerprint, box)
    return ids


def _hidden(people: set[int]) -> set[int]:
    """Those of these people who are hidden and have no name."""
    return {
        number
        for chunk in chunks(sorted(people))
        for (number,) in Person.select(Person.id)
        .where(Person.id.in_(chunk), Person.hidden, Person.name == "")
        .tuples()
    }


def _fate(faces: Sequence[FaceRow], hidden: set[int]) -> tuple[Fate, str]:
    """What became of an alert with these faces, and the name that most of them have."""
    if not faces:
        return Fate.GONE, ""
    names = Counter(face.person_name for face in faces if face.person_name)
    if names:
        return Fate.NAMED, names.most_common(1)[0][0]
    ignored = [
        face.person_id in hidden or (face.person_id is None and face.placed is Placed.USER)
        for face in faces
    ]
    return (Fate.IGNORED if any(ignored) else Fate.OPEN), ""
