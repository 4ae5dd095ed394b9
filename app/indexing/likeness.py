"""Likeness: faces in an order in which those that are alike stand together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.order import alike_order, parts
from app.clustering.products import Rows, pieces, unit
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

    def adopt(self, pack: str, version: str, thresholds: Thresholds) -> None:
        """Go by another pack from now on."""
        self._maker, self._thresholds = (pack, version), thresholds

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
        people = np.array([face.person_id or -face.id for face in faces], np.int64)
        units, unit_of = np.unique(people, return_inverse=True)
        # Who is in a group with clear faces is to be named with them.
        is_clear = np.zeros(len(units), np.bool_)
        is_clear[unit_of[[face.quality >= CLEAR for face in faces]]] = True
        place = np.empty(len(units), np.int64)
        middles = self._middles(faces, unit_of, len(units), check)
        for some in (np.flatnonzero(is_clear), np.flatnonzero(~is_clear)):
            place[some[alike_order(middles[some], check)]] = np.arange(len(some))
        order = np.lexsort((place[unit_of], ~is_clear[unit_of]))
        count = int(is_clear[unit_of].sum())
        laid = [faces[row] for row in order.tolist()]
        return laid[:count], laid[count:]

    def _middles(
        self, faces: Sequence[FaceRow], unit_of: Rows, count: int, check: Callable[[], None]
    ) -> NDArray[np.float16]:
        """(count, d), length 1: the middle of the faces of each unit. The embeddings are read a
        block at a time: all of them together would take more memory than anything else here."""
        sums = np.zeros((count, 1), np.float32)
        for piece in pieces(len(faces)):
            check()
            vectors = self._vectors(faces[piece])
            if sums.shape[1] == 1:
                sums = np.zeros((count, vectors.shape[1]), np.float32)
            order = np.argsort(unit_of[piece], kind="stable")
            here, starts = np.unique(unit_of[piece][order], return_index=True)
            sums[here] += np.add.reduceat(vectors[order], starts, axis=0)
        return unit(sums).astype(np.float16)

    def _vectors(self, faces: Sequence[FaceRow]) -> NDArray[np.float32]:
        """(n, d): the embeddings of these faces; zeros for those of another maker."""
        found = vectors_of(self._library, [face.id for face in faces], *self._maker)
        size = next((len(vector) for vector in found.values()), 1)
        nothing = np.zeros(size, np.float16)
        rows = [found.get(face.id, nothing) for face in faces]
        return np.stack(rows).astype(np.float32) if rows else np.empty((0, 1), np.float32)
