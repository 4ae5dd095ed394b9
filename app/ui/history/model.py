"""The history as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui import words
from app.ui.history.lines import Day, Line, Now, Standing, Word

_Index = QModelIndex | QPersistentModelIndex
_NOBODY = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Days, words and the line of now; only words can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def replace(self, lines: Sequence[Line]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def words(self) -> list[Word]:
        """What was said, newest first."""
        return [line for line in self.lines if isinstance(line, Word)]

    def word_at(self, index: _Index) -> Word | None:
        """The word of a line."""
        line = self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None
        return line if isinstance(line, Word) else None

    def index_of(self, decision_id: int) -> QModelIndex:
        """Where a word is; an invalid index when it is not there."""
        for place, line in enumerate(self.lines):
            if isinstance(line, Word) and line.row.id == decision_id:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Word):
            return line.row.said
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.word_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def text(self, line: Line) -> str:
        """The words of a line."""
        if isinstance(line, Day):
            return words.day(line.when, date.today())
        if isinstance(line, Now):
            return self.tr("Now")
        return line.row.said

    def fate(self, word: Word) -> str:
        """What became of a word, in words; empty for one that holds."""
        return self.tr("taken back") if word.standing is not Standing.STANDS else ""

    def _spoken(self, line: Line) -> str:
        if not isinstance(line, Word):
            return self.text(line)
        told = [line.row.said, words.moment(line.when), self.fate(line)]
        return ", ".join(part for part in told if part)
