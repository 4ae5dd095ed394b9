"""The list of the history, in which the keyboard steps from word to word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

_Action = QAbstractItemView.CursorAction
_BACK = (_Action.MoveUp, _Action.MovePrevious, _Action.MovePageUp, _Action.MoveEnd)


class HistoryList(QListView):
    """Lands on no day and not on the line of now."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        found = super().moveCursor(action, modifiers)
        if not found.isValid():
            return found
        first = -1 if action in _BACK else 1
        for step in (first, -first):  # beyond the last word there may be a day, and no more
            index = found
            while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
                index = index.siblingAtRow(index.row() + step)
            if index.isValid():
                return index
        return self.currentIndex()
