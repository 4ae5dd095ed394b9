"""Cleansing: strangers are erased from backups, too, and all else in these stays.

[Note: Cleansing] Strangers are erased every day. If every backup went for it, as it does when the
user has somebody forgotten, there never would be an older one than of today. So each is written
anew without these faces, found by content as the words of the log find theirs: a backup may know
them by other rows and another pack. Whoever has no name there is let go as a group, to be grouped
again from the faces that are left; whoever has one is only counted anew.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping

from app.library.anchors import Box, best_match

Place = tuple[int, str, Box]
"""A face by content: its collection, the fingerprint of its photo, and its box."""

_FACES = """
SELECT face.id, face.person_id, face.x, face.y, face.w, face.h
FROM photo JOIN face ON face.photo_id = photo.id
WHERE photo.fingerprint = ? AND +photo.collection_id = ?
"""
_SPARES = """
SELECT spareface.id, spareface.x, spareface.y, spareface.w, spareface.h
FROM photo JOIN spare ON spare.photo_id = photo.id JOIN spareface ON spareface.spare_id = spare.id
WHERE spare.fingerprint = ? AND photo.collection_id = ?
"""
_LET_GO = """
UPDATE face SET person_id = NULL, confidence = NULL, grouped = 0
WHERE person_id = ? AND placed = 'machine'
"""
_COUNT = """
UPDATE person SET
    face_count = (SELECT COUNT(*) FROM face JOIN photo ON photo.id = face.photo_id
        WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'),
    photo_count = (SELECT COUNT(DISTINCT face.photo_id) FROM face
        JOIN photo ON photo.id = face.photo_id
        WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'),
    cover_id = COALESCE(
        (SELECT face.id FROM face WHERE face.id = cover_id AND face.person_id = person.id),
        (SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id
            WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'
            ORDER BY face.quality DESC, face.id LIMIT 1))
WHERE id = ?
"""
_COUNT_FILMS = """
UPDATE person SET video_count = (SELECT COUNT(DISTINCT face.photo_id) FROM face
    JOIN photo ON photo.id = face.photo_id WHERE face.person_id = person.id AND face.is_face
    AND photo.state = 'looked' AND photo.duration IS NOT NULL)
WHERE id = ?
"""
_NOBODY = """
UPDATE person SET kind = CASE WHEN name = '' THEN 'small' ELSE kind END, cover_chosen = 0,
    gender = NULL, average_age = NULL, min_age = NULL, max_age = NULL
WHERE id = ? AND face_count = 0
"""


def erase_places(file: sqlite3.Connection, places: Collection[Place]) -> int:
    """Erase the faces at these places from a library file, within a transaction; gives how many
    there were."""
    boxes: defaultdict[tuple[str, int], list[Box]] = defaultdict(list)
    for collection, fingerprint, box in places:
        boxes[fingerprint, collection].append(box)
    people: set[int] = set()
    count = 0
    for content, banned in boxes.items():
        for face, person, x, y, w, h in file.execute(_FACES, content).fetchall():
            if best_match((x, y, w, h), banned) is not None:
                file.execute("DELETE FROM face WHERE id = ?", (face,))
                people |= {person} - {None}
                count += 1
    count += _erase_spares(file, boxes)
    columns = {name for _, name, *_ in file.execute("PRAGMA table_info(person)")}
    knows_films = "video_count" in columns  # a copy may be older than that
    for person in sorted(people):
        (name,) = file.execute("SELECT name FROM person WHERE id = ?", (person,)).fetchone()
        if not name:
            file.execute(_LET_GO, (person,))
        file.execute(_COUNT, (person,))
        if knows_films:
            file.execute(_COUNT_FILMS, (person,))
        file.execute(_NOBODY, (person,))
    return count


def _erase_spares(
    file: sqlite3.Connection, boxes: Mapping[tuple[str, int], Collection[Box]]
) -> int:
    """The same of what other packs saw; a copy may be older than such looks."""
    if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'spareface'").fetchone():
        return 0
    count = 0
    for content, banned in boxes.items():
        for face, x, y, w, h in file.execute(_SPARES, content).fetchall():
            if best_match((x, y, w, h), list(banned)) is not None:
                file.execute("DELETE FROM spareface WHERE id = ?", (face,))
                count += 1
    return count
