"""Running: a long task from its begin to its end, here or in the Kinfolk that indexes already."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.cli.interrupts import STOPPING, Interrupts
from app.cli.output import ProgressLine, say
from app.errors import KnownError, LibraryBusyError
from app.indexing.errands import Errand, Pursuit
from app.indexing.events import Ended, Event, Progressed
from app.indexing.house import House
from app.library.attendance import new_task_id
from app.library.queries.tasks import ALIVE, task
from app.library.rows import TaskRow, TaskState

_EVERY = 0.3
_PATIENCE = 6.0
"""Seconds after which it is told that a Kinfolk that indexes does not answer: until then it may
just be starting or closing."""


def done(house: House, errand: Errand, is_told: bool = False) -> TaskRow:
    """Have a task done, showing how far it is; Ctrl+C cancels it.

    While another process indexes this library, that does it, and unless `is_told` already the user
    is told so. Raises KnownError when it failed.
    """
    parts: list[TaskRow] = []
    with Interrupts() as interrupts:
        while True:
            if house.indexer.is_at_work or _begin(house):
                row = _wait(house, errand.begin(house.indexer, house.library), interrupts)
            else:
                followed = _follow(house, errand, interrupts, is_told)
                if followed is None:
                    continue
                row = followed
                house.indexer.notices.told_here(row)
                if row.state is TaskState.INTERRUPTED:
                    parts.append(row)
                    continue  # the other one ended in the middle
            if row.state is TaskState.FAILED:
                raise KnownError(row.error)
            return _whole(row, parts)


def _whole(last: TaskRow, parts: Sequence[TaskRow]) -> TaskRow:
    """What was done in several parts, told as one."""
    result: dict[str, Any] = dict(last.result)
    for part in parts:
        did: dict[str, Any] = {"Indexed": 0, "Faces": 0, "Seconds": 0} | part.result
        did["Unchanged"] = -did["Indexed"]  # to whoever went on they were
        for name in result.keys() & did.keys():
            result[name] = max(0, result[name] + did[name])
    return replace(last, result=result)


def _begin(house: House) -> bool:
    try:
        house.indexer.start(watch=False)
    except LibraryBusyError:
        return False
    return True


def _wait(house: House, task_id: str, interrupts: Interrupts) -> TaskRow:
    """Wait for the end of a task of this process."""
    line = ProgressLine()
    told: list[TaskRow] = []  # also where its end could not be written down

    def hear(event: Event) -> None:
        if isinstance(event, Progressed) and event.progress.task_id == task_id:
            line.show(event.progress)
        elif isinstance(event, Ended) and event.task.id == task_id:
            told.append(event.task)

    leave = house.indexer.subscribe(hear)
    is_stopping = False
    try:
        while not house.indexer.wait(task_id, 0.2):
            if interrupts.is_told and not is_stopping:
                is_stopping = True
                say(STOPPING)
                house.indexer.cancel(task_id)
    finally:
        leave()
        line.clear()
    return told[-1] if told else task(house.library, task_id)


def _follow(house: House, errand: Errand, interrupts: Interrupts, is_told: bool) -> TaskRow | None:
    """Hand an errand over and wait for the end of the task; None when this process has become
    the one that indexes before there was one."""
    task_id = _hand_over(house, errand)
    if task_id is None:
        return None
    if not is_told:
        say("Kinfolk is open already, and does this.")
    line, pursuit = ProgressLine(), Pursuit()
    is_paused = is_stopping = is_cancelled = False
    try:
        while (row := task(house.library, task_id)).state in ALIVE:
            if row.state is TaskState.PAUSED and not is_paused:
                is_paused = True
                say("The work is paused in the window of Kinfolk; it goes on when it is resumed.")
            line.show(pursuit.progress(row))
            if interrupts.is_told and not is_stopping:
                is_stopping = True
                say(STOPPING)
            if is_stopping and not is_cancelled:
                # It may be ending, or so busy that it does not answer: then it is asked again.
                with contextlib.suppress(LibraryBusyError):
                    house.indexer.cancel(task_id)
                    is_cancelled = True
            time.sleep(_EVERY)
            _begin(house)  # if the other one is gone: its tasks are interrupted then
    finally:
        line.clear()
    return row


def _hand_over(house: House, errand: Errand) -> str | None:
    """Ask the one who indexes for the task; None when this process has become the one.

    Raises LibraryBusyError when it does not answer.
    """
    end = time.monotonic() + _PATIENCE
    message = errand.message(new_task_id())  # one id however often it is asked for
    while True:
        try:
            return str(house.indexer.hand_over(message)["task"])
        except LibraryBusyError:
            if _begin(house):
                return None
            if time.monotonic() > end:
                raise
            time.sleep(_EVERY)
