"""Strays: a face left alone joins the group it is closest to, if no other group is nearly so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.clustering.constraints import Group
from app.clustering.linkage import Linkage
from app.clustering.neighbours import Edges

NEAREST = 3
"""A group answers with the mean of this many of its faces, so that one look-alike is no proof."""


def join_strays(linkage: Linkage, edges: Edges, strays: Sequence[int]) -> None:
    """Let each of these single-face groups join another group, the surest first."""
    around = _around(edges, {face for s in strays for face in _faces(linkage, s)})
    offers = []
    for stray in strays:
        face = _faces(linkage, stray)[0]
        best = _best(linkage, stray, around.get(face, []))
        if best is not None:
            offers.append((-best[0], stray, best[1]))
    for _, stray, host in sorted(offers):
        joining, group = linkage.groups[stray], linkage.groups[host]
        if joining is not None and group is not None and linkage.allowed(group, joining):
            linkage.merge(host, stray)


def _faces(linkage: Linkage, number: int) -> list[int]:
    group = linkage.groups[number]
    return [] if group is None else group.faces


def _around(edges: Edges, wanted: set[int]) -> dict[int, list[int]]:
    """The neighbours of the wanted faces."""
    around: dict[int, list[int]] = {}
    for left, right in zip(edges.left.tolist(), edges.right.tolist(), strict=True):
        if left in wanted:
            around.setdefault(left, []).append(right)
        if right in wanted:
            around.setdefault(right, []).append(left)
    return around


def _best(linkage: Linkage, stray: int, neighbours: list[int]) -> tuple[float, int] | None:
    """How alike the most alike group is, and its number; None when it is not clear enough."""
    joining = linkage.groups[stray]
    assert joining is not None
    scores: list[tuple[float, int]] = []
    for number in {int(linkage.of_face[n]) for n in neighbours} - {stray, -1}:
        group = linkage.groups[number]
        assert group is not None
        if linkage.allowed(group, joining):
            scores.append((_closeness(linkage, joining, group), number))
    scores.sort(reverse=True)
    limits = linkage.thresholds
    if not scores or scores[0][0] < limits.join_mean3:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < limits.join_margin:
        return None
    return scores[0]


def _closeness(linkage: Linkage, joining: Group, group: Group) -> float:
    similar = linkage.vectors[group.faces] @ linkage.vectors[joining.faces[0]]
    top = np.sort(similar)[-NEAREST:]
    return float(top.mean())
