"""Reliability: whether what is said to be 80 % sure is right in 80 % of cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BOUNDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Of the parts that stated confidences are divided into."""
FOLDS = 5
"""Parts of the people, each of which is judged by what the others taught."""
STEPS = 60
MOST_SURE = 0.995


@dataclass(frozen=True, slots=True)
class Stated:
    """n answers to one question: how sure, 0.5..1, whether right, and of whom."""

    sure: NDArray[np.float64]
    right: NDArray[np.bool_]
    is_one: NDArray[np.bool_]
    """Whether the truth is the one of the two answers."""
    people: NDArray[np.str_]

    def some(self, rows: NDArray[np.bool_]) -> Stated:
        """These of them."""
        return Stated(self.sure[rows], self.right[rows], self.is_one[rows], self.people[rows])

    def parts(self) -> Iterator[tuple[float, float, int, float, float]]:
        """From and to which confidence, answers, mean confidence, share right."""
        for low, high in pairwise(BOUNDS):
            here = (self.sure >= low) & ((self.sure < high) | (high == BOUNDS[-1]))
            if here.any():
                yield (
                    low, high, int(here.sum()), float(self.sure[here].mean()),
                    float(self.right[here].mean()),
                )  # fmt: skip

    def error(self) -> float:
        """By how much, in the mean, a part's confidence is beside its share of right answers (the
        expected calibration error of Naeini and others, 2015)."""
        parts = list(self.parts())
        total = sum(count for _, _, count, _, _ in parts)
        return sum(count * abs(sure - right) for _, _, count, sure, right in parts) / total

    def balanced(self) -> float:
        """Share of right answers, either truth counting half; NaN where there is but one."""
        if self.is_one.all() or not self.is_one.any():
            return float("nan")
        return float((self.right[self.is_one].mean() + self.right[~self.is_one].mean()) / 2)

    @property
    def odds(self) -> NDArray[np.float64]:
        """The log-odds of the one answer, as stated."""
        share = np.clip(self.sure, 0.5, MOST_SURE)
        one = self.right == self.is_one
        return np.where(one, 1.0, -1.0) * np.log(share / (1.0 - share))


def fit(odds: NDArray[np.float64], is_one: NDArray[np.bool_], is_even: bool) -> tuple[float, float]:
    """Slope and shift of the log-odds that fit the truth best: 1 and 0 where what was stated holds
    (Platt, 1999, with his targets, which leave room for what few answers cannot show; Newton's
    method). `is_even`: both truths count alike, however often each is there."""
    ones, others = int(is_one.sum()), int((~is_one).sum())
    goal = np.where(is_one, (ones + 1) / (ones + 2), 1 / (others + 2))
    weight = np.ones(len(odds))
    if is_even:
        weight = np.where(is_one, 0.5 / max(1, ones), 0.5 / max(1, others)) * len(odds)
    columns = np.stack([odds, np.ones_like(odds)])
    told = np.array([1.0, 0.0])
    for _ in range(STEPS):
        share = 1.0 / (1.0 + np.exp(-np.clip(told @ columns, -30.0, 30.0)))
        slope = columns @ (weight * (goal - share))
        bend = (columns * (weight * share * (1.0 - share))) @ columns.T + 1e-6 * np.eye(2)
        # a long step would lead past where the curve bends at all
        told = told + np.clip(np.linalg.solve(bend, slope), -0.5, 0.5)
    return float(told[0]), float(told[1])


def held_out(stated: Stated, is_even: bool) -> Stated:
    """What would have been stated if each fifth of the people were judged by a curve fitted to
    the others."""
    names = np.unique(stated.people)
    fold = {who: number % FOLDS for number, who in enumerate(names)}
    folds = np.array([fold[who] for who in stated.people])
    odds, found = stated.odds, np.zeros(len(stated.sure))
    for number in range(FOLDS):
        slope, shift = fit(odds[folds != number], stated.is_one[folds != number], is_even)
        found[folds == number] = slope * odds[folds == number] + shift
    share = 1.0 / (1.0 + np.exp(-np.abs(found)))
    return Stated(share, (found > 0) == stated.is_one, stated.is_one, stated.people)
