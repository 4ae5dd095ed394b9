"""Doubles: lone faces and small groups that may well be somebody else who is there."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from app.clustering.constraints import may_be_one
from app.clustering.evidence import Crowd
from app.clustering.lanes import alone
from app.clustering.products import Check, Rows

LIKELY = 0.3
"""Probability from which a face is held to be somebody else who is there. Less than a half: the
pieces of one person are each other's rivals, which makes each look less likely than it is. On the
people it was chosen with, 0.2 to 0.4 counted equally well (see docs/visitors.md)."""


Lean = Callable[[int, int], float]
"""Log odds that two groups of a crowd, by their numbers, are one person, by what is known of them
besides their faces: 0 where nothing is."""


def doubles(
    crowd: Crowd,
    doubtful: Rows,
    lean: Lean = lambda _one, _other: 0.0,
    least: float = LIKELY,
    check: Check = lambda: None,
) -> dict[int, int]:
    """Which of some groups of a crowd, by their numbers, are probably another one: number -> the
    number of that other one, which is no double itself.

    Who has fewer faces, or less clear ones, is held to be the other. Nothing that the user said,
    and no photo that shows both, is contradicted. `check` may raise to stop.
    """
    weight = np.array([crowd.linkage.weights[rows].sum() for rows in crowd.linkage.members])
    # Nobody is held to be somebody who is held to be them.
    rank = np.full(len(weight), len(weight), np.int64)
    rank[doubtful[np.lexsort((doubtful, weight[doubtful]))]] = np.arange(len(doubtful))
    found: dict[int, int] = {}
    with alone():
        crowd.neighbours(check)
        for number in doubtful[np.argsort(rank[doubtful])].tolist():
            check()
            other, probability = _likeliest(crowd, number, rank, lean)
            if probability >= least:
                found[number] = other
    for number in sorted(found, key=lambda one: -int(rank[one])):
        found[number] = found.get(found[number], found[number])
    return found


def _likeliest(crowd: Crowd, number: int, rank: Rows, lean: Lean) -> tuple[int, float]:
    """Who a group most probably is, among those who come after it, and how probably."""
    rows = crowd.linkage.members[number].tolist()
    near = [other for other in crowd.near(number) if _may_be(crowd, number, other)]
    alike = {other: crowd.likeness(rows, other) for other in near}
    best, most = -1, -math.inf
    for other in near:
        if rank[other] > rank[number]:
            evidence = crowd.weigh(rows, other, near, alike)
            odds = _log_odds(evidence.probability) + lean(number, other)
            if odds > most:
                best, most = other, odds
    return best, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, most))))


def _log_odds(probability: float) -> float:
    return math.log(max(probability, 1e-12) / max(1.0 - probability, 1e-12))


def _may_be(crowd: Crowd, number: int, other: int) -> bool:
    limit = crowd.thresholds.near_identical
    groups = crowd.group(number), crowd.group(other)
    return may_be_one(*groups, crowd.constraints, crowd.linkage.rows, limit)
