"""Places in a video tell moment and place, and never overlap where the moments differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.anchors import overlap
from app.library.film import film_moment, film_y, in_frame

_PLACE = st.floats(0, 0.99)
_MOMENT = st.integers(0, 36_000_000).map(lambda steps: steps / 1000)


@given(_PLACE, _MOMENT)
def test_moment_and_place_come_back(place: float, moment: float) -> None:
    y = film_y(place, moment)
    assert film_moment(y) == moment
    assert in_frame(y) == pytest.approx(place, abs=1e-6)


@given(_PLACE, _MOMENT, _MOMENT)
def test_boxes_of_different_moments_do_not_overlap(place: float, one: float, other: float) -> None:
    boxes = [(0.2, film_y(place, moment), 0.3, 0.3 * (1 - place)) for moment in (one, other)]
    assert (overlap(boxes[0], boxes[1]) > 0.4) == (one == other)


def test_a_picture_has_no_moment() -> None:
    assert film_moment(0.73) == film_moment(-0.01) == 0
    assert in_frame(0.73) == 0.73
    assert in_frame(-0.01) == -0.01
    assert film_y(-0.01, 0) == 0
