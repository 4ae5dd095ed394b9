"""Census: what follows for a person from its faces: counts, kind, cover, ages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.library.database import FoundingRule, Library
from app.library.founding import FOUNDING
from app.library.models import Collection, Person, now
from app.library.queries.covers import ALONE, CLEAR, HOW_ALONE, WORTH
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
       MAX(photo.taken),
       COUNT(DISTINCT CASE WHEN photo.duration IS NOT NULL THEN face.photo_id END)
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
UPDATE person SET face_count = ?, photo_count = ?, video_count = ?, average_age = ?, min_age = ?,
    max_age = ?, gender = ?, last_seen = ?, kind = ?, cover_id = ?, cover_chosen = ?, updated = ?
WHERE id = ?
"""

MANY = 512
"""Faces: to those who have as many a few are added without going through all..."""
PART = 64
"""...until one part in so many has come. What age they look on average and of which gender waits
for that; to go through ten thousand faces whenever one comes takes longer than to find out whose it
is."""
FEW = 100
"""Faces that are added."""

_KNOWN = """
SELECT face_count, photo_count, video_count, cover_id, cover_chosen OR name <> '', kind, min_age,
       max_age, last_seen,
       EXISTS (SELECT 1 FROM face JOIN photo ON photo.id = face.photo_id
               WHERE face.id = cover_id AND face.person_id = person.id AND face.is_face
               AND photo.state = ?)
FROM person WHERE id = ?
"""

_FIRST_THERE = """NOT EXISTS (
           SELECT 1 FROM face AS other
           WHERE other.person_id = face.person_id AND other.photo_id = face.photo_id
           AND other.is_face AND other.id NOT IN ({0})
       )"""
_CAME = f"""
SELECT COUNT(*), COUNT(DISTINCT CASE WHEN {_FIRST_THERE} THEN face.photo_id END),
       COUNT(DISTINCT CASE WHEN photo.duration IS NOT NULL AND {_FIRST_THERE}
             THEN face.photo_id END),
       MIN(face.age), MAX(face.age), MAX(photo.taken)
FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.id IN ({{0}}) AND face.person_id = ? AND face.is_face AND photo.state = ?
"""

_BEST_OF = f"""
SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.id IN ({{}}) AND face.person_id = ? AND face.is_face AND photo.state = ?
ORDER BY face.drawn, {WORTH} DESC, face.id LIMIT 1
"""

_ADD = """
UPDATE person SET face_count = ?, photo_count = ?, video_count = ?, min_age = ?, max_age = ?,
    last_seen = ?, cover_id = ?, updated = ?
WHERE id = ?
"""


def take_census(
    library: Library, person_ids: Iterable[int], came: Mapping[int, Sequence[int]] | None = None
) -> None:
    """Bring counts, kind, cover and ages of these people up to date. `came`: faces that came to
    some of them, where nothing else has changed for them."""
    added = {person for person, faces in (came or {}).items() if _add(library, person, faces)}
    for rule, people in _by_rule(library, sorted(set(person_ids) - added)):
        for chunk in chunks(people):
            _count(library, chunk, rule)


def _add(library: Library, person: int, face_ids: Sequence[int]) -> bool:
    """Count a few faces that came to somebody with many; gives whether that was possible."""
    shown = PhotoState.LOOKED.value
    found = library.sql(_KNOWN, (shown, person))
    if not found or len(face_ids) > FEW:
        return False
    (
        faces, photos, films, cover, keeps_cover, kind, youngest, oldest, seen, is_cover_theirs,
    ) = found[0]  # fmt: skip
    if faces < MANY or kind == PersonKind.SMALL.value or not is_cover_theirs:
        return False
    marks = ",".join("?" * len(face_ids))
    values = (*face_ids, *face_ids, *face_ids, person, shown)
    more, more_photos, more_films, *others = library.sql(_CAME.format(marks), values)[0]
    if not more or int(PART * math.log(faces)) != int(PART * math.log(faces + more)):
        return False
    youngest, oldest, seen = (
        best((value for value in pair if value is not None), default=None)
        for best, pair in zip(
            (min, max, max), zip((youngest, oldest, seen), others, strict=True), strict=True
        )
    )
    if not keeps_cover:
        best_of = _BEST_OF.format(f"?,{marks}")
        ((cover,),) = library.sql(best_of, (cover, *face_ids, person, shown))
    moment = Person.updated.db_value(now())
    counts = faces + more, photos + more_photos, films + more_films
    library.sql_many(_ADD, [(*counts, youngest, oldest, seen, cover, moment, person)])
    return True


def _by_rule(library: Library, person_ids: list[int]) -> list[tuple[FoundingRule, list[int]]]:
    """The people, by what it takes to found one in their collection."""
    own = {
        row.id: {FOUNDING[name]: value for name, value in row.settings.items() if name in FOUNDING}
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
            _, faces, photos, clear, mean, youngest, oldest, leaning, seen, films = counted.get(
                person, (0, 0, 0, 0, None, None, None, None, None, 0)
            )
            yield (
                faces, photos, films, mean, youngest, oldest,
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
