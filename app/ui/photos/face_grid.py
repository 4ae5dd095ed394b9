"""A grid of face crops, to say of several at once who they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent

from app.changes import Changes
from app.library.rows import FaceRow
from app.ui.desk import Desk
from app.ui.photos.model import FaceModel
from app.ui.photos.tile_grid import TileGrid


class FaceGrid(TileGrid):
    """Face crops; selecting is what it is for."""

    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)
    """A right click, in global coordinates; the face under it is selected by then."""

    def __init__(self, desk: Desk, side: int) -> None:
        super().__init__(desk, side, QCoreApplication.translate("FaceGrid", "Faces"))
        self.faces = FaceModel(self)
        self.show_tiles(self.faces)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        desk.deeds.changed.connect(self._settle)
        desk.deeds.refused.connect(self._come_back)

    def chosen(self) -> list[FaceRow]:
        """The selected faces."""
        return [self.faces.rows[row] for row in self.selected_rows()]

    def take_away(self, face_ids: Sequence[int]) -> None:
        """Let faces leave at once; they come back when the command about them is refused."""
        here = self.currentIndex().row()
        before = sum(row < here for row in self.selected_rows())
        self.clearSelection()
        self.faces.take_away(face_ids)
        left = len(self.faces.rows)
        if left and here >= 0:
            index = self.faces.index(min(max(0, here - before), left - 1))
            # In sight for the next key, but not selected: nothing happens to it by itself.
            self.selectionModel().setCurrentIndex(
                index, self.selectionModel().SelectionFlag.NoUpdate
            )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        else:
            index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))

    def keyboardSearch(self, search: str) -> None:
        """Letters select nothing here."""

    def select_none(self) -> None:
        """Let go of the selection."""
        self.clearSelection()
        self.viewport().setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self, changes: Changes) -> None:
        if changes or changes.said:
            self.faces.settle()
        else:  # nothing was done, so nothing will be read again
            self._come_back()

    def _come_back(self) -> None:
        self.faces.come_back()
        self.chosen_changed.emit()
