"""Linkage: groups become one, the most alike first, as long as their average says so.

[Note: Average linkage by sums] The mean cosine between all faces of two groups is the product of
the sums of their unit vectors divided by both counts. So a group needs only its sum, and the
exact average linkage of Sokal and Michener (1958) runs on a sparse graph of neighbours.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group, may_be_one
from app.clustering.neighbours import Edges
from app.clustering.thresholds import Thresholds


class Linkage:
    """Groups over the rows of `vectors` ((n, d) float32, length 1), merged step by step."""

    def __init__(
        self,
        vectors: NDArray[np.float32],
        groups: Sequence[Group],
        constraints: Constraints,
        thresholds: Thresholds,
    ) -> None:
        self.vectors = vectors
        self.constraints = constraints
        self.thresholds = thresholds
        self.groups: list[Group | None] = list(groups)
        self.of_face = np.full(len(vectors), -1, np.int64)
        """Group number of each face; -1 for a face in no group."""
        self.sums = np.zeros((len(groups), vectors.shape[1]), np.float32)
        self.counts = np.zeros(len(groups), np.float32)
        for number, group in enumerate(groups):
            self.of_face[group.faces] = number
            self.sums[number] = vectors[group.faces].sum(axis=0)
            self.counts[number] = len(group.faces)
        self._near: dict[int, set[int]] = {}
        self._version = [0] * len(groups)

    def merge_alike(self, edges: Edges) -> None:
        """Merge until no two groups that an edge joins are alike enough on average."""
        heap = self._candidates(edges)
        while heap:
            _, a, b, version_a, version_b = heapq.heappop(heap)
            if self._version[a] != version_a or self._version[b] != version_b:
                continue
            first, second = self.groups[a], self.groups[b]
            if first is None or second is None or not self.allowed(first, second):
                continue
            if len(first.faces) < len(second.faces):
                a, b = b, a
            self.merge(a, b)
            for entry in self._entries(a, sorted(self._near[a])):
                heapq.heappush(heap, entry)

    def merge(self, a: int, b: int) -> None:
        """Make group b part of group a."""
        keeper, goner = self.groups[a], self.groups[b]
        assert keeper is not None and goner is not None
        keeper.absorb(goner)
        self.of_face[goner.faces] = a
        self.groups[b] = None
        self.sums[a] += self.sums[b]
        self.counts[a] += self.counts[b]
        self._version[a] += 1
        self._version[b] += 1
        near = self._near.setdefault(a, set())
        for other in self._near.pop(b, set()):
            if other != a:
                self._near[other].discard(b)
                self._near[other].add(a)
                near.add(other)
        near.discard(b)

    def allowed(self, a: Group, b: Group) -> bool:
        """Whether nothing forbids that the two are one person."""
        limit = self.thresholds.near_identical
        return may_be_one(a, b, self.constraints, self.vectors, limit)

    def _candidates(self, edges: Edges) -> list[tuple[float, int, int, int, int]]:
        lefts, rights = self.of_face[edges.left], self.of_face[edges.right]
        for a, b in zip(lefts.tolist(), rights.tolist(), strict=True):
            if a != b and a >= 0 and b >= 0:
                self._near.setdefault(a, set()).add(b)
                self._near.setdefault(b, set()).add(a)
        heap = [
            entry
            for a, near in self._near.items()
            for entry in self._entries(a, sorted(b for b in near if b > a))
        ]
        heapq.heapify(heap)
        return heap

    def _entries(self, a: int, others: list[int]) -> list[tuple[float, int, int, int, int]]:
        """Heap entries for a with each other group that is alike enough, in a fixed order."""
        if not others:
            return []
        averages = (self.sums[others] @ self.sums[a]) / (self.counts[others] * self.counts[a])
        versions = self._version
        return [
            (-float(average), a, other, versions[a], versions[other])
            for other, average in zip(others, averages, strict=True)
            if average >= self.thresholds.merge_average
        ]
