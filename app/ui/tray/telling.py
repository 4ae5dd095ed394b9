"""The question that says, once, that Kinfolk stays when its window is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.texts import Texts
from app.ui.widgets.question import Question

tr = Texts("tray")

_WIDTH = 420


class StayingDialog(Question):
    """Accepted: Kinfolk stays. Left by Escape: the window stays open, as if nothing was done."""

    quit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        body = QWidget()
        body.setMinimumWidth(_WIDTH)
        told = QLabel(
            tr(
                "A collection has alerts on, so Kinfolk goes on without its window. Its icon in "
                "the tray opens the window again, and has Quit."
            )
        )
        setting = QLabel(tr("The settings can let closing the window end Kinfolk instead."))
        setting.setObjectName("Secondary")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for label in (told, setting):
            label.setWordWrap(True)
            column.addWidget(label)
        question = tr("Kinfolk keeps watching for strangers")
        super().__init__(question, body, tr("Keep watching"), parent)
        self.setAccessibleDescription(told.text())
        self.no.setText(tr("Quit"))
        self.no.clicked.connect(self.quit_wanted)
        self.prefer(self.yes)
        self.yes.setFocus()
