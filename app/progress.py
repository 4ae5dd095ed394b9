"""Progress and the wish to stop, as plain data that any thread may carry."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


class Cancelled(Exception):  # noqa: N818 - a wish of the user, not an error
    """Raised by work that noticed the wish to stop."""


class CancelToken:
    """The wish to stop or to pause, set by one thread and seen by another."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def cancel(self) -> None:
        """Ask the work to end; a paused work wakes up to do so."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Ask the work to hold still."""
        if not self._cancelled.is_set():
            self._running.clear()

    def resume(self) -> None:
        """Let the work go on."""
        self._running.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work should end."""
        return self._cancelled.is_set()

    @property
    def is_paused(self) -> bool:
        """Whether the work should hold still."""
        return not self._running.is_set()

    def wait_while_paused(self) -> None:
        """Return at once, or when the work should go on or end."""
        self._running.wait()

    def check_cancelled(self) -> None:
        """Raise Cancelled when the work should end."""
        if self._cancelled.is_set():
            raise Cancelled


@dataclass(slots=True)
class Steps:
    """How far a work of several equal steps is, written by the one thread that does it and looked
    at by others; `token` ends it early."""

    total: int = 0
    done: int = 0
    is_over: bool = False
    token: CancelToken = field(default_factory=CancelToken)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one task is: a snapshot, in counts and seconds."""

    task_id: str
    type: str
    """A word of library.rows.TaskType: index, cluster."""
    state: str
    """A word of library.rows.TaskState: running, paused, done, failed, cancelled."""
    done: int = 0
    total: int = 0
    skipped: int = 0
    per_second: float = 0.0
    seconds_left: float | None = None
    error: str = ""
    by_other: bool = False
    """Whether another process does it."""

    @property
    def is_over(self) -> bool:
        """Whether the task has ended, well or not."""
        return self.state in ("done", "failed", "cancelled", "interrupted")
