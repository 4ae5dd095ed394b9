"""Many groups at once become what they would become one by one, and no rule is broken."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clustering import grouping as grouping_module
from app.clustering import index as index_module
from app.clustering import merging, pairs
from app.clustering.constraints import Constraints
from app.clustering.grouping import CLOSEST, Faces, group_new, index_of, regroup
from app.clustering.neighbours import Edges
from app.clustering.thresholds import Thresholds
from tests.benchmarks.measures import bcubed, tidy
from tests.clustering.crowds import apart, crowd, fresh, unit, with_people

LIMITS = Thresholds()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done for many is done for few."""
    monkeypatch.setattr(merging, "MANY", 0)
    monkeypatch.setattr(pairs, "QUEUE", 0)
    monkeypatch.setattr(merging, "ENOUGH", 0)
    monkeypatch.setattr(index_module, "EXACT", 0)
    monkeypatch.setattr(grouping_module, "MANY", 0)


def people_of(labels: np.ndarray) -> list[int]:
    """Labels that can be compared: 0, 1, ... by first face; -1 for who is alone."""
    return tidy(np.where(labels == 0, -1, labels - labels.min(initial=0))).tolist()


@pytest.mark.usefixtures("at_once")
def test_many_at_once_are_told_apart_as_one_by_one() -> None:
    sizes = [60, 25, 9, 4, 2, 1, 1]
    vectors = crowd(sizes, seed=3, spread=0.8)
    mixed = np.random.default_rng(0).permutation(len(vectors))
    who = np.repeat(np.arange(len(sizes)), sizes)[mixed]
    labels = group_new(fresh(vectors[mixed]), apart(len(mixed)), LIMITS).labels
    assert people_of(labels) == tidy(who).tolist()


def test_the_rounds_give_what_the_queue_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    vectors = crowd(rng.integers(1, 30, 60).tolist(), seed=8, spread=0.9)
    photos = rng.permutation(len(vectors)) // 2
    by_queue = group_new(fresh(vectors), Constraints(photos), LIMITS).labels
    monkeypatch.setattr(pairs, "QUEUE", 0)
    monkeypatch.setattr(pairs, "FEW", 0.0)
    by_rounds = group_new(fresh(vectors), Constraints(photos), LIMITS).labels
    one, other = np.array(people_of(by_queue)), np.array(people_of(by_rounds))
    assert bcubed(one, other)[2] > 0.98


def test_what_is_sure_comes_first_and_changes_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(6)
    sizes = [*rng.integers(2, 60, 40).tolist(), *[1] * 60]
    mixed = rng.permutation(sum(sizes))
    vectors = crowd(sizes, seed=9, spread=0.9)[mixed]
    monkeypatch.setattr(index_module, "EXACT", 0)
    plain = group_new(fresh(vectors), apart(len(vectors)), LIMITS)
    asked: list[int] = []
    nearest = index_module.FaceIndex.nearest

    def counted(index: index_module.FaceIndex, rows: np.ndarray, *rest: Any) -> Edges:
        asked.append(len(rows))
        return nearest(index, rows, *rest)

    monkeypatch.setattr(index_module.FaceIndex, "nearest", counted)
    monkeypatch.setattr(grouping_module, "MANY", 0)
    staged = group_new(fresh(vectors), apart(len(vectors)), LIMITS)
    assert len(asked) == 1 and 60 <= asked[0] < len(vectors) / 3, "most look no farther"
    who = np.repeat(np.arange(100), sizes)[mixed]
    for grouping in (plain, staged):
        assert bcubed(who, np.array(people_of(grouping.labels)))[2] > 0.99


@pytest.mark.usefixtures("at_once")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=6),
    seed=st.integers(0, 10_000),
    spread=st.floats(0.3, 1.5),
    data=st.data(),
)
def test_no_rule_is_broken_by_many_at_once(
    sizes: list[int], seed: int, spread: float, data: st.DataObject
) -> None:
    vectors = crowd(sizes, seed, spread)
    count = len(vectors)
    numbers = st.lists(st.integers(0, 9), min_size=count, max_size=count)
    photos = np.array(data.draw(numbers))
    who = data.draw(numbers)
    refused = {face: frozenset({person}) for face, person in enumerate(who) if person in (1, 7)}
    said = {face: p for face, p in enumerate(data.draw(numbers)) if p in (1, 2)}
    said = {f: p for f, p in said.items() if p not in refused.get(f, frozenset())}
    constraints = Constraints(photos, refused, frozenset({1, 2}))
    labels = regroup(fresh(vectors), said, constraints, LIMITS).labels
    assert all(labels[face] == person for face, person in said.items())
    assert not [face for face, people in refused.items() if labels[face] in people]
    for a, b in combinations(range(count), 2):
        if photos[a] == photos[b] and labels[a] == labels[b] != 0 and not {a, b} & set(said):
            spoken = any(labels[f] == labels[a] for f in said)
            alike = float(vectors[a] @ vectors[b])
            assert spoken or alike >= LIMITS.near_identical - 1e-3


@pytest.mark.usefixtures("at_once")
def test_who_would_join_together_is_not_let_in_twice_from_one_photo() -> None:
    # All of one person by their looks; but each photo shows two.
    vectors = crowd([40], seed=9, spread=0.4)
    photos = np.arange(40) // 2
    labels = group_new(fresh(vectors), Constraints(photos), LIMITS).labels
    assert np.unique(labels, return_counts=True)[1].max() > 10
    for photo in range(20):
        assert len(set(labels[photos == photo].tolist())) == 2


@pytest.mark.parametrize("faces", [2 * CLOSEST, 8 * CLOSEST])
def test_a_person_of_two_looks_is_one_however_often_seen(faces: int) -> None:
    # All of the nearest of each face have the look it has.
    rng = np.random.default_rng(2)
    person, looks = rng.normal(size=512), rng.normal(size=(2, 512))
    look = np.arange(faces) % 2
    vectors = unit(1.1 * person + looks[look] + 0.2 * rng.normal(size=(faces, 512)))
    between = float((vectors[::2] @ vectors[1::2].T).mean())
    limits = Thresholds(merge_average=between - 0.05, join_mean3=0.99)
    labels = group_new(fresh(vectors), apart(faces), limits).labels
    assert set(labels.tolist()) == {-1}
    aloof = Thresholds(merge_average=between + 0.05, join_mean3=0.99)
    assert set(group_new(fresh(vectors), apart(faces), aloof).labels.tolist()) == {-1, -2}


@pytest.mark.parametrize("exact", [0, 20_000])
def test_a_kept_index_gives_what_a_new_one_gives(
    exact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "EXACT", exact)
    vectors = crowd([50, 12, 12, 5, 3, 1, 1, 1], seed=12, spread=1.0)
    order = np.random.default_rng(4).permutation(len(vectors))
    vectors = vectors[order]
    index = index_of(vectors[:30])
    kept = np.full(len(vectors), -1)
    anew = kept.copy()
    for end in range(30, len(vectors) + 1, 11):
        is_new = np.arange(end) >= (end - 11 if end > 30 else 0)
        if end > 30:
            index.add(vectors[end - 11 : end])
        for people, at in ((kept, index), (anew, None)):
            faces = with_people(vectors[:end], people[:end], is_new)
            if at is not None:
                faces = Faces(at.vectors, faces.quality, faces.people, is_new, faces.is_fixed)
            grouping = group_new(faces, apart(end), LIMITS, index=at)
            labels = np.where(grouping.labels < 0, 100 * end - grouping.labels, grouping.labels)
            moved = np.flatnonzero((np.where(people[:end] < 0, 0, people[:end]) != labels) | is_new)
            assert grouping.rows.tolist() == moved.tolist()
            assert np.isfinite(grouping.confidence[moved[labels[moved] != 0]]).all()
            people[:end] = np.where(labels == 0, -1, labels)
    who = np.repeat(np.arange(8), [50, 12, 12, 5, 3, 1, 1, 1])[order]
    assert bcubed(who[:end], tidy(kept[:end]))[2] > 0.97
    if exact:
        assert kept.tolist() == anew.tolist()
