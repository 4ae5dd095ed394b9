"""Quality and attributes: the arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.faces.align import TEMPLATE
from app.faces.attributes import expected_angle, ssr
from app.faces.landmarks import five_of, roll_of
from app.faces.quality import geometry_fit, quality, sharpness, yaw_from
from app.faces.raster import resize

shares = st.floats(0, 1)


@given(
    shares, st.floats(1, 400), shares, st.floats(0, 120), shares, st.integers(0, 4), st.floats(0, 1)
)
def test_quality_is_a_share_and_never_falls_when_a_trait_gets_better(
    score: float, pixels: float, sharp: float, turn: float, fit: float, which: int, more: float
) -> None:
    before = [score, pixels, sharp, turn, fit]
    after = list(before)
    best = (1.0, 400.0, 1.0, 0.0, 1.0)[which]
    after[which] += (best - after[which]) * more
    assert 0 <= quality(*before) <= quality(*after) + 1e-9 <= 1 + 2e-9


def test_a_large_sharp_frontal_face_is_as_good_as_can_be_and_one_flaw_spoils_it() -> None:
    assert quality(0.95, 200, 1.0, 5, 1.0) == pytest.approx(1)
    assert quality(0.95, 200, 1.0, 80, 1.0) < 0.2
    assert quality(0.95, 14, 1.0, 5, 1.0) < 0.1


def test_a_blurred_face_is_less_sharp() -> None:
    crisp = np.random.default_rng(2).integers(60, 200, (112, 112, 3), np.uint8)
    blurred = resize(resize(crisp, 14, 14), 112, 112)
    assert sharpness(blurred) < sharpness(crisp) - 0.3
    assert sharpness(np.zeros((112, 112, 3), np.uint8)) == 0


def test_a_frontal_face_fits_and_a_profile_turns() -> None:
    frontal = TEMPLATE.astype(np.float32)
    assert geometry_fit(frontal * 3 + 50) == pytest.approx(1, abs=1e-5)
    aside = frontal.copy()
    aside[2, 0] += 25
    assert geometry_fit(aside) < 0.8
    assert yaw_from(aside) > 30 > abs(yaw_from(frontal))
    assert yaw_from(aside * [-1, 1] + [112, 0]) != 0


def test_the_angle_is_the_expected_bin() -> None:
    bins = np.full(66, -50, np.float32)
    bins[40] = bins[41] = 0
    assert expected_angle(bins) == pytest.approx(40.5 * 3 - 99)


def test_an_ssr_net_divides_its_bins_stage_by_stage() -> None:
    answer = {}
    for stage, sure in ((1, 1), (2, 2), (3, 0)):
        answer[f"prob_stage_{stage}"] = np.eye(3, dtype=np.float32)[[sure]]
        answer[f"index_offset_stage{stage}"] = np.zeros((1, 3), np.float32)
        answer[f"stage{stage}_delta_k"] = np.zeros((1, 1), np.float32)
    assert ssr(answer) == pytest.approx([1 / 3 + 2 / 9])
    answer["stage1_delta_k"][0, 0] = 1.0
    assert ssr(answer) == pytest.approx([(1 / 3 + 2 / 9) / 2])


def test_five_landmarks_out_of_68_and_their_roll() -> None:
    points = np.stack([np.arange(68), np.zeros(68)], axis=1).astype(np.float32)
    assert five_of(points)[:, 0] == pytest.approx([39, 45, 30, 54, 59])
    leaning = np.array([[0, 0], [10, 10], [0, 0], [0, 0], [0, 0]], np.float32)
    assert roll_of(leaning) == pytest.approx(45)
