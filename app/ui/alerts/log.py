"""The log of the Alerts page: who was seen of those who are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.library.queries.alerts import SightingRow
from app.ui import words
from app.ui.alerts import wording
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.widgets import paint
from app.ui.widgets.line_list import LineList

_Index = QModelIndex | QPersistentModelIndex
_NOBODY = QModelIndex()
_HEIGHT = 44
_FACE = 30
_State = QStyle.StateFlag


class LogModel(QAbstractListModel):
    """Days, and under each who was seen, newest first; only people can be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[date | SightingRow] = ()

    def replace(self, rows: Sequence[SightingRow]) -> None:
        """Show these instead."""
        lines: list[date | SightingRow] = []
        last: date | None = None
        for row in rows:
            day = wording.here(row.began).date()
            if day != last:
                lines.append(day)
                last = day
            lines.append(row)
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_at(self, index: _Index) -> SightingRow | None:
        """Who stands in a line."""
        line = self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None
        return line if isinstance(line, SightingRow) else None

    def rowCount(self, parent: _Index = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if isinstance(line, date):
                return self.text(line)
            seen = wording.times(line.times)
            return self.tr("{0}, seen {1}: {2}").format(line.person.name, seen, wording.when(line))
        return None

    def text(self, line: date | SightingRow) -> str:
        """“Anna, 08:12”, or a day."""
        if isinstance(line, SightingRow):
            return f"{line.person.name}, {words.time_of_day(wording.here(line.began))}"
        return words.day(line, date.today())

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


class _Delegate(QStyledItemDelegate):
    """Paints the time, a small round face and the name."""

    def __init__(self, desk: Desk, model: LogModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = self._model.lines[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(4, 0, -4, 0)
        if isinstance(line, SightingRow):
            self._paint_row(painter, area, line, option.state)
        else:
            self._paint_day(painter, area, line)
        painter.restore()

    def _paint_day(self, painter: QPainter, area: QRect, day: date) -> None:
        theme = self._desk.theme
        painter.setFont(theme.font(13, QFont.Weight.DemiBold))
        painter.setPen(theme.color("secondary"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area.adjusted(8, 6, 0, 0), middle, self._model.text(day))

    def _paint_row(
        self, painter: QPainter, area: QRect, row: SightingRow, state: QStyle.StateFlag
    ) -> None:
        theme = self._desk.theme
        card = area.adjusted(0, 1, 0, -1)
        if state & _State.State_Selected:
            paint.rounded(painter, card, 8, theme.color("selection"))
        elif state & _State.State_MouseOver:
            paint.rounded(painter, card, 8, theme.color("hover"))
        if state & _State.State_HasFocus:
            paint.ring(painter, card, 8, theme.color("accent"))
        face = row.face or row.person.cover
        place = QRect(area.x() + 8, area.center().y() - _FACE // 2, _FACE, _FACE)
        scale = painter.device().devicePixelRatio()
        key = None if face is None else PictureKey.of_face(face)
        pixmap = None if key is None else self._desk.pictures.round(key, _FACE, scale)
        if pixmap is None:
            pixmap = self._desk.icons.pixmap("user-round-check", "secondary", 20, scale)
        paint.centred(painter, place, pixmap)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("secondary"))
        time = words.time_of_day(wording.here(row.began))
        inner = area.adjusted(8 + _FACE + 10, 0, -8, 0)
        painter.drawText(inner, middle | int(Qt.AlignmentFlag.AlignRight), time)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(time) - 10)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(
            row.person.name, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, middle, name)


class SightingsLog(QFrame):
    """A heading, and who was seen when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SightingsLog")
        self.heading = QLabel(self.tr("Seen of those you know"))
        self.heading.setObjectName("Strong")
        self.nothing = QLabel(self.tr("Nobody you know was seen yet."))
        self.nothing.setObjectName("Small")
        self.nothing.setWordWrap(True)
        self.model = LogModel(self)
        name = self.tr("Who was seen of those you know, newest first")
        self.list = LineList()
        self.list.show_lines(self.model, _Delegate(desk, self.model, self), name)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 8)
        column.setSpacing(6)
        for label in (self.heading, self.nothing):
            label.setContentsMargins(8, 0, 8, 0)
            column.addWidget(label)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def show_rows(self, rows: Sequence[SightingRow]) -> None:
        """Show these people; who was chosen stays so."""
        here = self.model.row_at(self.list.currentIndex())
        self.model.replace(rows)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        wanted = None if here is None else here.id
        for place, line in enumerate(self.model.lines):
            if isinstance(line, SightingRow) and line.id == wanted:
                self.list.setCurrentIndex(self.model.index(place))
