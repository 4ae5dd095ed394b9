"""Keeping: how the window is left is noted now and then, so that it is known after a crash, too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.window_state import WindowState

EVERY = 3000
"""ms. What has not changed is not written again."""


class Keeping(QObject):
    """Looks at the window every few seconds; what is written is written in the background, for a
    disk may take its time."""

    def __init__(self, window: MainWindow, state: WindowState) -> None:
        super().__init__()
        self._window = window
        self._state = state
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Note how the window is, if it is otherwise than it was."""
        note = self._state.look(self._window) if self._window.isVisible() else None
        if note is not None:
            self._window.desk.background.read(self, partial(self._state.write, note))

    def keep(self) -> None:
        """Note it here and now: the session, or the computer, may be gone in a moment."""
        self._state.keep(self._window)

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
