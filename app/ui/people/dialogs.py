"""What is asked about a person: a year of birth, and whether they are to be forgotten."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from app.library.commands.people import FIRST_YEAR
from app.library.rows import PersonRow
from app.ui import words
from app.ui.texts import Texts
from app.ui.widgets.question import Question

tr = Texts("people")


class BirthDialog(Question):
    """Asks for a year of birth; the lowest entry says that it is not known."""

    chosen = Signal(object)
    """The year, or None."""

    def __init__(self, person: PersonRow, parent: QWidget) -> None:
        self.year = QSpinBox()
        question = tr("When was {0} born?").format(person.name or tr("this person"))
        super().__init__(question, self.year, tr("Save"), parent)
        # Any year can be typed; whether it can be one of birth, the command says in words.
        self.year.setRange(FIRST_YEAR - 1, 9999)
        self.year.setSpecialValueText(tr("Not known"))
        self.year.setMinimumHeight(36)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year.setAccessibleName(tr("Year of birth"))
        self.year.setValue(person.birth_year or FIRST_YEAR - 1)
        self.year.selectAll()
        self.prefer(self.yes)
        self.accepted.connect(self._choose)

    def _choose(self) -> None:
        value = self.year.value()
        self.chosen.emit(value if value >= FIRST_YEAR else None)


class ForgetDialog(Question):
    """Says what it means to forget somebody."""

    def __init__(self, person: PersonRow, parent: QWidget) -> None:
        said = [
            tr(
                "Kinfolk erases the name, the faces and everything that was said of this person, "
                "and does not learn them from these photos again. The photos themselves stay."
            ),
            tr("Undo lets the faces be found again, but it does not bring the name back."),
        ]
        if person.name:
            said.append(
                tr(
                    "Where the name was written into sidecars beside the photos, it stays until "
                    "names are written again."
                )
            )
        text = QLabel("\n\n".join(said))
        text.setWordWrap(True)
        question = tr("Forget {0}?").format(words.called(person))
        super().__init__(question, text, tr("Forget"), parent)
        self.prefer(self.no)  # it cannot be taken back
