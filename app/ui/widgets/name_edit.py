"""NameEdit: a field for a person's name that completes the names in use."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class NameEdit(QLineEdit):
    """A line for a name; `chosen` is emitted once, by Enter or by picking a completion."""

    chosen = Signal(str)

    def __init__(self, names: QStringListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(100)
        self.setPlaceholderText(self.tr("Name"))
        self.setAccessibleName(self.tr("Name of this person"))
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(7)
        self.setCompleter(completer)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("Completions")
        self._is_over = False
        self.returnPressed.connect(self._choose)
        completer.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # a QLineEdit would hand it on, and the grid would open it again

    def _choose(self) -> None:
        if not self._is_over and self.text().strip():
            self._is_over = True
            self.chosen.emit(self.text().strip())
