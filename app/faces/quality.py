"""Quality: how well a face can be recognised, out of what is known of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.align import TEMPLATE, similarity
from app.faces.raster import laplacian_variance
from app.faces.types import Pixels, Pose

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one trait counts, as the exponent in a product, and why."""

    exponent: float
    why: str


SCORE = Weight(1.0, "of all traits it goes best with being alike to one's other faces (rank 0.41)")
SIZE = Weight(1.0, "below 90 pixels the embedder is fed detail that was made up")
SHARPNESS = Weight(0.25, "blur hides what tells people apart; but among sharp ones it says nothing")
POSE = Weight(1.0, "half a face is hidden beyond 45 degrees")
GEOMETRY = Weight(0.5, "landmarks that fit no face spoil the alignment")


def quality(score: float, pixels: float, sharpness: float, turn: float, fit: float) -> float:
    """0 (useless) .. 1 (could not be better): the product of the traits, each to its weight.

    A product, since one bad trait is enough to spoil a face. score, sharpness 0..1; pixels: the
    shorter side of the box; turn: degrees away from the camera; fit: 0..1, `geometry_fit`.
    """
    traits = (
        (_ramp(score, 0.2, 0.9), SCORE),
        (_ramp(pixels, 12, 90), SIZE),
        (0.25 + 0.75 * sharpness, SHARPNESS),
        (1.0 - 0.9 * _ramp(turn, 15, 75), POSE),
        (0.25 + 0.75 * fit, GEOMETRY),
    )
    product: float = math.prod(max(0.0, share) ** weight.exponent for share, weight in traits)
    return min(1.0, max(0.0, product))


def sharpness(chip: Pixels) -> float:
    """0 (blurred) .. 1 (sharp): the fine detail of an aligned face, (112, 112, 3) uint8 RGB.

    The variance of the Laplacian (Pech-Pacheco and others, 2000) on a logarithmic scale: 8 is out
    of focus, 800 is crisp.
    """
    inner = chip[16:96, 16:96]
    return _ramp(math.log10(max(1.0, laplacian_variance(inner))), math.log10(8), math.log10(800))


def geometry_fit(landmarks: Floats) -> float:
    """How well landmarks (5, 2) fit a face seen from the front, 0..1.

    1 minus the mean distance from the template after alignment, where 12 of 112 pixels is nothing.
    """
    matrix = similarity(landmarks)
    placed = landmarks.astype(np.float64) @ matrix[:, :2].T + matrix[:, 2]
    away = float(np.hypot(*(placed - TEMPLATE).T).mean())
    return 1.0 - _ramp(away, 0.0, 12.0)


def turn_of(pose: Pose | None, landmarks: Floats) -> float:
    """Degrees that a head looks away from the camera; by its landmarks if the pose is not told."""
    if pose is not None:
        return math.hypot(pose.yaw, pose.pitch)
    return abs(yaw_from(landmarks))


def yaw_from(landmarks: Floats) -> float:
    """A rough yaw in degrees: how far the nose lies beside the middle of the eyes.

    On a head about as deep as it is wide, the nose tip moves by half the eyes' distance at 45
    degrees.
    """
    matrix = similarity(landmarks)
    placed = landmarks.astype(np.float64) @ matrix[:, :2].T
    eyes = placed[1, 0] - placed[0, 0]
    if eyes < 1e-6:
        return 90.0
    aside = (placed[2, 0] - (placed[0, 0] + placed[1, 0]) / 2) / eyes
    return math.degrees(math.atan(2.0 * aside))


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
