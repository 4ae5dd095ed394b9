"""Judging: whether whoever was seen in a few photos is somebody known, a stranger, or unclear yet.

The thresholds were measured; docs/door.md has the table, and `python -m tests.benchmarks.door`
measures them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from app.indexing.camera.circle import NOBODY, Circle, Resemblance

SURE = 0.9
"""Probability from which a face is the person it resembles most."""
DOUBT = 0.1
"""Below this probability it is not; between the two a better view is waited for."""


class Verdict(Enum):
    """Who somebody is."""

    KNOWN = "known"
    IGNORED = "ignored"
    """The user wants no alert about them."""
    STRANGER = "stranger"
    UNCLEAR = "unclear"
    """It may be somebody known."""
    TOO_POOR = "too poor"
    """No view is good enough to say that it is a stranger, or there are too few."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What it takes to be a stranger; the settings of the same names say more."""

    photos: int = 2
    quality: float = 0.35
    excellent: float = 0.75


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about one person."""

    verdict: Verdict
    like: Resemblance
    """Whom they resemble most, or who they are."""


def together(
    vectors: NDArray[np.float32], row: int, photos: Sequence[int], limits: Thresholds
) -> NDArray[np.int64]:
    """The rows of n faces (n, d), length 1, that show the same person as one of them, as far as
    can be told by themselves: at most one in each photo, the most alike; its own is among them.

    They come from one camera within a minute, so that two faces as alike as the faces of a group
    on average (the pack's `merge_average`) are taken for one person.
    """
    alike = vectors @ vectors[row]
    alike[row] = np.inf
    found: dict[int, int] = {}
    for other in np.argsort(-alike, kind="stable").tolist():
        if alike[other] < limits.merge_average:
            break
        found.setdefault(photos[other], other)
    return np.array(sorted(found.values()), np.int64)


def judge(
    circle: Circle,
    likenesses: NDArray[np.float32],
    quality: NDArray[np.float32],
    rules: Rules,
) -> Judgement:
    """Who the person in m photos is, by one face in each: their rows of `Circle.likenesses`
    (m, p), and their quality (m,).

    One sure view is enough to know somebody, and so are all of them together; a stranger is like
    nobody in any of the views that are good enough.
    """
    whole = _weighed(circle, likenesses, quality)
    views = [circle.resemblance(likenesses[place : place + 1]) for place in range(len(quality))]
    best = max([whole, *views], key=lambda view: view.probability, default=NOBODY)
    if best.probability >= SURE:
        return Judgement(Verdict.KNOWN if best.name else Verdict.IGNORED, best)
    clear = np.flatnonzero(quality >= rules.quality)
    is_enough = len(clear) >= rules.photos or bool((quality >= rules.excellent).any())
    if not is_enough:
        return Judgement(Verdict.TOO_POOR, best)
    doubt = max([whole.probability, *(views[place].probability for place in clear.tolist())])
    return Judgement(Verdict.UNCLEAR if doubt >= DOUBT else Verdict.STRANGER, best)


def _weighed(
    circle: Circle, likenesses: NDArray[np.float32], quality: NDArray[np.float32]
) -> Resemblance:
    """By all views together, the clearer ones counting for more."""
    if not len(quality):
        return NOBODY
    weights = np.clip(quality, 0.05, 1.0)[:, None]
    mean = (likenesses * weights).sum(axis=0, keepdims=True) / weights.sum()
    return circle.resemblance(np.asarray(mean, np.float32))
