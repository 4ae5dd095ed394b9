"""The list of backups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.library.rows import BackupRow
from app.ui import words
from app.ui.backups import wording
from app.ui.desk import Desk
from app.ui.sayings import translated
from app.ui.texts import Texts

tr = Texts("backups")

_WHEN, _WHY, _PHOTOS, _PEOPLE, _SIZE = range(5)
_NUMBERS = (_PHOTOS, _PEOPLE, _SIZE)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDTHS = {_WHEN: 300, _PHOTOS: 84, _PEOPLE: 124, _SIZE: 96}


class BackupList(QTreeWidget):
    """When each backup was made, why, and what it holds; the newest is at the top."""

    followed = Signal()
    """Another backup is selected, or none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: Sequence[BackupRow] = ()
        self.setHeaderLabels([tr("Made"), tr("Why"), tr("Photos"), tr("Named people"), tr("Size")])
        for column in _NUMBERS:
            self.headerItem().setTextAlignment(column, _RIGHT)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Backups"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemSelectionChanged.connect(self.followed)

    def show_backups(self, rows: Sequence[BackupRow], today: date) -> None:
        """List these; the one that was selected stays so, or else the newest is."""
        before = self.chosen()
        self.rows = rows
        self.clear()
        self.addTopLevelItems([self._item(row, today) for row in rows])
        for column, width in _WIDTHS.items():  # no title is cut, in whatever language
            self.setColumnWidth(column, max(width, self.header().sectionSizeHint(column)))
        paths = [row.path for row in rows]
        here = paths.index(before.path) if before is not None and before.path in paths else 0
        self.choose(here)

    def choose(self, place: int) -> None:
        """Select the backup at a place."""
        if 0 <= place < len(self.rows):
            item = self.topLevelItem(place)
            if item is not None:
                self.setCurrentItem(item)

    def chosen(self) -> BackupRow | None:
        """The backup that is selected."""
        items = self.selectedItems()
        return self.rows[self.indexOfTopLevelItem(items[0])] if items else None

    def _item(self, row: BackupRow, today: date) -> QTreeWidgetItem:
        numbers = (words.number(row.photos), words.number(row.people), words.size(row.size))
        if row.problem:
            numbers = ("", "", words.size(row.size))
        item = QTreeWidgetItem([wording.when(row, today), wording.why(row), *numbers])
        for column in _NUMBERS:
            item.setTextAlignment(column, _RIGHT)
        item.setToolTip(_WHEN, translated(row.problem) or words.shown(str(row.path)))
        item.setData(_WHEN, Qt.ItemDataRole.AccessibleTextRole, wording.spoken(row, today))
        if row.problem:
            item.setIcon(_WHEN, self._desk.icons.icon("circle-alert", "warning", 16))
        return item
