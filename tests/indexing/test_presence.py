"""Who was in sight together, and what that says."""

from __future__ import annotations

import math

import pytest

from app.indexing.presence import Presence

MINUTE = 60.0


def day(**groups: list[float]) -> Presence:
    """Groups 0, 1, ... by the minutes in which they were seen."""
    times = [[MINUTE * at for at in seen] for seen in groups.values()]
    return Presence(dict(enumerate(times)))


def test_who_is_seen_minutes_later_is_more_likely_the_same() -> None:
    hours = {f"p{n}": [60.0 * n, 60.0 * n + 4] for n in range(2, 9)}
    shop = day(anna=[0, 5], soon=[8], late=[500], **hours)
    assert shop.lean(1, 0) > 1.0, "hardly anybody else was there"
    assert shop.lean(2, 0) == 0.0, "people come back"
    assert shop.again > 0.8


def test_in_a_crowd_it_says_little() -> None:
    crowd = {f"p{n}": [0.5 * n, 0.5 * n + 3] for n in range(20)}
    quiet = {f"p{n}": [60.0 * n, 60.0 * n + 3] for n in range(1, 20)}
    busy, empty = day(anna=[0, 5], lone=[6], **crowd), day(anna=[0, 5], lone=[6], **quiet)
    assert 0.0 <= busy.lean(1, 0) < 0.3 < empty.lean(1, 0)


def test_it_never_speaks_against() -> None:
    shop = day(a=[0], b=[300], c=[301], d=[302])
    for one in range(4):
        for other in range(4):
            if one != other:
                assert shop.lean(one, other) >= 0.0


def test_where_nobody_is_seen_twice_it_is_a_guess() -> None:
    assert day(a=[0], b=[100]).again == pytest.approx(0.5)
    assert math.isfinite(day(a=[0], b=[1]).lean(0, 1))


def test_who_always_comes_for_one_photo_is_not_expected_again() -> None:
    rare = day(**{f"p{n}": [100.0 * n, 100.0 * n + 5000] for n in range(10)})
    assert rare.again < 0.2
