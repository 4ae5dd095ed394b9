"""Endings: whoever waits for a long task and looks elsewhere is told when it has ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.library.rows import TaskRow, TaskState, TaskType
from app.ui.activity import wording
from app.ui.activity.wording import tr
from app.ui.deeds import Offer
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LONG_SECONDS = 60.0
"""Whoever wanted something that takes longer does something else meanwhile."""
_TOLD = (TaskState.DONE, TaskState.FAILED)
"""Who cancelled something knows."""


class Endings(QObject):
    """Says it in the window, with the way to the Activity page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def hear(self, task: TaskRow) -> None:
        """A task has ended."""
        if self._is_worth_telling(task) and self._looks_elsewhere():
            show = partial(self._window.go, Place(Kind.ACTIVITY))
            self._window.message.offer(wording.done(task), Offer(tr("Show"), show))

    @staticmethod
    def _is_worth_telling(task: TaskRow) -> bool:
        is_long = task.seconds is not None and task.seconds >= LONG_SECONDS
        if task.type is TaskType.EXPORT:
            return False  # that is told with the way to the folder
        return is_long and task.is_asked and task.state in _TOLD

    def _looks_elsewhere(self) -> bool:
        """A dialog in front tells of its own work."""
        is_there = (
            self._window.trail.here.kind == Kind.ACTIVITY and not self._window.frame.is_viewing
        )
        return not is_there and QApplication.activeModalWidget() is None
