"""Every action of the window that is not about one photo or person, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

_Keys = QKeySequence | QKeySequence.StandardKey | str


def tr(text: str) -> str:
    """A text of the menu in the user's language."""
    return QCoreApplication.translate("actions", text)


class Actions:
    """The window's actions; they hold their shortcuts while the window is in front."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._all: list[QAction] = []
        standard = QKeySequence.StandardKey
        self.back = self._make(tr("Back"), "Alt+Left", standard.Back)
        self.forward = self._make(tr("Forward"), "Alt+Right", standard.Forward)
        self.people = self._make(tr("People"), "Ctrl+1")
        self.photos = self._make(tr("Photos"), "Ctrl+2")
        self.unnamed = self._make(tr("Unnamed"), "Ctrl+3")
        self.review = self._make(tr("Review"), "Ctrl+4")
        self.hidden = self._make(tr("Hidden"), "Ctrl+5")
        self.add_folder = self._make(tr("Add folder…"), "Ctrl+O")
        self.undo = self._make(tr("Undo"), standard.Undo)
        self.redo = self._make(tr("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        self.find = self._make(tr("Find people"), standard.Find)
        self.larger = self._make(tr("Larger pictures"), "Ctrl++", "Ctrl+=")
        self.smaller = self._make(tr("Smaller pictures"), "Ctrl+-")
        self.skipped = self._make(tr("Skipped files…"))
        self.full_screen = self._make(tr("Full screen"), "F11")
        self.quit = self._make(tr("Quit"), standard.Quit, "Ctrl+Q")

    def menu(self) -> QMenu:
        """All of them, in groups."""
        menu = QMenu(self._window)
        groups = (
            (self.add_folder, self.skipped),
            (self.undo, self.redo),
            (self.people, self.photos, self.unnamed, self.review, self.hidden),
            (self.back, self.forward),
            (self.find, self.larger, self.smaller, self.full_screen),
            (self.quit,),
        )
        for group in groups:
            menu.addActions(list(group))
            menu.addSeparator()
        return menu

    def connect_each(self, works: dict[QAction, Callable[[], object]]) -> None:
        """Say what each action does."""
        for action, work in works.items():
            action.triggered.connect(_without_arguments(work))

    def _make(self, text: str, *keys: _Keys) -> QAction:
        action = QAction(text, self._window)
        shortcuts = list(dict.fromkeys(QKeySequence(one) for one in keys))
        if shortcuts:
            action.setShortcuts(shortcuts)
            native = shortcuts[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text.rstrip('…')} ({native})")
        self._window.addAction(action)
        return action


def _without_arguments(work: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        work()

    return run
