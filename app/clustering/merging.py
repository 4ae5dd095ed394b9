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
from app.clustering.products import Check, Rows, pieces

FEW = 0.002
"""Share of the pairs: when no more become one or are measured in a round, the queue takes over."""
MANY = 20_000
"""Pairs: so many take their time in exact order; of more the sure ones come first."""
SURE = (0.8, 0.7, 0.6, 0.5)
"""Averages at which groups are surely one person, whatever else is near. Strangers among 842 real
faces reach 0.40 once in a thousand times; down to 0.5 BCubed F1 stayed what it was, there and on
made-up albums of 5,000 and 40,000 faces, and at 0.45 it fell by 0.005."""
ENOUGH = 20
"""Groups: when no more become one or are measured at one of these, it is over."""
QUEUE = 20_000
"""So few pairs go through the queue at once: a second."""
PART = 4
"""Faces: groups of so many are parts of somebody, and held against one another in full."""
CHECK_EVERY = 256
"""Pairs of the queue: some hundredths of a second."""


def merge_alike(groups: Groups, a: Rows, b: Rows, alike: NDArray[np.float32], check: Check) -> None:
    """Merge until no two groups are alike enough on average, of the pairs (a, b) whose nearest
    faces are so `alike`; and of those with a group that grew to `PART` faces.

    [Note: Parts] A person seen a thousand times in two looks is two groups, and the nearest
    hundred of each face have the look it has. So what has grown is held against all groups of
    some size, by their sums.
    """
    sizes = groups.counts.copy()
    while len(a):
        pairs = _Pairs(groups, a, b, alike)
        for sure in SURE if len(pairs) > MANY else ():
            while pairs.gather(sure) > ENOUGH:
                check()
        while pairs.round():
            check()
        _Queue(groups, pairs).run(check)
        grown = groups.standing()
        grown = grown[(groups.counts[grown] >= PART) & (groups.counts[grown] > sizes[grown])]
        sizes = groups.counts.copy()
        a, b, alike = _parts(groups, grown, check)


def _parts(groups: Groups, grown: Rows, check: Check) -> tuple[Rows, Rows, NDArray[np.float32]]:
    """Pairs of a group that grew and any other, both of some size, that could become one."""
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
            row, column = np.nonzero(alike >= groups.thresholds.merge_average)
            a, b, alike = grown[one][row], others[other][column], alike[row, column]
            # Two that grew are met twice, and each meets itself.
            kept = (a < b) | ((a > b) & ~has_grown[other][column])
            found.append((a[kept], b[kept], alike[kept]))
    if not found:
        return grown[:0], grown[:0], np.empty(0, np.float32)
    a, b = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
    return a, b, np.concatenate([f[2] for f in found])


class _Pairs:
    """Pairs of groups that may become one, the lower number in `a`."""

    def __init__(self, groups: Groups, a: Rows, b: Rows, alike: NDArray[np.float32]) -> None:
        self._groups = groups
        self.a, self.b, self.most = a, b, alike
        """(m,): how alike they are at most: for two that did not grow since it was worked out,
        exactly, and else as much as any two that they are made of."""
        self.is_exact = (groups.counts[a] == 1) & (groups.counts[b] == 1)
        self._once(np.zeros(len(groups), np.bool_))
        self.measure(np.flatnonzero(~self.is_exact))

    def __len__(self) -> int:
        return len(self.a)

    def gather(self, sure: float) -> int:
        """Make one of each two that are each other's most alike, and of them and all whose most
        alike is one of the two, as far as those are at least so sure. Gives how many joined or
        were measured."""
        groups = self._groups
        worth = worth_of(groups, self.a, self.b, self.most)
        lanes = np.flatnonzero(worth >= sure)
        best = np.full(len(groups), -1.0, np.float32)
        np.maximum.at(best, self.a[lanes], worth[lanes])
        np.maximum.at(best, self.b[lanes], worth[lanes])
        lanes = lanes[(worth[lanes] == best[self.a[lanes]]) | (worth[lanes] == best[self.b[lanes]])]
        exact = self.is_exact[lanes]
        self.measure(lanes[~exact])
        lanes = lanes[exact]
        # Whom each follows: the lowest pair of those that are its best.
        follows = np.full(len(groups), len(self.a))
        for end in (self.a, self.b):
            mine = lanes[worth[lanes] == best[end[lanes]]]
            np.minimum.at(follows, end[mine], mine)
        is_mutual = (follows[self.a[lanes]] == lanes) & (follows[self.b[lanes]] == lanes)
        mutual = lanes[is_mutual]
        host, guest = self._by_size(mutual)
        hosts, joining, ranks = [host], [guest], [worth[mutual]]
        centre = np.full(len(groups), -1)
        centre[host] = centre[guest] = host
        for end, other in ((self.a, self.b), (self.b, self.a)):
            mine = lanes[~is_mutual & (follows[end[lanes]] == lanes)]
            mine = mine[centre[other[mine]] >= 0]
            hosts.append(centre[other[mine]])
            joining.append(end[mine])
            ranks.append(worth[mine] - 2.0)  # after the two that it follows
        joined = self._join(*(np.concatenate(column) for column in (hosts, joining, ranks)))
        return joined + int(np.count_nonzero(~exact))

    def _join(self, hosts: Rows, joining: Rows, ranks: NDArray[np.float32]) -> int:
        groups = self._groups
        is_plain = ~groups.have_words(hosts, joining)
        hosts, joining, ranks = hosts[is_plain], joining[is_plain], ranks[is_plain]
        free = groups.first_in_photo(hosts, joining, ranks)
        groups.merge_all(hosts[free], joining[free])
        has_changed = np.zeros(len(groups), np.bool_)
        has_changed[hosts[free]] = True
        self._once(has_changed)
        return len(free)

    def _by_size(self, pairs: Rows) -> tuple[Rows, Rows]:
        """The larger and the smaller group of some pairs."""
        a, b = self.a[pairs], self.b[pairs]
        is_less = self._groups.counts[a] < self._groups.counts[b]
        return np.where(is_less, b, a), np.where(is_less, a, b)

    def round(self) -> bool:
        """Make one of those that are each other's most alike; gives whether that was worth it."""
        groups, count = self._groups, len(self.a)
        if count <= QUEUE:
            return False
        worth = worth_of(groups, self.a, self.b, self.most)
        chosen = self._mutual(worth)
        unsure = chosen[~self.is_exact[chosen]]
        sure = chosen[self.is_exact[chosen]]
        self.measure(unsure)
        a, b = self._by_size(sure)
        united = groups.all_allowed(a, b)
        for pair in np.flatnonzero(united & groups.have_words(a, b)).tolist():
            asked = groups.child_margin(int(a[pair]), int(b[pair]))
            united[pair] = worth[sure[pair]] >= groups.thresholds.merge_average + asked
        groups.merge_all(a[united], b[united])
        kept = self.most >= groups.thresholds.merge_average
        kept[sure] = False
        self._keep(kept)
        has_changed = np.zeros(len(groups), np.bool_)
        has_changed[a[united]] = True
        self._once(has_changed)
        return len(chosen) > FEW * count

    def measure(self, which: Rows) -> None:
        """Work out how alike these pairs are."""
        self.most[which] = self._groups.averages(self.a[which], self.b[which])
        self.is_exact[which] = True

    def finish(self) -> None:
        """Work out all that is not exact, and leave out what is too little alike."""
        self.measure(np.flatnonzero(~self.is_exact))
        self._keep(self.most >= self._groups.thresholds.merge_average)

    def _mutual(self, worth: NDArray[np.float32]) -> Rows:
        """The pairs of which neither has another that is more alike, each group in one at most."""
        lanes = np.flatnonzero(worth >= self._groups.thresholds.merge_average)
        a, b, worth = self.a[lanes], self.b[lanes], worth[lanes]
        best = np.full(len(self._groups), -1.0, np.float32)
        np.maximum.at(best, a, worth)
        np.maximum.at(best, b, worth)
        lanes = lanes[(worth == best[a]) & (worth == best[b])]
        first = np.full(len(self._groups), len(self.a))
        np.minimum.at(first, self.a[lanes], lanes)
        np.minimum.at(first, self.b[lanes], lanes)
        is_first = (first[self.a[lanes]] == lanes) & (first[self.b[lanes]] == lanes)
        return np.asarray(lanes[is_first])

    def _keep(self, which: NDArray[np.bool_]) -> None:
        self.a, self.b = self.a[which], self.b[which]
        self.most, self.is_exact = self.most[which], self.is_exact[which]

    def _once(self, has_changed: NDArray[np.bool_]) -> None:
        """Name the groups that stand, and each pair of them once."""
        at = self._groups.settled()
        a, b = at[self.a], at[self.b]
        self.a, self.b = np.minimum(a, b), np.maximum(a, b)
        self.is_exact &= ~(has_changed[a] | has_changed[b])
        self._keep(a != b)
        order = np.argsort(self.a << 32 | self.b)
        self.a, self.b = self.a[order], self.b[order]
        is_first = np.ones(len(order), np.bool_)
        is_first[1:] = (np.diff(self.a) != 0) | (np.diff(self.b) != 0)
        starts = np.flatnonzero(is_first)
        if len(starts):
            self.most = np.maximum.reduceat(self.most[order], starts)
            self.is_exact = np.logical_and.reduceat(self.is_exact[order], starts)
        self.a, self.b = self.a[starts], self.b[starts]


def worth_of(groups: Groups, a: Rows, b: Rows, alike: NDArray[np.float32]) -> NDArray[np.float32]:
    """How alike pairs of groups are, less what two single faces need on top."""
    are_single = (groups.counts[a] == 1) & (groups.counts[b] == 1)
    return np.asarray(alike - np.float32(groups.thresholds.pair_margin) * are_single)


class _Queue:
    """The pairs one after the other, the most alike first."""

    def __init__(self, groups: Groups, pairs: _Pairs) -> None:
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
