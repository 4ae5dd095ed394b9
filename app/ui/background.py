"""Background: reads and commands off the GUI thread, each ending in exactly one of two ways."""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.errors import DamagedLibraryError, KnownError
from app.progress import Cancelled
from app.ui.sayings import translated

_log = logging.getLogger(__name__)

SOMETHING_WRONG = "Something went wrong in Kinfolk itself. The details are in its log."


_TURN_SECONDS = 0.0001
"""A thread that computes lets the GUI thread go first after so long; Python's own 5 ms, several
times in one painting, would be seen."""


def _give_way() -> None:
    from app.indexing.bounds import give_way

    give_way()


class Job:
    """One piece of work under way; `drop` it when its answer is no longer wanted."""

    def __init__(
        self,
        owner: QObject,
        on_done: Callable[[Any], None] | None,
        on_failed: Callable[[str], None] | None,
    ) -> None:
        self._owner = owner
        self._on_done = on_done
        self._on_failed = on_failed
        self.is_wanted = True
        self.is_over = False

    def drop(self) -> None:
        """Let the work finish unheard."""
        self.is_wanted = False

    def land(self, answer: Any, reason: str) -> bool:
        """Hand over the answer, or the reason why there is none. GUI thread only. Returns False
        for a reason that nobody here took."""
        self.is_over = True
        if not self.is_wanted or not shiboken6.isValid(self._owner):
            return True
        if not reason:
            if self._on_done is not None:
                self._on_done(answer)
            return True
        if self._on_failed is not None:
            self._on_failed(reason)
        return self._on_failed is not None


class Background(QObject):
    """Runs plain functions on worker threads and brings their answers home to the GUI thread."""

    failed = Signal(str)
    """A reason for the user, of work whose owner did not ask for it."""
    damaged = Signal()
    """The library turned out to be damaged."""
    _landed = Signal()

    def __init__(self, readers: int = 4) -> None:
        super().__init__()
        self._turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_SECONDS)
        self._answers: queue.SimpleQueue[tuple[Job, Any, str]] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="read")
        # Commands run one after the other, in the order in which the user gave them.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="command")
        # Long arithmetic gives way to everything that the user looks at meanwhile.
        self._thinkers = ThreadPoolExecutor(1, thread_name_prefix="think", initializer=_give_way)
        # What takes minutes is waited for by nobody here, and ends with the window.
        self._labourers = ThreadPoolExecutor(1, thread_name_prefix="labour", initializer=_give_way)
        # What comes over a network mostly waits, and must not wait for one of those.
        self._fetchers = ThreadPoolExecutor(2, thread_name_prefix="fetch")
        self._ending = threading.Event()
        self._is_closed = False
        self._damage = threading.Event()
        self._landed.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    @property
    def has_damage(self) -> bool:
        """Whether the library turned out to be damaged."""
        return self._damage.is_set()

    @property
    def is_closed(self) -> bool:
        """Whether what is running should come to its end."""
        return self._is_closed

    def read(
        self,
        owner: QObject,
        work: Callable[[], Any],
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Run a read; its answer comes home while `owner` lives and the job is wanted."""
        return self._start(self._readers, work, Job(owner, on_done, on_failed))

    def think(
        self,
        owner: QObject,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[str], None] | None = None,
    ) -> Job:
        """As `read`, for what computes for seconds: with less priority, one after the other."""

        def quietly() -> Any:
            from threadpoolctl import threadpool_limits

            with threadpool_limits(1, "blas"):  # its own threads would not give way
                return work()

        return self._start(self._thinkers, quietly, Job(owner, on_done, on_failed))

    def command(
        self,
        owner: QObject,
        work: Callable[[], Any],
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Run a command after those given before it."""
        return self._start(self._writer, work, Job(owner, on_done, on_failed))

    def labour(
        self,
        owner: QObject,
        work: Callable[[Callable[[], bool]], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Run what takes minutes, one after the other; it is handed what tells whether to end."""
        return self._start(self._labourers, self._told(work), Job(owner, on_done, on_failed))

    def fetch(
        self,
        owner: QObject,
        work: Callable[[Callable[[], bool]], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[str], None] | None = None,
    ) -> Job:
        """As `labour`, for what comes over a network."""
        return self._start(self._fetchers, self._told(work), Job(owner, on_done, on_failed))

    def _told(self, work: Callable[[Callable[[], bool]], Any]) -> Callable[[], Any]:
        return partial(work, self._ending.is_set)

    def close(self) -> None:
        """Take no more work; wait for what is running and forget the rest."""
        self._is_closed = True
        self._ending.set()
        for pool in (
            self._readers, self._thinkers, self._labourers, self._fetchers, self._writer,
        ):  # fmt: skip
            pool.shutdown(wait=True, cancel_futures=pool is not self._writer)
        sys.setswitchinterval(self._turn)

    def _start(self, pool: ThreadPoolExecutor, work: Callable[[], Any], job: Job) -> Job:
        if not self._is_closed:
            pool.submit(self._run, work, job)
        return job

    def _run(self, work: Callable[[], Any], job: Job) -> None:
        answer, reason = None, ""
        try:
            if job.is_wanted:
                answer = work()
        except Cancelled:
            job.drop()  # whoever asked has lost interest
        except KnownError as error:
            if isinstance(error, DamagedLibraryError):
                self._damage.set()
            reason = translated(str(error)) or SOMETHING_WRONG
        except Exception:
            _log.exception("work in the background failed")
            reason = SOMETHING_WRONG
        self._answers.put((job, answer, reason))
        if not self._is_closed:
            self._landed.emit()

    def _bring_home(self) -> None:
        while True:
            try:
                job, answer, reason = self._answers.get_nowait()
            except queue.Empty:
                return
            try:
                is_told = job.land(answer, reason)
            except Exception:
                # One page's mistake must not keep the other answers from coming home.
                _log.exception("an answer could not be shown")
                is_told, reason = False, SOMETHING_WRONG
            if not is_told:
                self.failed.emit(reason)
            if self.has_damage:
                self.damaged.emit()
