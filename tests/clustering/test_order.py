"""Alike faces stand together, and those that look like somebody else come first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.clustering.order import LEAF, SAMPLE, alike_order, parts
from app.progress import Cancelled
from tests.clustering.crowds import crowd

CUT = 0.41


def runs(labels: NDArray[np.int64]) -> int:
    """How many stretches of one label there are."""
    return int(1 + np.count_nonzero(np.diff(labels)))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(0, 50))
def test_people_stand_together_in_any_mixture(sizes: list[int], seed: int) -> None:
    vectors = crowd(sizes, seed, spread=0.5)
    who = np.repeat(np.arange(len(sizes)), sizes)
    mixed = np.random.default_rng(seed).permutation(len(who))
    order = alike_order(vectors[mixed])
    assert sorted(order.tolist()) == list(range(len(who)))
    assert runs(who[mixed][order]) == len(sizes)


def test_more_than_fit_into_one_tree_stand_together_nearly_always() -> None:
    sizes = [20] * (5 * LEAF // 20)
    vectors, who = crowd(sizes, 3, spread=0.5), np.repeat(np.arange(len(sizes)), 20)
    mixed = np.random.default_rng(0).permutation(len(who))
    order = alike_order(vectors[mixed])
    assert sorted(order.tolist()) == list(range(len(who)))
    assert runs(who[mixed][order]) < 1.2 * len(sizes), "by chance it were 19 times as many"
    assert np.array_equal(order, alike_order(vectors[mixed])), "the same each time"


def test_what_is_no_embedding_comes_last_and_the_same_face_many_times_is_no_trouble() -> None:
    vectors = crowd([3, 3])
    vectors[1], vectors[4] = np.nan, 0
    assert set(alike_order(vectors)[-2:].tolist()) == {1, 4}
    same = np.tile(vectors[:1], (3 * LEAF, 1))
    assert sorted(alike_order(same).tolist()) == list(range(3 * LEAF))
    assert alike_order(np.empty((0, 8), np.float32)).tolist() == []


def test_laying_out_many_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        alike_order(crowd([2 * LEAF]), stop)


@pytest.mark.parametrize("mine", [12, 2 * SAMPLE])
def test_strangers_in_a_person_come_first_each_beside_their_like(mine: int) -> None:
    vectors = crowd([mine, 3, 2], 1, spread=0.5)
    who = np.repeat([0, 1, 2], [mine, 3, 2])
    mixed = np.random.default_rng(1).permutation(len(who))
    step = -(-len(mixed) // SAMPLE)
    sampled = set(who[mixed][::step].tolist())
    odd, rest = parts(vectors[mixed], CUT)
    assert set(who[mixed][odd].tolist()) == sampled - {0}
    if mine == 12:
        assert set(who[mixed][rest].tolist()) == {0} and runs(who[mixed][odd]) == 2
    assert sorted([*odd.tolist(), *rest.tolist()]) == list(range(len(who)))
    core = vectors[mixed][rest].sum(axis=0)
    alike = vectors[mixed][rest] @ core
    assert np.corrcoef(alike, np.arange(len(rest)))[0, 1] > 0.8, "the least like first"


def test_a_person_of_one_piece_has_nothing_odd() -> None:
    odd, rest = parts(crowd([9], 2, spread=0.5), CUT)
    assert len(odd) == 0 and len(rest) == 9
    for few in (0, 1, 2):
        odd, rest = parts(crowd([9], 2)[:few], CUT)
        assert len(odd) == 0 and len(rest) == few
