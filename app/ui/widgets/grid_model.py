"""The model of a sectioned grid: a flat list of rows, each with an identity that lasts."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    key: str = ""
    """By which it is folded and unfolded; "" for one that always stands open."""
    total: int = 0
    """How many there are, said beside the title; 0 for not said."""
    is_folded: bool = False
    year: int = 0
    """Of the photos in it, for a timeline; 0 for none."""


class GridModel(QAbstractListModel, Generic[Row]):
    """Rows in sections. Replacing them keeps selection and editors on the rows that remain."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._sections: Sequence[Section] = ()
        self._everything: tuple[Sequence[Row], Sequence[Section]] = ((), ())
        self._folded: set[str] = set()

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
        """All rows that are not folded away, in order."""
        return self._rows

    def row_at(self, index: AnyIndex) -> Row | None:
        """The row behind an index, None when there is none."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def replace(self, rows: Sequence[Row], sections: Sequence[Section]) -> None:
        """Show other rows; indexes, selection and editors follow their rows."""
        self._everything = (rows, sections)
        self._show(*self._unfolded())

    def patch(self, rows: Iterable[Row]) -> None:
        """Show rows as they are now, each in the place of the one with its identity."""
        fresh = {self.identity(row): row for row in rows}
        if not fresh:
            return
        everything, sections = self._everything
        patched = [fresh.get(self.identity(row), row) for row in everything]
        self._everything = (patched, sections)
        self._rows = self._unfolded()[0]
        for place, row in enumerate(self._rows):
            if self.identity(row) in fresh:
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def fold(self, key: str, folded: bool) -> None:
        """Put the rows of a section out of sight, or back. It holds for later rows, too."""
        if key and folded != self.is_folded(key):
            self._folded ^= {key}
            self._show(*self._unfolded())

    @property
    def folded(self) -> frozenset[str]:
        """The keys of all sections whose rows are out of sight."""
        return frozenset(self._folded)

    def is_folded(self, key: str) -> bool:
        """Whether the rows of this section are out of sight."""
        return key in self._folded

    def _unfolded(self) -> tuple[Sequence[Row], Sequence[Section]]:
        rows, sections = self._everything
        if not any(section.key in self._folded for section in sections):
            return rows, sections
        seen: list[Row] = []
        shown: list[Section] = []
        first = 0
        for section in sections:
            if section.key in self._folded:
                shown.append(replace(section, count=0, is_folded=True))
            else:
                shown.append(section)
                seen += rows[first : first + section.count]
            first += section.count
        return seen, shown

    def _show(self, rows: Sequence[Row], sections: Sequence[Section]) -> None:
        if not self._rows:
            self.beginResetModel()
            self._rows, self._sections = rows, sections
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        known = [self._rows[index.row()] for index in held]
        self._rows, self._sections = rows, sections
        if held:
            moved = [self._index_or_none(place) for place in self.followed(known, rows)]
            self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def index_of(self, identity: Hashable) -> QModelIndex:
        """The index of the row with this identity; an invalid one when it is not here."""
        return self._index_or_none(self.places_of(self._rows, {identity}).get(identity))

    def followed(self, known: Sequence[Row], rows: Sequence[Row]) -> Sequence[int | None]:
        """Where among `rows` each of these rows is now; None where it is not."""
        places = self.places_of(rows, {self.identity(row) for row in known})
        return [places.get(self.identity(row)) for row in known]

    def places_of(
        self, rows: Sequence[Row], identities: Collection[Hashable]
    ) -> Mapping[Hashable, int]:
        """Where among `rows` those with these identities are."""
        return {
            identity: place
            for place, row in enumerate(rows)
            if (identity := self.identity(row)) in identities
        }

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
