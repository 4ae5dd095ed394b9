"""The skipped files as a list that can be sorted and searched, and how often each reason is met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.library.rows import SkippedFile
from app.ui import words
from app.ui.sayings import translated
from app.ui.texts import Texts
from app.ui.widgets.grid_model import AnyIndex

tr = Texts("skipped_files")

FILE, REASON = 0, 1
"""The columns."""
FIND_ROLE = Qt.ItemDataRole.UserRole + 1
"""All that typing finds a file by."""
_MANY = 8
"""Among fewer files nobody needs to be told how often a reason is met."""
_MOST = 3


class SkippedModel(QAbstractTableModel):
    """A file and the reason in each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: Sequence[SkippedFile] = ()
        self.column = tr("Why it was skipped")
        """What stands above the reasons."""

    def replace(self, files: Sequence[SkippedFile]) -> None:
        """Show other files."""
        self.beginResetModel()
        self.files = files
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return tr("File") if section == FILE else self.column
        return super().headerData(section, orientation, role)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self.files[index.row()]
        if role == FIND_ROLE:
            return f"{words.shown(str(file.path))} {translated(file.error)}"
        is_name = index.column() == FILE
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.shown(str(file.path)) if is_name else translated(file.error)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.path(file.path) if is_name else translated(file.error)
        return None


class NameDelegate(QStyledItemDelegate):
    """Cuts a long name in the middle: the ends of names tell files apart."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


def as_text(files: Sequence[SkippedFile]) -> str:
    """A line for each file with its path and the reason."""
    return "\n".join(f"{words.shown(str(file.path))}\t{translated(file.error)}" for file in files)


def frequent_reasons(files: Sequence[SkippedFile]) -> list[str]:
    """How often the most frequent reasons are met; nothing where there are few files, or where
    there is only one reason."""
    counted = Counter(file.error for file in files)
    if len(files) < _MANY or len(counted) == 1:
        return []
    most = counted.most_common(_MOST if len(counted) > _MOST + 1 else len(counted))
    lines = [
        tr("{0}: {1}").format(words.files(count), translated(reason)) for reason, count in most
    ]
    left = len(files) - sum(count for _, count in most)
    if left:
        lines.append(tr("{0} for other reasons").format(words.files(left)))
    return lines
