"""RubberBand: the frame that is drawn over a grid from an empty spot, selecting what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView

from app.ui.widgets import paint
from app.ui.widgets.edge_scroll import EdgeScroll

if TYPE_CHECKING:
    from app.ui.widgets.grid import SectionedGrid


class RubberBand(QObject):
    """Follows the mouse of one grid; the view itself selects while the pointer moves."""

    def __init__(self, grid: SectionedGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._start: QPoint | None = None
        self.frame = QRect()
        """What is framed, in the viewport; a null rectangle while there is no band."""
        self._edges = EdgeScroll(grid)
        self._edges.scrolled.connect(self._reach)

    def press(self, event: QMouseEvent) -> None:
        """A button went down: on an empty spot a band may begin."""
        point = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        is_free = is_left and not self._grid.indexAt(point).isValid()
        self._start = point + self._offset() if is_free else None

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        if self._start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._draw(event.position().toPoint())
            self._edges.point(event.position().toPoint())

    def release(self) -> None:
        """The button was let go."""
        self._edges.stop()
        self._start = None
        if not self.frame.isNull():
            self.frame = QRect()
            self._grid.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Paint the band, if there is one."""
        if not self.frame.isNull():
            accent = self._grid.palette().color(QPalette.ColorRole.Accent)
            paint.ring(painter, self.frame, 4, accent, 1)
            accent.setAlpha(32)
            paint.rounded(painter, self.frame, 4, accent)

    def _offset(self) -> QPoint:
        return QPoint(0, self._grid.verticalOffset())

    def _draw(self, point: QPoint) -> None:
        assert self._start is not None
        self.frame = QRect(self._start - self._offset(), point).normalized()
        self._grid.viewport().update()

    def _reach(self, point: QPoint) -> None:
        """The grid scrolled under the band: it reaches further now."""
        selecting = self._grid.state() == QAbstractItemView.State.DragSelectingState
        if self._start is not None and selecting:
            self._draw(point)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._grid.setSelection(self.frame, flags)
