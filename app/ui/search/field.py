"""The search field: names become chips, and chips become photos that show all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QToolButton,
    QWidget,
)

from app.library.rows import PersonRow
from app.ui.desk import Desk

_CHIP_NAME = 14


class SearchField(QFrame):
    """Takes names, completing them; the cross on a chip or Backspace takes one away."""

    typed = Signal(str)
    people_changed = Signal(list)
    """Ids of the people whose chips are there now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SearchField")
        self._desk = desk
        self._people: list[PersonRow] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 2, 8, 2)
        self._row.setSpacing(6)
        self._glass = QLabel()
        self._row.addWidget(self._glass)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Find people"))
        self.edit.setAccessibleName(self.tr("Find people by name"))
        self.edit.setAcceptDrops(False)  # folders are the window's
        completer = QCompleter(desk.named.names, self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)
        self._completer = completer
        self._popup = QListView()
        self._popup.setObjectName("Completions")
        completer.setPopup(self._popup)
        self._popup.installEventFilter(self)
        self.edit.installEventFilter(self)
        # Queued: the completer writes the name into the line after it has told of it.
        completer.activated.connect(self._take_text, Qt.ConnectionType.QueuedConnection)
        self.edit.returnPressed.connect(self._take_text)
        self.edit.textEdited.connect(self.typed)
        self._row.addWidget(self.edit, 1)
        self._chips: list[QToolButton] = []
        self.setFixedHeight(36)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def set_people(self, people: Sequence[PersonRow]) -> None:
        """Show these chips, saying nothing."""
        self._people = list(people)
        self._rebuild()

    def clear(self) -> None:
        """No chips, no text, nothing said."""
        self._people = []
        self.edit.clear()
        self._rebuild()

    def begin_with(self, letter: str) -> None:
        """Take the keyboard with one letter typed already."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.setText(letter)
        self.typed.emit(letter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._popup:
            return self._take_first(event)
        if isinstance(event, QFocusEvent):
            self.setProperty("active", event.gotFocus())
            self.style().unpolish(self)
            self.style().polish(self)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Backspace and not self.edit.text() and self._people:
                self._remove(self._people[-1].id)
                return True
            if event.key() == Qt.Key.Key_Escape and (self.edit.text() or self._people):
                had_people = bool(self._people)
                self.clear()
                self.typed.emit("")
                if had_people:
                    self.people_changed.emit([])
                return True
        return super().eventFilter(watched, event)

    def _take_first(self, event: QEvent) -> bool:
        """Enter with the list open and nothing chosen in it takes the first name."""
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if not is_enter or self._popup.currentIndex().isValid():
            return False
        self._popup.hide()
        self._take_text()
        return True

    def _take_text(self) -> None:
        text = self.edit.text().strip()
        if not text:
            return
        self._completer.setCompletionPrefix(text)
        person = self._desk.named.find(text) or self._desk.named.find(
            self._completer.currentCompletion()
        )
        if person is None:
            self._desk.deeds.refused.emit(self.tr("Nobody here is called “{0}”.").format(text))
            return
        self.edit.clear()
        self.typed.emit("")
        if person.id not in [row.id for row in self._people]:
            self._people.append(person)
            self._rebuild()
            self.people_changed.emit([row.id for row in self._people])

    def _remove(self, person_id: int) -> None:
        self._people = [row for row in self._people if row.id != person_id]
        self._rebuild()
        self.people_changed.emit([row.id for row in self._people])

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(person) for person in self._people]
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(1 + place, chip)
        self.edit.setPlaceholderText(self.tr("and…") if self._people else self.tr("Find people"))

    def _chip(self, person: PersonRow) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName("Chip")
        name = person.name
        chip.setText(name if len(name) <= _CHIP_NAME else f"{name[: _CHIP_NAME - 1]}…")
        chip.setIcon(self._desk.icons.icon("x", "accent", 12))
        chip.setIconSize(QSize(12, 12))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(self.tr("{0}: take away").format(name))
        chip.setToolTip(name)
        chip.clicked.connect(lambda: self._remove(person.id))
        return chip

    def _dress(self) -> None:
        icon = self._desk.icons.pixmap("search", "secondary", 16, self.devicePixelRatioF())
        self._glass.setPixmap(icon)
        self._rebuild()
