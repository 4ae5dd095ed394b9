"""The grid of people: named in place, merged by dragging."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.people.delegate import PersonDelegate, card_shape, cover_rect, name_rect
from app.ui.pictures import PictureKey
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.name_edit import NameEdit

MIME = "application/x-kinfolk-people"
_SPARE_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PeopleGrid(SectionedGrid):
    """Cards that can be renamed, dragged onto one another, and opened."""

    merged = Signal(int, list)
    """The person who stays, and those who become part of it."""
    searched = Signal(str)
    """A letter was typed that no card takes as the beginning of a name."""

    def __init__(self, desk: Desk, diameter: int) -> None:
        super().__init__(card_shape(diameter))
        self._desk = desk
        self.delegate = PersonDelegate(desk, self)
        self.setItemDelegate(self.delegate)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAccessibleName(self.tr("People"))
        self._pressed_name = QModelIndex()

    def person_at(self, index: QModelIndex) -> PersonRow | None:
        """The person of a card."""
        row = index.data(Qt.ItemDataRole.UserRole)
        return row if isinstance(row, PersonRow) else None

    def rename(self, index: QModelIndex, letter: str = "") -> None:
        """Open the name of a card for typing."""
        if index.isValid():
            self.delegate.begin_with(letter)
            self.scrollTo(index)
            self.setCurrentIndex(index)
            self.edit(index)
            editor = self.viewport().findChild(NameEdit)
            if letter and editor is not None:
                # The view selects what it finds in an editor; the next letter must not erase this.
                editor.end(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, text = self.currentIndex(), event.text()
        person = self.person_at(index)
        if self.is_editing or event.modifiers() & _SPARE_KEYS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2 or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and person is not None
            and not person.name
        ):
            self.rename(index)
        elif text.strip() and text.isprintable():
            if person is not None and not person.name and self.selected_rows() == [index.row()]:
                self.rename(index, text)
            else:
                self.searched.emit(text)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        on_name = index.isValid() and name_rect(self.visualRect(index)).contains(
            event.position().toPoint()
        )
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_name = index if on_name and plain and is_left else QModelIndex()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._pressed_name.isValid() and index == self._pressed_name:
            self.rename(index)
        self._pressed_name = QModelIndex()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.is_editing:
            super().mouseDoubleClickEvent(event)

    # -- dragging --------------------------------------------------------------------------

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: ARG002, N803
        index = self.currentIndex()
        person = self.person_at(index)
        people = [self.person_at(self.model().index(row, 0)) for row in self.selected_rows()]
        ids = [chosen.id for chosen in people if chosen is not None]
        if person is None or not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mime_of(ids))
        circle = cover_rect(self.visualRect(index))
        if person.cover is not None:
            pixmap = self._desk.pictures.round(
                PictureKey.of_face(person.cover), min(96, circle.width()), self.devicePixelRatioF()
            )
            if pixmap is not None:
                drag.setPixmap(pixmap)
                side = round(pixmap.deviceIndependentSize().width())
                drag.setHotSpot(QPoint(side // 2, side // 2))
        drag.exec(Qt.DropAction.MoveAction)
        self.set_drop_target(QModelIndex())

    @staticmethod
    def mime_of(ids: list[int]) -> QMimeData:
        """People as something that can be dragged."""
        mime = QMimeData()
        mime.setData(MIME, ",".join(map(str, ids)).encode())
        return mime

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()  # folders and files are the window's

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        target = self.indexAt(event.position().toPoint())
        person = self.person_at(target)
        fits = person is not None and person.id not in _ids(event.mimeData())
        self.set_drop_target(target if fits else QModelIndex())
        if fits:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_drop_target(QModelIndex())
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_drop_target(QModelIndex())
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        person = self.person_at(self.indexAt(event.position().toPoint()))
        others = [i for i in _ids(event.mimeData()) if person is not None and i != person.id]
        if person is not None and others:
            event.acceptProposedAction()
            self.merged.emit(person.id, others)
        else:
            event.ignore()


def _ids(mime: QMimeData) -> list[int]:
    return [int(part) for part in bytes(mime.data(MIME).data()).decode().split(",") if part]
