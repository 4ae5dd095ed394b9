"""Detect: one look of a detector at one image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.faces.raster import with_fourth
from app.faces.session import Session
from app.faces.types import Pixels

Floats = NDArray[np.float32]

STRIDE = 4
"""Pixels of the image per cell of CenterFace's answer."""
SAME_FACE_IOU = 0.3
"""Two boxes that overlap more than this are one face."""


@dataclass(frozen=True, slots=True)
class Detections:
    """Faces found in one image, in its pixels.

    boxes (N, 4) float32: x, y, width, height; scores (N,) float32, 0..1;
    landmarks (N, 5, 2) float32: x, y, in the order of faces.types.Landmarks.
    """

    boxes: Floats
    scores: Floats
    landmarks: Floats

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def none(cls) -> Detections:
        """No face."""
        return cls(*(np.zeros(shape, np.float32) for shape in ((0, 4), (0,), (0, 5, 2))))

    @classmethod
    def join(cls, parts: list[Detections]) -> Detections:
        """All of them in one."""
        if not parts:
            return cls.none()
        return cls(
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.scores for part in parts]),
            np.concatenate([part.landmarks for part in parts]),
        )

    def pick(self, which: Any) -> Detections:
        """Those at some places (indices), or where a mask is true."""
        return Detections(self.boxes[which], self.scores[which], self.landmarks[which])

    def moved(self, scale: tuple[float, float], shift: tuple[float, float]) -> Detections:
        """Each (x, y) times `scale`, then plus `shift`."""
        times, plus = np.array(scale, np.float32), np.array(shift, np.float32)
        boxes = self.boxes * np.tile(times, 2)
        boxes[:, :2] += plus
        return Detections(boxes, self.scores, self.landmarks * times + plus)


class Detector(Protocol):
    """Finds faces in one image at the size it comes in."""

    def find(self, pixels: Pixels, threshold: float) -> Detections:
        """The faces with at least that score, overlapping ones already merged."""


class CenterFace:
    """The compact pack's detector (Xu and others, 2019): the face's centre as a point."""

    def __init__(self, session: Session, conventions: Mapping[str, Any]) -> None:
        self._session = session
        self._conventions = conventions

    def find(self, pixels: Pixels, threshold: float) -> Detections:
        """The faces with at least that score, overlapping ones already merged."""
        answer = self._session.run(frame(pixels, int(self._conventions["multiple"])))
        found = decode(
            answer["heat"][0, 0],
            answer["scale"][0],
            answer["offset"][0],
            answer["landmarks"][0],
            threshold,
        )
        return merge(found)


def frame(pixels: Pixels, multiple: int) -> Pixels:
    """The image as CenterFace takes it: (1, H, W, 4) uint8, RGB and a channel that counts for
    nothing, padded like `pad`."""
    return with_fourth(pad(pixels, multiple))[None]


def pad(pixels: Pixels, multiple: int) -> Pixels:
    """The image with black added at its right and lower edge, so that both sides divide."""
    height, width = pixels.shape[:2]
    right, below = -width % multiple, -height % multiple
    if not right and not below:
        return pixels
    return np.pad(pixels, ((0, below), (0, right), (0, 0)))


def decode(
    heat: Floats, scale: Floats, offset: Floats, landmarks: Floats, threshold: float
) -> Detections:
    """CenterFace's answer as boxes and landmarks in pixels of its input.

    heat (h, w); scale, offset (2, h, w): vertical first; landmarks (10, h, w): y, x pairs.
    """
    rows, columns = np.nonzero(heat >= threshold)
    if not len(rows):
        return Detections.none()
    size = np.exp(np.clip(scale[:, rows, columns], -4, 8)) * STRIDE
    centre_y = (rows + offset[0, rows, columns] + 0.5) * STRIDE
    centre_x = (columns + offset[1, rows, columns] + 0.5) * STRIDE
    left, top = centre_x - size[1] / 2, centre_y - size[0] / 2
    boxes = np.stack([left, top, size[1], size[0]], axis=1)
    points = landmarks[:, rows, columns].reshape(5, 2, -1)
    across = points[:, 1] * size[1] + left
    down = points[:, 0] * size[0] + top
    marks = np.stack([across, down], axis=-1).transpose(1, 0, 2)
    found = Detections(
        boxes.astype(np.float32), heat[rows, columns].astype(np.float32), marks.astype(np.float32)
    )
    finite = np.isfinite(found.boxes).all(axis=1) & np.isfinite(found.landmarks).all(axis=(1, 2))
    return found.pick(finite)


def overlaps(box: Floats, boxes: Floats) -> Floats:
    """Intersection over union of one box, (4,), with each of many, (N, 4): (N,) float32."""
    low = np.maximum(box[:2], boxes[:, :2])
    high = np.minimum(box[:2] + box[2:], boxes[:, :2] + boxes[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    union = box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - shared
    share: Floats = shared / np.maximum(union, 1e-9)
    return share


def merge(found: Detections, iou: float = SAME_FACE_IOU) -> Detections:
    """One of each face: the surest, sorted by falling score (non-maximum suppression)."""
    order = np.argsort(-found.scores, kind="stable")
    kept: list[int] = []
    while len(order):
        best = int(order[0])
        kept.append(best)
        rest = order[1:]
        order = rest[overlaps(found.boxes[best], found.boxes[rest]) <= iou]
    return found.pick(np.array(kept, np.intp))
