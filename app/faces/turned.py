"""Turned: pictures that lie on their side or head without saying so, as scans do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.faces.detect import Detector
from app.faces.landmarks import Floats, Marker
from app.faces.raster import resize
from app.faces.types import Box, Face, Picture, Pixels
from app.faces.view import Rectangle, View

ODD = 8.0
"""Pixels of an aligned face between two placings of its landmarks, above which it may not stand.

1.5 % of upright faces are above it, 99.8 % of turned ones are.
"""
ASKED = 3
"""How many odd faces of one picture are asked which way is up."""
SIDE = 192
"""Pixels of the square in which a face is turned about."""
AROUND = 2.0
"""How many times the face's box that square shows."""
FAINT = 0.3
"""The score from which on a turned face is considered, 0..1."""


@dataclass(frozen=True, slots=True)
class TurnedPicture:
    """A picture turned to the left by some quarters of a circle."""

    picture: Picture
    quarters: int

    @property
    def width(self) -> int:
        """Pixels, as turned."""
        return self.picture.height if self.quarters % 2 else self.picture.width

    @property
    def height(self) -> int:
        """Pixels, as turned."""
        return self.picture.width if self.quarters % 2 else self.picture.height

    def at(self, long_side: int) -> Pixels:
        """The whole image, turned."""
        return np.ascontiguousarray(np.rot90(self.picture.at(long_side), self.quarters))

    def cut(self, box: Box, long_side: int, least: int | None = None) -> tuple[Pixels, Rectangle]:
        """One part of the turned image, and what it shows."""
        back = box_back(box, self.quarters)
        pixels, shown = self.picture.cut(back, long_side, least)
        place = box_back(Box(*shown), 4 - self.quarters)
        turned = np.ascontiguousarray(np.rot90(pixels, self.quarters))
        return turned, (place.x, place.y, place.w, place.h)


def box_back(box: Box, quarters: int) -> Box:
    """A box of a picture turned left by some quarters, in the picture as it was."""
    for _ in range(quarters % 4):
        box = Box(1.0 - box.y - box.h, box.x, box.h, box.w)
    return box


def face_back(face: Face, quarters: int) -> Face:
    """A face of a turned picture, in the picture as it was; its pose stays that of the head."""
    x, y = face.landmarks[:, 0], face.landmarks[:, 1]
    for _ in range(quarters % 4):
        x, y = 1.0 - y, x
    landmarks: Floats = np.stack([x, y], axis=1).astype(np.float32)
    return replace(face, box=box_back(face.box, quarters), landmarks=landmarks)


def quarters_to_stand(
    detector: Detector, marker: Marker, odd: Iterable[tuple[View, Rectangle]], faces: int
) -> int:
    """Quarters to the left after which most of a picture's faces stand: 0..3.

    `odd` are the faces whose landmarks disagree, of `faces` in all; where they are not at least
    half of them, the picture stands.
    """
    asked = list(odd)
    if not asked or 2 * len(asked) < faces:
        return 0
    votes = Counter(_way_up(detector, marker, view, box) for view, box in asked[:ASKED])
    quarters, count = votes.most_common(1)[0]
    return quarters if 2 * count > sum(votes.values()) else 0


def _way_up(detector: Detector, marker: Marker, view: View, box: Rectangle) -> int:
    x, y, w, h = box
    square = view.square((x + w / 2, y + h / 2), max(w, h) * AROUND)
    pixels = resize(square, SIDE, SIDE)
    aways = [
        _disagreement(detector, marker, np.ascontiguousarray(np.rot90(pixels, quarters)))
        for quarters in range(4)
    ]
    best = int(np.argmin(aways))
    return best if aways[best] <= ODD else 0


def _disagreement(detector: Detector, marker: Marker, pixels: Pixels) -> float:
    found = detector.find(pixels, FAINT)
    if not len(found):
        return float("inf")
    centres = found.boxes[:, :2] + found.boxes[:, 2:] / 2
    middle = int(np.hypot(*(centres - SIDE / 2).T).argmin())
    left, top, wide, high = (float(value) for value in found.boxes[middle])
    view = View(pixels, (0.0, 0.0, float(SIDE), float(SIDE)))
    return marker.mark(view, (left, top, wide, high), found.landmarks[middle]).away
