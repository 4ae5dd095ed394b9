"""The few shapes that delegates paint."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

_CENTRED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)


def rounded(painter: QPainter, rect: QRect, radius: float, colour: QColor) -> None:
    """A filled rectangle with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def ring(painter: QPainter, rect: QRect, radius: float, colour: QColor, width: float = 2) -> None:
    """The outline of a rectangle with round corners, inside of `rect`."""
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def lift(card: QWidget) -> None:
    """Let a card float over the page, with a soft shadow."""
    shadow = QGraphicsDropShadowEffect(card)
    shadow.setBlurRadius(28)
    shadow.setOffset(0, 6)
    shadow.setColor(QColor(0, 0, 0, 90))
    card.setGraphicsEffect(shadow)


def centred(painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
    """A pixmap in the middle of `rect`."""
    size = pixmap.deviceIndependentSize().toSize()
    painter.drawPixmap(middle(rect, size).topLeft(), pixmap)


def middle(rect: QRect, size: QSize) -> QRect:
    """A rectangle of `size` in the middle of `rect`."""
    return QRect(
        rect.x() + (rect.width() - size.width()) // 2,
        rect.y() + (rect.height() - size.height()) // 2,
        size.width(),
        size.height(),
    )


def elided(painter: QPainter, rect: QRect, text: str, colour: QColor) -> None:
    """One line of text in the middle of `rect`, cut with an ellipsis where it must be."""
    painter.setPen(colour)
    painter.drawText(rect, _CENTRED, _cut(text, rect.width(), painter.font().key()))


@lru_cache(maxsize=20_000)
def _cut(text: str, width: int, font: str) -> str:
    """The text as far as it fits; measuring it takes as long as painting it."""
    named = QFont()
    named.fromString(font)
    return QFontMetrics(named).elidedText(text, Qt.TextElideMode.ElideRight, width)
