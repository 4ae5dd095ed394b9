"""Cases: small datasets for tests, worked out by hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.dataset import Dataset


def labels(*values: int) -> NDArray[np.int64]:
    """A grouping of as many faces."""
    return np.array(values, np.int64)


def plain(people: list[int], photos: list[int] | None = None) -> Dataset:
    """Faces with a truth about them; their vectors say it, too."""
    n = len(people)
    return Dataset(
        name="plain",
        vectors=np.eye(8, dtype=np.float32)[people],
        photos=labels(*(photos or range(n))),
        people=labels(*people),
        quality=np.ones(n, np.float32),
        pixels=np.full(n, 100, np.float32),
        pose=np.zeros((n, 3), np.float32),
        taken=np.zeros(n),
        in_truth=np.ones(n, np.bool_),
        twice=np.zeros(n, np.bool_),
        whole=np.ones(n, np.bool_),
        missed=np.empty(0, np.int64),
        missed_whole=np.empty(0, np.bool_),
    )
