"""Census: what follows for a person from its faces: counts, kind, cover, ages."""

from __future__ import annotations

from collections.abc import Iterable

from app.library.database import Library
from app.library.models import Face, Person, now
from app.library.queries.covers import WORTH
from app.library.queries.shapes import chunks
from app.library.rows import PersonKind, PhotoState

_COUNTS = """
SELECT face.person_id, COUNT(*), COUNT(DISTINCT face.photo_id),
       COUNT(DISTINCT CASE WHEN NOT face.drawn AND face.pixels > ? AND face.quality > ?
             AND ABS(COALESCE(face.pitch, 0)) < ? AND ABS(COALESCE(face.yaw, 0)) < ?
             AND ABS(COALESCE(face.roll, 0)) < ? THEN face.photo_id END),
       AVG(face.age), MIN(face.age), MAX(face.age),
       SUM(CASE face.gender WHEN 'female' THEN face.gender_confidence * face.quality
                            WHEN 'male' THEN -face.gender_confidence * face.quality END),
       MAX(photo.taken)
FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.person_id IN ({}) AND face.is_face AND photo.state = ?
GROUP BY face.person_id
"""

_COVERS = f"""
SELECT person_id, id FROM (
    SELECT face.person_id AS person_id, face.id AS id, ROW_NUMBER() OVER (
        PARTITION BY face.person_id
        ORDER BY face.drawn, {WORTH} DESC, face.id
    ) AS place
    FROM face JOIN photo ON photo.id = face.photo_id
    WHERE face.person_id IN ({{}}) AND face.is_face AND photo.state = ?
) WHERE place = 1
"""


def take_census(library: Library, person_ids: Iterable[int]) -> None:
    """Bring counts, kind, cover and ages of these people up to date."""
    for chunk in chunks(sorted(set(person_ids))):
        _count(library, chunk)


def _count(library: Library, person_ids: list[int]) -> None:
    rule, shown = library.founding, PhotoState.LOOKED.value
    marks = ",".join("?" * len(person_ids))
    limits = (rule.pixels, rule.quality, rule.angle, rule.angle, rule.angle)
    rows = library.sql(_COUNTS.format(marks), (*limits, *person_ids, shown))
    counted = {row[0]: row for row in rows}
    people = list(Person.select().where(Person.id.in_(person_ids)))
    known = {person.id for person in people if _keeps_cover(person)}
    wanted = [person.id for person in people if person.id not in known]
    marks = ",".join("?" * len(wanted))
    covers = dict(library.sql(_COVERS.format(marks), (*wanted, shown))) if wanted else {}
    for person in people:
        _, faces, photos, clear, mean, youngest, oldest, leaning, seen = counted.get(
            person.id, (0, 0, 0, 0, None, None, None, None, None)
        )
        if (person.face_count, person.photo_count) != (faces, photos):
            person.updated = now()
        person.face_count, person.photo_count = faces, photos
        person.average_age, person.min_age, person.max_age = mean, youngest, oldest
        person.gender = None if leaning is None else "female" if leaning > 0 else "male"
        person.last_seen = Person.last_seen.python_value(seen)
        person.kind = _kind(person.name, clear, rule.min_photos)
        if person.id not in known:
            person.cover_id, person.cover_chosen = covers.get(person.id), False
        person.save()


def _keeps_cover(person: Person) -> bool:
    """Whom the user named keeps the face by which the user knows the card."""
    return bool(person.cover_chosen or person.name) and _still_has(person.id, person.cover_id)


def _kind(name: str, clear_photos: int, min_photos: int) -> str:
    if name:
        return PersonKind.NAMED.value
    return PersonKind.GROUP.value if clear_photos >= min_photos else PersonKind.SMALL.value


def _still_has(person_id: int, face_id: int | None) -> bool:
    return (
        face_id is not None
        and Face.select().where(Face.id == face_id, Face.person == person_id, Face.is_face).exists()
    )
