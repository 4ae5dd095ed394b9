"""Index: the vectors of a gallery, and where among them the nearest of any lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.clustering.lanes import alone, each, lanes
from app.clustering.lists import Lists
from app.clustering.neighbours import Edges
from app.clustering.products import ELEMENTS, Best, Check, Rows, Vectors, pieces, single

EXACT = 20_000
"""Faces: so many are compared with one another in full; of more, lists are made."""
BATCH = 32_768
"""Queries at a time: what they find, some 100 faces each, fits into a hundred megabytes."""
PUT = 1024
"""Rows taken in at a time: 2 MB in single precision."""
COLUMNS = 4096
"""Rows of one product: of half a million cosines."""
REACH = 8
"""Grows when there is no room: by one part in so many."""


MANY = 32
"""Faces: sums of so many are remembered."""
REMEMBERED = 20_000
"""Sums: 40 MB."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What some faces of a person came to."""

    rows: Rows
    mass: float
    total: Vectors


class FaceIndex:
    """n vectors of d numbers each as rows of half precision, which can be added to.

    A row keeps its number as long as the index lives. One user at a time.
    """

    def __init__(self, dimensions: int = 512, room: int = 0, threads: int | None = None) -> None:
        """`room`: so many rows are expected; `threads`: so many search, by default one a core."""
        self.threads = threads or lanes()
        self._store = np.zeros((room, dimensions), np.float16)
        self._usable = np.zeros(room, np.bool_)
        self._count = 0
        self._lists: Lists | None = None
        self._known: dict[int, _Known] = {}
        self._coherent: dict[tuple[int, int], tuple[int, float]] = {}
        """Person and their first row -> how many faces they had then, and what came out."""

    def __len__(self) -> int:
        return self._count

    @property
    def vectors(self) -> NDArray[np.float16]:
        """(n, d): those of length 1; zeros where a row was no embedding, or was removed."""
        return self._store[: self._count]

    @property
    def usable(self) -> NDArray[np.bool_]:
        """(n,): which rows can be compared with others."""
        return self._usable[: self._count]

    def add(self, vectors: NDArray[np.floating]) -> None:
        """Append rows (m, d), each of length 1; one that is not finite or zero is nobody's."""
        before, self._count = self._count, self._count + len(vectors)
        if self._count > len(self._store):
            room = self._count + self._count // REACH
            self._store = grown(self._store, room, before)
            self._usable = grown(self._usable, room, before)
        self._put(np.arange(before, self._count), vectors)

    def replace(self, rows: Rows, vectors: NDArray[np.floating]) -> None:
        """Put other vectors (m, d) into m rows."""
        self.remove(rows)
        self._put(rows, vectors)

    def remove(self, rows: Rows) -> None:
        """Overwrite these rows with zeros: nothing finds them any more."""
        if self._lists is not None:
            self._lists.remove(rows)
        self._known.clear()
        self._store[rows] = 0
        self._usable[rows] = False

    def single(self, rows: Rows) -> NDArray[np.float32]:
        """Some of the vectors in single precision."""
        return single(self._store[rows])

    def sum_of(self, rows: Rows, weights: NDArray[np.float32], person: int = -1) -> Vectors:
        """(d,): the sum of some vectors (their rows in order), each by its weight (n,).

        What came out for many rows of a `person` is remembered, and next time only what came or
        went is added or taken off.
        """
        if len(rows) < MANY or person < 0:
            return self._sum(rows, weights)
        known = self._known.get(person)
        mass = 0.0 if known is None else float(weights[known.rows].sum())
        if known is None or known.mass != mass:
            return self._remember(person, rows, weights)
        if np.array_equal(known.rows, rows):
            return known.total.copy()
        came = np.setdiff1d(rows, known.rows, assume_unique=True)
        went = np.setdiff1d(known.rows, rows, assume_unique=True)
        if len(came) + len(went) > len(rows) // REACH:
            return self._remember(person, rows, weights)
        return np.asarray(known.total + self._sum(came, weights) - self._sum(went, weights))

    def coherence_of(self, person: int, rows: Rows, work: Callable[[Rows], float]) -> float:
        """What `work` says of the faces of a person: of many it is remembered until their number
        is another by one part in `REACH`, since all would have to be held against some."""
        if len(rows) < MANY or person < 0:
            return work(rows)
        # Whoever gets the number of somebody who is gone has other faces.
        key = person, int(rows.min())
        size, known = self._coherent.get(key, (0, 0.0))
        if abs(len(rows) - size) * REACH >= size:
            if len(self._coherent) >= REMEMBERED:
                self._coherent.clear()
            known = work(rows)
            self._coherent[key] = len(rows), known
        return known

    def _remember(self, person: int, rows: Rows, weights: NDArray[np.float32]) -> Vectors:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        total = self._sum(rows, weights)
        self._known[person] = _Known(rows.copy(), float(weights[rows].sum()), total.copy())
        return total

    def _sum(self, rows: Rows, weights: NDArray[np.float32]) -> Vectors:
        total = np.zeros(self._store.shape[1], np.float32)
        for piece in pieces(len(rows)):
            total += weights[rows[piece]] @ self.single(rows[piece])
        return total

    def nearest(
        self, rows: Rows, k: int, floor: float, check: Callable[[], None] = lambda: None
    ) -> Edges:
        """For each of some rows, each named once, the at most k nearest others of cosines of at
        least `floor` (above 0). Up to `EXACT` rows all of them, of more nearly all.

        `check` may raise to stop.
        """
        query, row, cosine = self._search(rows, None, k, floor, check)
        return Edges(rows[query], row, cosine, k, floor)

    def at_home(
        self, k: int, floor: float, check: Callable[[], None] = lambda: None
    ) -> tuple[Rows, Rows, NDArray[np.float32]]:
        """Pairs of rows of one list, of which one is among the k nearest of the other in it, and
        their cosines of at least `floor` (above 0); some pairs both ways round."""
        lists = self._sorted(np.flatnonzero(self.usable), check)

        def see(number: int) -> list[tuple[Rows, Rows, NDArray[np.float32]]]:
            rows = lists.members(number)
            vectors, found = self.single(rows), []
            for piece in pieces(len(rows), ELEMENTS // max(1, len(rows))):
                cosines = vectors[piece] @ vectors.T
                cosines.ravel()[piece.start :: len(rows) + 1] = 0.0  # itself
                at = max(0, len(rows) - k)
                least = np.maximum(np.partition(cosines, at, axis=1)[:, at, None], floor)
                places = np.flatnonzero(cosines >= least)
                row, column = np.divmod(places, len(rows))
                found.append((rows[piece][row], rows[column], cosines.ravel()[places]))
            return found

        lanes = each(see, range(len(lists)), self.threads, check)
        found = [part for lane in lanes for part in lane]
        row, other, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
        return row, other, cosine

    def near(
        self,
        vectors: NDArray[np.float32],
        k: int,
        floor: float,
        check: Callable[[], None] = lambda: None,
    ) -> tuple[Rows, Rows, NDArray[np.float32]]:
        """The at most k nearest rows of m vectors (m, d) from elsewhere: the number of the vector,
        the row, and their cosine, the nearest of each vector first."""
        return self._search(np.arange(len(vectors)), vectors, k, floor, check)

    def _put(self, rows: Rows, vectors: NDArray[np.floating]) -> None:
        def put(piece: slice) -> None:
            block = np.asarray(vectors[piece]).astype(np.float16)
            # Without its sign the bits of a half rise with it; from 0x7C00 on it is not finite.
            largest = (block.view(np.uint16) & np.uint16(0x7FFF)).max(axis=1, initial=0)
            usable = (largest > 0) & (largest < 0x7C00)
            block[~usable] = 0
            self._store[rows[piece]] = block
            self._usable[rows[piece]] = usable

        each(put, list(pieces(len(rows), PUT)), self.threads, lambda: None)
        if self._lists is not None:
            # What waits by spinning would take a core for as long as the whole run that follows.
            with alone():
                self._lists.add(self._store, rows[self._usable[rows]], 1, lambda: None)

    def _search(
        self, rows: Rows, vectors: Vectors | None, k: int, floor: float, check: Check
    ) -> tuple[Rows, Rows, NDArray[np.float32]]:
        """For queries that are rows of this index, or else `vectors`."""
        usable = np.flatnonzero(self.usable)
        lists = self._sorted(usable, check) if len(usable) > EXACT else None
        found = []
        # Queries of one list lie together, so that a batch of them goes through few lists.
        order = (
            np.arange(len(rows))
            if lists is None or vectors is not None
            else np.argsort(lists.own(rows), kind="stable")
        )
        for piece in pieces(len(rows), BATCH):
            check()
            here = order[piece]
            asking = self.single(rows[here]) if vectors is None else vectors[here]
            own = rows[here] if vectors is None else np.full(len(here), -1)
            best = Best(asking, own, k, floor)
            if lists is None:
                self._see_all(best, np.arange(len(here)), usable, check)
            else:
                self._see_lists(best, asking, lists, check)
            query, row, cosine = best.found()
            found.append((here[query], row, cosine))
        if not found:
            none = np.empty(0, np.int64)
            return none, none, np.empty(0, np.float32)
        query, row, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
        return query, row, cosine

    def _see_all(self, best: Best, asking: Rows, usable: Rows, check: Check) -> None:
        parts = [usable[part] for part in pieces(len(usable), COLUMNS)]
        for piece in pieces(len(asking), COLUMNS):
            queries = asking[piece]

            def see(rows: Rows, is_first: bool = False, queries: Rows = queries) -> None:
                best.see(queries, rows, self.single(rows), is_first)

            for rows in parts[:1]:
                see(rows, True)
            each(see, parts[1:], self.threads, check)

    def _see_lists(self, best: Best, asking: Vectors, lists: Lists, check: Check) -> None:
        parts = list(pieces(len(asking), COLUMNS))
        near = each(lambda part: lists.near(asking[part]), parts, self.threads, check)
        own = np.concatenate([first for first, _, _ in near])
        query = np.concatenate(
            [who + part.start for (_, who, _), part in zip(near, parts, strict=True)]
        )
        other = np.concatenate([number for _, _, number in near])
        for is_first, who, wanted in ((True, np.arange(len(own)), own), (False, query, other)):
            order = np.argsort(wanted.astype(np.uint16), kind="stable")
            asked, starts = np.unique(wanted[order], return_index=True)
            ends = np.append(starts, len(order))[1:]

            def see(
                place: tuple[int, int, int],
                who: Rows = who[order],
                is_first: bool = is_first,
            ) -> None:
                number, start, end = place
                rows = lists.members(number)
                if len(rows):
                    best.see(who[start:end], rows, self.single(rows), is_first)

            places = list(zip(asked.tolist(), starts.tolist(), ends.tolist(), strict=True))
            each(see, places, self.threads, check)

    def _sorted(self, usable: Rows, check: Check) -> Lists:
        """The lists, made anew when twice as many faces have come."""
        if self._lists is None or len(usable) > 2 * self._lists.learnt_from:
            self._lists = Lists(self._store, usable, self.threads, check)
        return self._lists


def grown(array: NDArray[Any], room: int, count: int) -> NDArray[Any]:
    """The first `count` rows in an array that has room for so many; the others are zeros."""
    roomy = np.zeros((room, *array.shape[1:]), array.dtype)
    roomy[:count] = array[:count]
    return roomy
