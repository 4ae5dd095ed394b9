"""A grid of square tiles: what photos and face crops have in common."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPoint, QRect
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from app.ui.desk import Desk
from app.ui.photos.delegate import TileDelegate, tile_shape
from app.ui.widgets import paint
from app.ui.widgets.grid import SectionedGrid


class TileGrid(SectionedGrid):
    """Square tiles by section, in the theme's colours, selected with a rubber band."""

    def __init__(self, desk: Desk, side: int, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(tile_shape(side))
        self._desk = desk
        self._frame_from = QPoint()
        self._frame = QRect()
        """What is being dragged over, in content pixels; empty when nothing is."""
        self.setAccessibleName(name)
        desk.pictures.arrived.connect(self.viewport().update)
        desk.theme.changed.connect(self.dress)
        self.dress()

    def show_tiles(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model as tiles."""
        self.setModel(model)
        self.setItemDelegate(TileDelegate(self._desk, self))

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = self._desk.theme
        self.set_header_look(theme.font(15, QFont.Weight.DemiBold), theme.color("text"))

    def set_side(self, side: int) -> None:
        """Make the tiles about this large, in logical pixels."""
        self.set_shape(tile_shape(side))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._frame_from = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._frame = QRect(self._frame_from, here).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._frame = QRect()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._frame.isEmpty():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = self._frame.translated(0, -self.verticalOffset())
        veil = self._desk.theme.color("accent")
        veil.setAlpha(40)
        paint.rounded(painter, band, 4, veil)
        paint.ring(painter, band, 4, self._desk.theme.color("accent"), 1)
