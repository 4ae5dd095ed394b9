"""Landmarks: the five points of a face placed more exactly than the detector does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.faces.align import scale_of, similarity
from app.faces.raster import grey, resize
from app.faces.session import Session
from app.faces.view import Rectangle, View

Floats = NDArray[np.float32]

MOST_ROLL = 30.0
"""Degrees. The net was taught upright heads."""
MOST_AWAY = 10.0
"""Pixels of an aligned face between the two placings, above which the detector's stands."""
FIVE = ((37, 38, 40, 41), (43, 44, 46, 47), (30,), (48, 60), (54, 64))
"""Of the usual 68 points: eye, eye, nose, mouth corner, mouth corner; each the mean of some."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Landmarks placed anew. landmarks: (5, 2) float32, pixels of the original."""

    landmarks: Floats
    away: float = 0.0
    """How far the two placings lay apart, in pixels of an aligned face."""
    points: Floats | None = None
    """The usual 68 points, (68, 2) float32, pixels of the original; None where the net is out of
    its depth or there is none."""


class Marker(Protocol):
    """Places the landmarks of a face that a detector found."""

    def mark(self, view: View, box: Rectangle, landmarks: Floats) -> Marked:
        """Better landmarks; box and landmarks are in pixels of the original."""


class CompactMarker:
    """The compact pack's 68-point net, in one mind with the detector.

    The mean of both is steadier than either: measured, see docs/models.md.
    """

    def __init__(self, session: Session, conventions: Mapping[str, Any]) -> None:
        self._session = session
        self._conventions = conventions

    def mark(self, view: View, box: Rectangle, landmarks: Floats) -> Marked:
        """Better landmarks, or the same where the net is out of its depth."""
        points = self._points(view, box)
        five = five_of(points)
        away = float(np.hypot(*(five - landmarks).T).mean() * scale_of(similarity(landmarks)))
        if not math.isfinite(away):
            return Marked(landmarks, math.inf)
        if away > MOST_AWAY or abs(roll_of(landmarks)) > MOST_ROLL:
            return Marked(landmarks, away)
        return Marked((five + landmarks) / np.float32(2), away, points)

    def _points(self, view: View, box: Rectangle) -> Floats:
        x, y, w, h = box
        side = max(w, h) * float(self._conventions["crop"])
        centre = (x + w / 2, y + h / 2)
        size = int(self._conventions["size"])
        image = grey(resize(view.square(centre, side), size, size)).astype(np.float32)
        image /= np.float32(self._conventions["deviation"][0])
        told = self._session.run(image[None, None])["points"][0].reshape(68, 2)
        corner = np.array([centre[0] - side / 2, centre[1] - side / 2], np.float32)
        points: Floats = told * np.float32(side) + corner
        return points


def five_of(points: Floats) -> Floats:
    """The five landmarks, (5, 2), out of the usual 68, (68, 2)."""
    five: Floats = np.stack([points[list(some)].mean(axis=0) for some in FIVE]).astype(np.float32)
    return five


def roll_of(landmarks: Floats) -> float:
    """Degrees that a head leans: the slope of its eyes, clockwise in the picture."""
    across, down = landmarks[1] - landmarks[0]
    return float(np.degrees(np.arctan2(down, across)))
