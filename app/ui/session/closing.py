"""Closing: whether the program ends when its window is closed, and that it does when it is to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Application(QApplication):
    """The application, which knows whether it is being quit: Qt closes the windows one by one then,
    and each might refuse."""

    is_quitting = False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit:
            self.is_quitting = True
        return super().event(event)


class Closing(QObject):
    """Of one window. Whoever wants to stay when it is closed says so in `stays`."""

    stirred = Signal()
    """The alerts of the collection in sight were counted again: some may have been read."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_quitting = False
        self.stays: Callable[[], bool] | None = None
        """Asked when the user closes the window: whether the program goes on without it."""

    def quit(self) -> None:
        """End the program."""
        self.expect_end()
        self._window.close()
        QApplication.quit()  # it may have been out of sight, so that nothing was closed

    def expect_end(self) -> None:
        """The program ends, or the session with it: nothing stays from now on."""
        self._is_quitting = True

    def refuses(self) -> bool:
        """The window is asked to close: whether it does not."""
        application = QApplication.instance()
        if self._is_quitting or (isinstance(application, Application) and application.is_quitting):
            return False
        if self.stays is not None and self.stays():
            return True
        QApplication.setQuitOnLastWindowClosed(True)
        return False
