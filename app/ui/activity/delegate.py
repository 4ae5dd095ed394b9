"""How a task that has ended looks in the list."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle

from app.library.rows import TaskState
from app.ui import words
from app.ui.activity import wording
from app.ui.activity.model import ActivityModel, Day, Done
from app.ui.desk import Desk
from app.ui.widgets.line_delegate import LineDelegate, Look


class ActivityDelegate(LineDelegate):
    """Paints when it ended, a picture of its type, the sentence, how it ended and how long it
    took."""

    def __init__(self, desk: Desk, model: ActivityModel) -> None:
        super().__init__(desk)
        self._model = model

    def paint_any(
        self, painter: QPainter, area: QRect, line: object, state: QStyle.StateFlag
    ) -> None:
        if isinstance(line, Day):
            self.paint_day(painter, area, self._model.text(line))
        elif isinstance(line, Done):
            self.paint_line(painter, area, self._look(line), state)

    def _look(self, line: Done) -> Look:
        row = line.row
        has_failed, is_done = row.state is TaskState.FAILED, row.state is TaskState.DONE
        end = "  ·  ".join(filter(None, (wording.standing(row), wording.length(row))))
        return Look(
            time=words.time_of_day(line.when),
            icon=wording.ICONS[row.type],
            text=self._model.text(line),
            end=end,
            icon_token="danger" if has_failed else "secondary" if is_done else "offline",
            text_token="text" if is_done or has_failed else "secondary",
            end_token="danger" if has_failed else "secondary",
        )
