"""The page of faces that belong to nobody yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import FaceRow, PhotoItem
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.photos.face_actions import FaceActions
from app.ui.photos.face_grid import FaceGrid
from app.ui.widgets.grid_model import Section


class UnnamedPage(Page):
    """Faces nobody has been found for: select some, say who they are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Unnamed")
        self._side = 120
        self.grid = FaceGrid(desk, self._side)
        hint = self.tr("Faces that belong to nobody yet. Select some to say who they are.")
        self.actions_bar = FaceActions(desk, self.grid, hint)
        self.actions_bar.photo_wanted.connect(self._open_photo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.actions_bar)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def reload(self) -> None:
        self.read(self.desk.album.unnamed_faces, self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.faces or changes.regrouped or changes.people or changes.photos)

    def sizes(self) -> Sizes:
        return Sizes(80, 220, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.grid.set_side(pixels)

    def _show(self, faces: list[FaceRow]) -> None:
        self.grid.faces.replace(faces, [Section("", len(faces))] if faces else [])

    def _open_photo(self, photo_id: int) -> None:
        self.photo_opened.emit([PhotoItem(photo_id, "", 0, 0, None, 0)], 0)
