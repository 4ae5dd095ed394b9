"""The model of a sectioned grid: a flat list of rows, each with an identity that lasts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Section:
    """A title ("" for none) and how many rows follow under it."""

    title: str
    count: int
    year: int = 0
    """Of the photos in it, for a timeline; 0 for none."""


class GridModel(QAbstractListModel, Generic[Row]):
    """Rows in sections. Replacing them keeps selection and editors on the rows that remain."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._sections: Sequence[Section] = ()

    def identity(self, row: Row) -> Hashable:
        """What makes a row the same row after a refresh."""
        raise NotImplementedError

    def words(self, row: Row) -> str:
        """The row in words, for those who hear the window."""
        raise NotImplementedError

    @property
    def sections(self) -> Sequence[Section]:
        """The sections, in order; their counts add up to the number of rows."""
        return self._sections

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in order."""
        return self._rows

    def row_at(self, index: AnyIndex) -> Row | None:
        """The row behind an index, None when there is none."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def replace(self, rows: Sequence[Row], sections: Sequence[Section]) -> None:
        """Show other rows; indexes, selection and editors follow their rows."""
        if not self._rows:
            self.beginResetModel()
            self._rows, self._sections = rows, sections
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        known = [self.identity(self._rows[index.row()]) for index in held]
        self._rows, self._sections = rows, sections
        if held:
            wanted = set(known)
            places = {
                identity: place
                for place, row in enumerate(rows)
                if (identity := self.identity(row)) in wanted
            }
            moved = [self._index_or_none(places.get(identity)) for identity in known]
            self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def index_of(self, identity: Hashable) -> QModelIndex:
        """The index of the row with this identity; an invalid one when it is not here."""
        for place, row in enumerate(self._rows):
            if self.identity(row) == identity:
                return self.index(place)
        return QModelIndex()

    def _index_or_none(self, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self.index(place)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return self.words(row)
        return None
