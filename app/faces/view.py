"""View: some pixels of a picture that know which part of it they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.detect import Detections
from app.faces.raster import cut_out, fit_nearly, shrink, turn
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
        return cut_out(self.pixels, round(left), round(top), wide, high)

    def close_up(self, centre: tuple[float, float], side: float, most: int) -> View:
        """A square part as a view of its own, of at most so many pixels across."""
        pixels = shrink(self.square(centre, side), most)
        return View(pixels, (centre[0] - side / 2, centre[1] - side / 2, side, side))

    def levelled(self, degrees: float) -> View:
        """The same place with what leans clockwise by so many degrees put upright about its middle;
        `level` does it to points."""
        return View(turn(self.pixels, degrees), self.place)

    def level(self, points: Floats, degrees: float) -> Floats:
        """Points (n, 2) in pixels of the original, turned as `levelled` turns the view."""
        middle = np.array(
            [self.place[0] + self.place[2] / 2, self.place[1] + self.place[3] / 2], np.float32
        )
        cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        matrix = np.array([[cosine, -sine], [sine, cosine]], np.float32)
        return np.add((points - middle) @ matrix, middle, dtype=np.float32)


def whole(picture: Picture, long_side: int) -> View:
    """The whole picture, its long side at most `long_side`."""
    if max(picture.width, picture.height) < 2 * long_side:
        full = (0.0, 0.0, float(picture.width), float(picture.height))
        return View(picture.at(long_side), full)
    pixels, shown = picture.cut(Box(0.0, 0.0, 1.0, 1.0), long_side)
    return View(fit_nearly(pixels, long_side), _place(shown, picture))


def part(picture: Picture, rectangle: Rectangle, long_side: int, least: int | None = None) -> View:
    """One part of the picture, as much of it as there is, from as much resolution as is asked;
    `long_side` and `least` are as of Picture.cut."""
    x, y, w, h = rectangle
    left, top = (min(max(0.0, x), picture.width - 1.0), min(max(0.0, y), picture.height - 1.0))
    right = max(left + 1, min(float(picture.width), x + w))
    below = max(top + 1, min(float(picture.height), y + h))
    box = Box(
        left / picture.width,
        top / picture.height,
        (right - left) / picture.width,
        (below - top) / picture.height,
    )
    pixels, shown = picture.cut(box, long_side, least)
    return View(pixels, _place(shown, picture))


def _place(shown: Rectangle, picture: Picture) -> Rectangle:
    """What a cut shows, in pixels of the original."""
    x, y, w, h = shown
    return x * picture.width, y * picture.height, w * picture.width, h * picture.height


def grown(rectangle: Rectangle, times: float) -> Rectangle:
    """A square with the same centre, its side `times` the longer side."""
    side = max(rectangle[2], rectangle[3]) * times
    return (
        rectangle[0] + (rectangle[2] - side) / 2,
        rectangle[1] + (rectangle[3] - side) / 2,
        side,
        side,
    )
