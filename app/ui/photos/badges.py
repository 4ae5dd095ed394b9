"""Badges: what is painted in the corners of a tile."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPolygonF

from app.library.rows import FaceRow, PhotoItem
from app.ui import words
from app.ui.scale import scaled
from app.ui.theme import Theme
from app.ui.widgets import paint

HEIGHT = 20
_EDGE = 5
_TRIANGLE = 7.0
_DARK = QColor(20, 20, 22, 175)
"""As name tags in the viewer: what is told of moving pictures lies on them, in every theme."""
_BRIGHT = QColor("#FFFFFF")


def film_words(row: PhotoItem | FaceRow) -> str:
    """How long a video is, or at which moment of one a face is; empty for pictures."""
    if isinstance(row, PhotoItem):
        return "" if row.duration is None else words.running_time(row.duration)
    return words.length(row.moment) if row.seen else ""


def paint_film(painter: QPainter, tile: QRect, text: str, theme: Theme) -> QRect:
    """Say in the upper right corner that a tile is a video, and `text` of it; where that is."""
    font = theme.font(11, QFont.Weight.DemiBold)
    width = round(QFontMetrics(font).horizontalAdvance(text) + _TRIANGLE + 19)
    badge = QRect(tile.right() + 1 - _EDGE - width, tile.top() + _EDGE, width, scaled(HEIGHT))
    badge = paint.turned(painter, tile, badge)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    painter.drawRoundedRect(QRectF(badge), scaled(HEIGHT) / 2, scaled(HEIGHT) / 2)
    left, middle = badge.left() + 8.0, badge.top() + scaled(HEIGHT) / 2
    painter.setBrush(_BRIGHT)
    half = _TRIANGLE / 2 + 0.5
    corners = ((left, middle - half), (left + _TRIANGLE, middle), (left, middle + half))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setFont(font)
    painter.setPen(_BRIGHT)
    room = QRectF(badge).adjusted(_TRIANGLE + 11, 0, -6, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
    return badge
