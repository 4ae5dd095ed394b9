"""Pairs: two groups each that may become one, many at a time, as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.clustering.groups import Groups
from app.clustering.products import Rows

FEW = 0.002
"""Share of the pairs: when no more become one or are measured in a round, the queue takes over."""
QUEUE = 20_000
"""So few pairs go through the queue at once: a second."""


class Pairs:
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
