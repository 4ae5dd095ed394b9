"""Measures and matching give what was worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.cases import labels, plain
from tests.benchmarks.dataset import NOBODY
from tests.benchmarks.measures import agreement, score, tidy
from tests.benchmarks.truth import TrueFace, match, read_truth


def test_measures_of_a_case_worked_out_by_hand() -> None:
    # Person 0 has four faces, one of them not found; person 1 has two; the last face has no name.
    data = replace(
        plain([0, 0, 0, 1, 1, NOBODY]),
        missed=labels(0),
        missed_whole=np.ones(1, np.bool_),
        whole=np.array([True, True, True, False, False, False]),
    )
    found = score(data, labels(0, 0, 1, 1, NOBODY, 1))
    # Pairs: said 2 (the nameless face makes none), right 1, true 6 + 1.
    assert (found.pair_precision, found.pair_recall) == (1 / 2, 1 / 7)
    assert found.pair_f1 == pytest.approx(2 / 9)
    # Face by face, the one not found last: precision 1 1 1/2 1/2 1 1,
    # recall 2/4 2/4 1/4 1/2 1/2 1/4.
    assert found.bcubed_precision == pytest.approx(5 / 6)
    assert found.bcubed_recall == pytest.approx(2.5 / 6)
    assert found.bcubed_f1 == pytest.approx(5 / 9)
    # In whole photos: person 0 alone; precision 1, recall 2/4 2/4 1/4 1/4.
    assert found.whole_f1 == pytest.approx(2 * 0.375 / 1.375)
    assert (found.groups, found.groups_known) == (2, 2)
    assert found.alone == pytest.approx(2 / 6)
    # Groups of 2, 2, 1, 1 and people of 4, 2; they share 2, 1, 1, 1, 1 faces.
    told = 2 * math.log(2 * 6 / (4 * 2)) + math.log(6 / (4 * 2)) + math.log(6 / (2 * 2))
    told += math.log(6 / (4 * 1)) + math.log(6 / (2 * 1))
    people = 4 * math.log(6 / 4) + 2 * math.log(6 / 2)
    groups = 4 * math.log(6 / 2) + 2 * math.log(6 / 1)
    assert found.nmi == pytest.approx(told / ((people + groups) / 2))


def test_clashes_count_photos_and_pass_over_mirrors_and_faces_out_of_the_truth() -> None:
    data = plain([0, 1, 2, 3, 4, 5, 6], photos=[0, 0, 0, 1, 1, 2, 2])
    everyone = labels(0, 0, 0, 0, 0, 0, 0)
    assert score(data, everyone).clashes == 3
    assert score(data, labels(0, 1, 2, 0, 1, 0, 1)).clashes == 0
    mirror = np.array([False, False, False, True, True, False, False])
    assert score(replace(data, twice=mirror), everyone).clashes == 2
    stranger = np.array([True, True, True, True, True, False, True])
    assert score(replace(data, in_truth=stranger), everyone).clashes == 2


def test_a_group_of_one_is_left_alone() -> None:
    assert tidy(labels(7, 3, 7, 9, 3, NOBODY, NOBODY)).tolist() == [0, 1, 0, -1, 1, -1, -1]
    assert tidy(labels()).tolist() == []


def test_groupings_agree_with_themselves_by_any_name() -> None:
    one = labels(0, 0, 1, 1, NOBODY, NOBODY)
    assert agreement(one, labels(5, 5, 2, 2, NOBODY, NOBODY)) == 1
    assert agreement(one, labels(5, 5, 2, 2, 3, 3)) < 1


def test_boxes_match_one_to_one_and_the_best_first() -> None:
    def true(x: float, y: float, w: float, h: float) -> TrueFace:
        return TrueFace("a/b.jpg", "p", (x, y, w, h), True, False)

    truth = [true(0, 0, 10, 10), true(8, 0, 10, 10), true(40, 40, 10, 10), true(90, 90, 4, 4)]
    found = [
        ("a/b.jpg", (2.0, 0.0, 10.0, 10.0)),  # overlaps the first by 2/3, the second by 1/4
        ("a/b.jpg", (0.0, 0.0, 10.0, 10.0)),  # is the first
        ("a/b.jpg", (37.0, 37.0, 16.0, 16.0)),  # around the third: below 0.4, but centre in centre
        ("a/b.jpg", (80.0, 80.0, 20.0, 20.0)),  # around the fourth and 25 times as large
        ("a/c.jpg", (8.0, 0.0, 10.0, 10.0)),  # another photo
    ]
    assert match(truth, found) == {0: 1, 2: 2}


def test_truth_is_read_with_or_without_its_last_columns(tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text(
        "path,identity,x,y,w,h,kind,twice\na/b.jpg,p1,1,2,3,4,crop,1\nx/a/b.jpg,?2,1,2,3,4,photo,0\n"
    )
    first, second = read_truth(tmp_path)
    assert first == TrueFace("a/b.jpg", "p1", (1, 2, 3, 4), False, True)
    assert (second.photo, second.is_named, second.is_whole) == ("a/b.jpg", False, True)
