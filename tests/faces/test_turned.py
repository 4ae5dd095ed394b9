"""Turned pictures: places and pixels find their way back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.faces.turned import TurnedPicture, box_back
from app.faces.types import Box
from tests.faces.pictures import ArrayPicture

places, sides = st.floats(0, 0.5), st.floats(0.01, 0.5)
boxes = st.builds(Box, places, places, sides, sides)


@given(boxes, st.integers(0, 3))
def test_a_box_turned_all_the_way_round_is_back(box: Box, quarters: int) -> None:
    back = box_back(box_back(box, quarters), 4 - quarters)
    assert back.iou(box) == pytest.approx(1)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_cut_is_the_same_part_of_the_turned_image(quarters: int) -> None:
    pixels = np.random.default_rng(4).integers(0, 255, (40, 60, 3), np.uint8)
    turned = TurnedPicture(ArrayPicture(pixels), quarters)
    whole, shown = turned.cut(Box(0, 0, 1, 1), 60)
    assert (turned.at(60) == whole).all()
    assert shown == pytest.approx((0, 0, 1, 1))
    assert (turned.height, turned.width) == whole.shape[:2]
    assert (whole == np.rot90(pixels, quarters)).all()
    part, (x, y, w, h) = turned.cut(Box(0.1, 0.2, 0.5, 0.6), 1000)
    left, top = round(x * turned.width), round(y * turned.height)
    wide, high = round(w * turned.width), round(h * turned.height)
    assert part.shape[:2] == (high, wide)
    assert (part == whole[top : top + high, left : left + wide]).all()
    assert (x, y, w, h) == pytest.approx((0.1, 0.2, 0.5, 0.6), abs=0.03)
