"""A grid of square tiles: what photos and face crops have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from app.changes import Changes
from app.ui.desk import Desk
from app.ui.photos.carrying import Carrying
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
        self._carrying: Carrying | None = None
        self._carries_any = self._is_deferred = False
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

    def let_carry(
        self, chosen: Callable[[], Sequence[int]], picture: Callable[[int], QPixmap | None],
        any_tile: bool = True,
    ) -> None:  # fmt: skip
        """Let the photos `chosen`, by id, be dragged out of the window, under a `picture` of so
        many pixels; from `any_tile`, or else only from one that is selected: from the others a
        frame is drawn to select by."""
        self._carrying = Carrying(self._desk, self, chosen, picture)
        self._carries_any = any_tile

    def _takes_hold(self, event: QMouseEvent) -> bool:
        """Whether a press may begin a drag. On what is selected it means nothing more until it is
        known that it is a click: that would select this one alone."""
        self._is_deferred = False
        index = self.indexAt(event.position().toPoint())
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_left = event.button() == Qt.MouseButton.LeftButton
        if self._carrying is None or not (is_plain and is_left and index.isValid()):
            return False
        is_selected = self.selectionModel().isSelected(index)
        if is_selected or self._carries_any:
            self._carrying.press(event.position().toPoint())
        self._is_deferred = is_selected
        return is_selected

    def _let_go(self, event: QMouseEvent) -> None:
        """The button was let go after it took hold."""
        if self._carrying is None or not self._carrying.is_armed:
            return
        if self._carrying.release() and self._is_deferred:
            press = QMouseEvent(
                QEvent.Type.MouseButtonPress, event.position(), event.globalPosition(),
                event.button(), event.button(), event.modifiers(),
            )  # fmt: skip
            super().mousePressEvent(press)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._takes_hold(event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            event.accept()
            return
        self._frame_from = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if self._carrying is not None and self._carrying.is_armed and is_held:
            self._carrying.move(event.position().toPoint())
            return
        super().mouseMoveEvent(event)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._frame = QRect(self._frame_from, here).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._let_go(event)
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
