"""How a person's card looks, and how it is named in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.widgets import paint
from app.ui.widgets.grid_layout import Shape
from app.ui.widgets.grid_model import AnyIndex
from app.ui.widgets.name_edit import NameEdit

PAD = 12
_NAME_HEIGHT = 24
_COUNT_HEIGHT = 18
_NAME_GAP = 8
_State = QStyle.StateFlag


def card_shape(diameter: int) -> Shape:
    """The measures of the grid for covers of this diameter."""
    height = PAD + diameter + _NAME_GAP + _NAME_HEIGHT + _COUNT_HEIGHT + PAD - 2
    return Shape(
        cell_width=diameter + 2 * PAD,
        cell_height=height,
        gap_x=12,
        gap_y=8,
        header_height=36,
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
    return QRect(cell.x() + 4, cover.bottom() + 1 + _NAME_GAP, cell.width() - 8, _NAME_HEIGHT)


class PersonDelegate(QStyledItemDelegate):
    """Paints cards: a round cover, the name, the number of photos."""

    named = Signal(int, str)
    """A person's id, and the name that was typed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first_letter = ""
        self.question = self.tr("Who is this?")

    def begin_with(self, letter: str) -> None:
        """The next editor opens with this already typed."""
        self._first_letter = letter

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
        line = QRect(line.x(), line.bottom() + 1, line.width(), _COUNT_HEIGHT)
        paint.elided(painter, line, words.photos(person.photo_count), theme.color("secondary"))

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

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return option.rect.size()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: AnyIndex,  # noqa: ARG002
    ) -> QWidget:
        editor = NameEdit(self._desk.named.names, parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        editor.setPlaceholderText(self.question)
        editor.chosen.connect(self._close_chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        person = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(editor, NameEdit) or editor.isModified():
            return
        if self._first_letter:
            editor.setText(self._first_letter)
            editor.setModified(True)
            self._first_letter = ""
        elif isinstance(person, PersonRow):
            editor.setText(person.name)
            editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,  # noqa: ARG002
        index: AnyIndex,
    ) -> None:
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

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # Enter comes through NameEdit.chosen, so that a picked completion counts once.
        if event.type() == QEvent.Type.KeyPress and event.key() in (  # type: ignore[attr-defined]
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            return False
        return super().eventFilter(editor, event)

    def _close_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
