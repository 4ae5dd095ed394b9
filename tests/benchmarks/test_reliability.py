"""Whether a confidence comes true is told of answers that were made up to be so."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.reliability import Stated, fit, held_out

COUNT = 4000


def answers(times: float) -> Stated:
    """Answers that are right as often as their log-odds say, stated with so many times these."""
    chance = np.random.default_rng(7)
    odds = chance.uniform(-4, 4, COUNT)
    is_one = chance.random(COUNT) < 1 / (1 + np.exp(-odds))
    share = 1 / (1 + np.exp(-np.abs(times * odds)))
    people = chance.integers(0, 40, COUNT).astype(str)
    return Stated(share, (odds > 0) == is_one, is_one, people)


def test_an_honest_confidence_is_told_from_a_modest_and_from_a_boastful_one() -> None:
    assert answers(1.0).error() < 0.02
    assert answers(0.3).error() > 0.08
    assert answers(3.0).error() > 0.05
    low, high, count, sure, right = list(answers(1.0).parts())[-1]
    assert (low, high) == (0.95, 1.0) and count > 500
    assert sure == pytest.approx(right, abs=0.02)


@pytest.mark.parametrize("times", [0.3, 1.0, 2.0])
@pytest.mark.parametrize("is_even", [True, False])
def test_a_fit_finds_what_is_stated_beside_the_truth(times: float, is_even: bool) -> None:
    stated = answers(times)
    if times <= 1:  # what is stated as certain cannot be told apart any more
        slope, shift = fit(stated.odds, stated.is_one, is_even)
        assert slope == pytest.approx(1 / times, rel=0.1) and abs(shift) < 0.15
    assert held_out(stated, is_even).error() < 0.04


def test_few_answers_that_are_all_right_make_nothing_certain() -> None:
    odds = np.array([-2.0, -1.0, 1.0, 2.0])
    slope, shift = fit(odds, odds > 0, is_even=True)
    assert 0 < slope < 3 and shift == pytest.approx(0, abs=1e-6)


def test_balanced_counts_either_truth_half() -> None:
    is_one = np.array([True, False, False, False, False])
    right = np.array([False, True, True, True, True])
    stated = Stated(np.full(5, 0.9), right, is_one, np.array(list("abcde")))
    assert stated.balanced() == 0.5
    assert np.isnan(stated.some(~is_one).balanced())
