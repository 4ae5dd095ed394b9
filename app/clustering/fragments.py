"""Fragments: a face left alone, or a group of few, joins the group it is closest to, if no other
group is nearly so.

[Note: Fragments] Average linkage leaves pieces of a person outside: three photos with a beard, two
from one far evening. Their average to the person's other faces is low, since those faces are
varied; but each is quite like some of them, and like nobody else's. So a fragment asks every group
near it how alike its 3 nearest faces are, and joins the winner if it wins clearly.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from app.clustering.constraints import Group
from app.clustering.linkage import NEAREST, Linkage
from app.clustering.neighbours import Edges

ROUNDS = 3
"""A group that grew may be the clear winner for one more; hardly any join after the third round."""

ROUNDING = 1e-5
"""A bound from products of other shapes may lie this far below the value it bounds."""


@dataclass(frozen=True, slots=True)
class _Near:
    """What is known of the neighbourhood of a face."""

    edges: list[tuple[int, float]]
    """Its neighbours, each with their cosine."""
    beyond: float
    """Cosine that no other face exceeds."""


Around = dict[int, _Near]


def join_fragments(
    linkage: Linkage, edges: Edges, mayjoin: Sequence[int], queried: Collection[int]
) -> None:
    """Let each of these groups, as long as it is a fragment, join another, the surest first.

    `queried` are the faces whose neighbours the edges hold.
    """
    wanted = {face for number in mayjoin for face in _faces(linkage, number)}
    around = _around(edges, wanted, queried)
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


def _around(edges: Edges, wanted: set[int], queried: Collection[int]) -> Around:
    """The neighbours of the wanted faces."""
    found: dict[int, list[tuple[int, float]]] = {}
    columns = (edges.left.tolist(), edges.right.tolist(), edges.similarity.tolist())
    for left, right, similarity in zip(*columns, strict=True):
        if left in wanted:
            found.setdefault(left, []).append((right, similarity))
        if right in wanted:
            found.setdefault(right, []).append((left, similarity))
    around = {}
    for face, near in found.items():
        beyond = 1.0  # nobody asked for its neighbours: these are only those who asked for it
        if face in queried:
            alike = sorted((similarity for _, similarity in near), reverse=True)
            beyond = alike[edges.most - 1] if len(alike) >= edges.most else edges.floor
        around[face] = _Near(near, beyond)
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
    asked += linkage.asked_for_coherence(winner)
    if score < asked or (len(scores) > 1 and score - scores[1][0] < limits.join_margin):
        return None
    return score, group.faces[0]


def _scores(
    linkage: Linkage, number: int, fragment: Group, around: Around
) -> list[tuple[float, int]]:
    """How alike the groups are that may matter, the most alike first.

    A group that is at most so alike that it stays behind the best by more than the margin can
    neither win nor contest: it is not looked at.
    """
    at_most = _bounds(linkage, number, fragment, around)
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


def _bounds(linkage: Linkage, number: int, fragment: Group, around: Around) -> dict[int, float]:
    """For each group near a fragment, how alike it is at most.

    The 3 nearest faces of a group are among a face's neighbours, or farther than all of those.
    """
    found: dict[int, list[float]] = {}
    weights = linkage.weights[fragment.faces]
    shares = (weights / weights.sum()).tolist()
    for place, face in enumerate(fragment.faces):
        near = around.get(face)
        if near is None:
            continue
        here: dict[int, list[float]] = {}
        for neighbour, similarity in near.edges:
            other = int(linkage.of_face[neighbour])
            if other not in (number, -1):
                here.setdefault(other, []).append(similarity)
        for other, similar in here.items():
            asked = min(NEAREST, int(linkage.counts[other]))
            top = sorted(similar, reverse=True)[:asked]
            unseen = [min(near.beyond, top[-1])] * (asked - len(top))
            bounds = found.setdefault(other, [_beyond(around, f) for f in fragment.faces])
            bounds[place] = sum(top + unseen) / asked
    return {
        other: sum(share * bound for share, bound in zip(shares, bounds, strict=True)) + ROUNDING
        for other, bounds in found.items()
    }


def _beyond(around: Around, face: int) -> float:
    return around[face].beyond if face in around else 1.0


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
