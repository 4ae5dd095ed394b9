"""A grid of face crops, to say of several at once who they are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPixmap

from app.library.rows import FaceRow
from app.ui.desk import Desk
from app.ui.photos.model import FaceModel
from app.ui.photos.tile_grid import TileGrid
from app.ui.pictures import PictureKey
from app.ui.texts import Texts

tr = Texts("photos")


class FaceGrid(TileGrid):
    """Face crops; selecting is what it is for."""

    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)
    """A right click, in global coordinates; the face under it is selected by then."""

    def __init__(self, desk: Desk, side: int) -> None:
        super().__init__(desk, side, tr("Faces"))
        self.faces = FaceModel(self)
        self.show_tiles(self.faces)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.came_back.connect(self.chosen_changed)
        self.let_carry(self._photos, self._picture, any_tile=False)

    def chosen(self) -> list[FaceRow]:
        """The selected faces."""
        return [self.faces.rows[row] for row in self.selected_rows()]

    def _photos(self) -> list[int]:
        """The photos of the selected faces, each once."""
        return list(dict.fromkeys(face.photo_id for face in self.chosen()))

    def _picture(self, side: int) -> QPixmap | None:
        """The current face as it is seen under the pointer."""
        row = self.faces.row_at(self.currentIndex())
        if row is None:
            return None
        size, scale = QSize(side, side), self.devicePixelRatioF()
        return self._desk.pictures.tile(PictureKey.of_face(row), size, 8, scale)

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
