"""Grouping: new faces join a person or found one; or everything is grouped afresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group
from app.clustering.linkage import Linkage
from app.clustering.neighbours import Edges, nearest
from app.clustering.strays import join_strays
from app.clustering.thresholds import Thresholds

NEIGHBOURS = 96
"""Nearest faces looked at for each face: more than most people have look-alike crops."""
FLOOR_BELOW_MERGE = 0.1
"""Edges reach this far below `merge_average`: members of one group differ around its mean."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces to group, n of them."""

    vectors: NDArray[np.float32]
    """(n, d), each of length 1; a row that is not finite or of length 0 is left alone."""
    people: NDArray[np.int64]
    """(n,): id of the person each is with; -1 for none."""
    is_new: NDArray[np.bool_]
    """(n,): not considered by any grouping yet."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where each of the n faces belongs."""

    labels: NDArray[np.int64]
    """A person's id; or -1, -2, ... for a group founded now; or 0 for nobody."""
    confidence: NDArray[np.float32]
    """Mean cosine to the other faces of its group; NaN for nobody."""
    founded: int
    """How many groups are new: labels reach down to minus this."""


def group_new(
    faces: Faces,
    constraints: Constraints,
    thresholds: Thresholds,
    check: Callable[[], None] = lambda: None,
) -> Grouping:
    """Place the new faces; who is with a person stays with it, though two unnamed people that
    new faces show to be one become one. `check` may raise to stop."""
    usable = is_usable(faces.vectors)
    vectors = np.where(usable[:, None], faces.vectors, 0)
    groups = [
        Group(np.flatnonzero(faces.people == person).tolist(), int(person), constraints)
        for person in np.unique(faces.people[faces.people >= 0])
    ]
    alone = np.flatnonzero((faces.people < 0) & usable)
    groups += [Group([face], -1, constraints) for face in alone.tolist()]
    check()
    edges = _edges(np.flatnonzero(faces.is_new & usable), vectors, thresholds)
    return _settle(faces, vectors, groups, edges, constraints, thresholds, check)


def regroup(
    faces: Faces,
    said: Mapping[int, int],
    constraints: Constraints,
    thresholds: Thresholds,
    check: Callable[[], None] = lambda: None,
) -> Grouping:
    """Start over from faces and the user's word.

    `said` maps a face to the person it is by the user's word. People keep their ids: a group that
    holds such a face is that person; another keeps the id that most of its faces had.
    """
    usable = is_usable(faces.vectors)
    vectors = np.where(usable[:, None], faces.vectors, 0)
    everyone = [face for face in range(len(vectors)) if usable[face] or face in said]
    groups = [Group([face], said.get(face, -1), constraints) for face in everyone]
    check()
    edges = _edges(np.flatnonzero(usable), vectors, thresholds)
    return _settle(faces, vectors, groups, edges, constraints, thresholds, check)


def is_usable(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which rows are embeddings at all: finite and not zero."""
    finite = np.asarray(np.isfinite(vectors).all(axis=1))
    length = np.linalg.norm(np.where(finite[:, None], vectors, 0), axis=1)
    return np.asarray(finite & (length > 0))


def _edges(queries: NDArray[np.int64], vectors: NDArray[np.float32], limits: Thresholds) -> Edges:
    floor = min(limits.merge_average, limits.join_mean3) - FLOOR_BELOW_MERGE
    return nearest(queries, vectors, NEIGHBOURS, floor)


def _settle(
    faces: Faces,
    vectors: NDArray[np.float32],
    groups: list[Group],
    edges: Edges,
    constraints: Constraints,
    thresholds: Thresholds,
    check: Callable[[], None],
) -> Grouping:
    check()
    linkage = Linkage(vectors, groups, constraints, thresholds)
    linkage.merge_alike(edges)
    check()
    strays = [
        number
        for number, group in enumerate(linkage.groups)
        if group is not None and len(group.faces) == 1 and group.person < 0
    ]
    join_strays(linkage, edges, strays)
    return _label(faces, linkage, constraints.kept)


def _label(faces: Faces, linkage: Linkage, kept: frozenset[int]) -> Grouping:
    labels = np.zeros(len(faces.people), np.int64)
    confidence = np.full(len(labels), np.nan, np.float32)
    living = [(n, g) for n, g in enumerate(linkage.groups) if g is not None]
    living = [(n, g) for n, g in living if len(g.faces) > 1 or g.person >= 0]
    owners = _owners([group for _, group in living], faces.people, kept)
    founded = 0
    for (number, group), owner in zip(living, owners, strict=True):
        if owner is None:
            founded += 1
            owner = -founded
        labels[group.faces] = owner
        own = linkage.vectors[group.faces]
        others = max(1, len(group.faces) - 1)
        confidence[group.faces] = (own @ linkage.sums[number] - (own * own).sum(axis=1)) / others
    return Grouping(labels, confidence, founded)


def _owners(
    groups: list[Group], people: NDArray[np.int64], kept: frozenset[int]
) -> list[int | None]:
    """Whose each group is: the user's word first, then the id that most of its faces had; an id
    that several groups claim goes to the one with most faces of it, None is a new person."""
    owners: list[int | None] = [group.person if group.person in kept else None for group in groups]
    claims = []
    for index, group in enumerate(groups):
        if owners[index] is None:
            had = Counter(people[group.faces].tolist())
            claims += [
                (-count, person, index)
                for person, count in had.items()
                if person >= 0 and person not in kept
            ]
    taken: set[int] = set()
    for _, person, index in sorted(claims):
        if owners[index] is None and person not in taken:
            owners[index] = person
            taken.add(person)
    return owners
