"""TaskReport: one task from its claim to its end, told to the library and to the listeners."""

from __future__ import annotations

import threading
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.errors import LibraryError
from app.indexing.events import Announcer, Ended, Progressed
from app.library.commands.tasks import begin_task, end_task, note_skip, report_task, start_task
from app.library.database import Library
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType
from app.progress import CancelToken, Progress

TELL_EVERY = 0.1
"""Seconds between two reports to the listeners."""
WRITE_EVERY = 2.0
"""Seconds between two notes of the progress in the library."""
SPEED_OVER = 20.0
"""Seconds over which the speed is measured."""


class Report(Protocol):
    """Who is told how far the looking at some photos is, and knows whether it is wanted still."""

    total: int
    token: CancelToken

    def looked(self, faces: int) -> None:
        """A photo was looked at."""

    def skip(self, path: Path, reason: str) -> None:
        """A file was passed over."""

    def hold(self) -> None:
        """Wait while the work is paused."""

    def tell(self, at_once: bool = False) -> None:
        """Let others know how far it is."""


class NoReport:
    """Of work that is no task, since it is done in a moment and would hide the others: a photo
    that a camera has just written."""

    def __init__(self) -> None:
        self.total = 0
        self.token = CancelToken()

    def looked(self, faces: int) -> None:
        """A photo was looked at."""

    def skip(self, path: Path, reason: str) -> None:
        """A file was passed over."""

    def hold(self) -> None:
        """Wait while the work is paused."""
        self.token.wait_while_paused()

    def tell(self, at_once: bool = False) -> None:
        """Let others know how far it is."""


class TaskReport:
    """Counts what one task does; every task ends in exactly one `end`."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        collection_id: int | None,
        kind: TaskType,
        asked: bool = False,
        task_id: str = "",
    ) -> None:
        """`asked` tells that the user wants it, and not Kinfolk itself; without `task_id` it gets a
        new id."""
        self._library = library
        self._announcer = announcer
        self.kind = kind
        self.collection_id = collection_id
        self.token = CancelToken()
        self.over = threading.Event()
        """Set once the task has ended."""
        self.id = start_task(library, collection_id, kind, waits=True, asked=asked, task_id=task_id)
        self.total = 0
        self.indexed = 0
        self.faces = 0
        self.unchanged = 0
        self.skipped = 0
        self._begun = time.monotonic()
        self._told = 0.0
        self._written = 0.0
        self._pace: deque[tuple[float, int]] = deque()

    @property
    def done(self) -> int:
        """Photos dealt with, skipped ones included."""
        return self.indexed + self.skipped

    @property
    def seconds(self) -> float:
        """Seconds since the task began."""
        return time.monotonic() - self._begun

    def begin(self) -> None:
        """It is the turn of this task."""
        begin_task(self._library, self.id)

    def looked(self, faces: int) -> None:
        """A photo was looked at."""
        self.indexed += 1
        self.faces += faces

    def skip(self, path: Path, reason: str) -> None:
        """A file was passed over."""
        self.skipped += 1
        note_skip(self._library, self.id, SkippedFile(path, reason))

    def hold(self) -> None:
        """Wait while the task is paused, telling so."""
        self.stand_still()
        self.token.wait_while_paused()
        self._write(TaskState.RUNNING)
        self._announcer.tell(Progressed(self.progress(TaskState.RUNNING)))

    def stand_still(self) -> None:
        """Tell that the task is paused, without waiting for its end."""
        self._write(TaskState.PAUSED)
        self._announcer.tell(Progressed(self.progress(TaskState.PAUSED)))
        self._pace.clear()

    def tell(self, at_once: bool = False) -> None:
        """Let the listeners know how far it is, no more often than they care for."""
        now = time.monotonic()
        if at_once or now - self._told >= TELL_EVERY:
            self._told = now
            state = TaskState.PAUSED if self.token.is_paused else TaskState.RUNNING
            self._announcer.tell(Progressed(self.progress(state)))
        if now - self._written >= WRITE_EVERY:
            self._written = now
            self._write(TaskState.RUNNING)

    def progress(self, state: TaskState) -> Progress:
        """How far the task is, with the speed of the last seconds."""
        now = time.monotonic()
        self._pace.append((now, self.done))
        while now - self._pace[0][0] > SPEED_OVER:
            self._pace.popleft()
        then, before = self._pace[0]
        speed = (self.done - before) / (now - then) if now - then > 0.5 else 0.0
        left = (self.total - self.done) / speed if speed > 0 else None
        return Progress(
            self.id, self.kind.value, state.value, self.done, self.total, self.skipped, speed, left
        )

    def end(self, state: TaskState, error: str = "", **result: object) -> TaskRow:
        """Write down how it ended, and tell."""
        outcome = {**result, "Seconds": round(self.seconds, 3)}
        try:
            far = self.done, self.total
            row = end_task(self._library, self.id, state, outcome, error, far)
        except LibraryError as refused:  # a full disk must not leave the window waiting
            row = self._unwritten(error or str(refused), outcome)
            state = row.state
        self._announcer.tell(Progressed(self.progress(state)))
        self._announcer.tell(Ended(row))
        self.over.set()
        return row

    def _unwritten(self, error: str, result: dict[str, object]) -> TaskRow:
        """How the task ended, when not even that can be written down."""
        now = datetime.now(UTC).replace(tzinfo=None)
        return TaskRow(
            self.id, self.kind, TaskState.FAILED, self.done, self.total, now, now, error, result
        )

    def _write(self, state: TaskState) -> None:
        report_task(self._library, self.id, self.done, self.total, state)


def refused_task(kind: TaskType, error: str) -> TaskRow:
    """Work that failed before there was a task, since not even that could be written down."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return TaskRow("", kind, TaskState.FAILED, 0, 0, now, now, error)
