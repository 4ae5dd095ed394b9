"""Bridge: the one place where reports of workers become Qt signals, in the GUI thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.changes import Changes
from app.library.rows import TaskRow
from app.progress import Progress

if TYPE_CHECKING:
    from app.indexing.doorway import Arrival
    from app.indexing.events import Event
    from app.indexing.notices import Notice

_MILLISECONDS = 100


class Bridge(QObject):
    """Takes events from any thread; emits them from the GUI thread, at most ten times a second.

    Of several reports of one task only the newest is told; changes are told as one.
    """

    progressed = Signal(Progress)
    changed = Signal(Changes)
    ended = Signal(TaskRow)
    troubled = Signal(str)
    """A reason that the user has to know."""
    noticed = Signal(object)
    """Something happened (Notice) of which a user wants to hear who looks elsewhere."""
    arrived = Signal(object)
    """Somebody (Arrival) started Kinfolk again."""
    _stirred = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._progress: dict[str, Progress] = {}
        self._changes: Changes | None = None
        self._ended: list[TaskRow] = []
        self._reasons: list[str] = []
        self._notices: list[Notice] = []
        self._is_due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._tell)
        self._stirred.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def listen(self, event: Event) -> None:
        """Take one report, from any thread."""
        from app.indexing.events import Changed, Ended, Noticed, Progressed, Troubled

        with self._lock:
            if isinstance(event, Progressed):
                self._progress[event.progress.task_id] = event.progress
            elif isinstance(event, Changed):
                self._changes = (self._changes or Changes()) | event.changes
            elif isinstance(event, Ended):
                self._ended.append(event.task)
            elif isinstance(event, Troubled):
                self._reasons.append(event.reason)
            elif isinstance(event, Noticed):
                self._notices.append(event.notice)
            first, self._is_due = not self._is_due, True
        if first:
            self._stirred.emit()

    def receive(self, arrival: Arrival) -> None:
        """Take in who has come, from any thread but the window's."""
        self.arrived.emit(arrival)

    def _wait(self) -> None:
        self._timer.start()

    def _tell(self) -> None:
        with self._lock:
            progress, self._progress = self._progress, {}
            changes, self._changes = self._changes, None
            ended, self._ended = self._ended, []
            reasons, self._reasons = self._reasons, []
            notices, self._notices = self._notices, []
            self._is_due = False
        for snapshot in progress.values():
            self.progressed.emit(snapshot)
        if changes is not None:
            self.changed.emit(changes)
        for task in ended:
            self.ended.emit(task)
        for reason in reasons:
            self.troubled.emit(reason)
        for notice in notices:
            self.noticed.emit(notice)
