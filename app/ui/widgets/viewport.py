"""Viewports: what a scroll area shows, without classes of Qt that nobody needs.

PySide makes the classes of Qt when they are first needed, and some calls need very many: to wrap a
viewport that Qt has made it tries every kind of widget, and to fill a rectangle every kind of
gradient. A window that opens must not wait for that.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea, *attributes: Qt.WidgetAttribute) -> QWidget:
    """Give a scroll area a viewport that was made here, with these attributes."""
    viewport = QWidget()
    area.setViewport(viewport)
    viewport.setMouseTracking(area.hasMouseTracking())
    for attribute in attributes:
        viewport.setAttribute(attribute)
    return viewport


def scrolling(inner: QWidget) -> QScrollArea:
    """An area that has `inner` in it, looks like nothing, and takes no keyboard."""
    area = _Quiet()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    own_viewport(area)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setAutoFillBackground(False)
    return area


class _Quiet(QScrollArea):
    """Leaves the arrow keys to what it lies in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def cover(painter: QPainter, part: QRect, brush: QBrush) -> None:
    """Cover a part of the ground, as QPainter.fillRect does."""
    painter.setBackground(brush)
    painter.eraseRect(part)
