"""The list of faces that have another name in a sidecar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.ui import words
from app.ui.sidecars.wording import tr
from app.ui.skipped_files import NameDelegate
from app.ui.widgets.grid_model import AnyIndex

if TYPE_CHECKING:
    from app.indexing.sidecars import NameConflict

_PHOTO_WIDTH, _HEIGHT = 220, 150


class ConflictModel(QAbstractTableModel):
    """A photo, the name known here, and the name there in each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[NameConflict] = ()

    def replace(self, rows: Sequence[NameConflict]) -> None:
        """Show other conflicts."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (tr("Photo"), tr("Name here"), tr("Name there"))[section]
        return super().headerData(section, orientation, role)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return words.shown(str(row.photo))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (words.path(row.photo), row.name, row.other)[index.column()]
        return None


class ConflictList(QTreeView):
    """Shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = ConflictModel(self)
        self.setModel(self.rows)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.setColumnWidth(0, _PHOTO_WIDTH)
        self.setColumnWidth(1, _PHOTO_WIDTH * 2 // 3)
        self.setItemDelegateForColumn(0, NameDelegate(self))
        self.setFixedHeight(_HEIGHT)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Faces with another name there"))
