"""StackDrawer: the photos of one stack beside each other, under the grid that shows its best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.library.rows import PhotoItem
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.photos.model import CAPTION_ROLE, PhotoModel
from app.ui.photos.tile_grid import TileGrid
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.act_button import following_button
from app.ui.widgets.grid_layout import Shape
from app.ui.widgets.grid_model import ROW_ROLE, AnyIndex, Section

tr = Texts("photos")

_SIDE = 128
_MARGIN = 32
_ROOM = 12
"""Below the photos."""


class _StackModel(PhotoModel):
    """The photos of a stack, of which the first is on top."""

    def words(self, row: PhotoItem) -> str:
        said = super().words(row)
        return tr("{0}, on top of the stack").format(said) if self._is_top(row) else said

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        row = self.row_at(index)
        if role == CAPTION_ROLE and row is not None:
            return tr("Top") if self._is_top(row) else ""
        return super().data(index, role)

    def _is_top(self, row: PhotoItem) -> bool:
        return bool(self.rows) and self.rows[0].id == row.id


class _StackGrid(TileGrid):
    """One row of tiles, or as many as there are photos."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _SIDE, "")
        self.setAccessibleName(tr("Photos of this stack"))
        self.photos = _StackModel(self)
        self.show_tiles(self.photos)
        self.let_carry(self._chosen, self._picture)
        self.set_shape(
            Shape(
                cell_width=_SIDE,
                cell_height=_SIDE,
                gap_x=6,
                gap_y=6,
                header_height=0,
                section_gap=0,
                margin=_MARGIN,
                bottom=_ROOM,
            )
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFixedHeight(_SIDE + _ROOM)

    def _chosen(self) -> list[int]:
        return [self.photos.rows[row].id for row in self.selected_rows()]

    def _picture(self, side: int) -> QPixmap | None:
        row = self.photos.row_at(self.currentIndex())
        size, scale = QSize(side, side), self.devicePixelRatioF()
        key = None if row is None else PictureKey.of_photo(row)
        return None if key is None else self._desk.pictures.tile(key, size, 8, scale)


class StackDrawer(QFrame):
    """Opens under a grid and shows what stands in one stack, with what can be said of it."""

    photo_opened = Signal(object, int)
    """The photos of the stack, and the one that was opened."""
    changed = Signal()
    """It shows something else, or other photos are selected in it."""
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self.setObjectName("StackDrawer")
        self.grid = _StackGrid(desk)
        self.grid.opened.connect(self._open)
        self.grid.selectionModel().selectionChanged.connect(self.changed)
        self.title = QLabel()
        self.title.setObjectName("Strong")
        self.leave = QToolButton()
        self.leave.setIconSize(QSize(scaled(18), scaled(18)))
        self.leave.setToolTip(tr("Close the stack (Esc)"))
        self.leave.setAccessibleName(tr("Close the stack"))
        self.leave.clicked.connect(self.close_stack)
        head = QWidget()
        self._head = row = QHBoxLayout(head)
        row.setContentsMargins(_MARGIN, 10, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.grid)
        desk.theme.changed.connect(self.dress)
        self.dress()
        self.hide()

    def offer(self, acts: Sequence[QAction]) -> None:
        """Have buttons for these acts."""
        for place, act in enumerate(acts, 1):
            self._head.insertWidget(place, following_button(act))

    @property
    def photos(self) -> Sequence[PhotoItem]:
        """What it shows, the photo on top first; none while it is closed."""
        return self.grid.photos.rows

    def chosen(self) -> list[int]:
        """The ids of the photos that are selected in it."""
        return [self.photos[row].id for row in self.grid.selected_rows()]

    def show_stack(self, photo_id: int, takes_keyboard: bool = True) -> None:
        """Show the stack that a photo stands in."""
        self._read([photo_id], takes_keyboard)

    def close_stack(self) -> None:
        """Show nothing any more."""
        if self._job is not None:
            self._job.drop()
        was_open, had_focus = not self.isHidden(), self.isAncestorOf(self.focusWidget() or self)
        self.hide()
        self.grid.photos.replace([], [])
        self.changed.emit()
        if was_open and had_focus:
            self.closed.emit()

    def take_note(self, changes: Changes) -> None:
        """Something changed: the stack may be another one now."""
        ids = [photo.id for photo in self.photos]
        if not changes.photos.isdisjoint(ids) or (ids and changes.folders):
            self._read(ids, takes_keyboard=False)

    def dress(self) -> None:
        """Take the theme's colours."""
        self.leave.setIcon(self._desk.icons.icon("x", "text", 18))

    def _read(self, photo_ids: Sequence[int], takes_keyboard: bool) -> None:
        if self._job is not None:
            self._job.drop()
        album = self._desk.album

        def read() -> list[PhotoItem]:
            # Who is left of them: one of them may have been taken out.
            found = (album.stack_of(one) for one in photo_ids)
            return next((stack for stack in found if stack), [])

        def show(stack: list[PhotoItem]) -> None:
            self._show(stack, takes_keyboard)

        self._job = self._desk.background.read(self, read, show)

    def _show(self, stack: list[PhotoItem], takes_keyboard: bool) -> None:
        if not stack:
            self.close_stack()
            return
        is_new = not self.photos or self.isHidden()
        self.title.setText(tr("{0} in this stack").format(words.photos(len(stack))))
        self.grid.photos.replace(stack, [Section("", len(stack))])
        self.show()
        if takes_keyboard:
            self.grid.setFocus()
        if is_new or not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.grid.photos.index(0))
        self.changed.emit()

    def _open(self, index: QModelIndex) -> None:
        self.photo_opened.emit(self.photos, index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.isHidden():
            self.close_stack()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._desk.theme.color("hairline"))
        painter.drawLine(0, 0, self.width(), 0)
