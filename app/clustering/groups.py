"""Groups: many groups of faces as arrays, which can become one another.

[Note: Average linkage by sums] The mean cosine between all faces of two groups is the product of
the sums of their unit vectors divided by both counts. So a group needs only its sum, and the
exact average linkage of Sokal and Michener (1958) runs on a sparse graph of neighbours. Here each
face counts by a weight, the square root of its quality, since a poor face says less of its person;
counts become sums of weights.
"""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group, may_be_by_word, may_be_child
from app.clustering.index import FaceIndex
from app.clustering.products import Rows, Vectors, pieces, sums_of
from app.clustering.thresholds import Thresholds

PAIRS = 1024
"""Pairs of one step: 4 MB at 512 dimensions, which stay in a processor's cache."""
RESORT = 256
"""Groups: the faces of so many are found quickest when all are in order of group."""
CELLS = 65_536
"""Pairs of faces: of so few the photos are held against one another at once."""
SPACE = 1024
"""Sums for which there is room at first."""


class Groups:
    """g groups over rows of an index; those that became part of another keep their number."""

    def __init__(
        self,
        index: FaceIndex,
        weights: NDArray[np.float32],
        members: tuple[Rows, Rows],
        people: Rows,
        constraints: Constraints,
        thresholds: Thresholds,
    ) -> None:
        """`weights` (n,): how much each face of the index counts. `members`: the rows of all groups
        one after the other, and where each group begins (g + 1,). `people` (g,): the person that
        each group is already; -1 for none."""
        faces, starts = members
        self.index = index
        self.weights = weights
        self.constraints = constraints
        self.thresholds = thresholds
        self.people = people.copy()
        self.counts: Rows = np.diff(starts)
        self.masses = np.add.reduceat(weights[faces], starts[:-1]) if len(faces) else weights[:0]
        """(g,): sums of the weights."""
        self.faces = faces
        self.of_face = np.full(len(index), -1, np.int64)
        """(n,): the group that each face began in; -1 for none."""
        self.of_face[faces] = np.repeat(np.arange(len(people)), self.counts)
        self.at = np.arange(len(people))
        """(g,): the group that each has become part of, by and by; itself while it stands."""
        self.first = faces[starts[:-1]]
        self._place = np.full(len(people), -1, np.int64)
        """(g,): where the sum of each lies; -1 for a single face, which needs none."""
        self._sums = np.empty((SPACE, index.vectors.shape[1]), np.float32)
        self._free: list[int] = list(range(SPACE))[::-1]
        self._sorted: tuple[Rows, Rows] | None = members
        self._joined: dict[int, list[int]] = {}
        self._known: dict[int, Group] = {}
        self._is_refusing = np.zeros(len(people), np.bool_)
        refusing = self.of_face[list(constraints.refused)] if constraints.refused else people[:0]
        self._is_refusing[refusing[refusing >= 0]] = True
        for number in np.flatnonzero(self.counts > 1).tolist():
            place = self._take(np.array([number]))
            own = faces[starts[number] : starts[number + 1]]
            self._sums[place] = index.sum_of(own, weights, int(people[number]))

    def __len__(self) -> int:
        return len(self.people)

    def standing(self) -> Rows:
        """The numbers of the groups that are part of no other."""
        return np.flatnonzero(self.at == np.arange(len(self)))

    def settled_one(self, number: int) -> int:
        """The standing group that one has become part of."""
        while int(self.at[number]) != number:
            number = int(self.at[number])
        return number

    def sums(self, numbers: Rows) -> Vectors:
        """(m, d): the weighted sums of some groups."""
        place = self._place[numbers]
        alone = np.flatnonzero(place < 0)
        rows = self.first[numbers[alone]]
        singles = self.index.single(rows)
        singles *= self.weights[rows][:, None]
        if len(alone) == len(numbers):
            return singles
        found = self._sums[place]
        found[alone] = singles
        return found

    def averages(self, a: Rows, b: Rows) -> NDArray[np.float32]:
        """(m,): how alike the faces of two groups each are on average."""
        found = np.empty(len(a), np.float32)
        for piece in pieces(len(a), PAIRS):
            one, other = self.sums(a[piece]), self.sums(b[piece])
            found[piece] = np.einsum("ij,ij->i", one, other)
        found /= self.masses[a] * self.masses[b]
        return found

    def average(self, a: int, b: int) -> float:
        """How alike the faces of two groups are on average."""
        return float(self._sum(a) @ self._sum(b) / (self.masses[a] * self.masses[b]))

    def _sum(self, number: int) -> Vectors:
        place = int(self._place[number])
        if place >= 0:
            return np.asarray(self._sums[place])
        row = int(self.first[number])
        return np.asarray(self.index.single(np.array([row]))[0] * self.weights[row])

    def members(self, number: int) -> Rows:
        """The rows of a standing group."""
        if self._sorted is None:
            now = self.settled()[self.of_face[self.faces]]
            # One number each, by group and in it by place, is sorted quickest.
            order = np.sort(now << 32 | np.arange(len(now))) & (2**32 - 1)
            starts = np.concatenate([[0], np.cumsum(np.bincount(now, minlength=len(self)))])
            self._sorted, self._joined = (self.faces[order], starts), {}
        faces, starts = self._sorted
        parts = [number, *self._joined.get(number, ())]
        found = [faces[starts[part] : starts[part + 1]] for part in parts]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def group(self, number: int) -> Group:
        """What was said of a standing group; its faces, which may be thousands, are not in it."""
        known = self._known.get(number)
        if known is None:
            constraints = self.constraints
            known = Group([], int(self.people[number]), constraints)
            if self._is_refusing[number]:
                rows = np.array(list(constraints.refused), np.int64)
                own = rows[np.isin(rows, self.members(number))].tolist()
                known.refused.update(*(constraints.refused[row] for row in own))
            if constraints.births and constraints.years is not None:
                years = constraints.years[self.members(number)]
                known.earliest = float(np.min(years, initial=np.inf, where=~np.isnan(years)))
            self._known[number] = known
        return known

    def allowed(self, a: int, b: int) -> bool:
        """Whether nothing forbids that the two are one person."""
        have_words = self.have_words(np.array([a]), np.array([b]))[0]
        if have_words and not may_be_by_word(self.group(a), self.group(b), self.constraints):
            return False
        few, many = (a, b) if self.counts[a] <= self.counts[b] else (b, a)
        own, theirs = self.members(few), self.members(many)
        photos, shown = self.constraints.photos[own], self.constraints.photos[theirs]
        if len(photos) * len(shown) <= CELLS:
            is_beside = (shown[:, None] == photos).any(axis=1)
        else:
            is_beside = np.isin(shown, photos)
        return not is_beside.any() or self._is_twice(own, theirs[is_beside])

    def child_margin(self, a: int, b: int) -> float:
        """How much more alike the two must be because one is a child, by the year of birth."""
        births = self.constraints.births
        if not births or (int(self.people[a]) not in births and int(self.people[b]) not in births):
            return 0.0
        is_child = may_be_child(self.group(a), self.group(b), self.constraints)
        return self.thresholds.child_margin if is_child else 0.0

    def have_words(self, a: Rows, b: Rows) -> NDArray[np.bool_]:
        """(m,): of pairs, whether the user's word has a say in whether the two may be one."""
        found = self._is_refusing[a] | self._is_refusing[b]
        found |= (self.people[a] >= 0) & (self.people[b] >= 0)
        if self.constraints.births:
            born = list(self.constraints.births)
            found |= np.isin(self.people[a], born) | np.isin(self.people[b], born)
        return found

    def all_allowed(self, a: Rows, b: Rows) -> NDArray[np.bool_]:
        """(m,): of pairs, no group of which is in two, whether the two may be one person."""
        found = self._allowed_together(a, b)
        for pair in np.flatnonzero(found & self.have_words(a, b)).tolist():
            found[pair] = self.allowed(int(a[pair]), int(b[pair]))
        return found

    def each_allowed(self, a: Rows, b: Rows) -> NDArray[np.bool_]:
        """(m,): of any pairs, whether the two may be one person."""
        _, photos = np.unique(self.constraints.photos[self.faces], return_inverse=True)
        most = int(photos.max(initial=0)) + 1
        now = self.settled()[self.of_face[self.faces]]
        shown = np.sort(now * most + photos)
        # Each face of a group b beside its group a: is there another of a in its photo?
        is_mine = np.zeros(len(self), np.bool_)
        is_mine[b] = True
        own = np.flatnonzero(is_mine[now])
        own = own[np.argsort(now[own], kind="stable")]
        begins = np.searchsorted(now[own], b)
        lane = np.repeat(np.arange(len(b)), self.counts[b])
        step = np.arange(len(lane)) - (np.cumsum(self.counts[b]) - self.counts[b])[lane]
        wanted = a[lane] * most + photos[own[begins[lane] + step]]
        place = np.minimum(np.searchsorted(shown, wanted), len(shown) - 1)
        is_doubtful = self.have_words(a, b)
        is_doubtful[lane[shown[place] == wanted]] = True
        found = np.ones(len(a), np.bool_)
        for pair in np.flatnonzero(is_doubtful).tolist():
            found[pair] = self.allowed(int(a[pair]), int(b[pair]))
        return found

    def refused_by(self, number: int) -> Set[int]:
        """The people that a standing group is not, by the user's word."""
        return self.group(number).refused if self._is_refusing[number] else frozenset()

    def confidence(self, rows: Rows, numbers: Rows) -> NDArray[np.float32]:
        """(m,): the mean cosine of each of some faces to the others of its standing group."""
        own, weights = self.index.single(rows), self.weights[rows]
        itself = weights * np.einsum("ij,ij->i", own, own)
        alike = np.einsum("ij,ij->i", own, self.sums(numbers))
        rest = np.maximum(self.masses[numbers] - weights, 1e-6)
        return np.asarray((alike - itself) / rest)

    def merge(self, a: int, b: int) -> None:
        """Make group b part of group a."""
        if a in self._known:
            self._known[a].absorb(self.group(b), self.constraints.kept)
        self._known.pop(b, None)
        place = int(self._place[a])
        if place < 0:
            self._unite(np.array([a]), np.array([b]))
        else:
            self._sums[place] += self._sum(b)
            self._absorb(a, b)
        self._joined.setdefault(a, []).extend([b, *self._joined.pop(b, ())])

    def first_in_photo(self, hosts: Rows, joining: Rows, worth: NDArray[np.float32]) -> Rows:
        """Of groups that would join a host each, those that share no photo with it, nor with one
        that is worth more and would join the same."""
        if not len(hosts):
            return hosts
        numbers = np.concatenate([np.unique(hosts), joining])
        to = np.concatenate([np.unique(hosts), hosts])
        ranks = np.concatenate([np.full(len(numbers) - len(hosts), np.inf), worth])
        rows, lane = self.rows_of(numbers)
        photos = self.constraints.photos[rows]
        # Hardly any host meets a photo twice: only those are put in order of worth.
        key = to[lane] << 32 | (photos & (2**32 - 1))
        order = np.argsort(key)
        again = np.diff(key[order]) == 0
        order = order[np.append(again, False) | np.insert(again, 0, False)]
        lane, photos = lane[order], photos[order]
        order = np.lexsort((lane, -ranks[lane], photos, to[lane]))
        lane, photos = lane[order], photos[order]
        same = (np.diff(to[lane]) == 0) & (np.diff(photos) == 0) & (np.diff(lane) != 0)
        is_free = np.ones(len(numbers), np.bool_)
        is_free[lane[1:][same]] = False
        return np.flatnonzero(is_free[len(numbers) - len(hosts) :])

    def merge_all(self, a: Rows, b: Rows) -> None:
        """Make each of the groups b part of its group a; no group is in both or twice in b."""
        if not len(a):
            return
        self._unite(a, b)
        if self._known:
            for one, other in zip(a.tolist(), b.tolist(), strict=True):
                self._known.pop(one, None)
                self._known.pop(other, None)
        self._sorted = None

    def settled(self) -> Rows:
        """(g,): the standing group that each has become part of."""
        while True:
            further = self.at[self.at]
            if (further == self.at).all():
                return self.at
            self.at = further

    def _unite(self, a: Rows, b: Rows) -> None:
        order = np.argsort(a, kind="stable")
        a, b = a[order], b[order]
        starts = np.flatnonzero(np.diff(a, prepend=-1) != 0)
        hosts = a[starts]
        gained = np.empty((len(starts), self._sums.shape[1]), np.float32)
        for piece in pieces(len(starts), PAIRS):
            ends = np.append(starts, len(b))[piece.start : piece.stop + 1]
            theirs = self.sums(b[ends[0] : ends[-1]])
            gained[piece] = sums_of(theirs, ends[:-1] - ends[0])
            gained[piece] += self.sums(hosts[piece])
        self._free += self._place[b][self._place[b] >= 0].tolist()
        self._place[b] = -1
        self._take(hosts[self._place[hosts] < 0])
        self._sums[self._place[hosts]] = gained
        self.masses[hosts] += np.add.reduceat(self.masses[b], starts)
        self.counts[hosts] += np.add.reduceat(self.counts[b], starts)
        people = self.people[b]
        is_kept = np.isin(people, list(self.constraints.kept))
        named = (people >= 0) & (is_kept | (self.people[a] < 0))
        self.people[a[named]] = people[named]
        np.logical_or.at(self._is_refusing, a, self._is_refusing[b])
        self.at[b] = a

    def _absorb(self, a: int, b: int) -> None:
        """All but the sums of a group that has a place for its own."""
        if self._place[b] >= 0:
            self._free.append(int(self._place[b]))
            self._place[b] = -1
        self.masses[a] += self.masses[b]
        self.counts[a] += self.counts[b]
        person = int(self.people[b])
        if person >= 0 and (self.people[a] < 0 or person in self.constraints.kept):
            self.people[a] = person
        self._is_refusing[a] |= self._is_refusing[b]
        self.at[b] = a

    def _take(self, numbers: Rows) -> Rows:
        """Places for the sums of some more groups."""
        missing = len(numbers) - len(self._free)
        if missing > 0:
            before = len(self._sums)
            room = before + max(missing, before // 4)
            grown = np.empty((room, self._sums.shape[1]), np.float32)
            grown[:before] = self._sums
            self._sums = grown
            self._free = list(range(before, room))[::-1] + self._free
        places = np.array(self._free[len(self._free) - len(numbers) :], np.int64)
        del self._free[len(self._free) - len(numbers) :]
        self._place[numbers] = places
        return places

    def _allowed_together(self, a: Rows, b: Rows) -> NDArray[np.bool_]:
        """(m,): of such pairs, whether no photo shows faces of both, unless nearly identical."""
        found = np.ones(len(a), np.bool_)
        if not len(a):
            return found
        rows, pair, is_b = self._faces_of(a, b)
        photos = self.constraints.photos[rows]
        order = np.lexsort((photos, pair))
        pair, photos, is_b = pair[order], photos[order], is_b[order]
        together = (pair[1:] == pair[:-1]) & (photos[1:] == photos[:-1]) & (is_b[1:] != is_b[:-1])
        for clash in np.unique(pair[1:][together]).tolist():
            one, other = self.members(int(a[clash])), self.members(int(b[clash]))
            found[clash] = self._is_twice(one, other)
        return found

    def _faces_of(self, a: Rows, b: Rows) -> tuple[Rows, Rows, NDArray[np.bool_]]:
        """The faces of pairs of groups, the pair of each, and whether it is in the second."""
        rows, lane = self.rows_of(np.concatenate([a, b]))
        return rows, lane % len(a), lane >= len(a)

    def put_in_order(self) -> None:
        """Have all faces in order of group; from then on several threads may ask for those of
        theirs, as long as no group changes."""
        if self._joined:
            self._sorted = None
        if len(self):
            self.members(0)

    def rows_of(self, numbers: Rows) -> tuple[Rows, Rows]:
        """The faces of some standing groups, and the place in `numbers` of the group of each."""
        if (self.counts[numbers] == 1).all():
            return self.first[numbers], np.arange(len(numbers))
        lane = np.repeat(np.arange(len(numbers)), self.counts[numbers])
        if self._joined and len(numbers) > RESORT:
            self._sorted = None  # to sort all faces again is quicker
        self.members(int(numbers[0]))
        if self._joined or self._sorted is None:
            return np.concatenate([self.members(number) for number in numbers.tolist()]), lane
        faces, starts = self._sorted
        ends = np.cumsum(self.counts[numbers])
        step = np.arange(len(lane)) - (ends - self.counts[numbers])[lane]
        return faces[starts[numbers][lane] + step], lane

    def _is_twice(self, one: Rows, other: Rows) -> bool:
        """Whether all faces of the two that share a photo are nearly identical."""
        photos = self.constraints.photos
        for photo in np.intersect1d(photos[one], photos[other]).tolist():
            left = self.index.single(one[photos[one] == photo])
            right = self.index.single(other[photos[other] == photo])
            if float((left @ right.T).min()) < self.thresholds.near_identical:
                return False
        return True
