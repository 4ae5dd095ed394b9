"""Search: the looks at one picture that together find close-ups, ordinary and tiny faces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.faces.detect import SAME_FACE_IOU, Detections, Detector, Floats, merge, overlaps
from app.faces.raster import fit
from app.faces.types import Picture
from app.faces.view import View, grown, part, whole

WIDE = 640
"""Long side, in pixels, of the look at the whole picture."""
FAR = 960
"""The same of a second look at a large picture that hints at people far away: a face of 2 % of the
width has 19 pixels of this."""
LARGE = 1600
"""A picture is large from this long side on."""
HINT = 0.03
"""The score from which on something tiny in the first look is such a hint, 0..1. Of 155 faces of
1 to 2.5 % of a picture's width that are found at 960, each was seen so at 640, and of 26 smaller
ones 20."""
HINT_PIXELS = 14
"""Tiny is what has fewer pixels in the first look; larger faces are found by that."""
NEAR = 192
"""Long side of the second look at the whole: a face that fills the frame is seen only so."""
CLOSER = 192
"""Side of the closer look at one face."""
CLOSER_LEAST = 128
"""Pixels across that are enough for it where more would mean to decode the photo once more."""
CLOSER_TIMES = 3.0
"""How much more than the face the closer look shows."""
SMALL = 40
"""A face below this many pixels in the first look, in the second of a large picture, is looked at
closer, where there is more."""
CLOSER_AT_MOST = 40
"""Closer looks at one picture; a stadium must not take minutes."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """The scores at which a face is believed, 0..1."""

    sure: float = 0.5
    """From here on it is a face."""
    maybe: float = 0.1
    """From here on it is worth a closer look, which has to be sure."""


def search(detector: Detector, picture: Picture, sureness: Sureness) -> tuple[Detections, View]:
    """All faces, in pixels of the original, and the view of the whole that was looked at."""
    large = max(picture.width, picture.height) >= LARGE
    wide = whole(picture, WIDE)
    near = View(fit(wide.pixels, NEAR), wide.place)
    seen = detector.find(wide.pixels, min(HINT, sureness.maybe) if large else sureness.maybe)
    looks = [wide.to_picture(seen.pick(seen.scores >= sureness.maybe))]
    looks.append(near.to_picture(detector.find(near.pixels, sureness.maybe)))
    if large and bool((seen.boxes[:, 2:].max(axis=1, initial=0) < HINT_PIXELS).any()):
        wide = whole(picture, FAR)
        looks.append(wide.to_picture(detector.find(wide.pixels, sureness.maybe)))
    small = SMALL * max(picture.width, picture.height) / (FAR if large else WIDE)
    found = merge(Detections.join(looks))
    found = _look_closer(detector, picture, found, wide, sureness, small)
    return _within(found, picture), wide


def _look_closer(
    detector: Detector,
    picture: Picture,
    found: Detections,
    wide: View,
    sureness: Sureness,
    least: float,
) -> Detections:
    """Mends the faces below `least` pixels of the original and confirms the doubtful ones, or
    drops them."""
    kept: list[Detections] = []
    closer = 0
    more_to_see = min(wide.scale) < 0.75
    for index in range(len(found)):
        one = found.pick(np.array([index]))
        sure = one.scores[0] >= sureness.sure
        small = more_to_see and float(one.boxes[0, 2:].max()) < least
        if (small or not sure) and closer < CLOSER_AT_MOST:
            closer += 1
            mended = _closer(detector, picture, one.boxes[0], sureness.sure)
            if mended is not None:
                kept.append(mended)
                continue
        if sure:
            kept.append(one)
    return merge(Detections.join(kept))


def _closer(
    detector: Detector, picture: Picture, box: Floats, threshold: float
) -> Detections | None:
    x, y, w, h = (float(value) for value in box)
    view = part(picture, grown((x, y, w, h), CLOSER_TIMES), CLOSER, CLOSER_LEAST)
    if max(view.pixels.shape) != CLOSER:
        view = View(fit(view.pixels, CLOSER), view.place)
    seen = view.to_picture(detector.find(view.pixels, threshold))
    if not len(seen):
        return None
    shared = overlaps(box, seen.boxes)
    best = int(shared.argmax())
    return seen.pick(np.array([best])) if shared[best] > SAME_FACE_IOU else None


def _within(found: Detections, picture: Picture) -> Detections:
    """Boxes cut at the picture's edges; those of no size dropped."""
    limit = np.array([picture.width, picture.height], np.float32)
    low = np.clip(found.boxes[:, :2], 0, limit)
    high = np.clip(found.boxes[:, :2] + found.boxes[:, 2:], 0, limit)
    inside = Detections(np.hstack([low, high - low]), found.scores, found.landmarks)
    return inside.pick((inside.boxes[:, 2:] >= 1).all(axis=1))
