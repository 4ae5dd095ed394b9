"""Acts: what can be done in a part of the window, by menu, by key and for those who hear it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def add_act(owner: QWidget, text: str, work: Callable[[], object], *keys: Keys) -> QAction:
    """One more thing that `owner` can do. Its keys work while the focus is within `owner`.

    The menu of the page in sight and the overview of shortcuts list `owner.actions()` in this
    order; whoever makes an act also enables and disables it, and gives it its icon by
    `Icons.put_on`.
    """
    action = QAction(text, owner)
    set_keys(action, *keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def run() -> None:
        work()

    action.triggered.connect(run)
    owner.addAction(action)
    return action


def set_keys(action: QAction, *keys: Keys) -> None:
    """Let keys trigger an action, and its tool tip say so."""
    shortcuts = list(dict.fromkeys(QKeySequence(one) for one in keys))
    if shortcuts:
        action.setShortcuts(shortcuts)
        native = shortcuts[0].toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{action.text().rstrip('…')} ({native})")


def add_gap(owner: QWidget) -> None:
    """A line between two groups of acts."""
    line = QAction(owner)
    line.setSeparator(True)
    owner.addAction(line)
