"""Density: DBSCAN (Ester and others 1996) as scikit-learn has it, given what suits it best.

In 512 dimensions its trees look at nearly everybody one by one, so it compares all with all
(`algorithm="brute"`), over single precision. It may do so by cosines, which are products of
matrices, or by distances between vectors of length 1, which scikit-learn has code of its own for;
and leave the cores to the linear algebra library (its default) or use one process' threads on each
(`n_jobs`). What is quickest at the reach that is best against the truth counts.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.measures import bcubed, tidy

COSINES = (0.5, 0.54, 0.58, 0.62, 0.66, 0.7)
"""Reaches that are tried; 0.54 is best for 5,000 faces, 0.62 to 0.66 for 40,000: of more faces
a chain of them leads sooner from one person to another."""
MIN_SAMPLES = 1
"""With more, lesser faces of a person are left out."""


@dataclass(frozen=True, slots=True)
class Way:
    """How DBSCAN computes."""

    metric: str
    jobs: int | None

    def run(self, vectors: NDArray[np.float32], cosine: float) -> tuple[NDArray[np.int64], float]:
        """(n,) labels of (n, d) vectors of length 1 and the seconds it took; `cosine`: how alike
        two must be at least."""
        from sklearn.cluster import DBSCAN

        reach = 1 - cosine if self.metric == "cosine" else (2 - 2 * cosine) ** 0.5
        model = DBSCAN(
            eps=reach, min_samples=MIN_SAMPLES, metric=self.metric, algorithm="brute",
            n_jobs=self.jobs,
        )  # fmt: skip
        started = time.perf_counter()
        labels = model.fit_predict(vectors)
        return tidy(labels), time.perf_counter() - started

    def __str__(self) -> str:
        return f"metric={self.metric}, n_jobs={self.jobs}"


WAYS = tuple(Way(m, jobs) for m in ("cosine", "euclidean") for jobs in (None, os.cpu_count()))


@dataclass(frozen=True, slots=True)
class Best:
    """What suits it best on some faces."""

    cosine: float
    way: Way
    seconds: float
    bcubed_f1: float

    def __str__(self) -> str:
        return f"cosine={self.cosine}, min_samples={MIN_SAMPLES}, {self.way}"


def best(vectors: NDArray[np.float32], people: NDArray[np.int64]) -> Best:
    """Try all reaches one way, then all ways at the best reach."""
    worth, took = {}, {}
    for cosine in COSINES:
        labels, took[cosine] = WAYS[0].run(vectors, cosine)
        worth[cosine] = bcubed(people, labels)[2]
    reach = max(worth, key=lambda cosine: worth[cosine])
    ways = {WAYS[0]: took[reach]} | {way: way.run(vectors, reach)[1] for way in WAYS[1:]}
    quickest = min(ways, key=lambda way: ways[way])
    return Best(reach, quickest, ways[quickest], worth[reach])
