"""Attributes: where a head looks, how old it is, and its gender, as far as the pack can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.faces.raster import resize
from app.faces.session import Session, blob
from app.faces.types import Pose
from app.faces.view import View

Floats = NDArray[np.float32]
Rectangle = tuple[float, float, float, float]

MOST_YEARS = 101
"""The range of the age net."""
BINS = 66
"""Bins of an angle, 3 degrees each from -99."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What was told of one face; None where the pack cannot tell."""

    pose: Pose | None = None
    age: float | None = None
    """Years."""
    gender: str | None = None
    """'female' or 'male'."""
    gender_confidence: float | None = None


class Describer(Protocol):
    """Tells the attributes of a face."""

    @property
    def margin(self) -> float:
        """How many times the face's box a view has to show."""

    def describe(self, view: View, box: Rectangle, landmarks: Floats) -> Attributes:
        """Of the face in `box`, with landmarks (5, 2), both in pixels of the original."""


class CompactDescriber:
    """The compact pack's three nets: Hopenet for pose, two SSR-Nets for age and gender."""

    margin = 1.8
    """How many times the face's box a view has to show."""

    def __init__(
        self, pose: Session, age: Session, gender: Session, inputs: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._pose = pose
        self._age = age
        self._gender = gender
        self._inputs = inputs

    def describe(self, view: View, box: Rectangle, landmarks: Floats) -> Attributes:  # noqa: ARG002
        """Of the face in `box`, in pixels of the original."""
        angles = self._run(self._pose, "pose", view, box)
        age = ssr(self._run(self._age, "age", view, box)) * MOST_YEARS
        male = ssr(self._run(self._gender, "gender", view, box))
        gender, confidence = tell_gender(male)
        return Attributes(
            pose=Pose(*(expected_angle(angles[name][0]) for name in ("pitch", "yaw", "roll"))),
            age=round(min(max(age, 0.0), float(MOST_YEARS)), 1),
            gender=gender,
            gender_confidence=confidence,
        )

    def _run(self, session: Session, name: str, view: View, box: Rectangle) -> dict[str, Floats]:
        wants = self._inputs[name]
        x, y, w, h = box
        crop = view.square((x + w / 2, y + h / 2), max(w, h) * float(wants["crop"]))
        side = int(wants["size"])
        return session.run(blob([resize(crop, side, side)], wants))


def expected_angle(bins: Floats) -> float:
    """An angle in degrees out of Hopenet's 66 bins (Ruiz and others, 2018)."""
    shares = np.exp(bins - bins.max())
    shares /= shares.sum()
    return float(shares @ np.arange(BINS, dtype=np.float32)) * 3.0 - 99.0


def ssr(answer: Mapping[str, Floats]) -> float:
    """The number that an SSR-Net of three stages of three bins tells, 0..1 (Yang and others, 2018).

    Each stage divides the bin of the one before; its width and its bins' places are adjusted.
    """
    total, width = 0.0, 1.0
    for stage in (1, 2, 3):
        shares = answer[f"prob_stage_{stage}"][0]
        places = np.arange(len(shares)) + answer[f"index_offset_stage{stage}"][0]
        width *= len(shares) * (1.0 + float(answer[f"stage{stage}_delta_k"][0, 0]))
        total += float(shares @ places) / width
    return total


def tell_gender(male: float) -> tuple[str, float]:
    """The likelier gender and how sure, 0.5..1, from 0 (female) .. 1 (male)."""
    sure = min(max(male, 0.0), 1.0)
    return ("male", round(sure, 3)) if sure >= 0.5 else ("female", round(1 - sure, 3))
