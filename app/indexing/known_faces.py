"""Known faces: what a grouping needs of every face of a collection, as arrays that follow the
library row by row.

[Note: Rows] A face keeps its row as long as these arrays are kept; new ones come at the end. One
that went leaves a dead row: no id, no person, a vector of zeros; should it come back, it gets that
row again. Rows are patched where they lie, since a copy of a million takes longer than to group the
faces of a photo; who wants to see them as they were has them copied first (`thaw`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from app.clustering.index import FaceIndex, grown
from app.library.queries.columns import FaceBlock, Part

Rows = NDArray[np.int64]

REACH = 8
"""Columns grow by one part in so many when there is no room."""


class Columns:
    """What dataclasses of arrays of one length n have in common."""

    __slots__ = ()

    def some(self, rows: Rows | slice) -> Self:
        """Of some rows; of a slice not copied."""
        return self._made(lambda array: array[rows])

    def copy(self) -> Self:
        """The same, to be changed."""
        return self._made(lambda array: array.copy())

    def longer(self, count: int) -> Self:
        """With room for so many rows."""
        return self._made(lambda array: grown(array, count, len(array)))

    def put(self, rows: Rows, source: Columns | FaceBlock, taken: Rows | slice) -> None:
        """Let these rows be those `taken` of others."""
        for name in self._names():
            getattr(self, name)[rows] = getattr(source, name)[taken]

    def _names(self) -> list[str]:
        return [part.name for part in fields(self)]  # type: ignore[arg-type]

    def _made(self, make: Callable[[NDArray[Any]], NDArray[Any]]) -> Self:
        return type(self)(*(make(getattr(self, name)) for name in self._names()))


@dataclass(frozen=True, slots=True)
class FaceColumns(Columns):
    """The comparable faces of a collection as columns of one length n; dead rows are among them."""

    ids: NDArray[np.int64]
    """-1 for a dead row."""
    photos: NDArray[np.int64]
    frames: NDArray[np.int64]
    """The photo, or the frame of a video."""
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


_DEAD = FaceColumns(
    np.array([-1]), np.array([-1]), np.array([-1]), np.array([-1]), np.array([False]),
    np.array([False]), np.zeros(1, np.float32), np.full(1, np.nan, np.float32),
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
        self._store = self.columns
        """The columns, and room for more."""
        self._keys = np.empty(0, np.int64)
        """The id that each row has or had, as long as each is higher than the one before..."""
        self._sorted: tuple[NDArray[np.int64], Rows] | None = None
        """...or else ids in order, and the row of each; None: to be sorted when it is asked for."""
        self._do_ascend = True

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
        self._store = self.columns
        self._keys = self.columns.ids.copy()
        self._do_ascend = bool((np.diff(self._keys) > 0).all())

    @property
    def dimensions(self) -> int:
        """Of an embedding; 0 while none is known."""
        return 0 if self.index is None else self.index.vectors.shape[1]

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """(n,): the row of each of n faces; -1 for one that is not here."""
        rows = self._rows_once_of(ids)
        here = rows >= 0
        here[here] = self.columns.ids[rows[here]] >= 0
        return np.where(here, rows, -1)

    def _rows_once_of(self, ids: NDArray[np.int64]) -> Rows:
        """The same, also of those that went."""
        count = len(self.columns.ids)
        if not count:
            return np.full(len(ids), -1, np.int64)
        if self._do_ascend:
            known = self._keys[:count]
            rows = np.minimum(np.searchsorted(known, ids), count - 1)
            return np.where(known[rows] == ids, rows, -1)
        if self._sorted is None:
            order = np.argsort(self.columns.ids, kind="stable")
            self._sorted = self.columns.ids[order], order
        known, places = self._sorted
        place = np.minimum(np.searchsorted(known, ids), count - 1)
        return np.where((known[place] == ids) & (ids >= 0), places[place], -1)

    def thaw(self) -> None:
        """Let whoever holds the small columns keep them as they are."""
        self._store = self._store.copy()
        self.columns = self._store.some(slice(len(self.columns.ids)))

    def put(self, block: FaceBlock, taken: Rows) -> Rows:
        """Take in faces of a block whose embeddings were read, in place of what was known of
        them; gives their rows."""
        ids = block.ids[taken]
        rows = self._rows_once_of(ids)
        vectors = block.embeddings(taken, self.dimensions)
        here = rows >= 0
        if self.index is not None and here.any():
            self.index.replace(rows[here], vectors[here])
            self.dead -= int((self.columns.ids[rows[here]] < 0).sum())
        count = int((~here).sum())
        rows[~here] = np.arange(count) + len(self.columns.ids)
        if count:
            self._add(vectors[~here])
            self._lengthen(ids[~here])
        self.columns.put(rows, block, taken)
        return rows

    def _lengthen(self, ids: NDArray[np.int64]) -> None:
        """Rows for more faces, which nearly always have higher ids than all others."""
        before = len(self.columns.ids)
        count = before + len(ids)
        if count > len(self._store.ids):
            room = count + count // REACH
            self._store = self._store.longer(room)
            self._keys = grown(self._keys, room, before)
        self.columns = self._store.some(slice(count))
        self._keys[before:count] = ids
        self._do_ascend &= bool((np.diff(self._keys[max(0, before - 1) : count]) > 0).all())
        self._sorted = None

    def _add(self, vectors: NDArray[np.float16]) -> None:
        if self.index is None:
            self.index = FaceIndex(dimensions=vectors.shape[1], room=self._room)
        self.index.add(vectors)

    def place(self, block: FaceBlock, taken: Rows) -> Rows:
        """Take in what is said of known faces, which look as before; gives their rows."""
        rows = self.rows_of(block.ids[taken])
        self.columns.put(rows, block, taken)
        return rows

    def drop(self, ids: Sequence[int]) -> Rows:
        """Let faces go, in whatever way they are known; gives the rows that died."""
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
        return rows

    def note_others(self, block: FaceBlock) -> None:
        """Take in what other makers found."""
        rows = block.of(Part.WAITING)
        pairs = zip(block.ids[rows].tolist(), block.people[rows].tolist(), strict=True)
        self.waiting.update(pairs)
        self.denied.update(block.ids[block.of(Part.DENIED)].tolist())
