"""Drawing: a frame that the user draws round a face that was missed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_LEAST_PIXELS = 8
"""Pixels of the photo: in less there is no face."""
_LEAST_SEEN = 12
_GRIP = 10
_LONGEST = 1.5
"""How much longer than wide, or wider than long, a frame may be."""


class Drawing:
    """A box in pixels of the photo, which hands and keys draw, move and resize."""

    def __init__(self, full: QSizeF, seen: QRectF) -> None:
        """Begin with a box in the middle of what is `seen` of a photo of the size `full`."""
        self._photo = QRectF(QPointF(0, 0), full)
        side = max(2.0 * _LEAST_PIXELS, min(seen.width(), seen.height()) / 4)
        self.box = self._within(QRectF(0, 0, side, side).translated(seen.center()), side / 2)
        self._anchor: QPointF | None = None
        self._held: QPointF | None = None
        self._before = QRectF(self.box)

    # -- hands -----------------------------------------------------------------------------

    def cursor_at(self, point: QPointF, zoom: float) -> Qt.CursorShape:
        """The cursor that says what a press at a point of the photo would do."""
        place = self._grip_at(point, zoom)
        if place is not None:
            falls = place in (0, 2)
            return Qt.CursorShape.SizeFDiagCursor if falls else Qt.CursorShape.SizeBDiagCursor
        if self.box.contains(point):
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.CrossCursor

    def press(self, point: QPointF, zoom: float) -> None:
        """Take the box by a corner or in the middle, or begin another one."""
        self._before = QRectF(self.box)
        self._anchor = self._held = None
        place = self._grip_at(point, zoom)
        if place is not None:
            self._anchor = self._corners()[(place + 2) % 4]
        elif self.box.contains(point):
            self._held = point
        else:
            self._anchor = point

    def drag(self, point: QPointF) -> None:
        """Follow the hand."""
        if self._anchor is not None:
            self.box = self._spanned(self._anchor, point)
        elif self._held is not None:
            self.move(point - self._held)
            self._held = point

    def release(self, zoom: float) -> bool:
        """Let go; a box too small for a face is refused, and the one before comes back."""
        self._anchor = self._held = None
        if self.is_too_small(zoom):
            self.box = self._before
            return False
        return True

    # -- keys ------------------------------------------------------------------------------

    def move(self, step: QPointF) -> None:
        """Move the box, within the photo."""
        self.box = self._within(self.box.translated(step))

    def resize(self, step: QPointF) -> None:
        """Make the box wider and longer by a step, about its middle."""
        half = step / 2
        grown = self.box.adjusted(-half.x(), -half.y(), half.x(), half.y())
        short, long = sorted((grown.width(), grown.height()))
        if short >= _LEAST_PIXELS and long <= short * _LONGEST:
            self.box = self._within(grown)

    # -- what came of it -------------------------------------------------------------------

    def is_too_small(self, zoom: float) -> bool:
        """Whether nothing could be told of a face of this size."""
        side = min(self.box.width(), self.box.height())
        return side < _LEAST_PIXELS or side * zoom < _LEAST_SEEN

    def share(self) -> tuple[float, float, float, float]:
        """The box as x, y, width, height, 0..1."""
        width, height = self._photo.width(), self._photo.height()
        return (
            self.box.x() / width,
            self.box.y() / height,
            self.box.width() / width,
            self.box.height() / height,
        )

    def shown(self, picture: QRectF) -> QRectF:
        """Where the box lies when the photo fills `picture`."""
        zoom = picture.width() / self._photo.width()
        corner = picture.topLeft() + self.box.topLeft() * zoom
        return QRectF(corner, self.box.size() * zoom)

    def paint(self, painter: QPainter, picture: QRectF, colour: QColor) -> None:
        """Paint the box with its grips, what is around it darker."""
        shown = self.shown(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(shown)
        painter.setPen(QPen(QColor("#FFFFFF"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(shown)
        painter.setPen(QPen(QColor("#FFFFFF"), 1.5))
        painter.setBrush(colour)
        for corner in (shown.topLeft(), shown.topRight(), shown.bottomRight(), shown.bottomLeft()):
            painter.drawEllipse(corner, 6, 6)

    def _corners(self) -> tuple[QPointF, ...]:
        box = self.box
        return (box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft())

    def _grip_at(self, point: QPointF, zoom: float) -> int | None:
        for place, corner in enumerate(self._corners()):
            if (corner - point).manhattanLength() * zoom <= _GRIP * 1.5:
                return place
        return None

    def _spanned(self, anchor: QPointF, point: QPointF) -> QRectF:
        """The box from one corner to the opposite one, not much longer than wide."""
        box = QRectF(anchor, point).normalized()
        width = max(box.width(), box.height() / _LONGEST)
        height = max(box.height(), box.width() / _LONGEST)
        x = anchor.x() if point.x() >= anchor.x() else anchor.x() - width
        y = anchor.y() if point.y() >= anchor.y() else anchor.y() - height
        return QRectF(x, y, width, height) & self._photo

    def _within(self, box: QRectF, back: float = 0.0) -> QRectF:
        """A box moved into the photo, after `back` pixels to the left and up."""
        width = min(box.width(), self._photo.width())
        height = min(box.height(), self._photo.height())
        x = min(max(0.0, box.x() - back), self._photo.width() - width)
        y = min(max(0.0, box.y() - back), self._photo.height() - height)
        return QRectF(x, y, width, height)
