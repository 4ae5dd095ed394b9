"""Questions of whoever brings names of other programs to the faces there are."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.library.database import Library
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState, Placed

Box = tuple[float, float, float, float]
"""x, y, w, h, normalised 0..1 to the upright photo."""

_KNOWN = ", ".join(
    f"'{state.value}'" for state in (PhotoState.LOOKED, PhotoState.COPY, PhotoState.PENDING)
)
_FACES = """
SELECT face.id, face.photo_id, face.x, face.y, face.w, face.h, face.is_face, face.placed,
       person.id, COALESCE(person.name, ''), COALESCE(person.hidden, 0)
FROM face LEFT JOIN person ON person.id = face.person_id
WHERE face.photo_id IN ({}) ORDER BY face.photo_id, face.x, face.id
"""


@dataclass(frozen=True, slots=True)
class Lying:
    """A file of the collection: the photo it shows, be it as a copy, and where it lies."""

    photo_id: int
    path: Path
    orientation: int
    """EXIF orientation 1..8."""
    width: int
    """Pixels of the upright photo."""
    height: int
    is_looked_at: bool
    is_film: bool = False
    """Whether it is a video: there, frames of other programs are nowhere."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A face as it stands, also one that is none by the user's word."""

    id: int
    photo_id: int
    box: Box
    is_face: bool
    placed: Placed
    person_id: int | None
    name: str
    """Of the person; empty where there is none."""
    is_hidden: bool

    @property
    def is_stranger(self) -> bool:
        """Whether the user said that it is nobody they know."""
        return self.person_id is None and self.is_face and self.placed is Placed.USER


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the collection: with or without a name."""

    id: int
    name: str
    faces: int


def lying(library: Library, collection_id: int) -> list[Lying]:
    """Every file of the collection that shows a photo which is there, in order of the paths."""
    columns = ", ".join(
        f"COALESCE(original.{name}, photo.{name})"
        for name in ("id", "orientation", "width", "height", "state", "duration")
    )
    rows = library.sql(
        f"SELECT photo.path, {columns} FROM photo"
        " LEFT JOIN photo AS original ON original.id = photo.copy_of_id"
        f" WHERE photo.collection_id = ? AND photo.state IN ({_KNOWN}) ORDER BY photo.path",
        (collection_id,),
    )
    return [
        Lying(
            number, Path(os.fsdecode(path)), orientation, width, height,
            state == PhotoState.LOOKED.value, duration is not None,
        )
        for path, number, orientation, width, height, state, duration in rows
    ]  # fmt: skip


def faces_standing(library: Library, photo_ids: Iterable[int]) -> dict[int, list[Stood]]:
    """Photo -> its faces, from left to right; those without any are left out."""
    found: dict[int, list[Stood]] = {}
    for chunk in chunks(sorted(set(photo_ids))):
        rows = library.sql(_FACES.format(",".join("?" * len(chunk))), tuple(chunk))
        for number, photo, x, y, w, h, is_face, placed, person, name, is_hidden in rows:
            face = Stood(
                number, photo, (x, y, w, h), bool(is_face), Placed(placed), person, name,
                bool(is_hidden),
            )  # fmt: skip
            found.setdefault(photo, []).append(face)
    return found


def people_known(library: Library, collection_id: int) -> list[Known]:
    """Everyone in the collection whom no merge has ended, in the order in which they came."""
    rows = library.sql(
        "SELECT id, name, face_count FROM person"
        " WHERE collection_id = ? AND merged_into_id IS NULL ORDER BY id",
        (collection_id,),
    )
    return [Known(*row) for row in rows]


def people_of_faces(library: Library, face_ids: Collection[int]) -> dict[int, int]:
    """Face -> the person it is with."""
    found: dict[int, int] = {}
    for chunk in chunks(sorted(face_ids)):
        marks = ",".join("?" * len(chunk))
        found |= dict(
            library.sql(
                f"SELECT id, person_id FROM face WHERE person_id > 0 AND id IN ({marks})",
                tuple(chunk),
            )
        )
    return found


_FORGOTTEN = """
SELECT photo.id, decisionface.x, decisionface.y, decisionface.w, decisionface.h
FROM decision JOIN decisionface ON decisionface.decision_id = decision.id
JOIN photo ON photo.fingerprint = decisionface.fingerprint
WHERE decision.collection_id = ?1 AND photo.collection_id = ?1
    AND decision.kind = 'forget' AND NOT decision.undone
UNION ALL SELECT photo.id, expired.x, expired.y, expired.w, expired.h
FROM expired JOIN photo ON photo.id = expired.photo_id
    AND photo.fingerprint = expired.fingerprint
WHERE photo.collection_id = ?1
"""


def boxes_banned(library: Library, collection_id: int) -> dict[int, list[Box]]:
    """Photo -> where somebody was forgotten, or the face of a stranger was erased: nobody may be
    learnt again there."""
    found: dict[int, list[Box]] = {}
    for photo, x, y, w, h in library.sql(_FORGOTTEN, (collection_id,)):
        found.setdefault(photo, []).append((x, y, w, h))
    return found
