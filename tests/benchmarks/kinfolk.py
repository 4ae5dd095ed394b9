"""Kinfolk: the program's own grouping, called as the clusterer calls it, without a library."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces, Grouping, group_new
from app.clustering.thresholds import Thresholds
from tests.benchmarks.dataset import NOBODY, Dataset
from tests.benchmarks.measures import tidy


def thresholds_of(data: Dataset) -> Thresholds:
    """Those of the pack that made the vectors."""
    return Thresholds.of(data.thresholds)


def group(data: Dataset, thresholds: Thresholds | None = None) -> NDArray[np.int64]:
    """(n,) labels, NOBODY for left alone, of everything grouped at once as if it were new."""
    nobody = np.full(len(data), NOBODY, np.int64)
    everyone = np.arange(len(data))
    found = _group(data, everyone, nobody, everyone >= 0, thresholds or thresholds_of(data))
    return tidy(np.where(found.labels == 0, NOBODY, found.labels - found.labels.min(initial=0)))


def group_incrementally(
    data: Dataset, order: NDArray[np.int64], batch: int = 50
) -> NDArray[np.int64]:
    """(n,) labels when faces arrive in `order` and are grouped each time `batch` have come."""
    limits = thresholds_of(data)
    people = np.full(len(data), NOBODY, np.int64)
    next_person = 1
    for start in range(0, len(order), batch):
        here = order[: start + batch]
        is_new = np.arange(len(here)) >= start
        found = _group(data, here, people[here], is_new, limits)
        # The library gives a founded group the next free id, and nobody is no person.
        labels = np.where(found.labels < 0, next_person - 1 - found.labels, found.labels)
        next_person += found.founded
        people[here] = np.where(found.labels == 0, NOBODY, labels)
    return tidy(people)


def _group(
    data: Dataset,
    rows: NDArray[np.int64] | Sequence[int],
    people: NDArray[np.int64],
    is_new: NDArray[np.bool_],
    limits: Thresholds,
) -> Grouping:
    """One run of the clusterer over some rows; `people` and `is_new` are of those rows."""
    unsaid = np.zeros(len(people), np.bool_)
    faces = Faces(data.vectors[rows], data.quality[rows], people, is_new, unsaid)
    return group_new(faces, Constraints(photos=data.photos[rows]), limits)
