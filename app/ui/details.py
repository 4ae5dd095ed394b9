"""Details of the work: which files were skipped and why, and the means to try them again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import SkippedFile
from app.ui import words
from app.ui.desk import Desk
from app.ui.photos.files import copy_path, show_in_file_manager
from app.ui.widgets.menus import add_entry


class DetailsDialog(QDialog):
    """Lists the skipped files with their reasons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Skipped files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 460)
        self._desk = desk
        self._skipped: list[SkippedFile] = []
        self._heading = QLabel()
        self._heading.setObjectName("Heading")
        self._advice = QLabel(
            self.tr("Everything else is in the album. Nothing was changed in these files.")
        )
        self._advice.setObjectName("Secondary")
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("File"), self.tr("Why it was skipped")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 300)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.setAccessibleName(self.tr("Skipped files"))
        buttons = QDialogButtonBox()
        self._again = buttons.addButton(
            self.tr("Try them again"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._again.setObjectName("Primary")
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._try_again)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(10)
        for widget in (self._heading, self._advice, self.list, buttons):
            column.addWidget(widget)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self._desk.background.read(self, self._desk.album.skipped, self._show)

    def _show(self, skipped: list[SkippedFile]) -> None:
        self._skipped = skipped
        self.list.clear()
        for file in skipped:
            name = _shown(file.path.name)
            item = QTreeWidgetItem([name, file.error])
            item.setToolTip(0, _shown(str(file.path)))
            item.setToolTip(1, file.error)
            self.list.addTopLevelItem(item)
        count = words.number(len(skipped))
        self._heading.setText(
            self.tr("{0} skipped").format(count) if skipped else self.tr("No file was skipped")
        )
        self._advice.setVisible(bool(skipped))
        self._again.setEnabled(bool(skipped))

    def _try_again(self) -> None:
        self._desk.deeds.retry_skipped()
        self.accept()

    def _open_menu(self, point: QPoint) -> None:
        item = self.list.itemAt(point)
        if item is None:
            return
        path = self._skipped[self.list.indexOfTopLevelItem(item)].path
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_entry(menu, self.tr("Show in file manager"), partial(show_in_file_manager, path))
        add_entry(menu, self.tr("Copy path"), partial(copy_path, path))
        menu.popup(self.list.viewport().mapToGlobal(point))


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
