"""The life of a task: claimed, told of, ended; and what is left of one that was interrupted."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from app.changes import Changes
from app.library.database import Library
from app.library.models import Task, TaskSkip, now
from app.library.queries.tasks import ALIVE
from app.library.queries.tasks import task as task_row
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType

KEPT_DAYS = 7


def start_task(library: Library, collection_id: int, kind: TaskType, waits: bool = False) -> str:
    """Write down that there is a task, which runs, or `waits` for its turn; gives its id."""

    def work() -> str:
        task_id, moment = f"task-{uuid.uuid4()}", now()
        state = TaskState.WAITING if waits else TaskState.RUNNING
        Task.create(
            id=task_id, collection=collection_id, type=kind.value, state=state.value,
            created=moment, started=None if waits else moment,
        )  # fmt: skip
        return task_id

    return library.write(work)


def begin_task(library: Library, task_id: str) -> None:
    """Write down that it is a task's turn."""
    library.write(
        lambda: (
            Task.update(state=TaskState.RUNNING.value, started=now())
            .where(Task.id == task_id)
            .execute()
        )
    )


def report_task(library: Library, task_id: str, done: int, total: int, state: TaskState) -> Changes:
    """Write down how far a task is."""

    def work() -> Changes:
        Task.update(done=done, total=total, state=state.value).where(Task.id == task_id).execute()
        return Changes(tasks=frozenset({task_id}))

    return library.write(work)


def note_skip(library: Library, task_id: str, skipped: SkippedFile) -> None:
    """Write down a file that the task passed over."""
    library.write(
        lambda: TaskSkip.create(task=task_id, path=skipped.path, error=skipped.error) and None
    )


def end_task(
    library: Library,
    task_id: str,
    state: TaskState,
    result: dict[str, object],
    error: str = "",
) -> TaskRow:
    """Write down how a task ended."""

    def work() -> TaskRow:
        Task.update(state=state.value, finished=now(), error=error, result=result).where(
            Task.id == task_id
        ).execute()
        return task_row(library, task_id)

    return library.write(work)


def prune_tasks(library: Library, at: datetime | None = None) -> int:
    """Let go of the tasks that ended, if they were asked for more than 7 days before `at`, by
    default now; gives their number."""
    oldest = (at or now()) - timedelta(days=KEPT_DAYS)
    is_old = (Task.created < oldest) & Task.state.not_in([state.value for state in ALIVE])
    if not Task.select().where(is_old).exists():
        return 0
    return library.write(lambda: int(Task.delete().where(is_old).execute()))


def recover_tasks(library: Library, but: Collection[str] = ()) -> int:
    """Tasks that a dead process left running are told as interrupted, and tasks of more than 7
    days ago are dropped. To be called by the process that holds the indexing lock; `but` are its
    own. Gives the number of interrupted tasks."""

    def work() -> int:
        alive = [state.value for state in ALIVE]
        count = int(
            Task.update(
                state=TaskState.INTERRUPTED.value, finished=now(),
                error="Kinfolk ended before this was done.",
            ).where(Task.state.in_(alive), Task.id.not_in(list(but))).execute()
        )  # fmt: skip
        prune_tasks(library)
        return count

    return library.write(work)
