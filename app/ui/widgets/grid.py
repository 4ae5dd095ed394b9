"""One virtualised grid with sections: only what is in sight is touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from app.ui.widgets.grid_layout import GridLayout, Rect, Shape
from app.ui.widgets.grid_model import AnyIndex, GridModel
from app.ui.widgets.grid_titles import Titles
from app.ui.widgets.heard_view import HeardView
from app.ui.widgets.rubber_band import RubberBand
from app.ui.widgets.viewport import cover, own_viewport

_Action = QAbstractItemView.CursorAction
_Selection = QItemSelectionModel.SelectionFlag
_WALKING = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class SectionedGrid(HeardView):
    """Shows a GridModel in rows of equal cells under painted section titles."""

    opened = Signal(QModelIndex)
    """Enter or a double click on an item."""
    scrolled = Signal()

    def __init__(self, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._plan: GridLayout | None = None
        self.titles = Titles(self)
        self._drop_target = QModelIndex()
        self._hovered = -1
        self._side_room = 0
        self.setMouseTracking(True)
        own_viewport(self, Qt.WidgetAttribute.WA_Hover, Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._band = RubberBand(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)

    # -- what the owner says ---------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        if model is not None:
            # Before the selection hears of it, and whoever asks where something lies then.
            model.layoutChanged.connect(self._drop_plan)
            model.modelReset.connect(self._drop_plan)
        super().setModel(model)

    def set_shape(self, shape: Shape) -> None:
        """Use other measures, keeping what is in the middle of the window in sight."""
        anchor = self.indexAt(self.viewport().rect().center())
        if not anchor.isValid():
            anchor = self.first_in_sight()
        self._shape = shape
        self._forget_plan()
        if anchor.isValid() and self.verticalScrollBar().value() > 0:
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtCenter)

    def set_header_look(self, font: QFont, color: QColor) -> None:
        """The type and colour of the section titles."""
        self.titles.set_look(font, color)
        self.viewport().update()

    def set_drop_target(self, index: QModelIndex) -> None:
        """Mark the item that a drop would land on; an invalid index for none."""
        self.update(self._drop_target)
        self._drop_target = index
        self.update(index)

    @property
    def drop_target(self) -> QModelIndex:
        """The item that a drop would land on."""
        return self._drop_target

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def plan(self) -> GridLayout:
        """Where everything lies now."""
        if self._plan is None:
            model = self.model()
            sections = model.sections if isinstance(model, GridModel) else ()
            self._plan = GridLayout(
                self._shape,
                [section.count for section in sections],
                [bool(section.title) for section in sections],
                self.width() - self._side_room,
                self.viewport().width() if self.isRightToLeft() else 0,
            )
        return self._plan

    def set_side_room(self, pixels: int) -> None:
        """Leave a column free between the items and the scroll bar."""
        if pixels != self._side_room:
            self._side_room = pixels
            self.setViewportMargins(0, 0, pixels, 0)
            self._forget_plan()

    def first_in_sight(self) -> QModelIndex:
        """The first item that is at least partly visible."""
        top = self.verticalOffset()
        for item in self.plan().items_between(top, top + self.viewport().height()):
            return self.model().index(item, 0)
        return QModelIndex()

    # -- geometry --------------------------------------------------------------------------

    def visualRect(self, index: AnyIndex) -> QRect:
        if not index.isValid() or index.row() >= self.plan().count:
            return QRect()
        return self._on_screen(self.plan().rect(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.model() is None:
            return QModelIndex()
        item = self.plan().item_at(point.x(), point.y() + self.verticalOffset())
        return self.model().index(item, 0) if item >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= self.plan().count:
            return
        cell = self.plan().rect(index.row())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        above, below = cell.y - self._shape.gap_y, cell.y + cell.h + self._shape.gap_y - height
        section = self.plan().section_of(index.row())
        if self.plan().rect(index.row()).y <= self._first_row_of(section):
            above -= self._shape.header_height
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue(cell.y + cell.h // 2 - height // 2)
        elif hint == hints.PositionAtTop or (hint == hints.EnsureVisible and bar.value() > above):
            bar.setValue(above)
        elif hint == hints.PositionAtBottom or bar.value() < below:
            bar.setValue(below)

    def show_band(self, top: int, bottom: int) -> None:
        """Scroll no further than needed to have this band of the content in sight."""
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), bottom - self.viewport().height()), top))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: AnyIndex) -> bool:  # noqa: ARG002
        return False

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(28)
        bar.setRange(0, max(0, self.plan().height - height))
        bar.setEnabled(bar.maximum() > 0)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self.first_in_sight() if self.verticalOffset() > 0 else QModelIndex()
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_plan()
            if anchor.isValid():
                self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)

    def doItemsLayout(self) -> None:
        self._plan = None
        super().doItemsLayout()
        self._hover_again()

    def _drop_plan(self) -> None:
        self._plan = None

    def _forget_plan(self) -> None:
        self._plan = None
        self.updateGeometries()
        self.updateEditorGeometries()
        self.viewport().update()

    def _on_screen(self, cell: Rect) -> QRect:
        return QRect(cell.x, cell.y - self.verticalOffset(), cell.w, cell.h)

    def _first_row_of(self, section: int) -> int:
        head = self.plan().header(section, self.width())
        return head.y + head.h

    # -- selection and keys ----------------------------------------------------------------

    def moveCursor(self, action: Any, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: ARG002
        plan, current = self.plan(), self.currentIndex()
        if not plan.count or not current.isValid():
            return self.first_in_sight() if plan.count else QModelIndex()
        here, left = current.row(), 1 if self.isRightToLeft() else -1
        page = max(1, self.viewport().height() // (plan.cell_height + self._shape.gap_y))
        moves: dict[Any, Callable[[], int]] = {
            _Action.MoveLeft: lambda: here + left,
            _Action.MovePrevious: lambda: here - 1,
            _Action.MoveRight: lambda: here - left,
            _Action.MoveNext: lambda: here + 1,
            _Action.MoveUp: lambda: plan.above(here),
            _Action.MoveDown: lambda: plan.below(here),
            _Action.MovePageUp: lambda: plan.above(here, page),
            _Action.MovePageDown: lambda: plan.below(here, page),
            _Action.MoveHome: lambda: 0,
            _Action.MoveEnd: lambda: plan.count - 1,
        }
        return self.model().index(min(max(0, moves[action]()), plan.count - 1), 0)

    def setSelection(self, rect: QRect, command: Any) -> None:
        chosen = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            for item in self._items_in(rect.normalized()):
                index = self.model().index(item, 0)
                chosen.merge(QItemSelection(index, index), _Selection.Select)
        else:
            first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
            if first.isValid() and last.isValid():
                low, high = sorted((first.row(), last.row()))
                chosen.select(self.model().index(low, 0), self.model().index(high, 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # Painting the whole view costs the same as its visible items: no need to be exact.
        return QRegion(self.viewport().rect()) if not selection.isEmpty() else QRegion()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.titles.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_editing and self.titles.take_key(event):
            event.accept()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().isValid() and not self.is_editing:
            self.opened.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
        index = self.currentIndex()
        if event.key() in _WALKING and index.isValid() and not self.selected_rows():
            # The item had the focus already, but was not selected yet.
            self.selectionModel().select(index, _Selection.ClearAndSelect)

    def keyboardSearch(self, search: str) -> None:
        """Typing is the owner's to answer, not a jump within the grid."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.titles.click(point):
            event.accept()
            return
        self.titles.leave()
        super().mousePressEvent(event)
        self._band.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._band.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._band.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid():
            self.opened.emit(index)
        elif not self.titles.click(point):  # of two quick clicks on a title each one counts
            return
        event.accept()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self._hover_again()
        self.updateEditorGeometries()
        self.scrolled.emit()

    def selected_rows(self) -> list[int]:
        """The selected items, in the grid's order."""
        if self.selectionModel() is None:
            return []
        ranges = self.selectionModel().selection().toList()
        return sorted(row for part in ranges for row in range(part.top(), part.bottom() + 1))

    def _items_in(self, rect: QRect) -> list[int]:
        offset = self.verticalOffset()
        band = self.plan().items_between(rect.top() + offset, rect.bottom() + offset)
        return [item for item in band if self._on_screen(self.plan().rect(item)).intersects(rect)]

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        area = event.rect()
        cover(painter, area, self.palette().base())
        if self.model() is None:
            return
        top = area.top() + self.verticalOffset()
        bottom = area.bottom() + self.verticalOffset()
        self.titles.paint(painter, top, bottom)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        selection, current = self.selectionModel(), self.currentIndex()
        for item in self.plan().items_between(top, bottom):
            index = self.model().index(item, 0)
            option.rect = self._on_screen(self.plan().rect(item))
            state = QStyle.StateFlag.State_Enabled
            if selection.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if index == current and self.hasFocus() and not self.titles.current:
                state |= QStyle.StateFlag.State_HasFocus
            if item == self._hovered:
                state |= QStyle.StateFlag.State_MouseOver
            if index == self._drop_target:
                state |= QStyle.StateFlag.State_DownArrow
            option.state = state
            self.itemDelegate().paint(painter, option, index)
        self._band.paint(painter)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            self._hover(event.type() == QEvent.Type.HoverLeave, event.position().toPoint())
        return super().viewportEvent(event)

    def _hover(self, leaving: bool, point: QPoint) -> None:
        self.titles.hover(None if leaving else point)
        under = QModelIndex() if leaving else self.indexAt(point)
        if under.row() != self._hovered:
            self.update(self.model().index(self._hovered, 0))  # of none, it updates nothing
            self._hovered = under.row()
            self.update(under)

    def _hover_again(self) -> None:
        """What lies under the pointer is another item now, though the pointer did not move."""
        point = self.viewport().mapFromGlobal(QCursor.pos())
        if self._hovered >= 0:
            self._hover(not self.viewport().rect().contains(point), point)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
