"""Walk: the tour under way; Escape, its last step and any other page end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.places import Kind, Place
from app.ui.tour.bubble import Bubble, Spotlight
from app.ui.tour.steps import Step, steps

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Walk(QObject):
    """Shows the window around, step by step; nothing in it is done by that."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._here = 0
        self._steps: list[Step] = []
        self._is_over = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self.spotlight = Spotlight(window.desk.theme, window)
        self.bubble = Bubble(window)
        self.bubble.hide()
        self.spotlight.hide()
        self.spotlight.pressed.connect(lambda: self.step(1))
        self.bubble.stepped.connect(self.step)
        self.bubble.left.connect(lambda: self.end())
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._begin)

    def begin(self) -> None:
        """Go to the People page, which the tour is about, and begin there."""
        self._window.go(Place(Kind.PEOPLE))
        self._application.focusChanged.connect(self._watch)
        self._settling.start()  # when that page is laid out

    def step(self, by: int) -> None:
        """Go on, or back; on from the last step is the end."""
        place = self._here + by
        if place >= len(self._steps):
            self.end()
        elif place >= 0:
            self._here = place
            self._show()

    def end(self, focus: QWidget | None = None) -> None:
        """Leave the window as it was; `focus` has the keyboard already, else the page gets it."""
        if self._is_over:
            return
        self._is_over = True
        self._window.removeEventFilter(self)
        self._application.focusChanged.disconnect(self._watch)
        for widget in (self.bubble, self.spotlight):
            widget.hide()
            widget.deleteLater()
        if not isinstance(focus, QWidget):
            self._window.frame.focus_sight()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is shown follows the size of the window; what else is gone to ends the tour."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._settling.start()
        return super().eventFilter(watched, event)

    def _watch(self, _: QWidget | None, focus: QWidget | None) -> None:
        """Whoever goes elsewhere in the window, by a key of it, is not held back."""
        if focus is None or focus.window() is not self._window or not self.bubble.isVisible():
            return
        if not self.bubble.isAncestorOf(focus):
            self.end(focus)

    def _begin(self) -> None:
        if self._is_over:
            return
        if not self._steps:
            self._steps = [one for one in steps() if one.where(self._window) is not None]
            self._window.installEventFilter(self)
        self._show()

    def _show(self) -> None:
        step = self._steps[self._here]
        part = step.where(self._window) or QRect(self._window.rect().center(), QRect().size())
        self.spotlight.show_part(part)
        self.bubble.say(self._here, len(self._steps), step.title, step.text)
        self.bubble.stand_beside(part)
