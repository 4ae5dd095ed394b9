"""What was done, as a list model: days, and under each its tasks, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.library.rows import TaskRow
from app.ui import words
from app.ui.activity import wording
from app.ui.widgets.grid_model import AnyIndex
from app.ui.widgets.line_model import LineModel


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of one day come below."""

    when: date


@dataclass(frozen=True, slots=True)
class Done:
    """One task that has ended."""

    row: TaskRow
    when: datetime
    """Local time at which it ended."""


Line = Day | Done


def lines_of(rows: Sequence[TaskRow]) -> list[Line]:
    """The lines of those tasks that have ended, by the day on which they did, newest first."""
    ended = [row for row in rows if row.finished is not None]
    ended.sort(key=lambda row: (row.finished or row.created, row.created), reverse=True)
    lines: list[Line] = []
    today: date | None = None
    for row in ended:
        moment = row.finished or row.created
        when = moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
        if when.date() != today:
            today = when.date()
            lines.append(Day(today))
        lines.append(Done(row, when))
    return lines


class ActivityModel(LineModel):
    """Only tasks can be chosen."""

    chosen = Done
    more_wanted = Signal()
    """The end of what was read is in sight, and there is more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._has_more = False

    def replace(self, lines: Sequence[Line], has_more: bool) -> bool:
        """Show these instead; whether they are others."""
        self._has_more = has_more
        if lines == self.lines:
            return False
        self.show_lines(lines)
        return True

    def tasks(self) -> list[TaskRow]:
        """The tasks, newest first."""
        return [line.row for line in self.lines if isinstance(line, Done)]

    def task_at(self, index: AnyIndex) -> TaskRow | None:
        """The task of a line."""
        line: Done | None = self.line_at(index)
        return None if line is None else line.row

    def index_of(self, task_id: str) -> QModelIndex:
        """Where a task is; an invalid index when it is not there."""
        for place, line in enumerate(self.lines):
            if isinstance(line, Done) and line.row.id == task_id:
                return self.index(place)
        return QModelIndex()

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: ARG002
        self._has_more = False  # until it is there
        self.more_wanted.emit()

    def text(self, line: Line) -> str:
        if isinstance(line, Day):
            return words.day(line.when, date.today())
        return wording.done(line.row)

    def spoken(self, line: Line) -> str:
        if isinstance(line, Day):
            return self.text(line)
        told = [self.text(line), wording.standing(line.row), words.moment(line.when)]
        return ", ".join(part for part in [*told, wording.length(line.row)] if part)
