"""Attendance: whoever does a task beside the indexing holds a lock, by which others can tell
whether anybody still does it.

The lock is there before the task is written down, and the system lets go of it however a process
ends: a task that is said to run and that nobody attends was interrupted.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from app.private import FILE

_STRAY_SECONDS = 3600
"""Between the making of a lock and the first word of its task lies a moment."""


def new_task_id() -> str:
    """The id of a task that is not written down yet."""
    return f"task-{uuid.uuid4()}"


@contextlib.contextmanager
def attended(folder: Path, task_id: str) -> Iterator[None]:
    """Do a task of the library in `folder`, so that others see it. Where no lock can be made, they
    may take the task for interrupted until it is done."""
    lock = FileLock(_place(folder, task_id), timeout=0, mode=FILE, thread_local=False)
    with contextlib.suppress(OSError, NotImplementedError):  # a disk may know no locks
        lock.acquire()
    try:
        yield
    finally:
        if lock.is_locked:
            lock.release()
            sweep(folder, task_id)


def is_attended(folder: Path, task_id: str) -> bool:
    """Whether somebody does this task, in this process or another."""
    place = _place(folder, task_id)
    if not place.exists():
        return False
    try:
        with FileLock(place, timeout=0, mode=FILE):
            return False
    except (Timeout, OSError, NotImplementedError):  # what cannot be told is taken to be so
        return True


def sweep(folder: Path, task_id: str) -> None:
    """Take the lock away that is left of a task that nobody does."""
    with contextlib.suppress(OSError):
        _place(folder, task_id).unlink(missing_ok=True)


def sweep_strays(folder: Path) -> None:
    """Take the locks away of processes that died before they had written their task down, or after
    its end: those that nobody holds and that are not fresh."""
    for place in folder.glob(_place(folder, "task-*").name):
        with contextlib.suppress(OSError):
            is_old = time.time() - place.stat().st_mtime > _STRAY_SECONDS
            if is_old and not is_attended(folder, place.stem):
                place.unlink(missing_ok=True)


def _place(folder: Path, task_id: str) -> Path:
    return folder / f"{task_id}.lock"
