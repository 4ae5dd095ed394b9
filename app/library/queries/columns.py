"""Questions whose answers are arrays: the faces of a collection as grouping wants them.

[Note: Columns] A million faces do not go through lists of Python objects. Rows are read some
thousand at a time, each block becomes arrays, and only the arrays stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.library.anchors import read
from app.library.database import Library
from app.library.models import Face
from app.library.queries.shapes import SHOWN, chunks
from app.library.rows import Placed

BLOCK = 8_000
"""Rows that are Python objects at a time."""


class Part(IntEnum):
    """What a face is to a grouping by one maker."""

    NOTHING = 0
    """Of another collection, a drawn one, a stranger, or in a photo that is not shown."""
    COMPARED = 1
    DISMISSED = 2
    """It counts as no face, by the user's word or by likeness, whatever became of its photo."""
    WAITING = 3
    """Somebody's, by another maker: these people cannot be held against others yet."""
    DENIED = 4
    """No face by the user's word, found by another maker."""


@dataclass(frozen=True, slots=True)
class FaceBlock:
    """n faces as columns."""

    ids: NDArray[np.int64]
    parts: NDArray[np.int8]
    photos: NDArray[np.int64]
    frames: NDArray[np.int64]
    """The photo, or the frame of a video: no two faces of one frame are one person."""
    people: NDArray[np.int64]
    """Row id of the face's person; -1 for nobody."""
    is_fixed: NDArray[np.bool_]
    """Whether the user placed it."""
    is_new: NDArray[np.bool_]
    """Whether no grouping has considered it yet."""
    quality: NDArray[np.float32]
    years: NDArray[np.float32]
    """When the photo was taken, by its EXIF; NaN where only the file's time is known."""
    vectors: list[bytes]
    """The embeddings, float16 little-endian; empty unless they were asked for."""

    def of(self, part: Part) -> NDArray[np.int64]:
        """The rows that are of this part."""
        return np.flatnonzero(self.parts == part)

    def embeddings(self, rows: NDArray[np.int64], dimensions: int = 0) -> NDArray[np.float16]:
        """(rows, dimensions): what these faces look like, zeros for one of another length; as long
        as the longest of them unless told."""
        wanted = [self.vectors[row] for row in rows.tolist()]
        sizes = set(map(len, wanted))
        size = 2 * dimensions or max({2, *sizes})
        if sizes - {size}:
            nothing = bytes(size)
            wanted = [one if len(one) == size else nothing for one in wanted]
        whole = b"".join(wanted)
        return np.frombuffer(whole, "<f2").reshape(len(wanted), size // 2)


FRAME = "face.photo_id + (CAST(MAX(face.y, 0) AS INTEGER) << 32)"
"""The photo, or the frame of a video, in which a face is, as SQL over `face`: in a video the whole
part of y tells the moment. See film.py."""

_COLUMNS = f"""
SELECT face.id,
    CASE WHEN face.drawn OR photo.collection_id <> ? THEN {Part.NOTHING.value}
         WHEN face.pack = ? AND face.pack_version = ? THEN
             CASE WHEN NOT face.is_face THEN {Part.DISMISSED.value}
                  WHEN photo.state <> '{SHOWN[0]}' THEN {Part.NOTHING.value}
                  WHEN face.person_id IS NULL AND face.placed = '{Placed.USER.value}'
                  THEN {Part.NOTHING.value}
                  ELSE {Part.COMPARED.value} END
         WHEN photo.state <> '{SHOWN[0]}' THEN {Part.NOTHING.value}
         WHEN face.is_face AND face.person_id IS NOT NULL THEN {Part.WAITING.value}
         WHEN NOT face.is_face AND face.placed = '{Placed.USER.value}' THEN {Part.DENIED.value}
         ELSE {Part.NOTHING.value} END,
    face.photo_id, {FRAME}, COALESCE(face.person_id, -1), face.placed = '{Placed.USER.value}',
    NOT face.grouped, face.quality, CASE photo.taken_from WHEN 'exif' THEN photo.taken END, {{}}
FROM face CROSS JOIN photo ON photo.id = face.photo_id
"""
# CROSS keeps SQLite from going through the photos first: faces are read as they lie in the file.


def all_faces(
    library: Library, collection_id: int, pack: str, version: str, with_vectors: bool = True
) -> Iterator[FaceBlock]:
    """All faces there are, in order of id, some thousand at a time."""
    statement = _COLUMNS.format("face.embedding" if with_vectors else "NULL")
    cursor = library.rows(f"{statement} ORDER BY face.id", (collection_id, pack, version))
    while rows := cursor.fetchmany(BLOCK):
        yield _block(rows, with_vectors)


def some_faces(
    library: Library,
    collection_id: int,
    pack: str,
    version: str,
    face_ids: Sequence[int],
    with_vectors: bool,
) -> Iterator[FaceBlock]:
    """Those of these faces that there are, some hundred at a time."""
    statement = _COLUMNS.format("face.embedding" if with_vectors else "NULL")
    for chunk in chunks(sorted(face_ids)):
        marks = ",".join("?" * len(chunk))
        rows = library.sql(
            f"{statement} WHERE face.id IN ({marks}) ORDER BY face.id",
            (collection_id, pack, version, *chunk),
        )
        if rows:
            yield _block(rows, with_vectors)


def count_faces(library: Library) -> int:
    """How many faces there are, whatever they are."""
    return int(library.sql("SELECT COUNT(*) FROM face")[0][0])


def faces_in_photos(library: Library, photo_ids: Sequence[int]) -> list[int]:
    """The ids of all faces in these photos, whatever they are."""
    return [
        number
        for chunk in chunks(sorted(photo_ids))
        for (number,) in Face.select(Face.id).where(Face.photo.in_(chunk)).tuples()
    ]


_SPOKEN_OF = """
SELECT 1 FROM photo WHERE id IN ({}) AND fingerprint <> ''
AND EXISTS (SELECT 1 FROM decisionface WHERE decisionface.fingerprint = photo.fingerprint) LIMIT 1
"""


def are_spoken_of(library: Library, photo_ids: Sequence[int]) -> bool:
    """Whether the user ever said anything of a face in one of these photos."""
    return any(
        read(_SPOKEN_OF.format(",".join("?" * len(chunk))), tuple(chunk))
        for chunk in chunks(sorted(photo_ids))
    )


def _block(rows: list[tuple[object, ...]], with_vectors: bool) -> FaceBlock:
    ids, parts, photos, frames, people, fixed, new, quality, taken, vectors = zip(
        *rows, strict=True
    )
    return FaceBlock(
        ids=np.array(ids, np.int64),
        parts=np.array(parts, np.int8),
        photos=np.array(photos, np.int64),
        frames=np.array(frames, np.int64),
        people=np.array(people, np.int64),
        is_fixed=np.array(fixed, np.bool_),
        is_new=np.array(new, np.bool_),
        quality=np.array(quality, np.float32),
        years=_years(np.array(taken, np.float64)),
        vectors=list(vectors) if with_vectors else [],
    )


def _years(taken: NDArray[np.float64]) -> NDArray[np.float32]:
    """The year of moments in seconds since 1970; NaN stays."""
    moments = np.floor(np.nan_to_num(taken)).astype("datetime64[s]")
    years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(np.isnan(taken), np.nan, years).astype(np.float32)
