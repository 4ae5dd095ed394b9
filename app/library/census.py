"""Census: what follows for a person from its faces: counts, kind, cover, ages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.library.database import FoundingRule, Library
from app.library.models import Collection, Person, now
from app.library.queries.covers import ALONE, CLEAR, HOW_ALONE
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

# Who is alone in a photo is only asked of those who could be the best by it.
_COVERS = f"""
WITH own AS (
    SELECT face.person_id AS person_id, face.photo_id AS photo_id, face.id AS id,
           face.drawn AS drawn, {CLEAR} AS clear
    FROM face JOIN photo ON photo.id = face.photo_id
    WHERE face.person_id IN ({{}}) AND face.is_face AND photo.state = ?
), top AS (
    SELECT person_id, drawn, MAX(clear) AS clear FROM own GROUP BY person_id, drawn
)
SELECT person_id, id FROM (
    SELECT own.person_id AS person_id, own.id AS id, ROW_NUMBER() OVER (
        PARTITION BY own.person_id
        ORDER BY own.drawn, own.clear * {HOW_ALONE.format("own")} DESC, own.id
    ) AS place
    FROM top JOIN own ON own.person_id = top.person_id AND own.drawn = top.drawn
        AND own.clear * {ALONE} >= top.clear
) WHERE place = 1
"""

_PEOPLE = """
SELECT id, name, face_count || ' ' || photo_count, cover_id, cover_chosen, updated,
       (cover_chosen OR name <> '') AND EXISTS (
           SELECT 1 FROM face
           WHERE face.id = cover_id AND face.person_id = person.id AND face.is_face)
FROM person WHERE id IN ({})
"""

_WRITE = """
UPDATE person SET face_count = ?, photo_count = ?, average_age = ?, min_age = ?, max_age = ?,
    gender = ?, last_seen = ?, kind = ?, cover_id = ?, cover_chosen = ?, updated = ?
WHERE id = ?
"""


_FOUNDING = {
    "min_photos": "min_photos",
    "hd_face_pixels": "pixels",
    "hd_face_angle": "angle",
    "hd_face_quality": "quality",
}
"""The settings that a collection may have of its own, and what they are in its rule."""


def take_census(library: Library, person_ids: Iterable[int]) -> None:
    """Bring counts, kind, cover and ages of these people up to date."""
    for rule, people in _by_rule(library, sorted(set(person_ids))):
        for chunk in chunks(people):
            _count(library, chunk, rule)


def _by_rule(library: Library, person_ids: list[int]) -> list[tuple[FoundingRule, list[int]]]:
    """The people, by what it takes to found one in their collection."""
    own = {
        row.id: {
            _FOUNDING[name]: value for name, value in row.settings.items() if name in _FOUNDING
        }
        for row in Collection.select(Collection.id, Collection.settings)
    }
    if not any(own.values()):
        return [(library.founding, person_ids)]
    found: dict[int, list[int]] = {}
    for chunk in chunks(person_ids):
        homes = Person.select(Person.id, Person.collection).where(Person.id.in_(chunk))
        for person, collection in homes.order_by(Person.id).tuples():
            found.setdefault(collection, []).append(person)
    return [(replace(library.founding, **own[number]), people) for number, people in found.items()]


def _count(library: Library, person_ids: list[int], rule: FoundingRule) -> None:
    shown = PhotoState.LOOKED.value
    marks = ",".join("?" * len(person_ids))
    limits = (rule.pixels, rule.quality, rule.angle, rule.angle, rule.angle)
    rows = library.sql(_COUNTS.format(marks), (*limits, *person_ids, shown))
    counted = {row[0]: row for row in rows}
    people = library.sql(_PEOPLE.format(marks), tuple(person_ids))
    # Whom the user named keeps the face by which the user knows the card.
    known = {person for person, *_, keeps_cover in people if keeps_cover}
    wanted = [person for person, *_ in people if person not in known]
    marks = ",".join("?" * len(wanted))
    covers = dict(library.sql(_COVERS.format(marks), (*wanted, shown))) if wanted else {}
    moment = Person.updated.db_value(now())

    def lines() -> Iterator[tuple[object, ...]]:
        for person, name, had, cover, chosen, updated, keeps_cover in people:
            _, faces, photos, clear, mean, youngest, oldest, leaning, seen = counted.get(
                person, (0, 0, 0, 0, None, None, None, None, None)
            )
            yield (
                faces, photos, mean, youngest, oldest,
                None if leaning is None else "female" if leaning > 0 else "male",
                seen, _kind(name, clear, rule.min_photos),
                *((cover, chosen) if keeps_cover else (covers.get(person), 0)),
                updated if had == f"{faces} {photos}" else moment, person,
            )  # fmt: skip

    library.sql_many(_WRITE, lines())


def _kind(name: str, clear_photos: int, min_photos: int) -> str:
    if name:
        return PersonKind.NAMED.value
    return PersonKind.GROUP.value if clear_photos >= min_photos else PersonKind.SMALL.value
