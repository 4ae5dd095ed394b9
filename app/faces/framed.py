"""Framed: the faces that the user framed by hand, found within their frames as far as can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.faces.detect import SAME_FACE_IOU, Detections, Detector, Floats, overlaps
from app.faces.raster import fit
from app.faces.search import CLOSER
from app.faces.types import Box, Picture
from app.faces.view import View, grown, part

SAME_FRAME = 0.4
"""Intersection over union from which what was found is what was framed: as the library tells it,
so that a frame beside a face covers only its own."""
TIMES = (3.0, 1.8)
"""How much more than the frame the looks into it show."""
FAINT = 0.05
"""The score from which on something in a frame is taken for the face that the user saw, 0..1."""
USUAL = np.array(
    [[0.305, 0.41], [0.695, 0.41], [0.5, 0.61], [0.342, 0.75], [0.658, 0.75]], np.float32
)
"""Where the landmarks of a face usually lie in its box, (5, 2): the mean of six, made even."""


def take_frames(
    found: Detections, frames: Sequence[Box], detector: Detector, picture: Picture
) -> tuple[Detections, Detections]:
    """What was found beside the frames, and the face in each of them as the detector sees it;
    where it sees nothing, the usual face that fills the frame, with a score of 0."""
    size = np.array([picture.width, picture.height] * 2, np.float32)
    boxes = [np.array([frame.x, frame.y, frame.w, frame.h], np.float32) * size for frame in frames]
    covered = np.zeros(len(found), np.bool_)
    for box in boxes:
        covered |= overlaps(box, found.boxes) >= SAME_FRAME
    beside = found.pick(~covered)
    framed = [_within(box, found.pick(covered), beside, detector, picture) for box in boxes]
    return beside, Detections.join(framed)


def _within(
    box: Floats, covered: Detections, beside: Detections, detector: Detector, picture: Picture
) -> Detections:
    best = _best(box, covered, SAME_FRAME)
    if best is None:
        looks = [covered.pick([]), *(_look(box, times, detector, picture) for times in TIMES)]
        best = _best(box, _not_of(beside, Detections.join(looks)), SAME_FACE_IOU)
    if best is None:
        marks = USUAL * box[2:] + box[:2]
        return Detections(box[None], np.zeros(1, np.float32), marks[None].astype(np.float32))
    return best


def _look(box: Floats, times: float, detector: Detector, picture: Picture) -> Detections:
    x, y, w, h = (float(value) for value in box)
    view = part(picture, grown((x, y, w, h), times), CLOSER)
    if max(view.pixels.shape) != CLOSER:
        view = View(fit(view.pixels, CLOSER), view.place)
    return view.to_picture(detector.find(view.pixels, FAINT))


def _not_of(beside: Detections, seen: Detections) -> Detections:
    """Without what is a face beside the frame, seen once more."""
    again = [bool((overlaps(box, beside.boxes) >= SAME_FRAME).any()) for box in seen.boxes]
    return seen.pick(~np.array(again, np.bool_))


def _best(box: Floats, seen: Detections, least: float) -> Detections | None:
    """The one that is most surely the face in the box: it counts how sure and how near it is."""
    shared = overlaps(box, seen.boxes)
    near = np.flatnonzero(shared > least)
    if not len(near):
        return None
    best = near[int((shared[near] * seen.scores[near]).argmax())]
    return seen.pick(np.array([best]))
