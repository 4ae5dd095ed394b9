"""Grouping: new faces join a person or found one; or everything is grouped afresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.fragments import join_fragments
from app.clustering.groups import Groups
from app.clustering.index import FaceIndex
from app.clustering.lanes import alone
from app.clustering.linkage import weights_of
from app.clustering.merging import PART, SURE, merge_alike, merge_sure
from app.clustering.neighbours import Edges
from app.clustering.products import Check, Rows, pieces
from app.clustering.roster import Roster
from app.clustering.thresholds import Thresholds

NEIGHBOURS = 48
"""Nearest faces looked at for each face: more than most people have look-alike crops."""
FLOOR_BELOW_MERGE = 0.1
"""Edges reach this far below `join_mean3`: members of one group differ around its mean."""
CLOSEST = 16
"""...and so many of them may be one with it to begin with; what grew is held against all others."""
MANY = 5_000
"""Faces: of more those that leave no doubt are put together before anybody looks far."""
FIRST = 4
"""Nearest faces in its own list that one may surely be one with."""
OPEN_FACES = 48
"""A group that the user never spoke of and that has at most so many faces is grouped anew when a
new face comes near it; of larger ones only the faces that belong there least. With half as many,
the order of arrival moved BCubed F1 by 0.008 on a made-up album of 3,000 faces, with these by
0.005 (`python -m tests.benchmarks.grouping --orders`)."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces to group, n of them."""

    vectors: NDArray[np.floating]
    """(n, d) of half or single precision, each of length 1; a row that is not finite or of length
    0 is left alone."""
    quality: NDArray[np.float32]
    """(n,): 0..1; NaN counts as 0."""
    people: NDArray[np.int64]
    """(n,): id of the person each is with; -1 for none."""
    is_new: NDArray[np.bool_]
    """(n,): not considered by any grouping yet."""
    is_fixed: NDArray[np.bool_]
    """(n,): the user said who it is; it never moves."""
    weights: NDArray[np.float32] | None = None
    """(n,): `weights_of` the quality, where they are kept."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where those of n faces belong that have moved, which may be a few of a million."""

    rows: NDArray[np.int64]
    """(m,): the faces that are new or have moved, in order: all others stay with whom they are."""
    placed: NDArray[np.int64]
    """(m,): a person's id; or -1, -2, ... for a group founded now; or 0 for nobody."""
    sure: NDArray[np.float32]
    """(m,): mean cosine to the other faces of its group; NaN for nobody."""
    founded: int
    """How many groups are new: labels reach down to minus this."""
    before: NDArray[np.int64]
    """(n,): whom each face was with."""

    @property
    def labels(self) -> NDArray[np.int64]:
        """(n,): as `placed`, of every face."""
        labels = np.where(self.before < 0, 0, self.before)
        labels[self.rows] = self.placed
        return labels

    @property
    def confidence(self) -> NDArray[np.float32]:
        """(n,): as `sure`, of every face; NaN for whom nothing changed."""
        confidence = np.full(len(self.before), np.nan, np.float32)
        confidence[self.rows] = self.sure
        return confidence


def group_new(
    faces: Faces,
    constraints: Constraints,
    thresholds: Thresholds,
    check: Check = lambda: None,
    index: FaceIndex | None = None,
    roster: Roster | None = None,
) -> Grouping:
    """Place the new faces, and think again about those near them. `check` may raise to stop;
    `index` and `roster`, where they are kept, are of these very faces.

    [Note: Order of arrival] What a machine guessed from the first few photos must not bind it when
    more have come. So a small group near a new face is taken apart and grouped anew with it, and a
    face near it that hardly belongs to its person is asked again. Only what the user said stands.
    """
    with alone():
        return _group_new(_Work.of(faces, constraints, thresholds, check, index, roster))


def _group_new(work: _Work) -> Grouping:
    faces, thresholds = work.faces, work.thresholds
    new = np.flatnonzero(faces.is_new & work.index.usable)
    if len(new) == np.count_nonzero(work.index.usable) and (work.people(new) < 0).all():
        return work.from_nothing(work.alone(new), new)
    edges = work.edges(new)
    stirred = edges.above(thresholds.join_mean3 - thresholds.join_margin).ends()
    opened = np.union1d(work.opened(stirred), work.loose(stirred))
    edges = edges.and_more(work.edges(np.setdiff1d(opened, new)))  # each face asks once
    involved = np.union1d(new, edges.ends())
    loose = np.union1d(opened, involved[work.people(involved) < 0])
    settled = np.unique(work.people(np.setdiff1d(involved, loose)))
    members, starts = work.members(settled)
    stays = ~np.isin(members, loose)
    owners = np.repeat(settled, np.diff(starts))[stays]
    rows = np.concatenate([loose, members[stays]])
    people = np.concatenate([np.full(len(loose), -1), owners])
    return work.settle(work.grouped(rows, people), edges, np.union1d(opened, new))


def regroup(
    faces: Faces,
    said: Mapping[int, int],
    constraints: Constraints,
    thresholds: Thresholds,
    check: Check = lambda: None,
    index: FaceIndex | None = None,
) -> Grouping:
    """Start over from faces and the user's word.

    `said` maps a face to the person it is by the user's word. People keep their ids: a group that
    holds such a face is that person; another keeps the id that most of its faces had.
    """
    with alone():
        work = _Work.of(faces, constraints, thresholds, check, index, None)
        rows = np.flatnonzero(work.index.usable)
        placed = np.full(len(faces.people), -1)
        placed[list(said)] = list(said.values())
        return work.from_nothing(work.grouped(rows, placed[rows]), rows)


def index_of(vectors: NDArray[np.floating]) -> FaceIndex:
    """An index of (n, d) vectors, for one run."""
    index = FaceIndex(vectors.shape[1], len(vectors))
    index.add(vectors)
    return index


def is_usable(vectors: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which rows are embeddings at all: finite and not zero."""
    finite = np.isfinite(vectors).all(axis=1)
    return np.asarray(finite & (vectors != 0).any(axis=1))


def mended(vectors: NDArray[np.floating]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which rows are embeddings at all, and the vectors with zeros for the others."""
    usable = is_usable(vectors)
    return usable, np.where(usable[:, None], vectors, 0).astype(np.float32)


def members_of(people: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    """The faces of each person, in order."""
    order = np.argsort(people, kind="stable")
    owners, starts = np.unique(people[order], return_index=True)
    pieces = np.split(order, starts[1:]) if len(order) else []
    return {int(p): own for p, own in zip(owners, pieces, strict=True) if p >= 0}


@dataclass(frozen=True, slots=True)
class _Work:
    """What the steps of one run share."""

    faces: Faces
    weights: NDArray[np.float32]
    constraints: Constraints
    thresholds: Thresholds
    check: Check
    index: FaceIndex
    roster: Roster

    @classmethod
    def of(
        cls,
        faces: Faces,
        constraints: Constraints,
        thresholds: Thresholds,
        check: Check,
        index: FaceIndex | None,
        roster: Roster | None,
    ) -> _Work:
        """Everything as a run finds it."""
        check()
        index = index_of(faces.vectors) if index is None else index
        roster = Roster(faces.people) if roster is None else roster
        weights = weights_of(faces.quality) if faces.weights is None else faces.weights
        return cls(faces, weights, constraints, thresholds, check, index, roster)

    def people(self, rows: Rows) -> Rows:
        """Whom each of some faces is with; -1 where there is no embedding."""
        return np.where(self.index.usable[rows], self.faces.people[rows], -1)

    def edges(self, rows: Rows) -> Edges:
        """The neighbours of some faces."""
        limits = self.thresholds
        floor = min(limits.merge_average, limits.join_mean3) - FLOOR_BELOW_MERGE
        return self.index.nearest(rows, NEIGHBOURS, floor, self.check)

    def members(self, people: Rows) -> tuple[Rows, Rows]:
        """The faces of each of these people, in order, and where those of each begin."""
        lists = [self.roster.of(person) for person in people[people >= 0].tolist()]
        lists = [rows[self.index.usable[rows]] for rows in lists]
        none = np.zeros(np.count_nonzero(people < 0) + 1, np.int64)
        starts = np.cumsum(np.concatenate([none, [len(rows) for rows in lists]]))
        return np.concatenate([none[:0], *lists], dtype=np.int64), starts.astype(np.int64)

    def alone(self, rows: Rows) -> Groups:
        """Each face by itself."""
        return self.grouped(rows, np.full(len(rows), -1))

    def grouped(self, rows: Rows, people: Rows) -> Groups:
        """Faces with these people, one group each; those with nobody each by itself."""
        step = np.diff(people)
        if not ((step > 0) | ((step == 0) & (np.diff(rows) > 0))).all():
            order = np.lexsort((rows, people))
            rows, people = rows[order], people[order]
        begins = (people < 0) | (np.diff(people, prepend=-1) != 0)
        starts = np.flatnonzero(np.append(begins, True))
        return Groups(
            self.index,
            self.weights,
            (rows, starts),
            people[starts[:-1]],
            self.constraints,
            self.thresholds,
        )

    def opened(self, stirred: Rows) -> Rows:
        """The lone ones among the stirred faces, and all faces of the small groups among them."""
        owners = np.unique(self.people(stirred))
        owners = owners[(owners >= 0) & ~np.isin(owners, list(self.constraints.kept))]
        rows, starts = self.members(owners)
        is_small = np.repeat(np.diff(starts) <= OPEN_FACES, np.diff(starts))
        alone = stirred[(self.people(stirred) < 0) & ~self.faces.is_new[stirred]]
        found = np.union1d(alone, rows[is_small])
        return np.asarray(found[~self.faces.is_fixed[found]])

    def loose(self, stirred: Rows) -> Rows:
        """Those of the stirred faces that are less like the rest of their person than would make
        two groups one: they joined as fragments, or when the person was smaller."""
        movable = stirred[(self.people(stirred) >= 0) & ~self.faces.is_fixed[stirred]]
        owners, lane = np.unique(self.people(movable), return_inverse=True)
        rows, starts = self.members(owners)
        found = [np.empty(0, np.int64)]
        for number in range(len(owners)):
            self.check()
            own, asked = rows[starts[number] : starts[number + 1]], movable[lane == number]
            whole = self.index.sum_of(own, self.weights, int(owners[number]))
            weights = self.weights[asked]
            rest = np.maximum(self.weights[own].sum() - weights, 1e-6)
            average = (self.index.single(asked) @ whole - weights) / rest
            found.append(asked[average < self.thresholds.merge_average])
        return np.concatenate(found)

    def from_nothing(self, groups: Groups, rows: Rows) -> Grouping:
        """Group all faces.

        [Note: Sure first] Most faces are one with their nearest beyond doubt, and those lie in the
        same list of the index. So each looks for a few in its own, and what leaves no
        doubt becomes one. Only who is left with few looks farther: groups of some size are held
        against one another by their sums.
        """
        if len(rows) <= MANY:
            return self.settle(groups, self.edges(rows), rows)
        sizes = groups.counts.copy()
        left, right, alike = self.index.at_home(FIRST, SURE[-1], self.check)
        merge_sure(groups, groups.of_face[left], groups.of_face[right], alike, self.check)
        counts = groups.counts[groups.settled()[groups.of_face[rows]]]
        left = rows[counts <= max(PART - 1, self.thresholds.fragment_faces)]
        return self.settle(groups, self.edges(left), left, sizes)

    def settle(
        self, groups: Groups, edges: Edges, asked: Rows, sizes: Rows | None = None
    ) -> Grouping:
        """Let groups that are alike become one, then the fragments join; `asked` are the faces
        whose neighbours the edges hold; `sizes`: how many faces groups had before some grew."""
        self.check()
        at = np.append(groups.settled(), -1)  # the last for faces in no group
        a, b = at[groups.of_face[edges.left]], at[groups.of_face[edges.right]]
        # An edge says nothing more of two faces alone; of groups their averages may say more.
        is_near = edges.similarity >= self.thresholds.merge_average
        are_groups = (groups.counts[a] > 1) | (groups.counts[b] > 1)
        near = (is_near & (edges.ranks() < CLOSEST)) | are_groups
        if sizes is not None:  # of two groups one was asked in full: none of its faces is nearer
            near &= is_near
        near &= (a >= 0) & (b >= 0)
        merge_alike(groups, a[near], b[near], edges.similarity[near], self.check, sizes)
        join_fragments(groups, edges, asked, self.check)
        return self._label(groups)

    def _label(self, groups: Groups) -> Grouping:
        people, told = self.faces.people, groups.faces
        now = groups.settled()[groups.of_face[told]]
        living = groups.standing()
        living = living[(groups.counts[living] > 1) | (groups.people[living] >= 0)]
        owners = np.zeros(len(groups), np.int64)
        owners[living] = owners_of(groups, living, people)
        founded = np.flatnonzero(owners[living] < 0)
        owners[living[founded]] = -1 - np.arange(len(founded))
        has_moved = owners[now] != np.where(people[told] < 0, 0, people[told])
        has_moved |= self.faces.is_new[told]
        moved, now = told[has_moved], now[has_moved]
        sure = np.full(len(moved), np.nan, np.float32)
        held = np.flatnonzero(owners[now] != 0)
        for piece in pieces(len(held)):
            self.check()
            sure[held[piece]] = groups.confidence(moved[held[piece]], now[held[piece]])
        # And those that are new, but were in no group.
        new = np.flatnonzero(self.faces.is_new)
        others = new[groups.of_face[new] < 0]
        rows = np.concatenate([moved, others])
        placed = np.concatenate([owners[now], np.maximum(people[others], 0)])
        sure = np.concatenate([sure, np.full(len(others), np.nan, np.float32)])
        order = np.argsort(rows, kind="stable")
        return Grouping(rows[order], placed[order], sure[order], len(founded), people)


def owners_of(groups: Groups, living: Rows, people: Rows) -> Rows:
    """Whose each of these groups is, -1 for a new person: the user's word first, then the id that
    most of its faces had; an id that several groups claim goes to the one with most faces of it."""
    kept = list(groups.constraints.kept)
    owners = np.where(np.isin(groups.people[living], kept), groups.people[living], -1)
    place = np.full(len(groups), -1)
    place[living] = np.arange(len(living))
    place = place[groups.at[groups.of_face[groups.faces]]]
    had = people[groups.faces]
    claiming = (place >= 0) & (had >= 0) & ~np.isin(had, kept)
    claiming[claiming] = owners[place[claiming]] < 0
    # Faces of one person lie together: they are counted by runs.
    claims = np.stack([place[claiming], had[claiming]])
    begins = np.flatnonzero(np.diff(claims, axis=1, prepend=-2).any(axis=0))
    sizes = np.diff(begins, append=claims.shape[1])
    claims, which = np.unique(claims[:, begins], axis=1, return_inverse=True)
    times = np.bincount(which.ravel(), sizes, claims.shape[1]).astype(np.int64)
    order = np.lexsort((claims[0], claims[1], -times))
    taken: set[int] = set()
    for index, person in zip(*claims[:, order].tolist(), strict=True):
        if owners[index] < 0 and person not in taken:
            if person in groups.refused_by(int(living[index])):
                continue
            owners[index] = person
            taken.add(person)
    return owners
