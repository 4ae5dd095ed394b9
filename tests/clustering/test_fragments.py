"""Fragments join who they are most like, if it is clear; what was guessed is thought over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces, group_new, regroup
from app.clustering.linkage import weights_of
from app.clustering.thresholds import Thresholds
from tests.clustering.crowds import apart, crowd, fresh, unit, with_people

# Average linkage alone finds nothing here, so that what joins did so as a fragment.
ONLY_JOINING = Thresholds(merge_average=0.95)


def bearded(faces: int, beard: float, seed: int = 1) -> np.ndarray:
    """12 faces of a person of 3 years, and some of another year: like a few of them only."""
    rng = np.random.default_rng(seed)
    person, years = rng.normal(size=512), rng.normal(size=(3, 512))
    usual = person + np.repeat(years, 4, axis=0) + 0.5 * rng.normal(size=(12, 512))
    other = beard * person + years[0] + 0.9 * rng.normal(size=512)
    late = other + 0.3 * rng.normal(size=(faces, 512))
    return unit(np.vstack([usual, late]))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_fragment_joins_by_its_three_nearest(size: int) -> None:
    vectors = bearded(size, beard=0.2)
    people = np.array([7] * 12 + [-1] * size)
    fixed = tuple(range(12))
    faces = with_people(vectors, people, fixed=fixed)
    kept = apart(12 + size, kept=frozenset({7}))
    limits = Thresholds()
    assert set(group_new(faces, kept, limits).labels[12:].tolist()) == {7}
    aloof = replace(limits, join_mean3=0.9)
    assert 7 not in group_new(faces, kept, aloof).labels[12:], "their average is too low"


def test_a_large_fragment_is_asked_about_and_not_joined() -> None:
    vectors = bearded(4, beard=0.2)
    people = np.array([7] * 12 + [-1] * 4)
    faces = with_people(vectors, people, fixed=tuple(range(12)))
    labels = group_new(faces, apart(16, kept=frozenset({7})), Thresholds()).labels
    assert set(labels[12:].tolist()) == {-1}


def test_a_fragment_that_the_user_spoke_of_joins_nobody() -> None:
    vectors = bearded(2, beard=0.2)
    people = np.array([7] * 12 + [9] * 2)
    faces = with_people(vectors, people, is_new=np.ones(14, np.bool_), fixed=tuple(range(14)))
    labels = group_new(faces, apart(14, kept=frozenset({7, 9})), Thresholds()).labels
    assert labels.tolist() == people.tolist()
    labels = group_new(faces, apart(14, kept=frozenset({9})), Thresholds()).labels
    assert labels.tolist() == people.tolist()


def test_people_said_to_be_different_stay_apart_whoever_kept_them() -> None:
    vectors = crowd([6])
    people = np.array([7] * 3 + [9] * 3)
    faces = with_people(vectors, people, is_new=np.ones(6, np.bool_), fixed=tuple(range(6)))
    assert len(set(group_new(faces, apart(6), Thresholds()).labels.tolist())) == 1
    told = apart(6, apart=frozenset({(7, 9)}))
    assert group_new(faces, told, Thresholds()).labels.tolist() == people.tolist()


def test_a_poor_face_counts_less() -> None:
    weights = weights_of(np.array([1.0, 0.25, 0.0, np.nan], np.float32))
    assert weights[0] == 1.0 and weights[1] == 0.5
    assert 0 < weights[2] == weights[3] < 0.5, "but even the poorest is somebody"
    # Two good faces that are alike carry a pair whose poor third face is not.
    rng = np.random.default_rng(3)
    person = rng.normal(size=512)
    good = unit(person + 0.6 * rng.normal(size=(2, 512)))
    bad = unit((0.55 * person + rng.normal(size=512))[None])
    stranger = unit((1.1 * person + rng.normal(size=512))[None])
    vectors = np.vstack([good, bad, stranger])
    quality = np.array([1, 1, 0, 1], np.float32)
    people = np.array([7, 7, 7, -1])
    limits = Thresholds(merge_average=0.55, join_mean3=0.99)
    kept = apart(4, kept=frozenset({7}))
    fixed = np.array([True, True, True, False])
    by_quality = group_new(Faces(vectors, quality, people, people < 0, fixed), kept, limits)
    alike = group_new(Faces(vectors, quality * 0 + 1, people, people < 0, fixed), kept, limits)
    assert by_quality.labels[3] == 7 and alike.labels[3] != 7


def test_nobody_is_in_a_photo_taken_before_they_were_born() -> None:
    vectors = crowd([6])
    people = np.array([7] * 5 + [-1])
    for year, joins in ((2009.0, False), (2010.0, True), (np.nan, True)):
        constraints = Constraints(
            np.arange(6),
            kept=frozenset({7}),
            births={7: 2010},
            years=np.array([2015.0] * 5 + [year], np.float32),
        )
        faces = with_people(vectors, people, fixed=tuple(range(5)))
        limits = Thresholds(child_margin=0.0)
        assert bool(group_new(faces, constraints, limits).labels[5] == 7) is joins


def test_a_child_must_be_more_alike() -> None:
    vectors = crowd([6], spread=1.1)
    people = np.array([7] * 5 + [-1])
    faces = with_people(vectors, people, fixed=tuple(range(5)))
    average = float((vectors[5] @ vectors[:5].T).mean())
    limits = Thresholds(merge_average=average - 0.02, join_mean3=0.99, child_margin=0.06)
    for born, joins in ((1970, True), (2010, False)):
        constraints = Constraints(
            np.arange(6),
            kept=frozenset({7}),
            births={7: born},
            years=np.full(6, 2015.0, np.float32),
        )
        assert bool(group_new(faces, constraints, limits).labels[5] == 7) is joins


def test_a_guess_from_few_photos_does_not_bind_when_more_have_come() -> None:
    # Two siblings whose only photos at first were taken for one person.
    rng = np.random.default_rng(8)
    family, one, two = rng.normal(size=(3, 512))
    elder = unit(family * 0.75 + one + 0.7 * rng.normal(size=(8, 512)))
    younger = unit(family * 0.75 + two + 0.7 * rng.normal(size=(8, 512)))
    vectors = np.vstack([elder, younger])
    people = np.array([7] * 2 + [-1] * 6 + [7] + [-1] * 7)
    at_once = regroup(fresh(vectors), {}, apart(16), Thresholds()).labels
    assert len(set(at_once.tolist())) == 2
    labels = group_new(with_people(vectors, people), apart(16), Thresholds()).labels
    assert len(set(labels[:8].tolist())) == len(set(labels[8:].tolist())) == 1
    assert labels[0] == 7 != labels[8], "the id stays with most of the faces that had it"


def test_far_people_are_left_as_they_are() -> None:
    vectors = crowd([5, 5, 5])
    people = np.array([7] * 5 + [9] * 5 + [7] + [-1] * 4)  # the 7 among the last is a mistake
    grouping = group_new(with_people(vectors, people), apart(15), Thresholds())
    assert grouping.labels[5:10].tolist() == [9] * 5
    assert np.isnan(grouping.confidence[5:10]).all(), "nobody looked at them"
