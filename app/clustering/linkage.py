"""Linkage: how alike the faces of groups are, and groups as they stand, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Group
from app.clustering.products import Rows, Vectors, single
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
    """Groups over the rows of `vectors` ((n, d), length 1)."""

    def __init__(
        self,
        vectors: NDArray[np.floating],
        weights: NDArray[np.float32],
        groups: Sequence[Group],
        thresholds: Thresholds,
    ) -> None:
        self.vectors = vectors
        self.weights = weights
        self.thresholds = thresholds
        self.groups = groups
        self.of_face = np.full(len(vectors), -1, np.int64)
        """Group number of each face; -1 for a face in no group."""
        self.sums = np.zeros((len(groups), vectors.shape[1]), np.float32)
        """(groups, d): of the weighted vectors."""
        self._coherence: dict[int, float] = {}
        for number, group in enumerate(groups):
            self.of_face[group.faces] = number
            self.sums[number] = weights[group.faces] @ self.rows(group.faces)

    def rows(self, rows: Sequence[int] | Rows) -> Vectors:
        """(m, d): the vectors of some faces."""
        return single(self.vectors[np.asarray(rows, np.int64)])

    def closeness(self, faces: Sequence[int], others: Sequence[int]) -> float:
        """How alike faces are to the nearest of some others, the mean by their weights. A single
        other counts as less alike: nothing bears it out."""
        weights = self.weights[list(faces)]
        alike = closeness(self.rows(faces), self.rows(others)) @ weights / weights.sum()
        return float(alike) - (self.thresholds.lone_handicap if len(others) == 1 else 0.0)

    def asked_for_coherence(self, number: int) -> float:
        """How much more alike than usual a fragment must be to a group as alike in itself as this
        one; negative for a group of varied faces."""
        if number not in self._coherence:
            rows = np.array(sorted(self.groups[number].faces), np.int64)
            self._coherence[number] = coherence(self.rows, rows, self.thresholds)
        limits = self.thresholds
        return limits.join_coherence * (self._coherence[number] - limits.usual_coherence)
