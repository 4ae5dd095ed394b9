"""Crew: child processes that do one job at a time; one may die or hang, the house stands.

Each has a pipe of its own and nothing that it shares with the others, so that one that is killed at
any moment leaves no lock behind.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

from app.errors import BugError, KnownError
from app.indexing.bounds import born_deaf, end_with_parent

JOBS_EACH = 2000
"""A child is replaced after this many jobs, so that what a decoder leaks is given back."""
STARTS = 5
"""How often in a row a child may end before it is ready."""
START_SECONDS = 120.0
"""How long a child may take to be ready."""
FAREWELL_SECONDS = 2.0
"""How long a child may take to go."""
TICK = 0.2
"""Seconds between two looks at the wish to stop."""

_KILLED = -9
# A fork of a process with threads and a window would inherit their locks.
_SPAWN = multiprocessing.get_context("spawn")
_starting = threading.Lock()

T = TypeVar("T")


class DeadWorkerError(Exception):
    """A child process ended in the middle of a job."""

    def __init__(self, exitcode: int) -> None:
        super().__init__(f"exit code {exitcode}")
        self.exitcode = exitcode
        """Below 0 the signal that ended it."""


class CrewError(KnownError):
    """Child processes cannot be started, so nothing can be done by them."""


class CrewJob(Future[T], Generic[T]):
    """A job of a crew; to cancel it ends it also while it is under way."""

    def __init__(
        self, function: Callable[..., T], arguments: tuple[Any, ...], seconds: float | None
    ) -> None:
        super().__init__()
        self.work = (function, arguments)
        self.seconds = seconds  # None: as many as any job may take
        self.is_unwanted = False

    def cancel(self) -> bool:
        """Begin it no more, or end the child that does it."""
        self.is_unwanted = True
        return super().cancel()


class Crew:
    """So many children at most, started when there is something to do."""

    def __init__(
        self, count: int, seconds: float, begin: Callable[..., object], *arguments: Any
    ) -> None:
        """Every child calls `begin` with the arguments once; a job may take so many seconds."""
        self._jobs: queue.SimpleQueue[CrewJob[Any] | None] = queue.SimpleQueue()
        self.seconds = seconds
        """How long a job may take, from the next one on."""
        self._lock = threading.Lock()
        self._hands: list[_Hand] = []
        self._places = 0
        self._is_stopped = False
        self.beginning = (begin, arguments)
        """How a child begins that is started now."""
        self.change(count, *arguments)

    def change(self, count: int, *arguments: Any) -> None:
        """Have so many children at most from now on, who began with these arguments.

        What is under way is done by whom it was given to. Those who are too many leave after it,
        and who began with other arguments is replaced before the next job.
        """
        with self._lock:
            if self._is_stopped:
                return
            self.beginning = (self.beginning[0], arguments)
            self._places = count
            self._hands = [hand for hand in self._hands if hand.is_alive()]
            staying = sum(not hand.is_leaving for hand in self._hands)
            for _ in range(count - staying):
                self._hands.append(_Hand(self, self._jobs))
        for _ in range(staying - count):
            self._jobs.put(None)  # wakes one, so that an idle child goes, too

    def is_full(self, hand: _Hand) -> bool:
        """Whether there is no place for this hand any more; then it has to leave."""
        with self._lock:
            staying = sum(not one.is_leaving for one in self._hands)
            hand.is_leaving = staying > self._places
            return hand.is_leaving

    def do(
        self, function: Callable[..., T], *arguments: Any, seconds: float | None = None
    ) -> CrewJob[T]:
        """Have a child do this; `seconds` is how long it may take, if not as long as others.

        The result raises what the function raises, TimeoutError when it takes too long,
        DeadWorkerError when the child died over it, CrewError when no child can be started.
        """
        job = CrewJob(function, arguments, seconds)
        self._jobs.put(job)
        return job

    def stop(self) -> None:
        """End all children, whatever they are doing."""
        with self._lock:
            self._is_stopped = True
            self._places = 0
            hands = list(self._hands)
        for hand in hands:
            hand.is_stopping = True
            self._jobs.put(None)
        for hand in hands:
            hand.join()
        with contextlib.suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None:
                    job.cancel()


class _Hand(threading.Thread):
    """The thread that has one child, and gives it one job after the other."""

    def __init__(self, crew: Crew, jobs: queue.SimpleQueue[CrewJob[Any] | None]) -> None:
        super().__init__(name="crew", daemon=True)
        self.is_stopping = False
        self.is_leaving = False
        self._crew = crew
        self._jobs = jobs
        self._child: _Child | None = None
        self._successor: _Child | None = None
        self.start()

    def run(self) -> None:
        while True:
            job = self._jobs.get()
            if self._crew.is_full(self):
                if job is not None:
                    self._jobs.put(job)  # for one who stays
                break
            # None was meant for somebody who has left meanwhile.
            if job is None or not job.set_running_or_notify_cancel():
                continue
            try:
                job.set_result(self._carry_out(job))
            except BaseException as error:
                job.set_exception(error)
        for child in (self._child, self._successor):
            if child is not None:
                child.dismiss()

    def _carry_out(self, job: CrewJob[Any]) -> Any:
        child = self._child_at_work(job)
        seconds = self._crew.seconds if job.seconds is None else job.seconds
        return child.receive(seconds, lambda: self._is_off(job))

    def _is_off(self, job: CrewJob[Any]) -> bool:
        return self.is_stopping or job.is_unwanted

    def _child_at_work(self, job: CrewJob[Any]) -> _Child:
        """A child that has begun the job; one that dies before that says nothing of the job."""
        for _ in range(STARTS):
            self._let_go_of_outdated()
            child = self._fit_child(job)
            if child is None:
                continue
            child.jobs += 1
            child.send(job.work)
            with contextlib.suppress(DeadWorkerError, TimeoutError):
                child.receive(START_SECONDS, lambda: self._is_off(job))
                return child
        raise CrewError(
            "The processes that look at photos end as soon as they are started. Close other "
            "programs and try again."
        )

    @property
    def _begin(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        return self._crew.beginning

    def _let_go_of_outdated(self) -> None:
        """A child that began otherwise than one would now does no more jobs, nor does the one
        that was to relieve it."""
        if self._child is not None and self._child.beginning != self._begin:
            self._child.dismiss()
            self._child = None
        if self._successor is not None and self._successor.beginning != self._begin:
            self._successor.dismiss()
            self._successor = None

    def _fit_child(self, job: CrewJob[Any]) -> _Child | None:
        """A child that is ready, a new one if need be; None when that one did not live so long."""
        child = self._child
        if child is not None and not child.is_alive:
            child.dismiss()
            child = None
        elif child is not None and child.jobs >= JOBS_EACH:
            child = self._relieved(child)
        self._child = child or self._new_child(job)
        return self._child

    def _relieved(self, child: _Child) -> _Child:
        """The successor of a child that has done its share. It is started beside the work and
        takes over once it is ready, so that nothing waits; until then the child goes on.

        It is this thread that starts it, for a child ends with the thread that started it.
        """
        if self._successor is None:
            try:
                self._successor = _Child(self._begin)
            except OSError:
                child.jobs = 0  # there is no room for one more now
            return child
        if not self._successor.has_answered:
            return child
        successor, self._successor = self._successor, None
        try:
            successor.receive(TICK, lambda: False)
        except Exception:  # whatever it is: the old one still works
            successor.kill()
            child.jobs = 0
            return child
        child.dismiss()
        return successor

    def _new_child(self, job: CrewJob[Any]) -> _Child | None:
        child, self._successor = self._successor, None
        try:
            child = child or _Child(self._begin)
        except OSError as error:
            raise CrewError(
                "The processes that look at photos cannot be started: "
                f"{error.strerror or error}. Close other programs and try again."
            ) from error
        try:
            child.receive(START_SECONDS, lambda: self._is_off(job))
        except DeadWorkerError:
            return None
        except TimeoutError as error:
            raise CrewError(
                "The processes that look at photos do not get ready. Close other programs and "
                "try again."
            ) from error
        except (KnownError, CancelledError):
            child.kill()
            raise
        except Exception as error:
            child.kill()
            raise CrewError(
                f"The processes that look at photos cannot begin: {error!r}."
            ) from error
        return child


class _Child:
    """One child process and the pipe to it."""

    def __init__(self, begin: tuple[Callable[..., object], tuple[Any, ...]]) -> None:
        self.jobs = 0
        self.beginning = begin
        self._exitcode: int | None = None
        self._pipe, other = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(
            target=_serve, args=(other, *begin), name="kinfolk-worker", daemon=True
        )
        try:
            # Multiprocessing reaps the children of all threads when it starts one.
            with _starting, born_deaf():
                self._process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            other.close()

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._exitcode is None and not wait([self._process.sentinel], 0)

    @property
    def has_answered(self) -> bool:
        """Whether there is something to receive, if only that it ended."""
        return bool(wait([self._pipe, self._process.sentinel], 0))

    def send(self, message: object) -> None:
        """Tell the child something; whether it hears shows when it answers."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send(message)

    def receive(self, seconds: float, is_off: Callable[[], bool]) -> Any:
        """What the child answers, or raises; it is killed when it takes longer, or when that is
        wanted no more."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if wait([self._pipe, self._process.sentinel], max(0.0, min(TICK, left))):
                break
            if is_off():
                self.kill()
                raise CancelledError
            if left <= 0:
                self.kill()
                raise TimeoutError
        try:
            if not self._pipe.poll():  # asked first, for it may have answered and then ended
                raise EOFError
            is_well, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._died() from error
        if not is_well:
            raise answer
        return answer

    def kill(self) -> int:
        """End it at once; how it ended."""
        if self._exitcode is None:
            with contextlib.suppress(OSError):
                self._process.kill()
            self._pipe.close()
            end = time.monotonic() + FAREWELL_SECONDS
            while self._process.exitcode is None and time.monotonic() < end:
                self._process.join(TICK)  # another thread may have reaped it just now
            code = self._process.exitcode
            if code is None:  # the system holds it, over a dead drive perhaps, and ends it later
                self._exitcode = _KILLED
            else:
                self._exitcode = code
                self._process.close()
        return self._exitcode

    def dismiss(self) -> None:
        """Let it go: its pipe ends, and so does it."""
        self._pipe.close()
        if self._exitcode is None:
            self._process.join(FAREWELL_SECONDS)
        self.kill()

    def _died(self) -> DeadWorkerError:
        self._process.join(FAREWELL_SECONDS)
        return DeadWorkerError(self.kill())


def _serve(pipe: Connection, begin: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    """What a child does: it begins, and then does one job after the other until its pipe ends."""
    end_with_parent()
    _answer(pipe, begin, arguments)
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        with contextlib.suppress(OSError):
            pipe.send((True, None))  # it is begun
        _answer(pipe, function, arguments)


def _answer(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        answer = (True, function(*arguments))
    except Exception as error:
        answer = (False, _plain(error))
    with contextlib.suppress(OSError):  # nobody listens any more
        pipe.send(answer)


def _plain(error: Exception) -> Exception:
    """An error that the parent can take without loading what raised it."""
    home = type(error).__module__
    if home == "builtins" or home.split(".")[0] == "app":
        return error
    told = BugError(f"{type(error).__name__}: {error}")
    told.add_note(traceback.format_exc())
    return told
