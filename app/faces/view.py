"""View: some pixels of a picture that know which part of it they show."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.detect import Detections
from app.faces.raster import shrink
from app.faces.types import Box, Picture, Pixels

Floats = NDArray[np.float32]
Rectangle = tuple[float, float, float, float]
"""x, y, width, height in pixels of the upright original."""


@dataclass(frozen=True, slots=True)
class View:
    """Pixels (H, W, 3) uint8 RGB that show one part of the original."""

    pixels: Pixels
    place: Rectangle

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the view per pixel of the original, across and down."""
        height, width = self.pixels.shape[:2]
        return width / self.place[2], height / self.place[3]

    def to_picture(self, found: Detections) -> Detections:
        """What was found in this view's pixels, in pixels of the original."""
        across, down = self.scale
        return found.moved((1 / across, 1 / down), self.place[:2])

    def points(self, landmarks: Floats) -> Floats:
        """Landmarks (5, 2) in pixels of the original, in this view's pixels."""
        shift = np.array(self.place[:2], np.float32)
        result: Floats = (landmarks - shift) * np.array(self.scale, np.float32)
        return result

    def square(self, centre: tuple[float, float], side: float) -> Pixels:
        """A square part, given in pixels of the original; the view's edge goes on where it ends."""
        across, down = self.scale
        half = side / 2
        left, top = (
            (centre[0] - half - self.place[0]) * across,
            (centre[1] - half - self.place[1]) * down,
        )
        wide, high = max(1, round(side * across)), max(1, round(side * down))
        return _cut(self.pixels, round(left), round(top), wide, high)

    def close_up(self, centre: tuple[float, float], side: float, most: int) -> View:
        """A square part as a view of its own, of at most so many pixels across."""
        pixels = shrink(self.square(centre, side), most)
        return View(pixels, (centre[0] - side / 2, centre[1] - side / 2, side, side))


def whole(picture: Picture, long_side: int) -> View:
    """The whole picture, its long side at most `long_side`."""
    return View(picture.at(long_side), (0.0, 0.0, float(picture.width), float(picture.height)))


def part(picture: Picture, rectangle: Rectangle, long_side: int, least: int | None = None) -> View:
    """One part of the picture, as much of it as there is, from as much resolution as is asked;
    `long_side` and `least` are as of Picture.region."""
    # whole pixels, so that what is cut is exactly what was asked for
    left, top = (max(0, math.floor(low)) for low in rectangle[:2])
    left, top = min(left, picture.width - 1), min(top, picture.height - 1)
    right = max(left + 1, min(picture.width, math.ceil(rectangle[0] + rectangle[2])))
    below = max(top + 1, min(picture.height, math.ceil(rectangle[1] + rectangle[3])))
    box = Box(
        left / picture.width,
        top / picture.height,
        (right - left) / picture.width,
        (below - top) / picture.height,
    )
    pixels = picture.region(box, long_side, least)
    return View(pixels, (float(left), float(top), float(right - left), float(below - top)))


def grown(rectangle: Rectangle, times: float) -> Rectangle:
    """A square with the same centre, its side `times` the longer side."""
    side = max(rectangle[2], rectangle[3]) * times
    return (
        rectangle[0] + (rectangle[2] - side) / 2,
        rectangle[1] + (rectangle[3] - side) / 2,
        side,
        side,
    )


def _cut(pixels: Pixels, left: int, top: int, wide: int, high: int) -> Pixels:
    height, width = pixels.shape[:2]
    if left >= 0 and top >= 0 and left + wide <= width and top + high <= height:
        return pixels[top : top + high, left : left + wide]
    rows = np.clip(np.arange(top, top + high), 0, height - 1)
    columns = np.clip(np.arange(left, left + wide), 0, width - 1)
    return pixels[rows[:, None], columns]
