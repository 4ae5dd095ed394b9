"""The numbers of the Visitors page as a table: what a screen reader reads of the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from app.library.queries.visits import By, Visitors
from app.ui import words
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.visitors.report import time_of

tr = Texts("visitors")

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TIME = 106
"""Width of the first column at least, px..."""
_NUMBERS = 60, 92
"""...and of the others at least and at most."""


class VisitorsModel(QAbstractTableModel):
    """A line for each hour or day, the latest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.times: Sequence[Visitors] = ()
        self._by = By.DAY

    def show_times(self, times: Sequence[Visitors], by: By) -> None:
        """Show these."""
        self.beginResetModel()
        self.times, self._by = list(reversed(times)), by
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.times)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads())

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.times[index.row()]
        numbers = (one.people, one.new, one.returning, one.visits, one.unclear)
        if not index.column():
            is_hour = self._by is By.HOUR
            return words.time_of_day(one.begin) if is_hour else time_of(one, self._by)
        return words.number(numbers[index.column() - 1])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return self._heads()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _heads(self) -> tuple[str, ...]:
        time = tr("Hour") if self._by is By.HOUR else tr("Day")
        return (time, tr("People"), tr("New"), tr("Returning"), tr("Visits"),
                tr("Unclear"))  # fmt: skip


class VisitorsTable(QTreeView):
    """The table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = VisitorsModel(self)
        self.setModel(self.numbers)
        self.setAccessibleName(tr("Visitors as a table"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(48)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def _lay_columns(self) -> None:
        """Share the width out; no title is cut, however long its word is in a language."""
        least, most = _NUMBERS
        head = self.header()
        titles = [head.sectionSizeHint(column) for column in range(1, self.numbers.columnCount())]
        time = max(scaled(_TIME), self.sizeHintForColumn(0))
        room = self.viewport().width() - time
        width = min(most, max(least, room // len(titles)))
        long = [title for title in titles if title > width]
        if long:  # what they need more is taken from the others
            width = max(least, min(width, (room - sum(long)) // max(1, len(titles) - len(long))))
        for column, title in enumerate(titles, 1):
            head.resizeSection(column, max(width, title))
        taken = sum(max(width, title) for title in titles)
        head.resizeSection(0, max(time, self.viewport().width() - taken))

    def show_times(self, times: Sequence[Visitors], by: By) -> None:
        """Show these; whoever is in a line stays in it where it is still there."""
        here = self.currentIndex()
        at = self.numbers.times[here.row()].begin if here.isValid() else None
        self.numbers.show_times(times, by)
        self._lay_columns()
        for row, one in enumerate(self.numbers.times):
            if one.begin == at:
                self.setCurrentIndex(self.numbers.index(row, here.column()))
