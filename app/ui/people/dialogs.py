"""What is asked about a person: a year of birth, and whether they are to be forgotten."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.library.commands.people import FIRST_YEAR
from app.library.rows import PersonRow
from app.ui import words


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)


class _Question(QDialog):
    """A small window with a question, something below it, one button, and Cancel."""

    def __init__(self, question: str, body: QWidget, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        self.setMinimumWidth(360)
        heading = QLabel(question)
        heading.setObjectName("Heading")
        heading.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = buttons.addButton(_tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(16)
        for widget in (heading, body, buttons):
            column.addWidget(widget)

    def _prefer(self, button: QPushButton) -> None:
        """What Enter does."""
        button.setObjectName("Primary")
        button.style().polish(button)  # it has been given its looks as a plain one already
        button.setDefault(True)


class BirthDialog(_Question):
    """Asks for a year of birth; the lowest entry says that it is not known."""

    chosen = Signal(object)
    """The year, or None."""

    def __init__(self, person: PersonRow, parent: QWidget) -> None:
        self.year = QSpinBox()
        question = _tr("When was {0} born?").format(person.name or _tr("this person"))
        super().__init__(question, self.year, _tr("Save"), parent)
        # Any year can be typed; whether it can be one of birth, the command says in words.
        self.year.setRange(FIRST_YEAR - 1, 9999)
        self.year.setSpecialValueText(_tr("Not known"))
        self.year.setMinimumHeight(36)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year.setAccessibleName(_tr("Year of birth"))
        self.year.setValue(person.birth_year or FIRST_YEAR - 1)
        self.year.selectAll()
        self._prefer(self.yes)
        self.accepted.connect(self._choose)

    def _choose(self) -> None:
        value = self.year.value()
        self.chosen.emit(value if value >= FIRST_YEAR else None)


class ForgetDialog(_Question):
    """Says what it means to forget somebody."""

    def __init__(self, person: PersonRow, parent: QWidget) -> None:
        text = QLabel(
            _tr(
                "Kinfolk erases the name, the faces and everything that was said of this person, "
                "and does not learn them from these photos again. The photos themselves stay.\n\n"
                "Undo lets the faces be found again, but it does not bring the name back."
            )
        )
        text.setWordWrap(True)
        question = _tr("Forget {0}?").format(words.called(person))
        super().__init__(question, text, _tr("Forget"), parent)
        self._prefer(self.no)  # it cannot be taken back
