"""A grid of square tiles: what photos and face crops have in common."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from app.changes import Changes
from app.ui.desk import Desk
from app.ui.photos.delegate import TileDelegate, tile_shape
from app.ui.photos.leaving import LeavingModel
from app.ui.widgets import paint
from app.ui.widgets.grid import SectionedGrid

_LEAST = 40
"""Pixels: in a low window what stands above it needs room, too; by itself a view wants 76."""


class TileGrid(SectionedGrid):
    """Square tiles by section, in the theme's colours, selected with a rubber band."""

    came_back = Signal()
    """Rows that were taken away are here again."""

    def __init__(self, desk: Desk, side: int, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(tile_shape(side))
        self._desk = desk
        self._frame_from = QPoint()
        self._frame = QRect()
        """What is being dragged over, in content pixels; empty when nothing is."""
        self.setAccessibleName(name)
        desk.deeds.changed.connect(self._settle)
        desk.deeds.refused.connect(self._come_back)
        desk.pictures.arrived.connect(self.viewport().update)
        desk.theme.changed.connect(self.dress)
        self.dress()

    def show_tiles(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model as tiles."""
        self.setMinimumHeight(_LEAST)
        self.setModel(model)
        self.setItemDelegate(TileDelegate(self._desk, self))

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = self._desk.theme
        self.set_header_look(theme.font(15, QFont.Weight.DemiBold), theme.color("text"))

    def set_side(self, side: int) -> None:
        """Make the tiles about this large, in logical pixels."""
        self.set_shape(tile_shape(side))

    def take_away(self, identities: Collection[Hashable]) -> None:
        """Let rows leave at once; they come back when the command about them is refused."""
        model = self.model()
        if not isinstance(model, LeavingModel):
            return
        here = self.currentIndex().row()
        before = sum(row < here for row in self.selected_rows())
        self.clearSelection()
        model.take_away(identities)
        left = model.rowCount()
        if left and here >= 0:
            index = model.index(min(max(0, here - before), left - 1))
            # In reach of the next key, but not selected: nothing happens to it by itself.
            flags = self.selectionModel().SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    def _settle(self, changes: Changes) -> None:
        model = self.model()
        if not (changes or changes.said):  # nothing was done, so nothing will be read again
            self._come_back()
        elif isinstance(model, LeavingModel):
            model.settle()

    def _come_back(self) -> None:
        model = self.model()
        if isinstance(model, LeavingModel):
            model.come_back()
            self.came_back.emit()

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
