"""Fragments: a face left alone, or a group of few, joins the group it is closest to, if no other
group is nearly so.

[Note: Fragments] Average linkage leaves pieces of a person outside: three photos with a beard, two
from one far evening. Their average to the person's other faces is low, since those faces are
varied; but each is quite like some of them, and like nobody else's. So a fragment asks every group
near it how alike its 3 nearest faces are, and joins the winner if it wins clearly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.clustering.constraints import Group
from app.clustering.linkage import NEAREST, Linkage
from app.clustering.neighbours import Edges

ROUNDS = 3
"""A group that grew may be the clear winner for one more; hardly any join after the third round."""

Around = dict[int, list[tuple[int, float]]]
"""Face -> its neighbours, each with their cosine."""


def join_fragments(linkage: Linkage, edges: Edges, mayjoin: Sequence[int]) -> None:
    """Let each of these groups, as long as it is a fragment, join another, the surest first."""
    around = _around(edges, {face for number in mayjoin for face in _faces(linkage, number)})
    for _ in range(ROUNDS):
        offers = []
        for number in mayjoin:
            best = _best(linkage, number, around)
            if best is not None:
                offers.append((-best[0], number, best[1]))
        joined = [_join(linkage, number, host) for _, number, host in sorted(offers)]
        if not any(joined):
            return


def _join(linkage: Linkage, number: int, host_face: int) -> bool:
    """Follow a host that joined another itself; the constraints are asked again."""
    host = int(linkage.of_face[host_face])
    joining, group = linkage.groups[number], linkage.groups[host]
    if joining is None or group is None or host == number or not linkage.allowed(group, joining):
        return False
    linkage.merge(host, number)
    return True


def _faces(linkage: Linkage, number: int) -> list[int]:
    group = linkage.groups[number]
    return [] if group is None else group.faces


def _around(edges: Edges, wanted: set[int]) -> Around:
    """The neighbours of the wanted faces."""
    around: Around = {}
    columns = (edges.left.tolist(), edges.right.tolist(), edges.similarity.tolist())
    for left, right, similarity in zip(*columns, strict=True):
        if left in wanted:
            around.setdefault(left, []).append((right, similarity))
        if right in wanted:
            around.setdefault(right, []).append((left, similarity))
    return around


def _best(linkage: Linkage, number: int, around: Around) -> tuple[float, int] | None:
    """How alike the most alike group is, and a face of it; None when it is not clear enough."""
    fragment, limits = linkage.groups[number], linkage.thresholds
    if fragment is None or fragment.person in linkage.constraints.kept:
        return None
    if len(fragment.faces) > limits.fragment_faces:
        return None
    scores = _scores(linkage, number, fragment, around)
    if not scores:
        return None
    score, winner = scores[0]
    group = linkage.groups[winner]
    assert group is not None
    asked = limits.join_mean3 + linkage.child_margin(group, fragment)
    if len(group.faces) <= limits.fragment_faces:
        asked += limits.pair_margin
    asked += limits.join_coherence * (linkage.coherence(winner) - limits.usual_coherence)
    if score < asked or (len(scores) > 1 and score - scores[1][0] < limits.join_margin):
        return None
    return score, group.faces[0]


def _scores(
    linkage: Linkage, number: int, fragment: Group, around: Around
) -> list[tuple[float, int]]:
    """How alike the groups are that may matter, the most alike first.

    The nearest face of a group is at least as near as its nearest three, so a group whose nearest
    face is more than the margin behind the best can neither win nor contest.
    """
    at_most: dict[int, float] = {}
    for face in fragment.faces:
        for neighbour, similarity in around.get(face, ()):
            other = int(linkage.of_face[neighbour])
            if other not in (number, -1):
                at_most[other] = max(similarity, at_most.get(other, -1.0))
    scores: list[tuple[float, int]] = []
    best = -1.0
    for other in sorted(at_most, key=lambda other: (-at_most[other], other)):
        if at_most[other] < best - linkage.thresholds.join_margin:
            break
        group = linkage.groups[other]
        assert group is not None
        if len(group.faces) >= len(fragment.faces) and linkage.allowed(group, fragment):
            scores.append((closeness(linkage, fragment.faces, group.faces), other))
            best = max(best, scores[-1][0])
    return sorted(scores, reverse=True)


def closeness(linkage: Linkage, faces: Sequence[int], others: Sequence[int]) -> float:
    """How alike faces are to the 3 nearest of some others, their weighted mean.

    A single other counts as less alike by `lone_handicap`: nothing bears it out.
    """
    alike = linkage.vectors[list(faces)] @ linkage.vectors[list(others)].T
    nearest = min(NEAREST, len(others))
    top = np.partition(alike, alike.shape[1] - nearest, axis=1)[:, -nearest:].mean(axis=1)
    weights = linkage.weights[list(faces)]
    handicap = linkage.thresholds.lone_handicap if len(others) == 1 else 0.0
    return float(top @ weights / weights.sum()) - handicap
