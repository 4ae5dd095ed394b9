"""Calibration: what a net says of a face, as a probability that holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SUREST = 0.99
"""No more is ever claimed: of so many labelled faces nobody can tell a hundredth from nothing."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over what is measured of a face (Platt, 1999).

    Its two numbers stand in the pack's manifest with the sentence that says how they were found.
    """

    even: float
    """The value at which the one is as likely as the other."""
    slope: float
    """How much the log-odds rise for each 1 of the value."""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Calibration:
        """As a manifest has it."""
        return cls(float(entry["even"]), float(entry["slope"]))

    def share(self, value: float) -> float:
        """The probability of the one, 1 - SUREST..SUREST."""
        odds = min(max(self.slope * (value - self.even), -30.0), 30.0)
        return min(max(1.0 / (1.0 + math.exp(-odds)), 1.0 - SUREST), SUREST)

    def tell(self, value: float, one: str, other: str) -> tuple[str, float]:
        """The likelier of two words and how sure it is, 0.5..SUREST."""
        share = self.share(value)
        return (one, round(share, 3)) if share >= 0.5 else (other, round(1.0 - share, 3))
