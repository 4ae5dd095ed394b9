"""Screens: a window that is moved to a finer or coarser screen is drawn anew for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Screens(QObject):
    """Whatever holds a picture of its own draws it again as if the colours had changed: what is
    painted for one pixel a point would be blurred where there are two."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and watched is self._window:
            self._window.desk.theme.changed.emit()
        return False
