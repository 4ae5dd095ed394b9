"""Linkage: how alike the faces of groups are, and groups as they stand, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.products import ELEMENTS, Check, Rows, Vectors, single, unit
from app.clustering.thresholds import Thresholds

LEAST_QUALITY = 0.15
"""A face counts at least as much as one of this quality: even a poor one is somebody."""
NEAREST = 3
"""A group answers with the mean of this many of its faces, so that one look-alike is no proof."""
PANEL = 64
"""Faces that speak for a large group: enough for a median to 0.02."""


def weights_of(quality: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,): how much each face counts, 0.39..1."""
    return np.sqrt(np.clip(np.nan_to_num(quality), LEAST_QUALITY, 1.0)).astype(np.float32)


def closeness(faces: Vectors, others: Vectors) -> NDArray[np.float32]:
    """(m,): how alike each of some faces (m, d) is to the 3 nearest of others (k, d)."""
    alike = faces @ others.T
    nearest = min(NEAREST, len(others))
    top = np.partition(alike, len(others) - nearest, axis=1)[:, -nearest:]
    return np.asarray(top.mean(axis=1))


def coherence(vectors_of: Callable[[Rows], Vectors], rows: Rows, limits: Thresholds) -> float:
    """How alike faces are to their 3 nearest among them, the median of at most 64 of them; for a
    single face what is usual."""
    if len(rows) < 2:
        return limits.usual_coherence
    vectors = vectors_of(rows)
    alike = vectors[:: -(-len(rows) // PANEL)] @ vectors.T
    # Itself is the nearest of each.
    nearest = min(NEAREST, len(rows) - 1) + 1
    top = np.partition(alike, alike.shape[1] - nearest, axis=1)[:, -nearest:]
    return float(np.median((top.sum(axis=1) - top.max(axis=1)) / (nearest - 1)))


class Linkage:
    """g groups over the rows of `vectors` ((n, d), length 1)."""

    def __init__(
        self,
        vectors: NDArray[np.floating],
        weights: NDArray[np.float32],
        members: Sequence[Rows],
        thresholds: Thresholds,
    ) -> None:
        """`weights` (n,): how much each face counts; `members`: the rows of each group, in order.
        Only vectors of members are ever looked at."""
        self.vectors = vectors
        self.weights = weights
        self.members = members
        self.thresholds = thresholds
        self.counts = np.array([len(rows) for rows in members], np.int64)
        """(g,): faces of each group."""
        self.of_face = np.full(len(vectors), -1, np.int64)
        """Group number of each face; -1 for a face in no group."""
        if len(members):
            self.of_face[np.concatenate(members)] = np.repeat(np.arange(len(members)), self.counts)
        self._coherence: dict[int, float] = {}

    def rows(self, rows: Sequence[int] | Rows) -> Vectors:
        """(m, d): the vectors of some faces."""
        return single(self.vectors[np.asarray(rows, np.int64)])

    def centres(self, numbers: Rows) -> Vectors:
        """(m, d), length 1: the weighted middles of some groups."""
        found = np.empty((len(numbers), self.vectors.shape[1]), np.float32)
        counts = self.counts[numbers]
        alone = np.flatnonzero(counts == 1)
        if len(alone):
            found[alone] = self.rows(np.concatenate([self.members[n] for n in numbers[alone]]))
        for place in np.flatnonzero(counts != 1).tolist():
            own = self.members[int(numbers[place])]
            found[place] = self.weights[own] @ self.rows(own)
        return unit(found)

    def likeness(self, rows: Rows, number: int) -> float:
        """How alike faces are to the nearest others of a group, allowing for its coherence; the
        mean by their weights. -1 where there are no others."""
        own = self.members[number]
        others = own[~np.isin(own, rows)]
        if not len(others):
            return -1.0
        alike = closeness(self.rows(rows), self.rows(others))
        return float(self._mean(alike, rows) - self._asked_for(number, len(others)))

    def likenesses(
        self, asking: Sequence[Rows], query: Rows, number: Rows, check: Check
    ) -> NDArray[np.float32]:
        """(m,): as `likeness`, of m pairs of a place in `asking`, where faces are, and a group that
        holds none of these. Group by group: the vectors of each are wanted once, and all who ask
        are held against them in one product. `check` may raise to stop."""
        found = np.empty(len(query), np.float32)
        order = np.argsort(number, kind="stable")
        wanted, starts = np.unique(number[order], return_index=True)
        ends = np.append(starts, len(order))[1:]
        for one, start, end in zip(wanted.tolist(), starts.tolist(), ends.tolist(), strict=True):
            check()
            pairs = order[start:end]
            theirs = self.rows(self.members[one])
            less = self._asked_for(one, len(theirs), theirs)
            for piece in _batches([asking[at] for at in query[pairs].tolist()], len(theirs)):
                rows = [asking[at] for at in query[pairs[piece]].tolist()]
                together = np.concatenate(rows)
                weights = self.weights[together]
                alike = closeness(self.rows(together), theirs) * weights
                begins = np.cumsum([0, *map(len, rows[:-1])])
                sums = np.add.reduceat(alike, begins) / np.add.reduceat(weights, begins)
                found[pairs[piece]] = sums - less
        return found

    def _mean(self, alike: NDArray[np.float32], rows: Rows) -> float:
        weights = self.weights[rows]
        return float(alike @ weights / weights.sum())

    def _asked_for(self, number: int, others: int, vectors: Vectors | None = None) -> float:
        """How much more alike than usual a fragment must be to a group as alike in itself as this
        one, negative for a group of varied faces; and to a single other, for nothing bears it
        out."""
        if number not in self._coherence:
            rows = np.arange(len(self.members[number]))
            mine = self.rows(self.members[number]) if vectors is None else vectors
            self._coherence[number] = coherence(mine.__getitem__, rows, self.thresholds)
        limits = self.thresholds
        asked = limits.join_coherence * (self._coherence[number] - limits.usual_coherence)
        return asked + (limits.lone_handicap if others == 1 else 0.0)


def _batches(asking: Sequence[Rows], others: int) -> Iterator[slice]:
    """Those who ask of so many others, in parts of few enough cosines for one product."""
    most, start, rows = max(1, ELEMENTS // max(1, others)), 0, 0
    for place, one in enumerate(asking):
        if rows and rows + len(one) > most:
            yield slice(start, place)
            start, rows = place, 0
        rows += len(one)
    if rows:
        yield slice(start, len(asking))
