"""Grouping: alike faces together, the user's word above all, the same answer every time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Grouping, group_new, regroup
from app.clustering.neighbours import nearest
from app.clustering.thresholds import Thresholds
from tests.clustering.crowds import apart, crowd, fresh, with_people

LIMITS = Thresholds()


def partition(labels: NDArray[np.int64]) -> set[frozenset[int]]:
    """The groups, whatever their numbers; a face of nobody is a group of its own."""
    groups: dict[object, list[int]] = {}
    for face, label in enumerate(labels.tolist()):
        groups.setdefault(label or ("alone", face), []).append(face)
    return {frozenset(faces) for faces in groups.values()}


def test_people_are_told_apart() -> None:
    vectors = crowd([5, 4, 3, 1])
    grouping = group_new(fresh(vectors), apart(13), LIMITS)
    assert grouping.founded == 3
    assert partition(grouping.labels) == {
        frozenset(range(5)), frozenset(range(5, 9)), frozenset(range(9, 12)), frozenset([12]),
    }  # fmt: skip
    assert grouping.labels[12] == 0 and np.isnan(grouping.confidence[12])
    assert (grouping.confidence[:12] > 0.3).all()


def test_nothing_to_group() -> None:
    for vectors in (np.empty((0, 512), np.float32), crowd([1])):
        assert group_new(fresh(vectors), apart(len(vectors)), LIMITS).founded == 0


def test_two_faces_of_one_photo_are_two_people() -> None:
    vectors = crowd([6])
    photos = np.array([0, 0, 1, 2, 3, 4])
    labels = group_new(fresh(vectors), Constraints(photos), LIMITS).labels
    assert labels[0] != labels[1] and len(set(labels.tolist())) == 2


def test_a_mirror_lifts_that_rule() -> None:
    vectors = crowd([4])
    vectors[1] = vectors[0]
    labels = group_new(fresh(vectors), Constraints(np.array([0, 0, 1, 2])), LIMITS).labels
    assert len(set(labels.tolist())) == 1


def test_new_faces_join_the_people_there_are() -> None:
    vectors = crowd([5, 5])
    people = np.array([7, 7, 7, -1, -1, 9, 9, 9, -1, -1])
    grouping = group_new(with_people(vectors, people), apart(10), LIMITS)
    assert grouping.labels.tolist() == [7] * 5 + [9] * 5
    assert grouping.founded == 0


def test_unnamed_groups_that_new_faces_connect_become_one() -> None:
    vectors = crowd([9])
    people = np.array([7, 7, 7, 8, 8, -1, -1, -1, -1])
    faces = with_people(vectors, people)
    assert set(group_new(faces, apart(9), LIMITS).labels.tolist()) == {7}
    kept = apart(9, kept=frozenset({7, 8}))
    labels = group_new(faces, kept, LIMITS).labels
    assert labels[:5].tolist() == [7, 7, 7, 8, 8], "two the user spoke of are never made one"


def test_a_refused_person_is_not_joined() -> None:
    vectors = crowd([6])
    people = np.array([7, 7, 7, 7, 7, -1])
    refused = {5: frozenset({7})}
    spoken = apart(6, refused=refused, kept=frozenset({7}))
    assert group_new(with_people(vectors, people), spoken, LIMITS).labels.tolist() == [7] * 5 + [0]
    # Whoever forgets to say that 7 was spoken of gets no 7 that the face refuses, all the same.
    labels = group_new(with_people(vectors, people), apart(6, refused=refused), LIMITS).labels
    assert labels[5] != 7


def test_a_stray_joins_only_a_clear_winner() -> None:
    # Average linkage cannot reach a stray whose group is spread out; its nearest faces can.
    limits = Thresholds(merge_average=0.45, join_mean3=0.30, join_margin=0.05)
    vectors = crowd([8, 8], seed=3, spread=1.05)
    between = vectors[0] + vectors[8]
    vectors = np.vstack([vectors, [between / np.linalg.norm(between)]]).astype(np.float32)
    people = np.array([7] * 8 + [9] * 8 + [-1])
    kept = apart(17, kept=frozenset({7, 9}))
    faces = with_people(vectors, people, fixed=tuple(range(16)))
    labels = group_new(faces, kept, limits).labels
    assert labels[16] == 0, "as close to one as to the other"


def test_broken_embeddings_are_left_alone() -> None:
    vectors = crowd([5])
    vectors[1] = np.nan
    vectors[2] = 0
    vectors[3, 7] = np.inf
    for grouping in (
        group_new(fresh(vectors), apart(5), LIMITS),
        regroup(fresh(vectors), {}, apart(5), LIMITS),
    ):
        assert grouping.labels.tolist() == [-1, 0, 0, 0, -1]


def test_regrouping_keeps_ids_by_the_faces_they_had() -> None:
    vectors = crowd([6, 4])
    people = np.array([7, 7, 7, 7, 9, 9, 9, 9, 9, 9])
    labels = regroup(with_people(vectors, people), {}, apart(10), LIMITS).labels
    assert labels.tolist() == [7] * 6 + [9] * 4


def test_regrouping_honours_what_was_said() -> None:
    vectors = crowd([4, 4, 4])
    people = np.array([7] * 8 + [9] * 4)
    said = dict.fromkeys(range(8), 7)  # the user merged two groups that look different
    constraints = apart(12, kept=frozenset({7}))
    faces = with_people(vectors, people)
    labels = regroup(faces, said, constraints, LIMITS).labels
    assert labels.tolist() == [7] * 8 + [9] * 4
    # ... and a face that was put with somebody else stays there, alone against its look.
    labels = regroup(faces, said | {9: 7}, constraints, LIMITS).labels
    assert labels[9] == 7


def test_the_same_faces_give_the_same_groups() -> None:
    vectors = crowd([5, 9, 2, 1, 7], seed=4)
    first = group_new(fresh(vectors), apart(24), LIMITS)
    again = group_new(fresh(vectors.copy()), apart(24), LIMITS)
    assert first.labels.tolist() == again.labels.tolist()


def test_a_large_group_that_joins_someone_spoken_of_takes_their_id() -> None:
    vectors = crowd([70])
    people = np.array([7] * 60 + [9] * 5 + [-1] * 5)
    kept = apart(70, kept=frozenset({9}))
    labels = group_new(with_people(vectors, people, fixed=(60,)), kept, LIMITS).labels
    assert set(labels.tolist()) == {9}, "nobody the user spoke of is dissolved"


def test_a_broken_embedding_that_is_somebody_weighs_nothing() -> None:
    vectors = crowd([6])
    broken = np.vstack([vectors, np.full((4, 512), np.nan), np.zeros((2, 512))])
    people = np.array([7, 7, -1, -1, -1, -1] + [7] * 6)
    fixed = (0, 1, *range(6, 12))
    kept = apart(12, kept=frozenset({7}))
    faces = with_people(broken.astype(np.float32), people, fixed=fixed)
    said = dict.fromkeys(fixed, 7)
    for grouping in (
        group_new(faces, kept, LIMITS),
        regroup(faces, said, kept, LIMITS),
    ):
        assert grouping.labels.tolist() == [7] * 12


@settings(max_examples=25, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=6),
    seed=st.integers(0, 10_000),
    spread=st.floats(0.5, 2.5),
    data=st.data(),
)
def test_no_grouping_breaks_a_rule(
    sizes: list[int], seed: int, spread: float, data: st.DataObject
) -> None:
    vectors = crowd(sizes, seed, spread)
    count = len(vectors)
    numbers = st.lists(st.integers(0, 4), min_size=count, max_size=count)
    photos = np.array(data.draw(numbers))
    refused = {
        face: frozenset({person})
        for face, person in enumerate(data.draw(numbers))
        if person in (7, 1)
    }
    said = {face: who for face, who in enumerate(data.draw(numbers)) if who in (1, 2)}
    said = {f: p for f, p in said.items() if p not in refused.get(f, frozenset())}
    constraints = Constraints(photos, refused, frozenset({1, 2}))
    grouping = regroup(fresh(vectors), said, constraints, LIMITS)
    _check_rules(grouping, vectors, photos, said, refused)


def _check_rules(
    grouping: Grouping,
    vectors: NDArray[np.float32],
    photos: NDArray[np.int64],
    said: dict[int, int],
    refused: dict[int, frozenset[int]],
) -> None:
    labels = grouping.labels
    assert all(labels[face] == person for face, person in said.items())
    for face, people in refused.items():
        assert labels[face] not in people
    for a, b in combinations(range(len(labels)), 2):
        if photos[a] == photos[b] and labels[a] == labels[b] != 0 and not {a, b} <= set(said):
            together = [f for f in range(len(labels)) if labels[f] == labels[a]]
            by_word = any(f in said for f in together)
            assert by_word or float(vectors[a] @ vectors[b]) >= LIMITS.near_identical
    assert labels.min() >= -grouping.founded


@pytest.mark.parametrize("k", [1, 3, 100])
def test_neighbours_are_the_nearest(k: int) -> None:
    vectors = crowd([10, 10], seed=1)
    edges = nearest(np.arange(20), vectors, k, -1.0)
    full = vectors @ vectors.T
    np.fill_diagonal(full, -2)
    wanted = set()
    for row in range(20):
        for other in np.argsort(-full[row])[: min(k, 19)].tolist():
            wanted.add((min(row, other), max(row, other)))
    found = list(zip(edges.left.tolist(), edges.right.tolist(), strict=True))
    assert len(found) == len(set(found)) and set(found) == wanted
    assert np.allclose(edges.similarity, full[edges.left, edges.right], atol=1e-6)


def test_thresholds_of_a_pack_replace_the_defaults() -> None:
    limits = Thresholds.of({"merge_average": 0.5, "something_else": 1.0})
    assert (limits.merge_average, limits.join_mean3) == (0.5, LIMITS.join_mean3)
