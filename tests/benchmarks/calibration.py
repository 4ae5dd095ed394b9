"""Calibration: how often a probability that the program states comes true.

Every person of the truth is a group. From each in turn a face, or two, or three, are held out, as
if they had just come, and the program says how likely they belong to whom they are most like. A
face seen once belongs to nobody here, and whoever is named for it is named wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.clustering.constraints import Constraints
from app.clustering.evidence import LEAD, Crowd
from app.clustering.grouping import Faces
from tests.benchmarks import kinfolk
from tests.benchmarks.curves import SIZE
from tests.benchmarks.dataset import NOBODY, Dataset

SIZES = (1, 2, 3)
"""Faces that are held out together."""
EACH = 4
"""Times that faces of one person are held out, at most."""
RIVALS = 14
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """m held-out fragments, and what was said of them."""

    likeness: NDArray[np.float64]
    lead: NDArray[np.float64]
    probability: NDArray[np.float64]
    is_right: NDArray[np.bool_]

    def bins(self) -> list[tuple[float, float, int, float, float]]:
        """From, to, how many, mean probability stated, share that came true."""
        found = []
        for low, high in pairwise(BINS):
            here = (self.probability >= low) & (self.probability < high + (high == 1.0))
            if here.any():
                stated, true = self.probability[here].mean(), self.is_right[here].mean()
                found.append((low, high, int(here.sum()), float(stated), float(true)))
        return found

    def fit(self, margin: float) -> tuple[float, float, float]:
        """Even likeness, slope of likeness and of lead, as a logistic regression finds them."""
        lead = np.clip(self.lead, -LEAD, LEAD) - margin
        seen = np.stack([self.likeness, lead], axis=1)
        model = LogisticRegression(C=1e3).fit(seen, self.is_right)
        slope, lead_slope = model.coef_[0]
        return float(-model.intercept_[0] / slope), float(slope), float(lead_slope)

    def text(self, margin: float) -> str:
        """What came of it, in a few lines."""
        even, slope, lead = self.fit(margin)
        fitted = f"even odds at {even:.3f}, {slope:.0f} a unit of likeness, {lead:.0f} of lead"
        lines = [
            f"{len(self.is_right)} faces and fragments held out; a regression puts {fitted}",
            "stated       times   on average   came true",
        ]
        lines += [
            f"{low:.2f}..{high:.2f} {count:8d} {stated:12.2f} {true:11.2f}"
            for low, high, count, stated, true in self.bins()
        ]
        return "\n".join(lines)


def calibrate(data: Dataset, seed: int = 0) -> Calibration:
    """Hold faces out of each person in turn; the same for the same seed."""
    random = np.random.default_rng(seed)
    sizes = np.bincount(data.people[data.people >= 0])
    person = np.where((data.people >= 0) & (sizes[data.people] > 1), data.people, NOBODY)
    nothing = np.zeros(len(data), np.bool_)
    crowd = Crowd(
        Faces(data.vectors, data.quality, person, nothing, nothing),
        Constraints(photos=data.photos),
        kinfolk.thresholds_of(data),
    )
    told = [
        _hold_out(crowd, random.permutation(rows)[:size].tolist(), who)
        for who in range(len(sizes))
        for size in SIZES
        for rows in [np.flatnonzero(data.people == who)]
        for _ in range(min(EACH, len(rows) // size))
    ]
    columns = np.array([row for row in told if row is not None])
    return Calibration(columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3].astype(np.bool_))


def _hold_out(crowd: Crowd, rows: list[int], who: int) -> tuple[float, float, float, bool] | None:
    """What is said of rows as if they were new, and whether that is right."""
    linkage, asked = crowd.linkage, set(rows)
    centres = linkage.centres(np.arange(len(linkage.members)))
    own = {int(linkage.of_face[row]) for row in rows}
    alike = centres @ linkage.vectors[rows].mean(axis=0)
    near = [
        number
        for number in np.argsort(-alike, kind="stable")[: RIVALS + len(own)].tolist()
        if not set(crowd.group(number).faces) <= asked
    ]
    if len(near) < 2:
        return None
    best = max(near, key=lambda number: crowd.likeness(rows, number))
    evidence = crowd.weigh(rows, best, near)
    lead = evidence.likeness - evidence.runner_up_likeness
    return evidence.likeness, lead, evidence.probability, crowd.person_of(best) == who


def draw_calibration(found: Calibration, title: str, path: Path) -> None:
    """Write stated against true probability as a PNG of 640 x 400 pixels."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(
        figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, layout="constrained"
    )
    axes.plot([0, 1], [0, 1], color="#999999", linestyle=":", label="perfect")
    bins = found.bins()
    axes.plot([b[3] for b in bins], [b[4] for b in bins], "o", color="#0072B2", label="Kinfolk")
    for *_, count, stated, true in bins:
        axes.annotate(str(count), (stated, true), (6, -12), textcoords="offset points", fontsize=8)
    axes.set(xlabel="probability stated", ylabel="share that came true", title=title)
    axes.legend(loc="upper left", frameon=False)
    figure.savefig(path)
    plt.close(figure)
