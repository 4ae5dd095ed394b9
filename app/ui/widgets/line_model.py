"""The lines of a list by day as a model: some can be chosen, the others are only read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.ui.widgets.grid_model import AnyIndex

_NOBODY = QModelIndex()


class LineModel(QAbstractListModel):
    """Whoever makes one of it says what its lines say."""

    chosen: type[Any] = object
    """The kind of line that can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Any] = ()

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line_at(self, index: AnyIndex) -> Any:
        """What can be chosen there; None where nothing can."""
        line = self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None
        return line if isinstance(line, self.chosen) else None

    def rowCount(self, parent: AnyIndex = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, self.chosen):
            return self.tip(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.line_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def text(self, line: Any) -> str:
        """The words of a line."""
        raise NotImplementedError

    def tip(self, line: Any) -> str:
        """What is told of a line, cut or not, when the mouse rests on it."""
        return self.text(line)

    def spoken(self, line: Any) -> str:
        """What those hear of a line who do not see it."""
        return self.text(line)
