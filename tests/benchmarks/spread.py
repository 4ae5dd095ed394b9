"""Spread: how alike the faces of one person are, and those of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.dataset import Dataset

QUANTILES = (0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999)
MOST_FACES = 3_000
MOST_OF_ONE = 20
"""So that one person does not speak for all."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Cosines of pairs of named faces."""

    within: NDArray[np.float32]
    """Of one person."""
    between: NDArray[np.float32]
    """Of two."""

    def lines(self) -> list[list[str]]:
        """Mean, deviation and quantiles of both, under heads."""
        heads = ["cosines", "of", "mean", "sd", *(f"{share:g}" for share in QUANTILES)]
        rows = [("within", "one person", self.within), ("between", "two people", self.between)]
        return [heads, *([what, of, *_numbers(cosines)] for what, of, cosines in rows)]


def spread(data: Dataset, seed: int = 0) -> Spread:
    """Over at most 3000 named faces drawn at random, at most 20 of a person."""
    drawn = np.random.default_rng(seed).permutation(np.flatnonzero(data.people >= 0))
    order = drawn[np.argsort(data.people[drawn], kind="stable")]
    sorted_people = data.people[order]
    place = np.arange(len(order)) - np.searchsorted(sorted_people, sorted_people)
    few = np.random.default_rng(seed).permutation(order[place < MOST_OF_ONE])[:MOST_FACES]
    left, right = np.triu_indices(len(few), 1)
    cosines = (data.vectors[few] @ data.vectors[few].T)[left, right]
    same = data.people[few][left] == data.people[few][right]
    return Spread(cosines[same], cosines[~same])


def _numbers(cosines: NDArray[np.float32]) -> list[str]:
    if not len(cosines):
        return [""] * (2 + len(QUANTILES))
    values = [cosines.mean(), cosines.std(), *np.quantile(cosines, QUANTILES)]
    return [f"{value:.3f}" for value in values]
