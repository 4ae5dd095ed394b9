"""The grid of people: named in place, merged by dragging."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.people.delegate import PersonDelegate, card_shape, name_rect, open_rect
from app.ui.people.model import PeopleModel
from app.ui.texts import Texts
from app.ui.widgets.edge_scroll import EdgeScroll
from app.ui.widgets.grid import SectionedGrid

_SPARE_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


if TYPE_CHECKING:
    from app.ui.people.merge_card import MergeCard

tr = Texts("people")

MIME = "application/x-kinfolk-people"
"""Of people that are dragged."""


class PeopleGrid(SectionedGrid):
    """Cards that can be renamed, dragged onto one another, and opened."""

    merged = Signal(int, list)
    """The person who stays, and those who become part of it."""
    searched = Signal(str)
    """A letter was typed that no card takes as the beginning of a name."""
    chosen_changed = Signal()
    """Other cards are selected, or an editor was opened."""
    editing_ended = Signal()

    def __init__(self, desk: Desk, model: PeopleModel, diameter: int) -> None:
        super().__init__(card_shape(diameter))
        self._desk = desk
        self.people = model
        self.delegate = PersonDelegate(desk, self)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAccessibleName(tr("People"))
        self._pressed_name = QModelIndex()
        self._pressed_open = QModelIndex()
        self._dragged: list[PersonRow] = []
        self._drag_edges = EdgeScroll(self)
        self._drag_edges.scrolled.connect(self._aim)

    @functools.cached_property
    def card(self) -> MergeCard:
        """Says what letting go would do; made when somebody drags."""
        from app.ui.people.merge_card import MergeCard

        return MergeCard(self._desk, self)

    def person_at(self, index: QModelIndex) -> PersonRow | None:
        """The person of a card."""
        return self.people.row_at(index)

    def select_people(self, ids: Iterable[int]) -> None:
        """Select the cards of these people, the first of them current, and scroll nowhere."""
        indexes = [index for index in map(self.people.index_of, ids) if index.isValid()]
        chosen, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        for index in indexes:
            chosen.merge(QItemSelection(index, index), flags.Select)
        self.setAutoScroll(False)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], flags.NoUpdate)
        self.setAutoScroll(True)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    # -- naming ----------------------------------------------------------------------------

    def rename(self, index: QModelIndex, letters: str = "") -> None:
        """Open the name of a card for typing."""
        if index.isValid():
            self.delegate.begin_with(letters)
            self.scrollTo(index)
            self.setCurrentIndex(index)
            self.edit(index)
            self.delegate.start()
            self.chosen_changed.emit()

    def closeEditor(self, editor: Any, hint: Any) -> None:
        super().closeEditor(editor, hint)
        self.editing_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, text = self.currentIndex(), event.text()
        person = self.person_at(index)
        if self.is_editing or event.modifiers() & _SPARE_KEYS or self.titles.current:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2 or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and person is not None
            and not person.name
        ):
            # F2 is an act of the page; it comes here while the card has the focus alone.
            self.rename(index)
        elif text.strip() and text.isprintable():
            if person is not None and not person.name and self.selected_rows() == [index.row()]:
                self.rename(index, text)
            else:
                self.searched.emit(text)
        else:
            super().keyPressEvent(event)

    # -- the mouse -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index, nothing = self.indexAt(point), QModelIndex()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_click = plain and index.isValid() and event.button() == Qt.MouseButton.LeftButton
        cell = self.visualRect(index)
        self._pressed_name = index if is_click and name_rect(cell).contains(point) else nothing
        self._pressed_open = index if is_click and self._is_on_open(point) else nothing
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if self._pressed_name.isValid() and index == self._pressed_name:
            self.rename(index)
        elif self._is_on_open(point) and index == self._pressed_open:
            self.opened.emit(index)
        self._pressed_name = self._pressed_open = QModelIndex()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The first click on the button has opened the person already.
        if not self.is_editing and not self._is_on_open(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _is_on_open(self, point: QPoint) -> bool:
        index = self.indexAt(point)
        return index.isValid() and open_rect(self.visualRect(index)).contains(point)

    def _tip(self, point: QPoint) -> str:
        """What a click does here."""
        index = self.indexAt(point)
        person = self.person_at(index)
        if person is None or self.is_editing:
            return ""
        if name_rect(self.visualRect(index)).contains(point):
            return tr("Click to rename") if person.name else tr("Click to give a name")
        who = person.name or tr("this person")
        if self._is_on_open(point):
            return tr("Show all photos of {0}").format(who)
        return tr("Double-click to see all photos of {0}").format(who)

    # -- dragging --------------------------------------------------------------------------

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: ARG002, N803
        person = self.person_at(self.currentIndex())
        ids = [self.people.rows[row].id for row in self.selected_rows()]
        if person is None or not ids:
            return
        from app.ui.people.dragging import drag_of

        drag_of(self._desk, person, ids, self).exec(Qt.DropAction.MoveAction)
        self._end_drag()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from app.ui.people.dragging import ids_of

        if event.mimeData().hasFormat(MIME):
            wanted = set(ids_of(event.mimeData()))
            self._dragged = [row for row in self.people.rows if row.id in wanted]
            event.acceptProposedAction()
        else:
            event.ignore()  # folders and files are the window's

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        point = event.position().toPoint()
        self._drag_edges.point(point)
        self._aim(point)
        if self.drop_target.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drag()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        from app.ui.people.dragging import ids_of

        person = self.person_at(self.indexAt(event.position().toPoint()))
        self._end_drag()
        others = ids_of(event.mimeData()) if event.mimeData().hasFormat(MIME) else []
        if person is not None and others and person.id not in others:
            event.acceptProposedAction()
            self.merged.emit(person.id, others)
        else:
            event.ignore()

    def _aim(self, point: QPoint) -> None:
        """Show what letting go here would do."""
        target = self.indexAt(point)
        person = self.person_at(target)
        fits = person is not None and person.id not in [row.id for row in self._dragged]
        self.set_drop_target(target if fits else QModelIndex())
        if person is not None and fits and self._dragged:
            self.card.show_merge(person, self._dragged, self.viewport().mapTo(self, point))
        else:
            self.card.hide()

    def _end_drag(self) -> None:
        self._drag_edges.stop()
        self.card.hide()
        self.set_drop_target(QModelIndex())
