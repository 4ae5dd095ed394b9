"""Keyboard: whom it goes back to when somebody lets go of it, and whose undo a key is."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.frame import Frame

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class Keyboard(QObject):
    """Keeps the keyboard with what is in sight; undo and redo are a line's while it has typing
    to take back, and else the album's."""

    def __init__(self, window: QWidget, frame: Frame, acts: tuple[QAction, QAction]) -> None:
        """`acts`: undo and redo."""
        super().__init__(window)
        self._window = window
        self._frame = frame
        self._undo, self._redo = acts
        # A timer of its own goes with it: PySide never lets go of what a singleShot was to call.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._come_back)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def come_back_soon(self) -> None:
        """See, when all is settled, that Escape, undo and the arrows work where the user is."""
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a line of text with the keyboard does not need goes to the window."""
        if not (isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit)):
            return False
        pressed = QKeySequence(event.keyCombination())
        redoes = pressed in self._redo.shortcuts()
        if event.type() not in _KEYS or not (redoes or pressed in self._undo.shortcuts()):
            return False
        has_typed = watched.isUndoAvailable() or watched.isRedoAvailable()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(has_typed)
        elif has_typed:
            (watched.redo if redoes else watched.undo)()
        return True

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit):
            new.installEventFilter(self)
        # The last of it is told when the window is no more.
        if new is None and shiboken6.isValid(self._window) and self._window.isActiveWindow():
            self.come_back_soon()  # whoever had it is gone, such as an editor

    def _come_back(self) -> None:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return
        if not self._window.isVisible():
            return
        self._window.activateWindow()
        last = self._window.focusWidget()
        if last is None or not last.isVisible():
            self._frame.focus_sight()
        else:
            last.setFocus()
