"""The few shapes that delegates paint."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QStyle, QWidget

if TYPE_CHECKING:
    from app.ui.theme import Theme


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


def keyboard(painter: QPainter, rect: QRect, radius: float, theme: Theme) -> None:
    """The ring of what has the keyboard, with a line within that sets it off from any picture."""
    ring(painter, rect, radius, theme.color("accent"))
    inner = rect.adjusted(2, 2, -2, -2)
    ring(painter, inner, max(1.0, radius - 2), theme.color("page"))


def turned(painter: QPainter, within: QRect, place: QRect) -> QRect:
    """A place within another, on the other side where the window runs from right to left."""
    return QStyle.visualRect(painter.layoutDirection(), within, place)


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
    line = _line(text, rect.width(), painter.font().key())
    size = line.size()
    painter.setPen(colour)
    left = rect.x() + (rect.width() - size.width()) / 2
    painter.drawStaticText(QPointF(left, rect.y() + (rect.height() - size.height()) / 2), line)


@lru_cache(maxsize=4_000)
def _line(text: str, width: int, font: str) -> QStaticText:
    """The text as far as it fits, laid out: that takes longer than painting it."""
    named = QFont()
    named.fromString(font)
    fitting = QFontMetrics(named).elidedText(text, Qt.TextElideMode.ElideRight, width)
    line = QStaticText(fitting)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    line.prepare(font=named)
    return line
