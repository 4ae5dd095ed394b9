"""Who a lone face or a small group most probably is, among those who are there."""

from __future__ import annotations

import numpy as np
import pytest

from app.clustering.constraints import Constraints
from app.clustering.doubles import doubles
from app.clustering.evidence import Crowd
from app.clustering.thresholds import Thresholds
from app.progress import Cancelled
from tests.clustering.crowds import apart, crowd, with_people

LIMITS = Thresholds()
PEOPLE = [7, 7, 7, 7, 7, -1, 8, 8, 8, -1]
"""Anna and a lone face of hers, Ben, and a face of nobody's."""


def held(constraints: Constraints) -> Crowd:
    """Three people; numbers of the groups: Anna 0, Ben 1, and the lone faces 2 and 3."""
    return Crowd(with_people(crowd([6, 3, 1]), np.array(PEOPLE)), constraints, LIMITS)


def test_a_lone_face_is_whom_it_looks_like() -> None:
    found = doubles(held(apart(10)), np.array([2, 3]))
    assert found[2].other == 0 and found[2].probability > 0.9
    assert found[3].probability < 0.1


def test_nothing_that_was_said_or_shown_is_contradicted() -> None:
    assert doubles(held(apart(10)), np.array([2]))[2].other == 0
    refused = apart(10, refused={5: frozenset({7})})
    assert doubles(held(refused), np.array([2]))[2].probability < 0.1
    photos = np.arange(10)
    photos[5] = photos[0]
    assert doubles(held(Constraints(photos)), np.array([2]))[2].probability < 0.1


def test_what_is_known_besides_the_faces_counts() -> None:
    crowd_ = held(apart(10))
    plain = doubles(crowd_, np.array([2]))[2].probability
    less = doubles(crowd_, np.array([2]), lambda _one, other: -5.0 if other == 0 else 0.0)[2]
    more = doubles(crowd_, np.array([2]), lambda _one, _other: 2.0)[2]
    assert less.probability < plain < more.probability and more.other == 0


def test_two_lone_faces_are_not_each_other() -> None:
    vectors = crowd([2, 4], spread=0.6)
    faces = with_people(vectors, np.array([-1, -1, 7, 7, 7, 7]))
    found = doubles(Crowd(faces, apart(6), LIMITS), np.array([1, 2]))
    others = {number: one.other for number, one in found.items() if one.probability > 0.5}
    assert len(others) == 1, "the other one stays who it is"
    assert set(others) | set(others.values()) == {1, 2}


def test_it_can_be_stopped() -> None:
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        doubles(held(apart(10)), np.array([2, 3]), check=check)


def test_nobody_is_asked_about() -> None:
    assert doubles(held(apart(10)), np.empty(0, np.int64)) == {}
