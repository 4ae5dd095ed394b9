"""Likeness: faces in an order in which those that are alike stand together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.order import alike_order, parts
from app.clustering.thresholds import Thresholds
from app.library.database import Library
from app.library.queries.faces import faces_of, unnamed_faces, vectors_of
from app.library.rows import FaceRow, Placed

CLEAR = 0.3
"""0..1: faces of less quality hardly tell who somebody is, and are laid out apart. On the sample
photos these are the blurred, the tiny and the turned away."""


class Likeness:
    """Lays out the faces of one person, or those nobody has named."""

    def __init__(self, library: Library, pack: str, version: str, thresholds: Thresholds) -> None:
        self._library = library
        self._maker = (pack, version)
        self._thresholds = thresholds

    def of_person(self, person_id: int) -> tuple[list[FaceRow], list[FaceRow]]:
        """The faces of a person that look like somebody else, alike ones together, and the others,
        the least like the person first. What the user said of a face itself is not odd."""
        faces = faces_of(self._library, person_id)
        odd, rest = parts(self._vectors(faces), self._thresholds.merge_average)
        strange = [faces[row] for row in odd.tolist() if faces[row].placed is Placed.MACHINE]
        known = {face.id for face in strange}
        order = [*rest.tolist(), *odd.tolist()]
        return strange, [faces[row] for row in order if faces[row].id not in known]

    def unnamed(
        self, collection_id: int, check: Callable[[], None] = lambda: None
    ) -> tuple[list[FaceRow], list[FaceRow]]:
        """Every face that has no name: the clear ones and the others, alike ones together in both.
        A group stays together. `check` may raise to stop."""
        faces = unnamed_faces(self._library, collection_id)
        check()
        vectors = self._vectors(faces)
        clear = np.array([face.quality >= CLEAR for face in faces], np.bool_)
        # Who is in a group with clear faces is to be named with them.
        people = np.array([face.person_id or -face.id for face in faces], np.int64)
        clear |= np.isin(people, people[clear])
        laid = [
            [faces[row] for row in _in_units(rows, vectors[rows], people[rows], check).tolist()]
            for rows in (np.flatnonzero(clear), np.flatnonzero(~clear))
        ]
        return laid[0], laid[1]

    def _vectors(self, faces: Sequence[FaceRow]) -> NDArray[np.float32]:
        """(n, d): the embeddings of these faces; zeros for those of another maker."""
        found = vectors_of(self._library, [face.id for face in faces], *self._maker)
        size = next((len(vector) for vector in found.values()), 1)
        nothing = np.zeros(size, np.float16)
        rows = [found.get(face.id, nothing) for face in faces]
        return np.stack(rows).astype(np.float32) if rows else np.empty((0, 1), np.float32)


def _in_units(
    rows: NDArray[np.int64],
    vectors: NDArray[np.float32],
    people: NDArray[np.int64],
    check: Callable[[], None],
) -> NDArray[np.int64]:
    """`rows` with the faces of each person together, in the order they had, and alike people beside
    each other."""
    if not len(rows):
        return rows
    units, unit_of = np.unique(people, return_inverse=True)
    sums = np.zeros((len(units), vectors.shape[1]), np.float32)
    np.add.at(sums, unit_of, vectors)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    place = np.empty(len(units), np.int64)
    place[alike_order(sums, check)] = np.arange(len(units))
    return rows[np.argsort(place[unit_of], kind="stable")]
