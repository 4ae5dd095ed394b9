"""Merging: groups become one, the most alike first, as long as their average says so.

[Note: Many at once] Two groups that are each other's most alike become one sooner or later,
whatever else does: what a merger makes is on average no more alike to a third than the more alike
of its two was (Murtagh 1983, of such linkages). So all such pairs become one at the same time, in
rounds of array arithmetic; the rest, where a large group takes in one face after the other, goes
through a queue. For the same reason how alike two groups were is at least how alike what became of
them is, and is only worked out anew when a pair comes to the top.

[Note: Sure groups] The clearest face of a person is the most alike for all others, so that few
pairs are each other's. As long as averages leave no doubt, those others join at once, at bounds
that fall step by step (after Monath and others 2021, "Scalable Hierarchical Agglomerative
Clustering"): each joins two that are each other's most alike if one of them is its own, unless a
photo shows it beside them or beside who joins first.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from app.clustering.groups import Groups
from app.clustering.pairs import Pairs, worth_of
from app.clustering.products import Check, Rows, pieces

MANY = 20_000
"""Pairs: so many take their time in exact order; of more the sure ones come first."""
SURE = (0.8, 0.7, 0.6, 0.5)
"""Averages at which groups are surely one person, whatever else is near. Strangers among 842 real
faces reach 0.40 once in a thousand times; down to 0.5 BCubed F1 stayed what it was, there and on
made-up albums of 5,000 and 40,000 faces, and at 0.45 it fell by 0.005."""
ENOUGH = 20
"""Groups: when no more become one or are measured at one of these, it is over."""
PART = 4
"""Faces: groups of so many are parts of somebody, and held against one another in full."""
CHECK_EVERY = 256
"""Pairs of the queue: some hundredths of a second."""


def merge_sure(groups: Groups, a: Rows, b: Rows, alike: NDArray[np.float32], check: Check) -> None:
    """Merge what leaves no doubt: of the pairs (a, b) whose nearest faces are so `alike`, and of
    what grew so."""
    sizes = groups.counts.copy()
    pairs = Pairs(groups, a, b, alike)
    while len(pairs):
        _gather(pairs, check)
        grown, sizes = _grown(groups, sizes), groups.counts.copy()
        pairs = Pairs(groups, *_parts(groups, grown, SURE[-1], check))


def merge_alike(
    groups: Groups,
    a: Rows,
    b: Rows,
    alike: NDArray[np.float32],
    check: Check,
    sizes: Rows | None = None,
) -> None:
    """Merge until no two groups are alike enough on average, of the pairs (a, b) whose nearest
    faces are so `alike`; and of those with a group that grew to `PART` faces, since now or since
    the groups had so many faces (`sizes`).

    [Note: Parts] A person seen a thousand times in two looks is two groups, and the nearest
    hundred of each face have the look it has. So what has grown is held against all groups of
    some size, by their sums.
    """
    least = groups.thresholds.merge_average
    grown = _grown(groups, groups.counts if sizes is None else sizes)
    more = _parts(groups, grown, least, check)
    a, b = np.concatenate([a, more[0]]), np.concatenate([b, more[1]])
    alike = np.concatenate([alike, more[2]])
    while len(a):
        sizes = groups.counts.copy()
        pairs = Pairs(groups, a, b, alike)
        if len(pairs) > MANY:
            _gather(pairs, check)
        while pairs.round():
            check()
        _Queue(groups, pairs).run(check)
        a, b, alike = _parts(groups, _grown(groups, sizes), least, check)


def _gather(pairs: Pairs, check: Check) -> None:
    for sure in SURE:
        while pairs.gather(sure) > ENOUGH:
            check()


def _grown(groups: Groups, sizes: Rows) -> Rows:
    """The groups of some size that had fewer faces."""
    standing = groups.standing()
    counts = groups.counts[standing]
    return np.asarray(standing[(counts >= PART) & (counts > sizes[standing])])


def _parts(
    groups: Groups, grown: Rows, least: float, check: Check
) -> tuple[Rows, Rows, NDArray[np.float32]]:
    """Pairs of a group that grew and any other, both of some size, that are alike enough."""
    standing = groups.standing()
    others = standing[groups.counts[standing] >= PART]
    has_grown = np.isin(others, grown)
    found = []
    for one in pieces(len(grown), 4096):
        means = groups.sums(grown[one]) / groups.masses[grown[one]][:, None]
        for other in pieces(len(others), 4096):
            check()
            theirs = groups.sums(others[other]) / groups.masses[others[other]][:, None]
            alike = means @ theirs.T
            row, column = np.nonzero(alike >= least)
            a, b, alike = grown[one][row], others[other][column], alike[row, column]
            # Two that grew are met twice, and each meets itself.
            kept = (a < b) | ((a > b) & ~has_grown[other][column])
            found.append((a[kept], b[kept], alike[kept]))
    if not found:
        return grown[:0], grown[:0], np.empty(0, np.float32)
    a, b = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
    return a, b, np.concatenate([f[2] for f in found])


class _Queue:
    """The pairs one after the other, the most alike first."""

    def __init__(self, groups: Groups, pairs: Pairs) -> None:
        pairs.finish()
        self._groups = groups
        self._version: dict[int, int] = {}
        self._at: dict[int, int] = {}
        worth = worth_of(groups, pairs.a, pairs.b, pairs.most)
        columns = (worth, pairs.a, pairs.b)
        self._heap = [
            (-worth, a, b, 0, 0)
            for worth, a, b in zip(*(column.tolist() for column in columns), strict=True)
        ]
        heapq.heapify(self._heap)
        self._waiting = {(a, b): (0, 0) for _, a, b, _, _ in self._heap}

    def run(self, check: Check) -> None:
        """Merge until no pair is alike enough."""
        steps = 0
        while self._heap:
            steps += 1
            if steps % CHECK_EVERY == 0:
                check()
            score, a, b, version_a, version_b = heapq.heappop(self._heap)
            one, other = self._now(a), self._now(b)
            if one == other:
                continue
            if (one, other) == (a, b) and self._versions(a, b) == (version_a, version_b):
                self._unite(a, b, -score)
            else:
                self._wait(min(one, other), max(one, other))

    def _unite(self, a: int, b: int, worth: float) -> None:
        groups = self._groups
        if worth < groups.thresholds.merge_average or not groups.allowed(a, b):
            return
        if worth < groups.thresholds.merge_average + groups.child_margin(a, b):
            return
        if groups.counts[a] < groups.counts[b]:
            a, b = b, a
        groups.merge(a, b)
        self._at[b] = a
        self._version[a] = self._version.get(a, 0) + 1

    def _wait(self, a: int, b: int) -> None:
        """Put a pair, one of which has grown, where it belongs now."""
        versions = self._versions(a, b)
        if self._waiting.get((a, b)) == versions:
            return
        self._waiting[a, b] = versions
        groups = self._groups
        alike = groups.average(a, b)
        if alike >= groups.thresholds.merge_average:
            if groups.counts[a] == groups.counts[b] == 1:
                alike -= groups.thresholds.pair_margin
            heapq.heappush(self._heap, (-alike, a, b, *versions))

    def _versions(self, a: int, b: int) -> tuple[int, int]:
        return self._version.get(a, 0), self._version.get(b, 0)

    def _now(self, number: int) -> int:
        while number in self._at:
            further = self._at[number]
            if further in self._at:
                self._at[number] = self._at[further]
            number = further
        return number
