"""Menu entries that call a function with no arguments."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu


def add_entry(
    menu: QMenu, text: str, work: Callable[[], object], icon: QIcon | None = None
) -> QAction:
    """One more entry; `work` is called in the GUI thread when it is chosen."""
    action = menu.addAction(text) if icon is None else menu.addAction(icon, text)

    def run() -> None:
        work()

    action.triggered.connect(run)
    return action


def menu_text(text: str) -> str:
    """Foreign words as a menu shows them: an ampersand is an ampersand, a long name is cut."""
    return (text if len(text) <= 40 else f"{text[:39]}…").replace("&", "&&")
