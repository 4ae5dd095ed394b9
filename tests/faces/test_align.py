"""Alignment: the similarity, its inverse, and the aligned face."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.faces.align import SIDE, TEMPLATE, chip, invert, scale_of, similarity, source_box


def moved(points: np.ndarray, scale: float, degrees: float, dx: float, dy: float) -> np.ndarray:
    turn = np.radians(degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return points @ rotation.T * scale + [dx, dy]


@given(st.floats(0.05, 40), st.floats(-180, 180), st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_any_turn_scale_and_shift_is_undone(
    scale: float, degrees: float, dx: float, dy: float
) -> None:
    landmarks = moved(TEMPLATE, scale, degrees, dx, dy)
    matrix = similarity(landmarks)
    assert landmarks @ matrix[:, :2].T + matrix[:, 2] == pytest.approx(TEMPLATE, abs=1e-4)
    assert scale_of(matrix) == pytest.approx(1 / scale, rel=1e-6)
    back = invert(matrix)
    assert TEMPLATE @ back[:, :2].T + back[:, 2] == pytest.approx(landmarks, abs=1e-3)


def test_a_mirrored_face_is_never_made_of_a_straight_one() -> None:
    mirrored = TEMPLATE * [-1, 1]
    matrix = similarity(mirrored)
    assert np.linalg.det(matrix[:, :2]) > 0


def test_landmarks_that_coincide_give_a_face_and_no_error() -> None:
    aligned = chip(np.full((40, 40, 3), 9, np.uint8), np.full((5, 2), 20, np.float32))
    assert aligned.shape == (SIDE, SIDE, 3)


def test_the_source_of_an_aligned_face_is_the_square_it_came_from() -> None:
    landmarks = moved(TEMPLATE, 2, 0, 30, 50)
    assert source_box(similarity(landmarks)) == pytest.approx((30, 50, 2 * SIDE, 2 * SIDE))


@pytest.mark.parametrize("scale", [1, 3, 6])
def test_a_large_face_is_averaged_and_lands_on_the_same_pixels(scale: int) -> None:
    small = np.random.default_rng(1).integers(0, 255, (SIDE, SIDE, 3), np.uint8)
    large = small.repeat(scale, axis=0).repeat(scale, axis=1)
    # the middle of a pixel lies at +0.5 of its block
    landmarks = (moved(TEMPLATE, scale, 0, 0, 0) + (scale - 1) / 2).astype(np.float32)
    aligned = chip(large, landmarks).astype(int)
    assert np.abs(aligned - small)[2:-2, 2:-2].max() <= 2


def test_stripes_finer_than_a_pixel_become_grey() -> None:
    stripes = np.zeros((SIDE * 4, SIDE * 4, 3), np.uint8)
    stripes[:, ::2] = 255
    aligned = chip(stripes, moved(TEMPLATE, 4, 0, 0, 0).astype(np.float32))[4:-4, 4:-4]
    assert aligned.min() > 120 and aligned.max() < 136


def test_zoom_keeps_the_middle() -> None:
    image = np.zeros((SIDE, SIDE, 3), np.uint8)
    image[54:58, 54:58] = 255
    near = chip(image, TEMPLATE.astype(np.float32), zoom=1.5)
    rows, columns = np.nonzero(near[..., 0] > 128)
    assert abs(rows.mean() - 56) <= 1 and abs(columns.mean() - 56) <= 1
    assert len(rows) > 30
