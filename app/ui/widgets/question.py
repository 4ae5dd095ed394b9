"""Question: a small window that asks one thing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.fitting import FittingDialog

tr = Texts("widgets")


class Question(FittingDialog):
    """A question, something below it, one button, and Cancel."""

    def __init__(self, question: str, body: QWidget, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        self.setMinimumWidth(scaled(360))
        self.heading = heading = QLabel(question)
        heading.setObjectName("Heading")
        heading.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = tr("Cancel")
        self.no = buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(16)
        for widget in (heading, body, buttons):
            column.addWidget(widget)

    def prefer(self, button: QPushButton) -> None:
        """What Enter does."""
        dress(button, "Primary")
        button.setDefault(True)


def dress(button: QPushButton, name: str) -> None:
    """Give a button the looks of this name in the stylesheet."""
    button.setObjectName(name)
    button.style().polish(button)  # it has been given its looks as a plain one already
