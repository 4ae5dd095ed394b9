"""Grouping: new faces join a person or found one; or everything is grouped afresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group
from app.clustering.fragments import join_fragments
from app.clustering.linkage import Linkage, weights_of
from app.clustering.neighbours import Edges, nearest
from app.clustering.thresholds import Thresholds

NEIGHBOURS = 96
"""Nearest faces looked at for each face: more than most people have look-alike crops."""
FLOOR_BELOW_MERGE = 0.1
"""Edges reach this far below `join_mean3`: members of one group differ around its mean."""
OPEN_FACES = 48
"""A group that the user never spoke of and that has at most so many faces is grouped anew when a
new face comes near it; of larger ones only the faces that belong there least. With half as many,
the order of arrival moved BCubed F1 by 0.008 on a made-up album of 3,000 faces, with these by
0.005 (`python -m tests.benchmarks.grouping --orders`)."""

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces to group, n of them."""

    vectors: NDArray[np.float32]
    """(n, d), each of length 1; a row that is not finite or of length 0 is left alone."""
    quality: NDArray[np.float32]
    """(n,): 0..1; NaN counts as 0."""
    people: NDArray[np.int64]
    """(n,): id of the person each is with; -1 for none."""
    is_new: NDArray[np.bool_]
    """(n,): not considered by any grouping yet."""
    is_fixed: NDArray[np.bool_]
    """(n,): the user said who it is; it never moves."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where each of the n faces belongs."""

    labels: NDArray[np.int64]
    """A person's id; or -1, -2, ... for a group founded now; or 0 for nobody."""
    confidence: NDArray[np.float32]
    """Mean cosine to the other faces of its group; NaN for nobody, and for whom nothing changed."""
    founded: int
    """How many groups are new: labels reach down to minus this."""


def group_new(
    faces: Faces, constraints: Constraints, thresholds: Thresholds, check: Check = lambda: None
) -> Grouping:
    """Place the new faces, and think again about those near them. `check` may raise to stop.

    [Note: Order of arrival] What a machine guessed from the first few photos must not bind it when
    more have come. So a small group near a new face is taken apart and grouped anew with it, and a
    face near it that hardly belongs to its person is asked again. Only what the user said stands.
    """
    usable, vectors = mended(faces.vectors)
    new = np.flatnonzero(faces.is_new & usable)
    check()
    members = members_of(np.where(usable, faces.people, -1))
    edges = _edges(new, vectors, thresholds)
    stirred = edges.above(thresholds.join_mean3 - thresholds.join_margin).ends()
    opened = _opened(stirred, faces, members, constraints)
    opened = np.union1d(opened, _loose(stirred, faces, vectors, members, thresholds))
    check()
    edges = edges.with_more(_edges(opened, vectors, thresholds))
    involved = np.union1d(new, edges.ends())
    loose = np.union1d(opened, involved[faces.people[involved] < 0])
    settled = np.unique(faces.people[np.setdiff1d(involved, loose)])
    apart = np.zeros(len(vectors), np.bool_)
    apart[loose] = True
    groups = [
        Group(members[p][~apart[members[p]]].tolist(), int(p), constraints)
        for p in settled.tolist()
    ]
    groups += [Group([face], -1, constraints) for face in loose.tolist()]
    work = _Work(faces, vectors, constraints, thresholds, check)
    return work.settle(groups, edges, np.union1d(opened, new))


def regroup(
    faces: Faces,
    said: Mapping[int, int],
    constraints: Constraints,
    thresholds: Thresholds,
    check: Check = lambda: None,
) -> Grouping:
    """Start over from faces and the user's word.

    `said` maps a face to the person it is by the user's word. People keep their ids: a group that
    holds such a face is that person; another keeps the id that most of its faces had.
    """
    usable, vectors = mended(faces.vectors)
    placed: dict[int, list[int]] = {}
    for face, person in said.items():
        if usable[face]:
            placed.setdefault(person, []).append(face)
    groups = [Group(sorted(own), person, constraints) for person, own in sorted(placed.items())]
    groups += [
        Group([face], -1, constraints)
        for face in np.flatnonzero(usable).tolist()
        if face not in said
    ]
    check()
    edges = _edges(np.flatnonzero(usable), vectors, thresholds)
    work = _Work(faces, vectors, constraints, thresholds, check)
    return work.settle(groups, edges, np.flatnonzero(usable))


def is_usable(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which rows are embeddings at all: finite and not zero."""
    finite = np.asarray(np.isfinite(vectors).all(axis=1))
    length = np.linalg.norm(np.where(finite[:, None], vectors, 0), axis=1)
    return np.asarray(finite & (length > 0))


def mended(vectors: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which rows are embeddings at all, and the vectors with zeros for the others."""
    usable = is_usable(vectors)
    return usable, np.where(usable[:, None], vectors, 0).astype(np.float32)


def _edges(queries: NDArray[np.int64], vectors: NDArray[np.float32], limits: Thresholds) -> Edges:
    floor = min(limits.merge_average, limits.join_mean3) - FLOOR_BELOW_MERGE
    return nearest(queries, vectors, NEIGHBOURS, floor)


def members_of(people: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    """The faces of each person, in order."""
    order = np.argsort(people, kind="stable")
    owners, starts = np.unique(people[order], return_index=True)
    pieces = np.split(order, starts[1:]) if len(order) else []
    return {int(p): own for p, own in zip(owners, pieces, strict=True) if p >= 0}


def _opened(
    stirred: NDArray[np.int64],
    faces: Faces,
    members: Mapping[int, NDArray[np.int64]],
    constraints: Constraints,
) -> NDArray[np.int64]:
    """The lone ones among the stirred faces, and all faces of the small groups among them."""
    old = stirred[~faces.is_new[stirred]]
    small = [
        members[p]
        for p in np.unique(faces.people[stirred]).tolist()
        if p >= 0 and p not in constraints.kept and len(members[p]) <= OPEN_FACES
    ]
    opened = np.unique(np.concatenate([old[faces.people[old] < 0], *small]))
    return np.asarray(opened[~faces.is_fixed[opened]])


def _loose(
    stirred: NDArray[np.int64],
    faces: Faces,
    vectors: NDArray[np.float32],
    members: Mapping[int, NDArray[np.int64]],
    limits: Thresholds,
) -> NDArray[np.int64]:
    """Those of the stirred faces that are less like the rest of their person than would make two
    groups one: they joined as fragments, or when the person was smaller."""
    movable = stirred[(faces.people[stirred] >= 0) & ~faces.is_fixed[stirred]]
    weights = weights_of(faces.quality)
    found = [np.empty(0, np.int64)]
    for person in np.unique(faces.people[movable]).tolist():
        own, asked = members[person], movable[faces.people[movable] == person]
        whole, rest = weights[own] @ vectors[own], weights[own].sum() - weights[asked]
        average = (vectors[asked] @ whole - weights[asked]) / np.maximum(rest, 1e-6)
        found.append(asked[average < limits.merge_average])
    return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class _Work:
    """What the steps of one run share."""

    faces: Faces
    vectors: NDArray[np.float32]
    constraints: Constraints
    thresholds: Thresholds
    check: Check

    def settle(self, groups: list[Group], edges: Edges, queried: NDArray[np.int64]) -> Grouping:
        """Let groups that are alike become one, then the fragments join; `queried` are the faces
        whose neighbours the edges hold."""
        self.check()
        weights = weights_of(self.faces.quality)
        linkage = Linkage(self.vectors, weights, groups, self.constraints, self.thresholds)
        linkage.merge_alike(edges)
        self.check()
        limit = self.thresholds.fragment_faces
        join_fragments(
            linkage,
            edges,
            [n for n, g in enumerate(linkage.groups) if g is not None and len(g.faces) <= limit],
            frozenset(queried.tolist()),
        )
        return self._label(linkage)

    def _label(self, linkage: Linkage) -> Grouping:
        people = self.faces.people
        labels = np.where(people < 0, 0, people)
        confidence = np.full(len(labels), np.nan, np.float32)
        living = [(n, g) for n, g in enumerate(linkage.groups) if g is not None]
        for _, group in living:
            labels[group.faces] = 0  # unless somebody has it, below
        living = [(n, g) for n, g in living if len(g.faces) > 1 or g.person >= 0]
        owners = _owners([group for _, group in living], people, self.constraints.kept)
        founded = 0
        for (number, group), owner in zip(living, owners, strict=True):
            if owner is None:
                founded += 1
                owner = -founded
            labels[group.faces] = owner
            confidence[group.faces] = linkage.confidence(number)
        return Grouping(labels, confidence, founded)


def _owners(
    groups: list[Group], people: NDArray[np.int64], kept: Iterable[int]
) -> list[int | None]:
    """Whose each group is: the user's word first, then the id that most of its faces had; an id
    that several groups claim goes to the one with most faces of it, None is a new person."""
    kept = frozenset(kept)
    owners: list[int | None] = [group.person if group.person in kept else None for group in groups]
    claims = []
    for index, group in enumerate(groups):
        if owners[index] is None:
            had = Counter(people[group.faces].tolist())
            claims += [
                (-count, person, index)
                for person, count in had.items()
                if person >= 0 and person not in kept and person not in group.refused
            ]
    taken: set[int] = set()
    for _, person, index in sorted(claims):
        if owners[index] is None and person not in taken:
            owners[index] = person
            taken.add(person)
    return owners
