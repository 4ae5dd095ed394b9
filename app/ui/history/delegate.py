"""How a line of the history looks."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle

from app.ui import words
from app.ui.desk import Desk
from app.ui.history.lines import Day, Now, Standing, Word
from app.ui.history.model import HistoryModel
from app.ui.sayings import translated
from app.ui.widgets import paint
from app.ui.widgets.line_delegate import INDENT, LineDelegate, Look

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
    "import": "tags",
    "stack": "layers-2",
    "unstack": "layers-2",
}


class HistoryDelegate(LineDelegate):
    """Paints the time, a picture of the kind of word, the sentence, and what became of it."""

    def __init__(self, desk: Desk, model: HistoryModel) -> None:
        super().__init__(desk)
        self._model = model

    def paint_any(
        self, painter: QPainter, area: QRect, line: object, state: QStyle.StateFlag
    ) -> None:
        if isinstance(line, Day):
            self.paint_day(painter, area, self._model.text(line))
        elif isinstance(line, Now):
            self._paint_now(painter, area, self._model.text(line))
        elif isinstance(line, Word):
            self.paint_line(painter, area, self._look(line), state)

    def _paint_now(self, painter: QPainter, area: QRect, text: str) -> None:
        theme = self.desk.theme
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("accent"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(INDENT, 0, -INDENT, 0), int(flags), text)
        start = area.x() + INDENT + painter.fontMetrics().horizontalAdvance(text) + 12
        middle = area.center().y()
        rule = QRect(start, middle, area.right() - INDENT - start, 2)
        paint.rounded(painter, paint.turned(painter, area, rule), 1, theme.color("accent"))

    def _look(self, word: Word) -> Look:
        quiet = word.standing is not Standing.STANDS
        return Look(
            time=words.time_of_day(word.when),
            icon=_ICONS.get(word.row.kind, "circle"),
            text=translated(word.row.said),
            end=self._model.fate(word),
            icon_token="offline" if quiet else "secondary",
            text_token="secondary" if quiet else "text",
        )
