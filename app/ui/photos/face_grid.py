"""A grid of face crops, to say of several at once who they are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont

from app.library.rows import FaceRow
from app.ui.desk import Desk
from app.ui.photos.delegate import TileDelegate, tile_shape
from app.ui.photos.model import FaceModel
from app.ui.widgets.grid import SectionedGrid


class FaceGrid(SectionedGrid):
    """Face crops; selecting is what it is for."""

    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)
    """A right click, in global coordinates; the face under it is selected by then."""

    def __init__(self, desk: Desk, side: int) -> None:
        super().__init__(tile_shape(side))
        self._desk = desk
        self.faces = FaceModel(self)
        self.setModel(self.faces)
        self.setItemDelegate(TileDelegate(desk, self))
        self.setAccessibleName(self.tr("Faces"))
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        desk.pictures.arrived.connect(self.viewport().update)
        desk.theme.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = self._desk.theme
        self.set_header_look(theme.font(15, QFont.Weight.DemiBold), theme.color("text"))

    def set_side(self, side: int) -> None:
        """Make the tiles about this large, in logical pixels."""
        self.set_shape(tile_shape(side))

    def chosen(self) -> list[FaceRow]:
        """The selected faces."""
        return [self.faces.rows[row] for row in self.selected_rows()]

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
