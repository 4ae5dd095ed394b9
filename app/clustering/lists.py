"""Lists: rows sorted by which of some hundred directions they are nearest to, so that the nearest
of any vector are looked for in a few of the lists and not among all.

[Note: Inverted file] Jégou, Douze and Schmid (2011) call this an inverted file. The directions are
the means of a k-means over cosines. A vector's nearest lie in the list it belongs to or in lists
whose directions are near it; so `PROBES` lists are looked at, of 2 sqrt(n).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.clustering.lanes import each
from app.clustering.products import Check, Rows, Vectors, pieces, single, sums_of, unit

PROBES = 32
"""Lists looked at for a query at most..."""
SLOPE, OFFSET = 1.2, 0.5
"""...as far as their direction is so near: `SLOPE` times the cosine of the nearest one, less
`OFFSET`. Who lies in the middle of a list needs no others, who is like none of them needs many. Of
40,000 made-up faces such lists, a twentieth of all faces, hold 99.5 in 100 of the 16 nearest of one
person, 99.1 of any 16 nearest over 0.36, 97.3 of those over 0.29."""
ROUNDS = 4
"""Of k-means; more hardly move the directions."""
SAMPLE = 24
"""Faces a list that the directions are learnt from."""
PART = 2048
"""Rows of one step: 4 MB, and 12 MB of cosines to the directions of half a million rows."""
SEED = 7


class Lists:
    """Some rows of a store of vectors in lists."""

    def __init__(
        self,
        store: NDArray[np.float16],
        rows: Rows,
        threads: int,
        check: Check,
        count: int | None = None,
    ) -> None:
        """`count`: so many lists; 2 sqrt(n) where it is not said."""
        self.learnt_from = len(rows)
        """How many rows there were when the directions were learnt."""
        count = min(len(rows), count or round(2 * len(rows) ** 0.5))
        self._directions = _directions(store, rows, count, threads, check)
        self._own = np.full(len(store), -1, np.int32)
        """(n,): the list of each row of the store; -1 for none."""
        self._members: list[Rows] = [np.empty(0, np.int64)] * count
        self.add(store, rows, threads, check)

    def __len__(self) -> int:
        return len(self._members)

    def members(self, number: int) -> Rows:
        """The rows of a list, in order of coming."""
        return self._members[number]

    def own(self, rows: Rows) -> NDArray[np.int32]:
        """The list of each of these rows; -1 for none."""
        return np.asarray(self._own[rows])

    def add(self, store: NDArray[np.float16], rows: Rows, threads: int, check: Check) -> None:
        """Sort more rows into the lists."""
        if len(store) > len(self._own):
            more = np.full(len(store) - len(self._own), -1, np.int32)
            self._own = np.concatenate([self._own, more])

        def sort(piece: slice) -> None:
            alike = single(store[rows[piece]]) @ self._directions.T
            self._own[rows[piece]] = alike.argmax(axis=1)

        each(sort, list(pieces(len(rows), PART)), threads, check)
        order = rows[np.argsort(self._own[rows], kind="stable")]
        numbers, starts = np.unique(self._own[order], return_index=True)
        for number, start, end in zip(
            numbers, starts, np.append(starts, len(rows))[1:], strict=True
        ):
            here = self._members[number], order[start:end]
            self._members[number] = np.concatenate(here)

    def remove(self, rows: Rows) -> None:
        """Take rows out of their lists."""
        rows = rows[rows < len(self._own)]
        for number in np.unique(self._own[rows]).tolist():
            if number >= 0:
                here = self._members[number]
                self._members[number] = here[~np.isin(here, rows)]
        self._own[rows] = -1

    def near(self, vectors: Vectors) -> tuple[Rows, Rows, Rows]:
        """In which lists to look for the nearest of m vectors: the nearest list of each (m,); and
        pairs of a vector and another list."""
        alike = vectors @ self._directions.T
        probes = min(PROBES, len(self))
        best = alike.argmax(axis=1)
        least = SLOPE * np.take_along_axis(alike, best[:, None], axis=1)[:, 0] - OFFSET
        # Which value is the last but so many is found in a third of the time that places take.
        least = np.maximum(least, np.partition(alike, len(self) - probes, axis=1)[:, -probes])
        alike[np.arange(len(alike)), best] = -2.0
        found = np.flatnonzero(alike >= least[:, None])
        query, number = np.divmod(found, len(self))
        return best, query, number


def _directions(
    store: NDArray[np.float16], rows: Rows, count: int, threads: int, check: Check
) -> Vectors:
    """(count, d) of length 1: where faces are dense, by a sample of them."""
    random = np.random.default_rng(SEED)
    chosen = np.sort(random.choice(rows, min(len(rows), SAMPLE * count), replace=False))
    sample = single(store[chosen])
    directions = unit(sample[random.choice(len(sample), count, replace=False)])

    def nearest(piece: slice) -> Rows:
        return np.asarray((sample[piece] @ directions.T).argmax(axis=1))

    for _ in range(ROUNDS):
        own = np.concatenate(each(nearest, list(pieces(len(sample), PART)), threads, check))
        order = np.argsort(own, kind="stable")
        numbers, starts = np.unique(own[order], return_index=True)
        # A direction that nobody is nearest to any more stays where it was.
        directions[numbers] = unit(sums_of(sample[order], starts))
    return directions
