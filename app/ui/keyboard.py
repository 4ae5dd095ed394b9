"""Keyboard: whom it goes back to when somebody lets go of it, whose undo a key is, and what Enter
presses."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.ui.frame import Frame

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WATCHED = (QLineEdit, QPushButton, QToolButton)
"""Of all widgets, those whose keys are looked at while they have the focus."""


class Keyboard(QObject):
    """Keeps the keyboard with what is in sight; undo and redo are a line's while it has typing
    to take back, and else the album's. Enter presses the button that has the focus, as Space does:
    Qt itself does so only on some desktops, and only in dialogs."""

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
        if not isinstance(event, QKeyEvent):
            return False
        if isinstance(watched, QAbstractButton):
            return _is_pressed(watched, event)
        return isinstance(watched, QLineEdit) and self._is_ours(watched, event)

    def _is_ours(self, watched: QLineEdit, event: QKeyEvent) -> bool:
        """Whether it was undo or redo, and is dealt with."""
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
        if isinstance(old, _WATCHED):
            old.removeEventFilter(self)
        if isinstance(new, _WATCHED):
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


def _is_pressed(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press it, if this is Enter. In a dialog, what can be ticked is ticked by Space alone: Enter
    there is for the dialog."""
    if event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
        return False
    if button.isCheckable() and isinstance(button.window(), QDialog):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
