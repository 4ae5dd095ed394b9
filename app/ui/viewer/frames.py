"""Where face frames and name tags lie: round the face, never on one, never on each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSizeF

from app.library.rows import FaceRow
from app.ui.scale import scaled

_ROOM = 0.14
"""Share of the face's longer side that is left free between face and frame."""
_TAG_HEIGHT = 26
_TAG_PAD = 10
_TAG_GAP = 6
_WIDEST_TAG = 220
_EDGE = 4
"""Pixels that a tag stays away from the edge of the canvas."""
_FEW = 12
_SMALL = 36
"""Among more than a few faces, those smaller than this many pixels are framed on demand."""

Boxes = NDArray[np.float64]
"""Rectangles as rows of left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One face on the screen: its box, its frame and the tag with its name, in widget pixels."""

    face: FaceRow
    box: QRectF
    frame: QRectF
    tag: QRectF
    """Empty where there is no room that would cover nobody."""
    text: str


def box_of(face: FaceRow, picture: QRectF) -> QRectF:
    """Where a face lies when its photo, or the frame of its video, fills `picture`; no part of it
    is outside."""
    return picture & QRectF(
        picture.x() + face.x * picture.width(),
        picture.y() + face.frame_y * picture.height(),
        face.w * picture.width(),
        face.h * picture.height(),
    )


def frames_for(
    faces: Sequence[FaceRow],
    picture: QRectF,
    sight: QRectF,
    measure: Callable[[str], float],
    called: Callable[[FaceRow], str],
    loud: Collection[int] = (),
) -> list[Frame]:
    """The frames of faces whose photo fills `picture`, of which `sight` is seen.

    `measure` tells how wide a text is, `called` what a tag says. Among many faces
    the small ones are left out, but for those whose ids are `loud`.
    """
    boxes = [box_of(face, picture) for face in faces]
    obstacles = _rows(boxes)
    tags = np.empty((0, 4))
    lines = _rows([_framed(box, picture) for box in boxes])
    room = sight.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    placed: list[Frame] = []
    for face, box in zip(faces, boxes, strict=True):
        is_small = len(faces) > _FEW and min(box.width(), box.height()) < _SMALL
        frame = _framed(box, picture)
        if (is_small and face.id not in loud) or not frame.intersects(sight):
            continue
        text = called(face)
        tag = QRectF()
        if sight.contains(box.center()):
            width = min(scaled(_WIDEST_TAG), measure(text) + 2 * _TAG_PAD)
            size = QSizeF(width, scaled(_TAG_HEIGHT))
            tag = place(frame, size, room, np.vstack([lines, tags]), np.vstack([obstacles, tags]))
            if not tag.isEmpty():
                tags = np.vstack([tags, _rows([tag])])
        placed.append(Frame(face, box, frame, tag, text))
    return placed


def place(frame: QRectF, size: QSizeF, room: QRectF, better: Boxes, must: Boxes) -> QRectF:
    """Where in `room` something of `size` lies beside `frame`: below, else above, else beside,
    else as near as it can be. It lies on nothing of `must`, and if possible on nothing of
    `better`. Empty where there is no such place."""
    if size.width() > room.width() or size.height() > room.height():
        return QRectF()
    upright, aside = _above_and_below(frame, size, room), _beside(frame, size, room)
    for corners, obstacles in (
        (upright, better),
        (upright, must),
        (aside, better),
        (aside, must),
        (None, must),
    ):
        tried = _anywhere(frame, size, room) if corners is None else corners
        free = tried[_is_free(tried, size, obstacles)]
        if len(free):
            return QRectF(float(free[0, 0]), float(free[0, 1]), size.width(), size.height())
    return QRectF()


def _framed(box: QRectF, picture: QRectF) -> QRectF:
    room = max(4.0, _ROOM * max(box.width(), box.height()))
    return picture & box.adjusted(-room, -room, room, room)


def _rows(rectangles: Sequence[QRectF]) -> Boxes:
    return np.array(
        [(one.left(), one.top(), one.right(), one.bottom()) for one in rectangles]
    ).reshape(-1, 4)


def _above_and_below(frame: QRectF, size: QSizeF, room: QRectF) -> Boxes:
    """Upper left corners below and above a frame, the middle first, then to either side."""
    middle = frame.center().x() - size.width() / 2
    slack = (frame.width() + size.width()) / 2
    xs = [middle + share * slack for share in (0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75)]
    below, above = frame.bottom() + _TAG_GAP, frame.top() - _TAG_GAP - size.height()
    step = size.height() + 2
    ys = (below, above, below + step, above - step)
    return _within([(x, y) for y in ys for x in xs], size, room)


def _beside(frame: QRectF, size: QSizeF, room: QRectF) -> Boxes:
    """Upper left corners to the right and left of a frame."""
    middle = frame.center().y() - size.height() / 2
    ys = (middle, frame.top(), frame.bottom() - size.height())
    right, left = frame.right() + _TAG_GAP, frame.left() - _TAG_GAP - size.width()
    corners = [(x, y) for x in (right, left) for y in ys if room.left() <= x]
    return _within([c for c in corners if c[0] + size.width() <= room.right()], size, room)


def _within(corners: Sequence[tuple[float, float]], size: QSizeF, room: QRectF) -> Boxes:
    """Those of the corners that are in the room; along its sides a tag slides rather than leave."""
    found = np.array(corners).reshape(-1, 2)
    found[:, 0] = np.clip(found[:, 0], room.left(), room.right() - size.width())
    is_in = (found[:, 1] >= room.top()) & (found[:, 1] <= room.bottom() - size.height())
    return found[is_in]


def _anywhere(frame: QRectF, size: QSizeF, room: QRectF) -> Boxes:
    """Upper left corners all over the room, the nearest to the frame first."""
    xs = np.arange(room.left(), room.right() - size.width() + 1e-6, 20.0)
    ys = np.arange(room.top(), room.bottom() - size.height() + 1e-6, size.height() / 2)
    corners = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    centre = frame.center()
    away = np.hypot(
        corners[:, 0] + size.width() / 2 - centre.x(),
        corners[:, 1] + size.height() / 2 - centre.y(),
    )
    return corners[np.argsort(away, kind="stable")]


def _is_free(corners: Boxes, size: QSizeF, obstacles: Boxes) -> NDArray[np.bool_]:
    left, top = corners[:, :1], corners[:, 1:2]
    hits: NDArray[np.bool_] = (
        (left < obstacles[:, 2])
        & (left + size.width() > obstacles[:, 0])
        & (top < obstacles[:, 3])
        & (top + size.height() > obstacles[:, 1])
    )
    return np.logical_not(hits.any(axis=1))
