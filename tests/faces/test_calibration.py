"""A value becomes a probability, and never more than can be known."""

from __future__ import annotations

import pytest

from app.faces.calibration import SUREST, Calibration

CURVE = Calibration.of({"even": 0.63, "slope": 11.1, "measured": "words"})


def test_it_is_even_at_even_and_surer_farther_away() -> None:
    assert CURVE.tell(0.63, "male", "female") == ("male", 0.5)
    assert CURVE.tell(0.83, "male", "female") == ("male", pytest.approx(0.902, abs=0.001))
    assert CURVE.tell(0.43, "male", "female") == ("female", pytest.approx(0.902, abs=0.001))
    shares = [CURVE.share(value / 10) for value in range(-5, 20)]
    assert shares == sorted(shares)


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_nothing_is_certain(value: float) -> None:
    word, sure = CURVE.tell(value, "male", "female")
    assert (word, sure) == ("male" if value > 0 else "female", SUREST)
