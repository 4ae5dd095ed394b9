"""Sheet: the photo's pixels as they lie on the canvas, drawn fast while they move."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.ui.viewer.pyramid import Pyramid
from app.ui.viewer.view import View

_ALWAYS_SMOOTH = 2_000_000
"""Dots of a canvas that are drawn smoothly within a frame even while they move."""


class Sheet:
    """Draws a pyramid; of a picture at rest it keeps what was drawn."""

    def __init__(self) -> None:
        self.pyramid: Pyramid | None = None
        self._rested: tuple[object, QPixmap] | None = None

    def show(self, pyramid: Pyramid | None) -> None:
        """The pixels from now on; coarser ones than there are already change nothing."""
        if pyramid is None or self.pyramid is None or pyramid.width >= self.pyramid.width:
            self.pyramid = pyramid
        self._rested = None

    def forget(self) -> None:
        """Draw anew what rests."""
        self._rested = None

    def paint(self, painter: QPainter, view: View, size: QSize, paper: QColor, rests: bool) -> None:
        """Draw what is in sight on a canvas of this size."""
        if self.pyramid is None:
            return
        dots = painter.device().devicePixelRatioF()
        if not rests:
            self._rested = None
            is_smooth = size.width() * size.height() * dots * dots <= _ALWAYS_SMOOTH
            self._draw(painter, self.pyramid, view, size, paper, is_smooth)
            return
        key = (view.picture(), size, dots)
        if self._rested is None or self._rested[0] != key:
            pixmap = QPixmap(size * dots)
            pixmap.setDevicePixelRatio(dots)
            inner = QPainter(pixmap)
            self._draw(inner, self.pyramid, view, size, paper, True)
            inner.end()
            self._rested = (key, pixmap)
        painter.drawPixmap(0, 0, self._rested[1])

    @staticmethod
    def _draw(
        painter: QPainter, pyramid: Pyramid, view: View, size: QSize, paper: QColor, smooth: bool
    ) -> None:
        sight = QRectF(QPointF(0, 0), size)
        painter.fillRect(sight, paper)
        picture = view.picture()
        if abs(view.zoom / view.actual - 1) < 0.001:
            # Pixel on pixel, or every one of them would be a blend of four.
            dots = painter.device().devicePixelRatioF()
            picture.moveTopLeft(QPointF((picture.topLeft() * dots).toPoint()) / dots)
        pyramid.draw(painter, picture, sight, smooth)
