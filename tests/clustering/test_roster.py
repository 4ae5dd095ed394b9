"""The roster names the faces of everybody, whoever moves."""

from __future__ import annotations

import numpy as np
import pytest

from app.clustering import roster as roster_module
from app.clustering.roster import Roster


def test_it_follows_who_moves() -> None:
    drawn = np.random.default_rng(3)
    people = drawn.integers(-1, 9, 60)
    roster = Roster(people)
    for turn in range(40):
        more = drawn.integers(0, 3)
        people = np.concatenate([people, np.full(more, -1)])
        rows = drawn.choice(len(people), drawn.integers(0, 12), replace=False)
        now = drawn.integers(-1, 11, len(rows))
        roster.move(rows, people[rows], now)
        people[rows] = now
        for person in range(12):
            faces = np.flatnonzero(people == person)
            assert roster.of(person).tolist() == faces.tolist(), (turn, person)


def test_nobody_has_faces_of_an_empty_album() -> None:
    roster = Roster(np.empty(0, np.int64))
    assert len(roster.of(3)) == 0
    roster.move(np.array([0]), np.array([-1]), np.array([3]))
    assert roster.of(3).tolist() == [0]


def test_one_that_was_changed_a_lot_is_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_module, "SPARE", 5)
    roster = Roster(np.repeat([1, 2], 20))
    assert not roster.is_worn
    roster.move(np.arange(3), np.full(3, 1), np.full(3, 2))
    assert roster.is_worn
