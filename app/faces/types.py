"""Box, Pose, Maker, Face and Picture: what the faces room takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""An image: (height, width, 3) uint8, RGB, upright."""
Vector = NDArray[np.float32]
"""A face embedding: (dimensions,) float32, of length 1."""
Landmarks = NDArray[np.float32]
"""(5, 2) float32, x and y: the eye on the left of the picture, the other eye, nose, the mouth
corner on the left, the other corner. Normalised 0..1 to the upright image."""


class Picture(Protocol):
    """An upright photo that can be had at several scales; decodes as little as is asked for."""

    @property
    def width(self) -> int:
        """Pixels of the upright original, at full resolution."""

    @property
    def height(self) -> int:
        """Pixels of the upright original, at full resolution."""

    def at(self, long_side: int) -> Pixels:
        """The whole image, its long side exactly min(long_side, the original's)."""

    def cut(
        self, box: Box, long_side: int, least: int | None = None
    ) -> tuple[Pixels, tuple[float, float, float, float]]:
        """One part of the image, never enlarged, its long side at least `long_side` where there
        is as much, and below its double; and what it shows, x, y, width and height, 0..1.

        `least` pixels are enough where more would cost another decoding; None asks for all."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the upright image, normalised: 0..1 from its left and top edge."""

    x: float
    y: float
    w: float
    h: float

    def iou(self, other: Box) -> float:
        """Intersection over union, 0..1."""
        across = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        down = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        union = self.w * self.h + other.w * other.h - shared
        return shared / union if union > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head looks, in degrees; all zero is straight at the camera."""

    pitch: float
    yaw: float
    roll: float


@dataclass(frozen=True, slots=True)
class Maker:
    """Who found and embedded a face. Faces of different makers are never compared."""

    pack: str
    version: str


@dataclass(frozen=True, slots=True)
class Face:
    """One face found in a photo. Attributes that the pack cannot tell are None."""

    box: Box
    landmarks: Landmarks
    score: float
    """The detector's confidence, 0..1."""
    embedding: Vector
    quality: float
    """How well this face can be recognised, 0..1."""
    sharpness: float
    """0 (blurred) .. 1 (sharp)."""
    pixels: float
    """Shorter side of the box, in pixels of the original."""
    maker: Maker
    pose: Pose | None = None
    age: float | None = None
    """Years."""
    gender: str | None = None
    """'female' or 'male'."""
    gender_confidence: float | None = None
    mouth: str | None = None
    """'open' or 'close', as the cloud service says it; the same of the eyes."""
    mouth_confidence: float | None = None
    eyes: str | None = None
    eyes_confidence: float | None = None
    drawn: bool = False
    """Whether the box is a frame that the user drew."""
