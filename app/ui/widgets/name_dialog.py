"""NameDialog: asks for one name, completing the names in use."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.ui.widgets.name_edit import NameEdit


class NameDialog(QDialog):
    """A small window with a question, a field and one button."""

    chosen = Signal(str)

    def __init__(
        self, question: str, button: str, names: QStringListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumWidth(360)
        label = QLabel(question)
        label.setObjectName("Heading")
        label.setWordWrap(True)
        self.edit = NameEdit(names)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setObjectName("Primary")
        accept.setDefault(False)
        accept.setAutoDefault(False)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self._accept_text)
        buttons.rejected.connect(self.reject)
        self.edit.chosen.connect(self._accept_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(16)
        for widget in (label, self.edit, buttons):
            column.addWidget(widget)

    def _accept_text(self) -> None:
        name = self.edit.text().strip()
        if name:
            self._accept_name(name)
        else:
            self.edit.setFocus()

    def _accept_name(self, name: str) -> None:
        self.accept()
        self.chosen.emit(name)
