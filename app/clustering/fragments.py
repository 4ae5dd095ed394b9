"""Fragments: a face left alone, or a group of few, joins the group it is closest to, if no other
group is nearly so.

[Note: Fragments] Average linkage leaves pieces of a person outside: three photos with a beard, two
from one far evening. Their average to the person's other faces is low, since those faces are
varied; but each is quite like some of them, and like nobody else's. So a fragment asks every group
near it how alike its 3 nearest faces are, and joins the winner if it wins clearly.

[Note: Bounds] The 3 nearest faces of a group are among the neighbours of a face, or farther than
all of those. That tells of each group how alike it is at most, and mostly exactly; only where this
leaves open who wins is the whole group looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.clustering.groups import Groups
from app.clustering.lanes import each
from app.clustering.linkage import NEAREST, closeness, coherence
from app.clustering.neighbours import Edges
from app.clustering.products import Check, Rows, Vectors, pieces

ROUNDS = 3
"""A group that grew may be the clear winner for one more; hardly any join after the third round."""
ROUNDING = 1e-5
"""A bound from products of other shapes may lie this far below the value it bounds."""
SMALL = 32
"""Faces: groups of so few are looked at many at a time..."""
TOGETHER = 256
"""...by so many pairs."""
SPREAD = 4.0
"""More than two likenesses can lie apart: likenesses of one fragment stay beside one another."""

Values = NDArray[np.float64]


def join_fragments(groups: Groups, edges: Edges, asked: Rows, check: Check) -> None:
    """Let each fragment whose faces all are among those `asked` for their neighbours (`edges`, from
    left to right, the nearest of a face first) join another group, the surest first."""
    work = _Work(groups, edges, asked, {})
    stirred = None
    for _ in range(ROUNDS):
        check()
        offers = work.offers(stirred, check)
        joined = [work.join(number, face) for _, number, face in sorted(offers)]
        moved = [rows for rows in joined if len(rows)]
        if not moved:
            return
        stirred = np.concatenate(moved)


@dataclass(frozen=True, slots=True)
class _Table:
    """Pairs of a fragment and a group near it, m of them, by fragment and group."""

    fragment: Rows
    group: Rows
    most: Values
    """(m,): how alike they are at most."""
    is_exact: NDArray[np.bool_]
    """(m,): whether they are just so alike."""

    def some(self, which: NDArray[np.bool_] | Rows | slice) -> _Table:
        return _Table(
            self.fragment[which], self.group[which], self.most[which], self.is_exact[which]
        )


@dataclass(frozen=True, slots=True)
class _Work:
    groups: Groups
    edges: Edges
    asked: Rows
    known: dict[int, tuple[int, float]]
    """Coherence of a group when it had so many faces."""

    def offers(self, stirred: Rows | None, check: Check) -> list[tuple[float, int, int]]:
        """What each fragment wishes, or each near faces that moved (`stirred`): how alike, the
        fragment, and a face of the group.

        First those groups are looked at that could be alike enough, then, where one is, whoever
        may contest it. A group that is at most so alike that it stays behind the best by more than
        the margin can neither win nor contest.
        """
        groups, margin = self.groups, self.groups.thresholds.join_margin
        table = self._table(stirred)
        if not len(table.group):
            return []
        asked = self._asked(table, check)
        self._measure(table, table.most >= asked, check)
        begins = np.flatnonzero(np.diff(table.fragment, prepend=-1))
        lane = np.cumsum(np.diff(table.fragment, prepend=-1) != 0) - 1
        able = np.where(table.most >= asked, table.most, -1.0)
        best = np.maximum.reduceat(able, begins)
        contesting = (best[lane] > 0) & (table.most > best[lane] - margin)
        self._measure(table, contesting, check)
        # Of equals the lowest number wins, as if it came first.
        order = np.argsort(table.fragment * SPREAD - table.most, kind="stable")
        first, second = order[begins], order[np.minimum(begins + 1, len(order) - 1)]
        lead = np.where(
            table.fragment[second] == table.fragment[first],
            table.most[first] - table.most[second],
            np.inf,
        )
        lead[first == second] = np.inf
        wins = (best > 0) & table.is_exact[first] & (table.most[first] >= asked[first])
        found = []
        for place in first[wins & (lead >= margin)].tolist():
            group, fragment = int(table.group[place]), int(table.fragment[place])
            alike = float(table.most[place])
            if alike >= asked[place] + groups.child_margin(group, fragment):
                found.append((-alike, fragment, int(groups.first[group])))
        return found

    def join(self, number: int, host_face: int) -> Rows:
        """Follow a host that joined another itself; the constraints are asked again. Gives the
        faces that moved, none when it may not be."""
        groups = self.groups
        host = int(groups.settled_one(int(groups.of_face[host_face])))
        if groups.settled_one(number) != number or host == number:
            return groups.faces[:0]
        if not groups.allowed(host, number):
            return groups.faces[:0]
        moved = groups.members(number)
        groups.merge(host, number)
        return moved

    def _measure(self, table: _Table, which: NDArray[np.bool_], check: Check) -> None:
        """Look at whole groups, to know exactly how alike these pairs are."""
        groups = self.groups
        pairs = np.flatnonzero(which & ~table.is_exact)
        pairs = pairs[np.argsort(table.group[pairs], kind="stable")]
        table.is_exact[pairs] = True
        sizes = groups.counts[table.group[pairs]]
        small, large = pairs[sizes <= SMALL], pairs[sizes > SMALL]
        begins = np.flatnonzero(np.diff(table.group[large], prepend=-1))
        ends = [*begins.tolist(), len(large)]
        parts = [(large[start:end], False) for start, end in pairwise(ends)]
        parts += [(small[piece], True) for piece in pieces(len(small), TOGETHER)]

        def see(part: tuple[Rows, bool]) -> None:
            pairs, are_small = part
            fragments, others = table.fragment[pairs], table.group[pairs]
            rows, lane = groups.rows_of(fragments)
            alike = self._see_small(rows, lane, others) if are_small else self._see(rows, others[0])
            weights = groups.weights[rows]
            total = np.bincount(lane, alike * weights) / np.bincount(lane, weights)
            table.most[pairs] = total - self.groups.thresholds.lone_handicap * (
                groups.counts[others] == 1
            )

        if parts:
            groups.put_in_order()
            each(see, parts, groups.index.threads, check)

    def _see(self, rows: Rows, group: int) -> Values:
        """How alike faces are to the nearest of a group."""
        others = self._vectors(self.groups.members(int(group)))
        return np.asarray(closeness(self._vectors(rows), others), np.float64)

    def _see_small(self, rows: Rows, lane: Rows, numbers: Rows) -> Values:
        """How alike each face is to the nearest of the small group `numbers[lane]`, of a few groups
        and therefore by one product of all faces: what nobody asks for costs less than to leave
        it out."""
        groups = self.groups
        seen, place = np.unique(numbers, return_inverse=True)
        others, _ = groups.rows_of(seen)
        faces, face = np.unique(rows, return_inverse=True)
        alike = self._vectors(faces) @ self._vectors(others).T
        sizes = groups.counts[seen]
        begins, sizes = (np.cumsum(sizes) - sizes)[place[lane]], sizes[place[lane]]
        columns = begins[:, None] + np.arange(sizes.max())
        is_own = np.arange(sizes.max()) < sizes[:, None]
        columns = np.minimum(columns, len(others) - 1)
        values = np.where(is_own, alike[face[:, None], columns], -2.0)
        nearest = np.minimum(sizes, NEAREST)
        top = -np.sort(-values, axis=1)[:, :NEAREST]
        taken = np.arange(top.shape[1]) < nearest[:, None]
        return np.asarray(np.where(taken, top, 0.0).sum(axis=1) / nearest)

    def _vectors(self, rows: Rows) -> Vectors:
        return self.groups.index.single(rows)

    def _asked(self, table: _Table, check: Check) -> Values:
        """(m,): how alike the two must be, but for children."""
        groups, limits, counts = self.groups, self.groups.thresholds, self.groups.counts
        asked = np.full(len(table.group), limits.join_mean3)
        asked += limits.pair_margin * (counts[table.group] <= limits.fragment_faces)
        # The least that could be asked of anybody, before the coherence of their group is known.
        least = asked - limits.join_coherence * limits.usual_coherence
        near = np.unique(table.group[table.most >= least])
        more = np.zeros(len(groups))
        unknown = [g for g in near.tolist() if self.known.get(g, (0, 0.0))[0] != counts[g]]
        groups.put_in_order()
        found = each(self._coherence, unknown, groups.index.threads, check)
        for group, value in zip(unknown, found, strict=True):
            self.known[group] = int(counts[group]), value
        for group in near.tolist():
            more[group] = limits.join_coherence * (self.known[group][1] - limits.usual_coherence)
        return np.asarray(asked + more[table.group])

    def _coherence(self, group: int) -> float:
        index, limits = self.groups.index, self.groups.thresholds
        person, rows = int(self.groups.people[group]), self.groups.members(group)
        return index.coherence_of(
            person, rows, lambda rows: coherence(index.single, np.sort(rows), limits)
        )

    def _table(self, stirred: Rows | None) -> _Table:
        """All pairs worth looking at."""
        groups, limits = self.groups, self.groups.thresholds
        at = groups.settled()
        is_fragment = (groups.counts <= limits.fragment_faces) & (at == np.arange(len(groups)))
        if groups.constraints.kept:
            is_fragment &= ~np.isin(groups.people, list(groups.constraints.kept))
        told = groups.of_face[self.asked]
        is_fragment &= np.bincount(at[told[told >= 0]], minlength=len(groups)) == groups.counts
        owner = groups.of_face[self.edges.left]
        is_mine = (owner >= 0) & is_fragment[at[owner]]
        if stirred is not None:
            is_mine &= self._is_near(stirred, at, owner)
        mine = np.flatnonzero(is_mine)
        face, alike = self.edges.left[mine], self.edges.similarity[mine].astype(np.float64)
        other = groups.of_face[self.edges.right[mine]]
        other = np.where(other >= 0, at[other], -1)
        return self._bounds(face, other, alike, self.edges.ranks()[mine])

    def _is_near(self, stirred: Rows, at: Rows, owner: Rows) -> NDArray[np.bool_]:
        """(edges,): which are of groups with a face that is or is near one of those that moved."""
        groups = self.groups
        is_stirred = np.zeros(len(groups.of_face), np.bool_)
        is_stirred[stirred] = True
        touched = is_stirred[self.edges.right] & (owner >= 0)
        is_touched = np.zeros(len(groups) + 1, np.bool_)  # one more, for faces in no group
        is_touched[at[owner[touched]]] = True
        is_touched[at[groups.of_face[stirred]]] = True
        return np.asarray(is_touched[np.where(owner >= 0, at[owner], -1)])

    def _bounds(self, face: Rows, other: Rows, alike: Values, ranks: Rows) -> _Table:
        """From the neighbours of the faces of fragments, and the rank of each for its face."""
        groups = self.groups
        starts = np.flatnonzero(np.diff(face, prepend=-1) != 0)
        faces, times = face[starts], np.diff(starts, append=len(face))
        lane = np.repeat(np.arange(len(faces)), times)
        owner = groups.at[groups.of_face[faces]]
        least = alike[starts + times - 1]
        beyond = np.where(times >= self.edges.most, least, self.edges.floor)
        shares = np.asarray(groups.weights[faces] / groups.masses[owner], np.float32)
        # What each (face, group) comes to: its 3 nearest, as far as they are among the neighbours.
        if not len(face):
            return _Table(face, face, alike, np.empty(0, np.bool_))
        # By face and group; of each the nearest first, as they come: one number sorts quickest.
        key = (lane * (len(groups) + 1) + other + 1) * (int(ranks.max()) + 1) + ranks
        order = np.argsort(key)
        lane, other, alike = lane[order], other[order], alike[order]
        is_next = (np.diff(lane, prepend=-1) != 0) | (np.diff(other, prepend=-2) != 0)
        starts = np.flatnonzero(is_next)
        sizes = np.diff(starts, append=len(lane))
        rank = np.arange(len(lane)) - np.repeat(starts, sizes)
        total = np.add.reduceat(np.where(rank < NEAREST, alike, 0.0), starts)
        lane, other = lane[starts], other[starts]
        last = alike[starts + np.minimum(sizes, NEAREST) - 1]
        asked = np.minimum(NEAREST, np.where(other >= 0, groups.counts[other], NEAREST))
        seen = np.minimum(sizes, asked)
        bound = (total + (asked - seen) * np.minimum(beyond[lane], last)) / asked
        return self._by_fragment(owner, shares, beyond, (lane, other, bound, seen == asked))

    def _by_fragment(
        self,
        owner: Rows,
        shares: NDArray[np.float32],
        beyond: Values,
        found: tuple[Rows, Rows, Values, NDArray[np.bool_]],
    ) -> _Table:
        """What each (fragment, group) comes to, the mean over the faces of the fragment."""
        groups, limits = self.groups, self.groups.thresholds
        lane, other, bound, is_seen = found
        fragment = owner[lane]
        kept = (other >= 0) & (other != fragment)
        kept &= groups.counts[other] >= groups.counts[fragment]
        lane, other, bound, is_seen = lane[kept], other[kept], bound[kept], is_seen[kept]
        fragment = fragment[kept]
        outside = np.zeros(len(groups))
        np.add.at(outside, owner, shares * beyond)
        heard = np.zeros(len(groups))
        np.add.at(heard, owner, shares)
        order = np.argsort(fragment * len(groups) + other)
        lane, other, fragment = lane[order], other[order], fragment[order]
        starts = np.flatnonzero(
            (np.diff(fragment, prepend=-1) != 0) | (np.diff(other, prepend=-1) != 0)
        )
        if not len(starts):
            return _Table(fragment, other, bound, is_seen)
        more = shares[lane] * (bound[order] - beyond[lane])
        fragment, other = fragment[starts], other[starts]
        # A face that has no neighbour at all is in no row here, but counts.
        unheard = np.maximum(1.0 - heard[fragment], 0.0) * self.edges.floor
        most = np.add.reduceat(more, starts) + outside[fragment] + unheard
        exact = np.add.reduceat(is_seen[order].astype(np.int64), starts) == groups.counts[fragment]
        most -= limits.lone_handicap * (groups.counts[other] == 1)
        table = _Table(fragment, other, most + np.where(exact, 0.0, ROUNDING), exact)
        return self._open(table)

    def _open(self, table: _Table) -> _Table:
        """Without what may not be or cannot matter."""
        groups, limits = self.groups, self.groups.thresholds
        # No group is less coherent than strangers are.
        least = limits.join_mean3 - limits.join_coherence * limits.usual_coherence
        table = table.some(table.most >= least - limits.join_margin)
        return table.some(groups.each_allowed(table.group, table.fragment))
