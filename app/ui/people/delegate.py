"""How a person's card looks, and how it is named in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.grid_layout import Shape
from app.ui.widgets.grid_model import AnyIndex

if TYPE_CHECKING:
    from app.ui.widgets.name_edit import NameEdit

tr = Texts("people")

PAD = 12
_NAME_HEIGHT = 24
_COUNT_HEIGHT = 18
_NAME_GAP = 8
_OPEN = 36
_State = QStyle.StateFlag
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def card_shape(diameter: int) -> Shape:
    """The measures of the grid for covers of this diameter."""
    height = PAD + diameter + _NAME_GAP + scaled(_NAME_HEIGHT) + scaled(_COUNT_HEIGHT) + PAD - 2
    return Shape(
        cell_width=diameter + 2 * PAD,
        cell_height=height,
        gap_x=12,
        gap_y=8,
        header_height=scaled(36),
        section_gap=20,
        margin=32 - PAD,
        header_indent=PAD,
        top=4,
    )


def cover_rect(cell: QRect) -> QRect:
    """The circle of a card."""
    diameter = cell.width() - 2 * PAD
    return QRect(cell.x() + PAD, cell.y() + PAD, diameter, diameter)


def name_rect(cell: QRect) -> QRect:
    """The line of a card that holds the name."""
    cover = cover_rect(cell)
    return QRect(
        cell.x() + 4, cover.bottom() + 1 + _NAME_GAP, cell.width() - 8, scaled(_NAME_HEIGHT)
    )


def open_rect(cell: QRect) -> QRect:
    """The button on a cover under the pointer that shows the person's photos."""
    cover = cover_rect(cell)
    side = min(_OPEN, cover.width() // 3)
    place = QRect(cover.right() - side - 1, cover.bottom() - side - 1, side, side)
    return QStyle.visualRect(QGuiApplication.layoutDirection(), cover, place)


class PersonDelegate(QStyledItemDelegate):
    """Paints cards: a round cover, the name, the number of photos."""

    named = Signal(int, str)
    """A person's id, and the name that was typed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._letters = ""
        self._editor: NameEdit | None = None
        self.question = tr("Who is this?")

    def begin_with(self, letters: str) -> None:
        """The next editor opens with this already typed."""
        self._letters = letters

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        person = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(person, PersonRow):
            return
        theme, cell, state = self._desk.theme, option.rect, option.state
        is_target = bool(state & _State.State_DownArrow)
        if state & _State.State_Selected or is_target:
            paint.rounded(painter, cell, 12, theme.color("selection"))
        elif state & _State.State_MouseOver:
            paint.rounded(painter, cell, 12, theme.color("hover"))
        if state & _State.State_HasFocus or is_target:
            paint.ring(painter, cell, 11, theme.color("accent"))
        self._paint_cover(painter, cover_rect(cell), person)
        if state & _State.State_MouseOver:
            self._paint_open(painter, open_rect(cell))
        line = name_rect(cell).adjusted(4, 0, -4, 0)
        painter.setFont(
            theme.font(15, QFont.Weight.DemiBold if person.name else QFont.Weight.Normal)
        )
        paint.elided(
            painter,
            line,
            person.name or self.question,
            theme.color("text" if person.name else "accent"),
        )
        painter.setFont(theme.font(12))
        line = QRect(line.x(), line.bottom() + 1, line.width(), scaled(_COUNT_HEIGHT))
        count = words.photos_and_videos(person.photo_count, person.video_count)
        paint.elided(painter, line, count, theme.color("secondary"))

    def _paint_cover(self, painter: QPainter, circle: QRect, person: PersonRow) -> None:
        theme = self._desk.theme
        pixmap = None
        if person.cover is not None:
            key = PictureKey.of_face(person.cover)
            scale = painter.device().devicePixelRatioF()
            pixmap = self._desk.pictures.round(key, circle.width(), scale)
        if pixmap is not None:
            painter.drawPixmap(circle.topLeft(), pixmap)
        else:
            paint.rounded(painter, circle, circle.width() / 2, theme.color("hairline"))

    def _paint_open(self, painter: QPainter, circle: QRect) -> None:
        theme, scale = self._desk.theme, painter.device().devicePixelRatioF()
        paint.rounded(painter, circle, circle.width() / 2, theme.color("page"))
        paint.ring(painter, circle, circle.width() / 2, theme.color("hairline"), 1)
        icon = self._desk.icons.pixmap("images", "accent", circle.width() // 2, scale)
        paint.centred(painter, circle, icon)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return option.rect.size()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: AnyIndex,  # noqa: ARG002
    ) -> QWidget:
        from app.ui.widgets.name_edit import NameEdit

        editor = NameEdit(self._desk.named.names, parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        editor.setPlaceholderText(self.question)
        editor.chosen.connect(self._close_chosen)
        self._editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        from app.ui.widgets.name_edit import NameEdit

        person = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(editor, NameEdit) or editor.isModified():
            return
        if isinstance(person, PersonRow):
            editor.setText(person.name)
            editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,  # noqa: ARG002
        index: AnyIndex,
    ) -> None:
        from app.ui.widgets.name_edit import NameEdit

        person = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(editor, NameEdit) and isinstance(person, PersonRow):
            name = editor.text().strip()
            if name and name != person.name:
                self.named.emit(person.id, name)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: AnyIndex,  # noqa: ARG002
    ) -> None:
        line = name_rect(option.rect)
        editor.setGeometry(line.adjusted(-2, -6, 2, 2))

    def start(self) -> None:
        """The view has opened an editor: what was typed already goes into it."""
        if self._letters and self._editor is not None:
            # Only now: the view selects what it finds, and the next letter would erase it.
            self._editor.begin_with(self._letters)
        self._letters, self._editor = "", None

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        from app.ui.widgets.name_edit import NameEdit

        if isinstance(editor, NameEdit) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _ON:
                editor.settle()  # Tab takes what Enter takes, and goes on to the next card
            # Enter comes through NameEdit.chosen.
            if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
                return False
        return super().eventFilter(editor, event)

    def _close_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
