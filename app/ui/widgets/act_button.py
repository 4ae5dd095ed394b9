"""Push buttons that do what an act does."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton


def act_button(act: QAction, name: str = "") -> QPushButton:
    """A button with the words of an act, in force when the act is; `name` is its looks in the
    stylesheet. Enter elsewhere in a dialog does not press it."""
    button = QPushButton(act.text())
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.setEnabled(act.isEnabled())
    button.clicked.connect(act.trigger)
    act.enabledChanged.connect(button.setEnabled)
    return button


def following_button(act: QAction) -> QPushButton:
    """A button for an act that is called otherwise from case to case: its words now, whether it is
    in force, and its key as a tooltip."""
    button = QPushButton(act.text())

    def follow() -> None:
        button.setText(act.text())
        button.setToolTip(act.toolTip())
        button.setEnabled(act.isEnabled())

    act.changed.connect(follow)
    button.clicked.connect(act.trigger)
    follow()
    return button
