"""Reports: the tasks of this process, those that are over not long ago among them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence

from app.indexing.events import Announcer, Progressed
from app.indexing.tasks import TaskReport
from app.library.database import Library
from app.library.rows import TaskState, TaskType
from app.progress import Progress

_REMEMBERED = 50


class Reports:
    """Makes them, finds them again, and lets the looking hold still; from any thread."""

    def __init__(
        self, library: Library, announcer: Announcer, is_at_work: Callable[[], bool]
    ) -> None:
        """`is_at_work` tells whether this process is the one that indexes."""
        self._library = library
        self._announcer = announcer
        self._is_at_work = is_at_work
        self._made: dict[str, TaskReport] = {}
        self._listing = threading.Lock()
        self.is_paused = False
        """Whether the user paused the looking."""

    @property
    def ids(self) -> Sequence[str]:
        """Of their tasks."""
        return list(self._made)

    @property
    def is_at_work(self) -> bool:
        """Whether this process is the one that indexes."""
        return self._is_at_work()

    def make(
        self, collection_id: int | None, kind: TaskType, asked: bool = False, task_id: str = ""
    ) -> TaskReport:
        """A new task, which waits for its turn; `asked` tells that the user wants it, and
        `task_id` how it is called, if that is known already."""
        report = TaskReport(self._library, self._announcer, collection_id, kind, asked, task_id)
        if self.is_paused and kind in (TaskType.INDEX, TaskType.SWITCH):
            report.token.pause()
        with self._listing:  # looker, grouper and whoever asks for something make them
            self._made = {r.id: r for r in self.running()[-_REMEMBERED:]} | {report.id: report}
        if not self._is_at_work():
            waiting = Progress(report.id, kind.value, TaskState.WAITING.value)
            self._announcer.tell(Progressed(waiting))
        return report

    def find(self, task_id: str) -> TaskReport | None:
        """The report of a task; None of one that is another process's, or over for long."""
        return self._made.get(task_id)

    def running(self) -> list[TaskReport]:
        """Those that are not over."""
        return [report for report in list(self._made.values()) if not report.over.is_set()]

    def keep_to(self, collection_ids: Collection[int]) -> None:
        """End the tasks of all other collections: they were deleted."""
        for report in self.running():
            if report.collection_id not in (None, *collection_ids):
                report.token.cancel()

    def set_paused(self, is_paused: bool) -> None:
        """Let the looking hold still, or go on."""
        self.is_paused = is_paused
        for report in self.running():
            if is_paused:
                report.token.pause()
            else:
                report.token.resume()
