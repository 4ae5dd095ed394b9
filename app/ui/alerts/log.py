"""The log of the Alerts page: who was seen of those who are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.library.queries.alerts import SightingRow
from app.ui import words
from app.ui.alerts import wording
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.grid_model import AnyIndex
from app.ui.widgets.line_delegate import LineDelegate
from app.ui.widgets.line_list import LineList
from app.ui.widgets.line_model import LineModel

tr = Texts("alerts")

_FACE = 30


class LogModel(LineModel):
    """Days, and under each who was seen, newest first; only people can be chosen."""

    chosen = SightingRow

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
        self.show_lines(lines)

    def row_at(self, index: AnyIndex) -> SightingRow | None:
        """Who stands in a line."""
        found: SightingRow | None = self.line_at(index)
        return found

    def text(self, line: date | SightingRow) -> str:
        """“Anna, 08:12”, or a day."""
        if isinstance(line, SightingRow):
            return f"{line.person.name}, {words.time_of_day(wording.here(line.began))}"
        return words.day(line, date.today())

    def tip(self, line: date | SightingRow) -> str:
        return self.spoken(line)

    def spoken(self, line: date | SightingRow) -> str:
        if isinstance(line, date):
            return self.text(line)
        seen = wording.times(line.times)
        return tr("{0}, seen {1}: {2}").format(line.person.name, seen, wording.when(line))


class _Delegate(LineDelegate):
    """Paints the time, a small round face and the name."""

    least = QSize(200, 44)
    margin = 4
    indent = 8

    def __init__(self, desk: Desk, model: LogModel) -> None:
        super().__init__(desk)
        self._model = model

    def paint_any(
        self, painter: QPainter, area: QRect, line: object, state: QStyle.StateFlag
    ) -> None:
        if isinstance(line, SightingRow):
            self.paint_card(painter, area, state)
            self._paint_row(painter, area, line)
        elif isinstance(line, date):
            self.paint_day(painter, area, self._model.text(line))

    def _paint_row(self, painter: QPainter, area: QRect, row: SightingRow) -> None:
        theme = self.desk.theme
        face = row.face or row.person.cover
        place = QRect(area.x() + 8, area.center().y() - _FACE // 2, _FACE, _FACE)
        scale = painter.device().devicePixelRatio()
        key = None if face is None else PictureKey.of_face(face)
        pixmap = None if key is None else self.desk.pictures.round(key, _FACE, scale)
        if pixmap is None:
            pixmap = self.desk.icons.pixmap("user-round-check", "secondary", 20, scale)
        paint.centred(painter, paint.turned(painter, area, place), pixmap)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("secondary"))
        time = words.time_of_day(wording.here(row.began))
        inner = area.adjusted(8 + _FACE + 10, 0, -8, 0)
        right = middle | int(Qt.AlignmentFlag.AlignRight)
        painter.drawText(paint.turned(painter, area, inner), right, time)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(time) - 10)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(
            row.person.name, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(paint.turned(painter, area, inner), middle, name)


class SightingsLog(QFrame):
    """A heading, and who was seen when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SightingsLog")
        self.heading = QLabel(tr("Seen of those you know"))
        self.heading.setObjectName("Strong")
        self.nothing = QLabel(tr("Nobody you know was seen yet."))
        self.nothing.setObjectName("Small")
        self.nothing.setWordWrap(True)
        self.model = LogModel(self)
        name = tr("Who was seen of those you know, newest first")
        self.list = LineList()
        self.list.show_lines(self.model, _Delegate(desk, self.model), name)
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
