"""Orders: how much it matters in which order photos arrive, a few at a time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import kinfolk
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.measures import agreement, score

BATCH = 50
"""Faces that are grouped together; more of a large album, which would take hours."""
MOST_BATCHES = 200


@dataclass(frozen=True, slots=True)
class Orders:
    """BCubed F1 of one grouping of everything, and of the same faces in other orders."""

    batch: int
    rebuilt: float
    arrived: list[float]
    agreements: list[float]
    """BCubed F1 of each of those held against the one of everything."""

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    def text(self) -> str:
        """What came of it, in a few lines."""
        apart = max(abs(value - self.rebuilt) for value in self.arrived)
        mean, least = np.mean(self.agreements), min(self.agreements)
        arrived = " ".join(f"{value:.4f}" for value in self.arrived)
        return (
            f"{len(self.arrived)} random orders of arrival, {self.batch} faces at a time:\n"
            f"BCubed F1 of everything at once {self.rebuilt:.4f}, in the orders {arrived}\n"
            f"largest difference {apart:.4f}; agreement with everything at once {mean:.4f} on "
            f"average, {least:.4f} at least"
        )


def try_orders(data: Dataset, count: int) -> Orders:
    """Group the faces in so many orders (at least one), the faces of a photo together."""
    at_once = kinfolk.group(data)
    batch = max(BATCH, -(-len(data) // MOST_BATCHES))
    found = [
        kinfolk.group_incrementally(data, random_order(data, seed), batch) for seed in range(count)
    ]
    return Orders(
        batch=batch,
        rebuilt=score(data, at_once).bcubed_f1,
        arrived=[score(data, labels).bcubed_f1 for labels in found],
        agreements=[agreement(at_once, labels) for labels in found],
    )


def random_order(data: Dataset, seed: int) -> NDArray[np.int64]:
    """(n,) rows, photo by photo."""
    _, photo = np.unique(data.photos, return_inverse=True)
    place = np.random.default_rng(seed).permutation(photo.max(initial=-1) + 1)
    return np.argsort(place[photo], kind="stable")
