"""Questions about tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Task, TaskSkip
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType

ALIVE = frozenset({TaskState.WAITING, TaskState.RUNNING, TaskState.PAUSED})
"""How a task stands that has not ended."""
_AT_ONCE = 1000


def _row(task: Task, skipped: Collection[SkippedFile], skip_count: int) -> TaskRow:
    return TaskRow(
        id=task.id, type=TaskType(task.type), state=TaskState(task.state), done=task.done,
        total=task.total, created=task.created, finished=task.finished, error=task.error,
        result=task.result, skipped=tuple(skipped), started=task.started, skip_count=skip_count,
        is_asked=task.is_asked,
    )  # fmt: skip


def _whole(found: Iterable[Task]) -> list[TaskRow]:
    """Tasks with the files they skipped, which are read all at once."""
    rows = list(found)
    skipped: defaultdict[str, list[SkippedFile]] = defaultdict(list)
    for some in pw.chunked([row.id for row in rows], _AT_ONCE):
        skips = TaskSkip.select(TaskSkip.task, TaskSkip.path, TaskSkip.error)
        skips = skips.where(TaskSkip.task.in_(some)).order_by(TaskSkip.id)
        for task_id, path, error in skips.tuples():
            skipped[task_id].append(SkippedFile(path, error))
    return [_row(row, skipped[row.id], len(skipped[row.id])) for row in rows]


def is_task(library: Library, task_id: str) -> bool:
    """Whether there is a task of that id."""
    return Task.select().where(Task.id == task_id).exists()


def task(library: Library, task_id: str) -> TaskRow:
    """One task with the files it skipped.

    Raises UsageError when there is none of that id.
    """
    found = _whole(Task.select().where(Task.id == task_id))
    if not found:
        raise UsageError(f"There is no task {task_id}; tasks are kept for 7 days.")
    return found[0]


def is_cancel_wanted(library: Library, task_id: str) -> bool:
    """Whether somebody wants a task to end early, maybe in another process."""
    return bool(Task.select().where(Task.id == task_id, Task.is_cancel_wanted).exists())


def tasks_alive(library: Library) -> list[TaskRow]:
    """The tasks that have not ended, as far as is written down, oldest first."""
    alive = [state.value for state in ALIVE]
    return _whole(Task.select().where(Task.state.in_(alive)).order_by(Task.created))


def tasks(
    library: Library,
    collection_id: int | None = None,
    kinds: Collection[str] = (),
    states: Collection[str] = (),
) -> list[TaskRow]:
    """The tasks of the last 7 days with the files they skipped, newest first: of one collection
    and of the whole library; of these types and in these states, if any are named."""
    return _whole(_listed(Task.select(), collection_id, kinds, states))


def latest_tasks(library: Library, collection_id: int, limit: int) -> list[TaskRow]:
    """At most `limit` tasks as `tasks` gives them, without the files they skipped but with their
    number."""
    count = TaskSkip.select(pw.fn.COUNT(TaskSkip.id)).where(TaskSkip.task == Task.id)
    listed = _listed(Task.select(Task, count.alias("skip_count")), collection_id, (), ())
    return [_row(row, (), row.skip_count) for row in listed.limit(limit)]


def _listed(
    query: Any, collection_id: int | None, kinds: Collection[str], states: Collection[str]
) -> Any:
    if collection_id is not None:
        of_library = [kind.value for kind in TaskType if kind.is_of_library]
        query = query.where((Task.collection == collection_id) | Task.type.in_(of_library))
    if kinds:
        query = query.where(Task.type.in_(list(kinds)))
    if states:
        query = query.where(Task.state.in_(list(states)))
    return query.order_by(Task.created.desc(), Task.id)
