"""Measures: how well a grouping fits the truth.

Only faces that somebody named count; one that was left alone or not found is a group of its own,
so it costs recall and never precision.

[Note: Pairwise and BCubed] Pairwise measures count pairs of faces, so a person with 100 photos
weighs 10,000 times one with 1. BCubed (Bagga and Baldwin 1998) asks of each face which part of its
group is its person, and which part of its person is in its group, and averages over faces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.dataset import NOBODY, Dataset


@dataclass(frozen=True, slots=True)
class Score:
    """What a grouping is worth; shares are 0..1."""

    pair_precision: float
    pair_recall: float
    pair_f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    whole_f1: float
    """BCubed F1 over whole photos alone; NaN when there are none."""
    nmi: float
    """Normalised mutual information, by the mean of both entropies."""
    groups: int
    """Groups of two or more faces, named or not."""
    groups_known: int
    """Groups that hold two or more named faces."""
    alone: float
    """Share of the named faces that are in no group, found or not."""
    clashes: int
    """Photos in which two faces share a group, those set aside that may show a person twice."""


def tidy(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels 0, 1, ... in the order of a group's first face; NOBODY for who is alone in one."""
    _, first, inverse, sizes = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    real = (sizes > 1) & (labels[first] != NOBODY)
    order = np.argsort(np.where(real, first, len(labels)), kind="stable")
    number = np.full(len(sizes), NOBODY, np.int64)
    number[order[: int(real.sum())]] = np.arange(int(real.sum()))
    return np.asarray(number[inverse])


def score(data: Dataset, labels: NDArray[np.int64]) -> Score:
    """Hold (n,) labels, NOBODY for left alone, against the truth."""
    named = data.people >= 0
    truth = np.concatenate([data.people[named], data.missed])
    missed = np.full(len(data.missed), NOBODY, np.int64)
    given = np.concatenate([labels[named], missed])
    whole = np.concatenate([data.whole[named], data.missed_whole])
    pairs, cubes = pairwise(truth, given), bcubed(truth, given)
    _, sizes = np.unique(given[given != NOBODY], return_counts=True)
    return Score(
        *pairs,
        *cubes,
        whole_f1=bcubed(truth[whole], given[whole])[2] if whole.any() else float("nan"),
        nmi=mutual_information(truth, given),
        groups=len(np.unique(labels[labels != NOBODY])),
        groups_known=int((sizes > 1).sum()),
        alone=float((given == NOBODY).mean()) if len(given) else 0.0,
        clashes=clashes(data, labels),
    )


def pairwise(truth: NDArray[np.int64], given: NDArray[np.int64]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of faces; 1 where there is no pair to be wrong about."""
    people, groups, both, _ = _counts(truth, given)
    right, said, true = (float((c * (c - 1) / 2).sum()) for c in (both, groups, people))
    precision = right / said if said else 1.0
    recall = right / true if true else 1.0
    return precision, recall, _f1(precision, recall)


def bcubed(truth: NDArray[np.int64], given: NDArray[np.int64]) -> tuple[float, float, float]:
    """Precision, recall and F1 averaged over faces."""
    people, groups, both, (person, group) = _counts(truth, given)
    faces = max(1, len(truth))
    precision = float((both**2 / groups[group]).sum()) / faces
    recall = float((both**2 / people[person]).sum()) / faces
    return precision, recall, _f1(precision, recall)


def agreement(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """BCubed F1 of one grouping held against another, NOBODY in either a group of its own."""
    own = one.max(initial=0) + 1 + np.arange(len(one))
    return bcubed(np.where(one == NOBODY, own, one), other)[2]


def mutual_information(truth: NDArray[np.int64], given: NDArray[np.int64]) -> float:
    """How much of one the other tells, 0..1."""
    people, groups, both, (person, group) = _counts(truth, given)
    n = len(truth)
    shared = float((both / n * np.log(both * n / (people[person] * groups[group]))).sum())
    entropies = sum(-float((c / n * np.log(c / n)).sum()) for c in (people, groups))
    return shared / (entropies / 2) if entropies > 0 else 1.0


def clashes(data: Dataset, labels: NDArray[np.int64]) -> int:
    """Photos with two faces in one group, over the faces that the truth has, named or not."""
    counted = data.in_truth & ~data.twice & (labels != NOBODY)
    pairs = np.stack([data.photos[counted], labels[counted]], axis=1)
    seen, times = np.unique(pairs, axis=0, return_counts=True)
    return len(np.unique(seen[times > 1, 0]))


def _counts(
    truth: NDArray[np.int64], given: NDArray[np.int64]
) -> tuple[
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    tuple[NDArray[np.int64], NDArray[np.int64]],
]:
    """Sizes of people, of groups, and of what each two share, with the numbers of those two."""
    alone = given == NOBODY
    own = given.max(initial=0) + 1 + np.arange(len(given))
    _, person = np.unique(truth, return_inverse=True)
    _, group = np.unique(np.where(alone, own, given), return_inverse=True)
    pairs, both = np.unique(np.stack([person, group], axis=1), axis=0, return_counts=True)
    return (
        np.bincount(person).astype(np.float64),
        np.bincount(group).astype(np.float64),
        both.astype(np.float64),
        (pairs[:, 0], pairs[:, 1]),
    )


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total > 0 else 0.0
