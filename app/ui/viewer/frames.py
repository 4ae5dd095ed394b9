"""Where face frames and name tags lie: round the face, never on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics

from app.library.rows import FaceRow

_ROOM = 0.14
"""Share of the face's longer side that is left free between face and frame."""
_TAG_HEIGHT = 26
_TAG_PAD = 10
_TAG_GAP = 6
_WIDEST_TAG = 220


@dataclass(frozen=True, slots=True)
class Frame:
    """One face on the screen: its frame, and the tag with its name below, in widget pixels."""

    face: FaceRow
    frame: QRectF
    tag: QRectF
    text: str


def frames_for(
    faces: Sequence[FaceRow], picture: QRectF, metrics: QFontMetrics, question: str
) -> list[Frame]:
    """The frames of faces within a picture that is shown at `picture`.

    Tags are moved down where they would lie on another tag.
    """
    placed: list[Frame] = []
    for face in faces:
        box = QRectF(
            picture.x() + face.x * picture.width(),
            picture.y() + face.y * picture.height(),
            face.w * picture.width(),
            face.h * picture.height(),
        )
        room = max(4.0, _ROOM * max(box.width(), box.height()))
        frame = box.adjusted(-room, -room, room, room)
        text = face.person_name or question
        width = min(_WIDEST_TAG, metrics.horizontalAdvance(text) + 2 * _TAG_PAD)
        corner = QPointF(frame.center().x() - width / 2, frame.bottom() + _TAG_GAP)
        tag = QRectF(corner.x(), corner.y(), width, _TAG_HEIGHT)
        while any(tag.intersects(other.tag) for other in placed):
            tag.translate(0, _TAG_HEIGHT + 2)
        placed.append(Frame(face, frame, tag, text))
    return placed
