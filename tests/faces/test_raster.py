"""Pixels cut out and made smaller."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.faces.raster import cut_out, interpolate
from tests.faces.pictures import six_people

places, sizes = st.integers(-30, 30), st.integers(1, 40)


@given(places, places, sizes, sizes)
def test_beyond_an_image_its_edge_goes_on(left: int, top: int, wide: int, high: int) -> None:
    pixels = np.arange(11 * 7 * 3, dtype=np.uint8).reshape(11, 7, 3)
    rows = np.clip(np.arange(top, top + high), 0, 10)
    columns = np.clip(np.arange(left, left + wide), 0, 6)
    assert (cut_out(pixels, left, top, wide, high) == pixels[rows[:, None], columns]).all()


@pytest.mark.parametrize("side", [447, 640, 800])
def test_what_is_made_a_little_smaller_looks_as_if_it_were_filtered(side: int) -> None:
    pixels = np.ascontiguousarray(six_people()[:, :886])
    small = interpolate(pixels, side, side)
    filtered = Image.fromarray(pixels).resize((side, side), Image.Resampling.HAMMING)
    wrong = (small.astype(float) - np.asarray(filtered)) ** 2
    assert 10 * np.log10(255**2 / wrong.mean()) > 35  # what a JPEG of quality 85 keeps
