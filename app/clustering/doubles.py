"""Doubles: lone faces and small groups that may well be somebody else who is there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.clustering.constraints import may_be_one
from app.clustering.evidence import Crowd
from app.clustering.lanes import alone
from app.clustering.products import Check, Rows

AMONG = 140
"""So many people were among those with whom the pack's probability was measured. Where fewer are
there, fewer can be taken for each other: the odds that two are one rise in proportion..."""
FEWEST = 20
"""...but no more than with so many."""
Lean = Callable[[int, int], float]
"""Log odds that two groups of a crowd, by their numbers, are one person, by what is known of them
besides their faces: 0 where nothing is."""


@dataclass(frozen=True, slots=True)
class Double:
    """Who a lone face or small group most probably is."""

    other: int
    """Number of that group; -1 where there is nobody to be."""
    probability: float
    """0..1."""


def doubles(
    crowd: Crowd,
    doubtful: Rows,
    lean: Lean = lambda _one, _other: 0.0,
    check: Check = lambda: None,
) -> dict[int, Double]:
    """Of some groups of a crowd, by their numbers, who else each most probably is.

    Who has fewer faces, or less clear ones, is held to be the other, so that following them always
    ends. Nothing that the user said, and no photo that shows both, is contradicted. `check` may
    raise to stop.
    """
    weight = np.array([crowd.linkage.weights[rows].sum() for rows in crowd.linkage.members])
    rank = np.full(len(weight), len(weight), np.int64)
    rank[doubtful[np.lexsort((doubtful, weight[doubtful]))]] = np.arange(len(doubtful))
    with alone():
        crowd.neighbours(check)
        few = max(0.0, math.log(AMONG / max(FEWEST, len(crowd.people))))
        found = {}
        for number in doubtful.tolist():
            check()
            found[number] = _likeliest(crowd, number, rank, lambda *two: lean(*two) + few)
        return found


def _likeliest(crowd: Crowd, number: int, rank: Rows, lean: Lean) -> Double:
    """Who a group most probably is, among those who come after it."""
    rows = crowd.linkage.members[number].tolist()
    near = [other for other in crowd.near(number) if _may_be(crowd, number, other)]
    alike = {other: crowd.likeness(rows, other) for other in near}
    best, most = -1, -math.inf
    for other in near:
        if rank[other] > rank[number]:
            # Two pieces of somebody are no rivals of each other.
            rivals = [one for one in near if not _is_closer(crowd, one, other, alike[other])]
            evidence = crowd.weigh(rows, other, rivals, alike)
            odds = _log_odds(evidence.probability) + lean(number, other)
            if odds > most:
                best, most = other, odds
    return Double(best, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, most)))))


def _is_closer(crowd: Crowd, one: int, other: int, likeness: float) -> bool:
    """Whether a group is more like another than some likeness."""
    rows = crowd.linkage.members[one].tolist()
    return one != other and crowd.likeness(rows, other) >= likeness


def _log_odds(probability: float) -> float:
    return math.log(max(probability, 1e-12) / max(1.0 - probability, 1e-12))


def _may_be(crowd: Crowd, number: int, other: int) -> bool:
    limit = crowd.thresholds.near_identical
    groups = crowd.group(number), crowd.group(other)
    return may_be_one(*groups, crowd.constraints, crowd.linkage.rows, limit)
