"""EdgeScroll: scrolls while something is dragged along the upper or lower edge."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

_MARGIN = 48
_FASTEST = 24
_MILLISECONDS = 16


class EdgeScroll(QTimer):
    """Scrolls a view as long as the pointer it is told of is near an edge; faster the nearer."""

    scrolled = Signal(QPoint)
    """The view moved under the pointer, which is here."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self._pointer = QPoint()
        self.setInterval(_MILLISECONDS)
        self.timeout.connect(self._step)

    def point(self, pointer: QPoint) -> None:
        """The pointer is here now, in the viewport."""
        self._pointer = pointer
        if self._speed() == 0:
            self.stop()
        elif not self.isActive():
            self.start()

    def _speed(self) -> int:
        height = self._view.viewport().height()
        above = _MARGIN - self._pointer.y()
        below = self._pointer.y() - (height - _MARGIN)
        depth = max(above, below)
        if depth <= 0:
            return 0
        speed = max(1, min(_FASTEST, depth * _FASTEST // _MARGIN))
        return -speed if above > 0 else speed

    def _step(self) -> None:
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._speed())
        if bar.value() != before:
            self.scrolled.emit(self._pointer)
