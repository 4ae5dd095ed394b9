"""Viewports: what a scroll area shows, without classes of Qt that nobody needs.

PySide makes the classes of Qt when they are first needed, and some calls need very many: to wrap a
viewport that Qt has made it tries every kind of widget, and to fill a rectangle every kind of
gradient. A window that opens must not wait for that.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea, *attributes: Qt.WidgetAttribute) -> QWidget:
    """Give a scroll area a viewport that was made here, with these attributes."""
    viewport = QWidget()
    area.setViewport(viewport)
    viewport.setMouseTracking(area.hasMouseTracking())
    for attribute in attributes:
        viewport.setAttribute(attribute)
    return viewport


def cover(painter: QPainter, part: QRect, brush: QBrush) -> None:
    """Cover a part of the ground, as QPainter.fillRect does."""
    painter.setBackground(brush)
    painter.eraseRect(part)
