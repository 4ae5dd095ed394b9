"""Look rows: what a look told of a photo, as rows of photo and face.

[Note: Plain SQL] Every photo comes through here once, and for each statement Peewee takes several
times as long to write it as SQLite to carry it out. Everything here is to be called within a
transaction; triggers and foreign keys are those of the tables.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from app.library.anchors import read
from app.library.models import Face, Photo, now
from app.library.rows import Look, NewFace, PhotoState

FACTS = 1
"""What photo.facts says of a photo of which all was read that this version of Kinfolk reads beside
the picture: when, where, with what. It is raised when more is read than before; of photos with
less, the facts are read again, and nobody's face is looked for."""

_FILL = f"""
UPDATE photo SET state = '{PhotoState.LOOKED.value}', is_stale = 0, error = '', gone = NULL,
    found = CASE WHEN fingerprint IN ('', ?) THEN COALESCE(found, ?) ELSE ? END,
    fingerprint = ?, width = ?, height = ?, orientation = ?, content_type = ?, camera = ?,
    colour = ?, taken = ?, taken_from = ?, pack = ?, pack_version = ?, note = ?, duration = ?,
    motion_at = ?, likeness = ?, sharpness = ?, taken_offset = ?, latitude = ?, longitude = ?,
    altitude = ?, lens = ?, exposure_time = ?, f_number = ?, iso = ?, focal_length = ?,
    facts = {FACTS}, compared = 0
WHERE id = ?
"""
_SEEN = (
    "x", "y", "w", "h", "landmarks", "score", "quality", "sharpness", "pixels", "pitch",
    "yaw", "roll", "age", "gender", "gender_confidence", "embedding", "pack", "pack_version",
    "drawn", "mouth", "mouth_confidence", "eyes", "eyes_confidence", "seen",
)  # fmt: skip
SEEN = ", ".join(_SEEN)
"""The columns of what a maker says of a face, as `seen_values` gives them."""
_FACE = ("photo_id", *_SEEN, "person_id", "placed", "is_face", "grouped")
_ADD = f"INSERT INTO face ({', '.join(_FACE)}) VALUES ({', '.join('?' * len(_FACE))})"
_LOST = f"""
SELECT id FROM photo WHERE fingerprint = ? AND +collection_id = ? AND id <> ?
    AND state = '{PhotoState.GONE.value}' ORDER BY id
"""
# The + keeps SQLite from looking a photo up by collection, which is all of them.


def row_of(photo_id: int) -> Photo | None:
    """A photo; None where there is none of that number."""
    return next(iter(Photo.raw("SELECT * FROM photo WHERE id = ?", photo_id)), None)


def fill(photo_id: int, look: Look) -> None:
    """Write into the row of a photo what was seen of it; a content never seen is found now."""
    moment = Photo.found.db_value(now())
    read(
        _FILL,
        (
            look.fingerprint, moment, moment, look.fingerprint, look.width, look.height,
            look.orientation, look.content_type, look.camera, look.colour,
            Photo.taken.db_value(look.taken), look.taken_from, look.pack, look.pack_version,
            look.note, look.duration, look.motion_at, look.likeness, _number(look.sharpness),
            *astuple(look.shot), photo_id,
        ),
    )  # fmt: skip


def add_face(photo_id: int, new: NewFace, old: Face | None, placed: str) -> int:
    """Add a row for a face; it belongs to whom `old` belongs to, or to nobody and is `placed` so.
    Gives its id."""
    kept: tuple[Any, ...] = (None, placed, True, False)
    if old is not None and (old.person_id is not None or not old.is_face):
        kept = (old.person_id, old.placed, old.is_face, True)
    values = (photo_id, *seen_values(new), *kept)
    return int(Face._meta.database.execute_sql(_ADD, values).lastrowid)


def seen_values(new: NewFace) -> tuple[Any, ...]:
    """What a maker says of a face, as SQLite takes it, by the columns SEEN."""
    return (
        float(new.x), float(new.y), float(new.w), float(new.h),
        Face.landmarks.db_value(new.landmarks), float(new.score), float(new.quality),
        float(new.sharpness), float(new.pixels), _number(new.pitch), _number(new.yaw),
        _number(new.roll), _number(new.age), new.gender, _number(new.gender_confidence),
        Face.embedding.db_value(new.embedding), new.pack, new.pack_version, new.drawn,
        new.mouth, _number(new.mouth_confidence), new.eyes, _number(new.eyes_confidence),
        json.dumps(new.seen) if new.seen else None,
    )  # fmt: skip


def _number(value: float | None) -> float | None:
    """As SQLite knows it: it would keep a number of numpy's as some bytes."""
    return None if value is None else float(value)


def faces_of(photo: Photo) -> list[Face]:
    """The faces that a photo has, in order of id."""
    if not read("SELECT 1 FROM face WHERE photo_id = ? LIMIT 1", (photo.id,)):
        return []
    return list(Face.select().where(Face.photo == photo).order_by(Face.id))


def gone_with(photo: Photo, fingerprint: str) -> list[int]:
    """The photos of the collection that had this content and are gone."""
    rows = read(_LOST, (fingerprint, photo.collection_id, photo.id))
    return [number for (number,) in rows]
