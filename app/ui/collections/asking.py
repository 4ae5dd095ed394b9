"""What is asked of a collection: its name, and for a new one what it is for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.settings import KINDS
from app.ui.collections import wording
from app.ui.collections.wording import tr
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.widgets.question import Question, dress

_WIDTH = 440
_ICON = 18


class Asking(Question):
    """A question with a name in it; it stays until the name was taken, and says why it was not."""

    def __init__(self, desk: Desk, question: str, button: str, parent: QWidget) -> None:
        self.desk = desk
        self._is_busy = False
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the collection"))
        self.name.setMinimumHeight(34)
        self.status = QLabel()
        self.status.setObjectName("Warning")
        self.status.setWordWrap(True)
        self.status.hide()
        body = QWidget()
        body.setFixedWidth(scaled(_WIDTH))
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.column.addWidget(self.name)
        self.column.addWidget(self.status)
        super().__init__(question, body, button, parent)
        self.prefer(self.yes)
        self.name.textChanged.connect(self._follow)
        self._follow()
        self.name.setFocus()

    def give(self, name: str) -> None:
        """Do what the user wants, and tell `finish` or `refuse`."""
        raise NotImplementedError

    def accept(self) -> None:
        """Try it; the dialog stays until that is done."""
        name = self.name.text().strip()
        if name and not self._is_busy:
            self._is_busy = True
            self._follow()
            self.give(name)

    def reject(self) -> None:
        """Leave; what has begun is waited for."""
        if not self._is_busy:
            super().reject()

    def finish(self) -> None:
        """It is done."""
        self._is_busy = False
        super().accept()

    def refuse(self, reason: str) -> None:
        """It could not be: say why."""
        self._is_busy = False
        self._follow()
        self.status.setText(reason)
        self.status.show()
        self.setAccessibleDescription(reason)
        self.name.selectAll()
        self.name.setFocus()

    def _follow(self, _: str = "") -> None:
        self.status.hide()
        self.yes.setEnabled(bool(self.name.text().strip()) and not self._is_busy)


class NewDialog(Asking):
    """Asks for a name and a kind, and goes to the collection that is made."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, tr("New collection"), tr("Create"), parent)
        self._group = QButtonGroup(self)
        self.kinds: dict[str, QRadioButton] = {}
        lead = QLabel(tr("A collection has photos, people and settings of its own."))
        lead.setObjectName("Secondary")
        lead.setWordWrap(True)
        self.column.insertWidget(0, lead)
        place = QVBoxLayout()
        place.setSpacing(0)
        self.column.insertLayout(2, place)
        for kind in KINDS:
            self._offer(kind, place)
        self.kinds["album"].setChecked(True)
        self._suggest()

    def give(self, name: str) -> None:
        """Make it."""
        kind = next(kind for kind, button in self.kinds.items() if button.isChecked())
        self.desk.collections.create(name, kind, self.finish, self.refuse)

    def _offer(self, kind: str, place: QVBoxLayout) -> None:
        button, label = QRadioButton(wording.kind_name(kind)), QLabel(wording.kind_sentence(kind))
        button.setIcon(self.desk.icons.icon(wording.icon(kind), "secondary", _ICON))
        button.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
        button.setAccessibleDescription(label.text())
        button.toggled.connect(self._suggest)
        label.setObjectName("Choice")
        label.setWordWrap(True)
        label.setBuddy(button)
        self._group.addButton(button)
        self.kinds[kind] = button
        place.addWidget(button)
        place.addWidget(label)

    def _suggest(self, _: bool = True) -> None:
        """An example of a name, for what is chosen."""
        for kind, button in self.kinds.items():
            if button.isChecked():
                self.name.setPlaceholderText(wording.example(kind))


class RenameDialog(Asking):
    """Asks how the collection in sight is to be called."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, tr("Rename collection"), tr("Rename"), parent)
        here = desk.collections.row(desk.album.collection_id)
        self.name.setText("" if here is None else here.name)
        self.name.selectAll()

    def give(self, name: str) -> None:
        """Call it so."""
        self.desk.collections.rename(self.desk, name, self.finish, self.refuse)


class DeleteDialog(Question):
    """Says what goes, what stays, and for how long it can come back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        here = desk.collections.row(desk.album.collection_id)
        name = "" if here is None else here.name
        body = QWidget()
        body.setFixedWidth(scaled(_WIDTH))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        lines = wording.deleting()
        for text in lines:
            label = QLabel(text)
            label.setObjectName("Secondary")
            label.setWordWrap(True)
            column.addWidget(label)
        question = tr("Delete the collection “{0}”?").format(name)
        super().__init__(question, body, tr("Delete collection"), parent)
        self.setAccessibleDescription("\n".join(lines))
        dress(self.yes, "Danger")
        self.prefer(self.no)

    def accept(self) -> None:
        """Delete it, and leave it."""
        super().accept()
        self._desk.collections.delete(self._desk)
