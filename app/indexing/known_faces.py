"""Known faces: what a grouping needs of every face of a collection, as arrays that follow the
library row by row.

[Note: Rows] A face keeps its row as long as these arrays are kept; new ones come at the end. One
that went leaves a dead row: no id, no person, a vector of zeros. Small columns are copied before
they change, so that whoever holds older ones sees them as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from app.clustering.index import FaceIndex
from app.library.queries.columns import FaceBlock, Part

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FaceColumns:
    """The comparable faces of a collection as columns of one length n; dead rows are among them."""

    ids: NDArray[np.int64]
    """-1 for a dead row."""
    photos: NDArray[np.int64]
    people: NDArray[np.int64]
    """Row id of the face's person; -1 for nobody."""
    is_fixed: NDArray[np.bool_]
    """Whether the user placed it."""
    is_new: NDArray[np.bool_]
    """Whether no grouping has considered it yet."""
    quality: NDArray[np.float32]
    """0..1."""
    years: NDArray[np.float32]
    """When the photo was taken, by its EXIF; NaN where only the file's time is known."""

    def put(self, rows: Rows, source: FaceColumns | FaceBlock, taken: Rows) -> None:
        """Let these rows be those `taken` of others."""
        for part in fields(self):
            getattr(self, part.name)[rows] = getattr(source, part.name)[taken]

    def copy(self) -> FaceColumns:
        """The same, to be changed."""
        return FaceColumns(*(getattr(self, part.name).copy() for part in fields(self)))

    def longer(self, by: int) -> FaceColumns:
        """And so many dead rows."""
        more = no_columns(by)
        return FaceColumns(*(
            np.concatenate([getattr(self, part.name), getattr(more, part.name)])
            for part in fields(self)
        ))  # fmt: skip


_DEAD = FaceColumns(
    np.array([-1]), np.array([-1]), np.array([-1]), np.array([False]), np.array([False]),
    np.zeros(1, np.float32), np.full(1, np.nan, np.float32),
)  # fmt: skip


def no_columns(room: int = 0) -> FaceColumns:
    """So many dead rows."""
    return FaceColumns(
        *(np.repeat(getattr(_DEAD, part.name), room) for part in fields(FaceColumns))
    )


@dataclass(frozen=True, slots=True)
class NoFaces:
    """The faces of a collection that count as none, as columns of one length n, in order of id."""

    ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    vectors: NDArray[np.float16] = field(default_factory=lambda: np.empty((0, 1), np.float16))
    """(n, dimensions), each of length 1."""
    is_by_machine: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    """Whether a grouping found it just like one that the user denied; else the user said so."""

    def without(self, ids: Iterable[int]) -> NoFaces:
        """Those that are not among these."""
        kept = ~np.isin(self.ids, np.fromiter(ids, np.int64))
        if kept.all():
            return self
        return NoFaces(self.ids[kept], self.vectors[kept], self.is_by_machine[kept])

    def with_block(self, block: FaceBlock, rows: Rows) -> NoFaces:
        """And those of a block, whose embeddings were read."""
        more = block.embeddings(rows, self.vectors.shape[1] if len(self.ids) else 0)
        old = self.vectors if len(self.ids) else more[:0]
        ids = np.concatenate([self.ids, block.ids[rows]])
        order = np.argsort(ids, kind="stable")
        return NoFaces(
            ids[order],
            np.concatenate([old, more])[order],
            np.concatenate([self.is_by_machine, ~block.is_fixed[rows]])[order],
        )


class KnownFaces:
    """The arrays, as they are now."""

    def __init__(self, room: int) -> None:
        """`room` is for so many faces without a copy."""
        self._room = room
        self.index: FaceIndex | None = None
        """None until there is a face."""
        self.columns = no_columns()
        self.none = NoFaces()
        self.waiting: dict[int, int] = {}
        """Face of another maker -> its person."""
        self.denied: set[int] = set()
        """Faces of another maker that are none by the user's word."""
        self.dead = 0
        self._sorted: tuple[NDArray[np.int64], Rows] | None = None

    def fill(self, blocks: Iterable[FaceBlock]) -> None:
        """Take in all faces there are, with their embeddings, where none was known."""
        pieces: list[tuple[FaceBlock, Rows]] = []
        for block in blocks:
            self.note_others(block)
            if (rows := block.of(Part.COMPARED)).size:
                self._add(block.embeddings(rows, self.dimensions))
                pieces.append((replace(block, vectors=[]), rows))
            if (rows := block.of(Part.DISMISSED)).size:
                self.none = self.none.with_block(block, rows)
        if pieces:
            self.columns = FaceColumns(*(
                np.concatenate([getattr(block, part.name)[rows] for block, rows in pieces])
                for part in fields(FaceColumns)
            ))  # fmt: skip
        self._sorted = None

    @property
    def dimensions(self) -> int:
        """Of an embedding; 0 while none is known."""
        return 0 if self.index is None else self.index.vectors.shape[1]

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """(n,): the row of each of n faces; -1 for one that is not here."""
        if self._sorted is None:
            order = np.argsort(self.columns.ids, kind="stable")
            self._sorted = self.columns.ids[order], order
        known, rows = self._sorted
        if not len(known):
            return np.full(len(ids), -1, np.int64)
        place = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        return np.where((known[place] == ids) & (ids >= 0), rows[place], -1)

    def thaw(self) -> None:
        """Let whoever holds the small columns keep them as they are."""
        self.columns = self.columns.copy()

    def put(self, block: FaceBlock, taken: Rows) -> Rows:
        """Take in faces of a block whose embeddings were read, in place of what was known of
        them; gives their rows."""
        ids = block.ids[taken]
        rows = self.rows_of(ids)
        vectors = block.embeddings(taken, self.dimensions)
        here = rows >= 0
        if self.index is not None and here.any():
            self.index.replace(rows[here], vectors[here])
        count = int((~here).sum())
        rows[~here] = np.arange(count) + len(self.columns.ids)
        if count:
            self._add(vectors[~here])
            self.columns = self.columns.longer(count)
            self._sort_in(ids[~here], rows[~here])
        self.columns.put(rows, block, taken)
        return rows

    def _sort_in(self, ids: NDArray[np.int64], rows: Rows) -> None:
        """New faces nearly always have higher ids than all others."""
        if self._sorted is not None:
            known, places = self._sorted
            is_after = not len(known) or ids[0] > known[-1]
            more = np.concatenate([known, ids]), np.concatenate([places, rows])
            self._sorted = more if is_after else None

    def _add(self, vectors: NDArray[np.float16]) -> None:
        if self.index is None:
            self.index = FaceIndex(dimensions=vectors.shape[1], room=self._room)
        self.index.add(vectors)

    def place(self, block: FaceBlock, taken: Rows) -> Rows:
        """Take in what is said of known faces, which look as before; gives their rows."""
        rows = self.rows_of(block.ids[taken])
        self.columns.put(rows, block, taken)
        return rows

    def drop(self, ids: Sequence[int]) -> None:
        """Let faces go, in whatever way they are known."""
        rows = self.rows_of(np.array(ids, np.int64))
        rows = rows[rows >= 0]
        if rows.size and self.index is not None:
            self.index.remove(rows)
            self.columns.put(rows, _DEAD, np.zeros(len(rows), np.int64))
            self.dead += len(rows)
            self._sorted = None
        if len(self.none.ids):
            self.none = self.none.without(ids)
        for face in ids:
            self.waiting.pop(face, None)
            self.denied.discard(face)

    def note_others(self, block: FaceBlock) -> None:
        """Take in what other makers found."""
        rows = block.of(Part.WAITING)
        pairs = zip(block.ids[rows].tolist(), block.people[rows].tolist(), strict=True)
        self.waiting.update(pairs)
        self.denied.update(block.ids[block.of(Part.DENIED)].tolist())
