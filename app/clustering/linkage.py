"""Linkage: groups become one, the most alike first, as long as their average says so.

[Note: Average linkage by sums] The mean cosine between all faces of two groups is the product of
the sums of their unit vectors divided by both counts. So a group needs only its sum, and the
exact average linkage of Sokal and Michener (1958) runs on a sparse graph of neighbours. Here each
face counts by a weight, the square root of its quality, since a poor face says less of its person;
counts become sums of weights.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group, may_be_child, may_be_one
from app.clustering.neighbours import Edges
from app.clustering.thresholds import Thresholds

LEAST_QUALITY = 0.15
"""A face counts at least as much as one of this quality: even a poor one is somebody."""


def weights_of(quality: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,): how much each face counts, 0.39..1."""
    return np.sqrt(np.clip(np.nan_to_num(quality), LEAST_QUALITY, 1.0)).astype(np.float32)


class Linkage:
    """Groups over the rows of `vectors` ((n, d) float32, length 1), merged step by step."""

    def __init__(
        self,
        vectors: NDArray[np.float32],
        weights: NDArray[np.float32],
        groups: Sequence[Group],
        constraints: Constraints,
        thresholds: Thresholds,
    ) -> None:
        self.vectors = vectors
        self.weights = weights
        self.constraints = constraints
        self.thresholds = thresholds
        self.groups: list[Group | None] = list(groups)
        self.of_face = np.full(len(vectors), -1, np.int64)
        """Group number of each face; -1 for a face in no group."""
        self.sums = np.zeros((len(groups), vectors.shape[1]), np.float32)
        """(groups, d): of the weighted vectors."""
        self.masses = np.zeros(len(groups), np.float32)
        """(groups,): of the weights."""
        self.counts = np.zeros(len(groups), np.int64)
        for number, group in enumerate(groups):
            self.of_face[group.faces] = number
            own = weights[group.faces]
            self.sums[number] = own @ vectors[group.faces]
            self.masses[number] = own.sum()
            self.counts[number] = len(group.faces)
        self._near: dict[int, set[int]] = {}
        self._version = [0] * len(groups)
        self._coherence: dict[int, tuple[int, float]] = {}
        """Of a group in one of its versions."""

    def merge_alike(self, edges: Edges) -> None:
        """Merge until no two groups that an edge joins are alike enough on average."""
        heap = self._candidates(edges)
        while heap:
            score, a, b, version_a, version_b = heapq.heappop(heap)
            if self._version[a] != version_a or self._version[b] != version_b:
                continue
            first, second = self.groups[a], self.groups[b]
            if first is None or second is None or not self.allowed(first, second):
                continue
            if -score < self.thresholds.merge_average + self.child_margin(first, second):
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
        keeper.absorb(goner, self.constraints.kept)
        self.of_face[goner.faces] = a
        self.groups[b] = None
        self.sums[a] += self.sums[b]
        self.masses[a] += self.masses[b]
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

    def child_margin(self, a: Group, b: Group) -> float:
        """How much more alike the two must be because one is a child, by the year of birth."""
        is_child = bool(self.constraints.births) and may_be_child(a, b, self.constraints)
        return self.thresholds.child_margin if is_child else 0.0

    def asked_for_coherence(self, number: int) -> float:
        """How much more alike than usual a fragment must be to a group as alike in itself as this
        one; negative for a group of varied faces."""
        limits, version = self.thresholds, self._version[number]
        known = self._coherence.get(number)
        if known is None or known[0] != version:
            known = self._coherence[number] = version, self.coherence(number)
        return limits.join_coherence * (known[1] - limits.usual_coherence)

    def coherence(self, number: int) -> float:
        """How alike the faces of a group are to their 3 nearest in it, the median of at most 64 of
        them; for a single face what is usual."""
        group = self.groups[number]
        assert group is not None
        if len(group.faces) < 2:
            return self.thresholds.usual_coherence
        step = -(-len(group.faces) // PANEL)
        panel = sorted(group.faces)[::step]
        alike = self.vectors[panel] @ self.vectors[group.faces].T
        # Itself is the nearest of each.
        nearest = min(NEAREST, len(group.faces) - 1) + 1
        top = np.partition(alike, alike.shape[1] - nearest, axis=1)[:, -nearest:]
        return float(np.median((top.sum(axis=1) - top.max(axis=1)) / (nearest - 1)))

    def confidence(self, number: int) -> NDArray[np.float32]:
        """(faces of the group,): mean cosine of each to the others, each by its weight."""
        group = self.groups[number]
        assert group is not None
        own, weights = self.vectors[group.faces], self.weights[group.faces]
        itself = weights * (own * own).sum(axis=1)
        rest = np.maximum(self.masses[number] - weights, 1e-6)
        return np.asarray((own @ self.sums[number] - itself) / rest)

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
        averages = (self.sums[others] @ self.sums[a]) / (self.masses[others] * self.masses[a])
        if self.counts[a] == 1:
            averages -= self.thresholds.pair_margin * (self.counts[others] == 1)
        versions = self._version
        return [
            (-float(average), a, other, versions[a], versions[other])
            for other, average in zip(others, averages, strict=True)
            if average >= self.thresholds.merge_average
        ]


NEAREST = 3
"""A group answers with the mean of this many of its faces, so that one look-alike is no proof."""
PANEL = 64
"""Faces that speak for a large group: enough for a median to 0.02."""
