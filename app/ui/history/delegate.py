"""How a line of the history looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import words
from app.ui.desk import Desk
from app.ui.history.lines import Day, Now, Standing, Word
from app.ui.history.model import HistoryModel
from app.ui.widgets import paint
from app.ui.widgets.grid_model import AnyIndex

HEIGHT = 40
_MARGIN = 20
_INDENT = 12
_TIME = 76
_ICON = 20
_State = QStyle.StateFlag
_ICONS = {
    "name": "pencil",
    "birth": "cake",
    "merge": "merge",
    "different": "split",
    "hide": "eye-off",
    "show": "eye",
    "staff": "briefcase-business",
    "not_staff": "briefcase-business",
    "cover": "images",
    "reject": "user-round-minus",
    "move": "user-round-pen",
    "confirm": "check",
    "split": "split",
    "not_a_face": "x",
    "forget": "trash-2",
    "draw": "scan-face",
    "stranger": "ban",
}


class HistoryDelegate(QStyledItemDelegate):
    """Paints the time, a picture of the kind of word, the sentence, and what became of it."""

    def __init__(self, desk: Desk, model: HistoryModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return QSize(320, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        if isinstance(line, Day):
            self._paint_day(painter, area, self._model.text(line))
        elif isinstance(line, Now):
            self._paint_now(painter, area, self._model.text(line))
        elif isinstance(line, Word):
            self._paint_word(painter, area, line, option.state)
        painter.restore()

    def _paint_day(self, painter: QPainter, area: QRect, text: str) -> None:
        theme = self._desk.theme
        painter.setFont(theme.font(13, QFont.Weight.DemiBold))
        painter.setPen(theme.color("secondary"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(_INDENT, 6, 0, 0), int(flags), text)

    def _paint_now(self, painter: QPainter, area: QRect, text: str) -> None:
        theme = self._desk.theme
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("accent"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(_INDENT, 0, 0, 0), int(flags), text)
        start = area.x() + _INDENT + painter.fontMetrics().horizontalAdvance(text) + 12
        middle = area.center().y()
        rule = QRect(start, middle, area.right() - _INDENT - start, 2)
        paint.rounded(painter, rule, 1, theme.color("accent"))

    def _paint_word(
        self, painter: QPainter, area: QRect, word: Word, state: QStyle.StateFlag
    ) -> None:
        theme = self._desk.theme
        card = area.adjusted(0, 1, 0, -1)
        if state & _State.State_Selected:
            paint.rounded(painter, card, 8, theme.color("selection"))
        elif state & _State.State_MouseOver:
            paint.rounded(painter, card, 8, theme.color("hover"))
        if state & _State.State_HasFocus:
            paint.ring(painter, card, 8, theme.color("accent"))
        quiet = word.standing is not Standing.STANDS
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("secondary"))
        inner = area.adjusted(_INDENT, 0, -_INDENT, 0)
        time = words.time_of_day(word.when)
        painter.drawText(QRect(inner.x(), inner.y(), _TIME, inner.height()), middle, time)
        fate = self._model.fate(word)
        if fate:
            width = painter.fontMetrics().horizontalAdvance(fate)
            painter.drawText(inner, middle | int(Qt.AlignmentFlag.AlignRight), fate)
            inner.setRight(inner.right() - width - 16)
        picture = self._desk.icons.pixmap(
            _ICONS.get(word.row.kind, "circle"),
            "offline" if quiet else "secondary",
            18,
            painter.device().devicePixelRatio(),
        )
        place = QRect(inner.x() + _TIME, inner.y(), _ICON, inner.height())
        paint.centred(painter, place, picture)
        inner.setLeft(place.right() + 14)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("secondary" if quiet else "text"))
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(word.row.said, mode, inner.width())
        painter.drawText(inner, middle, text)
