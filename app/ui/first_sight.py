"""FirstSight: when the page that a window opened with has been painted, all else is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_PAINTING = 20
"""ms: what became visible has been painted by then."""
_PATIENCE = 1500
"""ms: a page that cannot be shown, as of a drive that does not answer, holds up nothing else."""
_PAUSE = 30
"""ms between two things that are made: who is at the keyboard goes first."""

_ICONS = 6
"""that are drawn at a time"""


class FirstSight(QObject):
    """Begins the rest of a window once, and makes icons and pages bit by bit while nobody waits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_ready = self._is_over = False
        # Timers of its own go with it: PySide never lets go of what a singleShot was to call.
        self._painted, self._impatient = QTimer(self), QTimer(self)
        for timer, pause in ((self._painted, _PAINTING), (self._impatient, _PATIENCE)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(self._begin)
        self._making = QTimer(self)
        self._making.setInterval(_PAUSE)
        self._making.timeout.connect(self._make_one)

    def hear(self) -> None:
        """A page has what it shows."""
        self._is_ready = True
        self._wait()

    def look(self) -> None:
        """The window came into sight."""
        if not self._is_over:
            self._impatient.start()
            self._wait()

    def _wait(self) -> None:
        is_awaited = self._is_ready and not self._is_over and self._window.isVisible()
        if is_awaited and not self._painted.isActive():
            self._painted.start()

    def _begin(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        window = self._window
        window.begin_rest()
        # Loaded here, too: PySide makes a class of Qt known to Python when a module first names
        # it, and crashes when two threads do so at once.
        self._making.start()

    def _make_one(self) -> None:
        window = self._window
        if not window.isVisible():  # it was closed meanwhile: what is laid out now has no place
            self._making.stop()
            return
        if not (window.desk.icons.dress_next(_ICONS) or window.pages.make_next()):
            window.make_viewer()
            self._making.stop()
