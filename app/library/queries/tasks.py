"""Questions about tasks."""

from __future__ import annotations

from collections.abc import Collection

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Task
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType


def _row(task: Task) -> TaskRow:
    return TaskRow(
        id=task.id, type=TaskType(task.type), state=TaskState(task.state), done=task.done,
        total=task.total, created=task.created, finished=task.finished, error=task.error,
        result=task.result, skipped=tuple(SkippedFile(s.path, s.error) for s in task.skips),
        started=task.started,
    )  # fmt: skip


def task(library: Library, task_id: str) -> TaskRow:
    """One task with the files it skipped.

    Raises UsageError when there is none of that id.
    """
    found = Task.get_or_none(Task.id == task_id)
    if found is None:
        raise UsageError(f"There is no task {task_id}; tasks are kept for 7 days.")
    return _row(found)


ALIVE = frozenset({TaskState.WAITING, TaskState.RUNNING, TaskState.PAUSED})
"""How a task stands that has not ended."""


def tasks_alive(library: Library) -> list[TaskRow]:
    """The tasks that have not ended, as far as is written down, oldest first."""
    alive = [state.value for state in ALIVE]
    return [_row(row) for row in Task.select().where(Task.state.in_(alive)).order_by(Task.created)]


def tasks(
    library: Library,
    collection_id: int | None = None,
    kinds: Collection[str] = (),
    states: Collection[str] = (),
) -> list[TaskRow]:
    """The tasks of the last 7 days, newest first; of these types and in these states, if any are
    named."""
    query = Task.select().order_by(Task.created.desc(), Task.id)
    if collection_id is not None:
        query = query.where(Task.collection == collection_id)
    if kinds:
        query = query.where(Task.type.in_(list(kinds)))
    if states:
        query = query.where(Task.state.in_(list(states)))
    return [_row(row) for row in query]
