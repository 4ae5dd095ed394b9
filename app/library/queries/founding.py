"""Questions about who is a person, and why: the faces of a collection as the rule looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.library.anchors import read
from app.library.database import FoundingRule, Library
from app.library.queries.shapes import SHOWN

BLOCK = 8_000
"""Rows that are Python objects at a time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The n faces of a collection that count for anybody, in order of id."""

    ids: NDArray[np.int64]
    photos: NDArray[np.int64]
    people: NDArray[np.int64]
    """Row id of the face's person; 0 for nobody."""
    pixels: NDArray[np.float64]
    quality: NDArray[np.float64]
    angle: NDArray[np.float64]
    """Degrees, in the direction in which it is turned most."""
    is_drawn: NDArray[np.bool_]

    def is_clear(self, rule: FoundingRule) -> NDArray[np.bool_]:
        """(n,): whether each is a high-definition face, as the census has it."""
        fits = (self.pixels > rule.pixels) & (self.quality > rule.quality)
        return np.asarray(fits & (self.angle < rule.angle) & ~self.is_drawn)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, as far as the rule is concerned."""

    name: str
    is_hidden: bool
    cover_id: int
    """The face by which the user knows the card; 0 where there is none."""


_SEEN = f"""
SELECT face.id, face.photo_id, COALESCE(face.person_id, 0), face.pixels, face.quality,
    MAX(ABS(COALESCE(face.pitch, 0)), ABS(COALESCE(face.yaw, 0)), ABS(COALESCE(face.roll, 0))),
    face.drawn
FROM face CROSS JOIN photo ON photo.id = face.photo_id
WHERE photo.collection_id = ? AND photo.state = '{SHOWN[0]}' AND face.is_face ORDER BY face.id
"""


def seen_faces(library: Library, collection_id: int) -> Seen:
    """All faces that count for anybody; a hundred thousand in half a second."""
    cursor = library.rows(_SEEN, (collection_id,))
    blocks = []
    while rows := cursor.fetchmany(BLOCK):
        blocks.append(np.array(rows, np.float64))
    table = np.concatenate(blocks) if blocks else np.empty((0, 7))
    whole = table[:, :3].astype(np.int64)
    return Seen(
        whole[:, 0], whole[:, 1], whole[:, 2], table[:, 3], table[:, 4], table[:, 5],
        table[:, 6] > 0,
    )  # fmt: skip


def everyone(library: Library, collection_id: int) -> Mapping[int, Someone]:
    """All people of a collection, by row id."""
    rows = read(
        "SELECT id, name, hidden, COALESCE(cover_id, 0) FROM person WHERE collection_id = ?",
        (collection_id,),
    )
    return {number: Someone(name, bool(hidden), cover) for number, name, hidden, cover in rows}
