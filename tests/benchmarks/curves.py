"""Curves: how the fit to the truth moves with each threshold, the others at their defaults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from app.clustering.thresholds import Thresholds
from tests.benchmarks import kinfolk
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.measures import Score, score

REACH = 0.12
"""Cosines are moved so far down and up."""
STEPS = 13
FACTORS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
"""Counts and other sizes are multiplied by these."""
SIZE = (640, 400)
"""px."""

# Okabe and Ito's colours, which differ for colour-blind eyes; the strokes differ as well.
LINES = (
    ("bcubed_f1", "BCubed F1", "#0072B2", "-"),
    ("bcubed_precision", "BCubed precision", "#E69F00", "-."),
    ("bcubed_recall", "BCubed recall", "#009E73", "--"),
    ("pair_precision", "pairwise precision", "#D55E00", ":"),
)


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores along one threshold."""

    threshold: str
    default: float
    values: list[float]
    scores: list[Score]

    def document(self) -> dict[str, object]:
        """Plain values for JSON."""
        lines = {name: [getattr(s, name) for s in self.scores] for name, *_ in LINES}
        return {"threshold": self.threshold, "values": self.values, **lines}


NOT_OF_GROUPING = {"same_even", "same_slope", "lead_slope", "size_slope"}
"""Thresholds of the probability; calibration.py draws that."""


def curves(data: Dataset) -> Iterator[Curve]:
    """One for every number among the thresholds."""
    limits = kinfolk.thresholds_of(data)
    for name in (field.name for field in fields(Thresholds)):
        default = getattr(limits, name)
        if name in NOT_OF_GROUPING:
            continue
        if isinstance(default, bool) or not isinstance(default, int | float):
            continue
        values = around(default)
        scores = [
            score(data, kinfolk.group(data, replace(limits, **{name: value}))) for value in values
        ]
        yield Curve(name, default, list(values), scores)


def around(default: float) -> list[float]:
    """Values to try, in order, the default among them; whole numbers around a whole number."""
    if isinstance(default, int):
        near = {default + step for step in range(-3, 4)}
        far = {round(default * factor) for factor in FACTORS}
        return sorted(value for value in near | far if value >= min(1, default))
    if abs(default) > 1:
        return [default * factor for factor in FACTORS]
    tried = {round(default + step, 6) for step in np.linspace(-REACH, REACH, STEPS).tolist()}
    least = 0.0 if default >= 0 else -1.0
    return sorted(value for value in tried | {default} if least <= value <= 1)


def draw(curve: Curve, title: str, path: Path) -> None:
    """Write the curve as a PNG of 640 x 400 pixels."""
    # Only whoever wants curves needs this package.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(
        figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, layout="constrained"
    )
    for name, label, colour, stroke in LINES:
        heights = [getattr(s, name) for s in curve.scores]
        axes.plot(curve.values, heights, stroke, color=colour, label=label, linewidth=2)
    axes.axvline(curve.default, color="#555555", linewidth=1)
    axes.set_title(title, fontsize=11, loc="left")
    axes.set_xlabel(f"{curve.threshold}, by default {curve.default:g}")
    axes.set_ylim(top=1.005)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    figure.legend(loc="outside lower center", ncols=len(LINES), frameon=False, fontsize=9)
    figure.savefig(path)
    plt.close(figure)
