"""A list of lines by day, in which the keyboard steps from one that can be chosen to the next."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate

_Action = QAbstractItemView.CursorAction
_BACK = (_Action.MoveUp, _Action.MovePrevious, _Action.MovePageUp, _Action.MoveEnd)


class LineList(QListView):
    """Lands on no day and on nothing else that cannot be chosen."""

    def show_lines(
        self, model: QAbstractListModel, delegate: QStyledItemDelegate, name: str
    ) -> None:
        """Show the lines of a model; `name` is what those hear it called who do not see it."""
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)  # thousands of lines are measured by the first
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        found = super().moveCursor(action, modifiers)
        if not found.isValid():
            return found
        first = -1 if action in _BACK else 1
        for step in (first, -first):  # beyond the last one there may be a day, and no more
            index = found
            while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
                index = index.siblingAtRow(index.row() + step)
            if index.isValid():
                return index
        return self.currentIndex()
