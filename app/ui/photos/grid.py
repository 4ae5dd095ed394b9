"""A grid of photos with its right-click menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QMenu

from app.library.rows import PersonRow, PhotoItem, PhotoRow
from app.ui import words
from app.ui.absence import why_absent
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.exporting.subject import ask_export, of_photos
from app.ui.photos.menu import photo_menu
from app.ui.photos.model import PhotoModel
from app.ui.photos.stack_badge import stack_reach
from app.ui.photos.tile_grid import TileGrid
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.widgets.menus import add_entry

tr = Texts("photos")

_Asked = tuple[PhotoRow, list[PersonRow], str]
"""A photo, who is in it, and why its file is not at hand."""


class PhotoGrid(TileGrid):
    """Photos by month; a right click leads to the people in a photo."""

    person_wanted = Signal(int)
    stack_wanted = Signal(QModelIndex)
    """The badge of a stack was clicked, or Space pressed on its photo."""
    photo_opened = Signal(object, int)
    """Photos (a sequence of PhotoItem), and the one that was opened."""

    def __init__(self, desk: Desk, side: int) -> None:
        super().__init__(desk, side, tr("Photos"))
        self._menu_job: Job | None = None
        self.more: Sequence[QAction] = ()
        """What else can be done with the selected photos; in the menu while it can be."""
        self.photos = PhotoModel(self)
        self.show_tiles(self.photos)
        self.opened.connect(self._open)
        self.let_carry(self.chosen_ids, self._picture)

    def come_back_from(self, photo_id: int) -> None:
        """Select a photo and have it in sight."""
        index = self.photos.index_of(photo_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        row, tile = self.photos.row_at(index), self.visualRect(index)
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and is_plain and stack_reach(tile, row, self._desk.theme).contains(point):
            self.stack_wanted.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.photos.row_at(self.currentIndex())
        if event.key() == Qt.Key.Key_Space and isinstance(row, PhotoItem) and row.stack > 0:
            self.stack_wanted.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            point = self.visualRect(index).center()
        else:
            point = self.viewport().mapFromGlobal(event.globalPos())
            index = self.indexAt(point)
        self.ask_menu(index, point)

    def ask_menu(self, index: QModelIndex, point: QPoint) -> None:
        """Read who is in a photo, then open its menu."""
        photo = self.photos.row_at(index)
        if photo is None:
            return
        if self._menu_job is not None:
            self._menu_job.drop()
        album = self._desk.album

        def read() -> _Asked:
            row = album.photo(photo.id)
            return row, album.people_in_photo(photo.id), why_absent(album, row)

        opens = partial(self._open_menu, index.row(), point)
        self._menu_job = self._desk.background.read(self, read, opens)

    def menu_for(
        self, place: int, photo: PhotoRow, people: list[PersonRow], absent: str = ""
    ) -> QMenu:
        """The menu of one photo; `absent` says why its file is not at hand."""
        menu = photo_menu(
            self._desk,
            photo,
            people,
            self.person_wanted.emit,
            partial(self._open, self.photos.index(place)),
            self,
            absent,
        )
        menu.addSeparator()
        chosen = self.chosen_ids()
        ids = chosen if photo.id in chosen else [photo.id]
        text = tr("Export {0}…").format(words.photos(len(ids)))
        icon = self._desk.icons.icon("folder-output", "secondary", 18)
        export = partial(self.export, ids)
        # One that is away cannot go out; of several those that can.
        add_entry(menu, text, export, icon).setEnabled(len(ids) > 1 or not absent)
        can = [act for act in self.more if act.isEnabled()]
        if can:
            menu.addSeparator()
            menu.addActions(can)
        return menu

    def chosen_ids(self) -> list[int]:
        """The photos that are selected."""
        return [self.photos.rows[row].id for row in self.selected_rows()]

    def _picture(self, side: int) -> QPixmap | None:
        """The current photo as it is seen under the pointer."""
        row = self.photos.row_at(self.currentIndex())
        if row is None:
            return None
        size, scale = QSize(side, side), self.devicePixelRatioF()
        return self._desk.pictures.tile(PictureKey.of_photo(row), size, 8, scale)

    def export(self, photo_ids: Sequence[int]) -> None:
        """Ask how photos are to be exported."""
        ask_export(self._desk, of_photos(photo_ids), self)

    def _open_menu(self, place: int, point: QPoint, answer: _Asked) -> None:
        self.menu_for(place, *answer).popup(self.viewport().mapToGlobal(point))

    def _open(self, index: QModelIndex) -> None:
        if isinstance(self.photos.row_at(index), PhotoItem):
            self.photo_opened.emit(self.photos.rows, index.row())
