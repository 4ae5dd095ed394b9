"""The life of a task: claimed, begun, told of, ended; and what is left of one that was
interrupted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.attendance import is_attended, new_task_id, sweep, sweep_strays
from app.library.database import Library
from app.library.models import Collection, Task, TaskSkip, now
from app.library.queries.tasks import ALIVE
from app.library.queries.tasks import task as task_row
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType
from app.library.troubles import told

KEPT_DAYS = 7
INTERRUPTED = "Kinfolk ended before this was done."
_ALIVE = [state.value for state in ALIVE]


def start_task(
    library: Library,
    collection_id: int | None,
    kind: TaskType,
    waits: bool = False,
    asked: bool = False,
    task_id: str = "",
) -> str:
    """Write down that there is a task of a collection, or of the whole library, for which the
    oldest collection stands; it runs, or `waits` for its turn, and `asked` tells that the user
    wanted it. Gives its id, a new one if none is named.

    Raises UsageError when there is no collection.
    """

    def work() -> str:
        number, moment = task_id or new_task_id(), now()
        state = TaskState.WAITING if waits else TaskState.RUNNING
        home = collection_id or Collection.select(pw.fn.MIN(Collection.id)).scalar()
        if home is None:
            raise UsageError("There is no collection.")
        Task.create(
            id=number, collection=home, type=kind.value, state=state.value,
            created=moment, started=None if waits else moment, is_asked=asked,
        )  # fmt: skip
        return number

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
    far: tuple[int, int] | None = None,
) -> TaskRow:
    """Write down how a task ended, and how `far` it came: done and total. All at once: whoever
    waits for its end in another process looks at the state first."""

    def work() -> TaskRow:
        last = {} if far is None else {"done": far[0], "total": far[1]}
        Task.update(state=state.value, finished=now(), error=error, result=result, **last).where(
            Task.id == task_id
        ).execute()
        return task_row(library, task_id)

    return library.write(work)


def wish_cancel(library: Library, task_id: str) -> TaskRow:
    """Write down that a task is to end early; whoever does it sees that in a moment.

    Raises UsageError when there is no such task, when it has ended, and when it must be done.
    """

    def work() -> TaskRow:
        row = may_cancel(library, task_id)
        Task.update(is_cancel_wanted=True).where(Task.id == task_id).execute()
        return row

    return library.write(work)


def may_cancel(library: Library, task_id: str) -> TaskRow:
    """A task that can be ended early.

    Raises UsageError when there is no such task, when it has ended, and when it must be done.
    """
    row = task_row(library, task_id)
    if row.state not in ALIVE:
        raise UsageError(f"The task {task_id} has ended already: {row.state.value}.")
    if not row.can_cancel:
        raise UsageError(f"A task of the type {row.type.value} cannot be cancelled.")
    return row


def prune_tasks(library: Library, at: datetime | None = None) -> int:
    """Let go of the tasks that ended, if they were asked for more than 7 days before `at`, by
    default now; gives their number."""
    oldest = (at or now()) - timedelta(days=KEPT_DAYS)
    is_old = (Task.created < oldest) & Task.state.not_in(_ALIVE)
    if not Task.select().where(is_old).exists():
        return 0
    return library.write(lambda: int(Task.delete().where(is_old).execute()))


def abandoned_tasks(library: Library, but: Iterable[str] = ()) -> list[tuple[str, TaskType]]:
    """The tasks that are said to go on and that nobody does, where this process is the one that
    indexes and `but` are its own."""
    rows = Task.select(Task.id, Task.type).where(Task.state.in_(_ALIVE), Task.id.not_in(list(but)))
    alive = [(task_id, TaskType(kind)) for task_id, kind in rows.tuples()]
    folder = library.path.parent
    return [
        (task_id, kind)
        for task_id, kind in alive
        if kind.is_indexing or not is_attended(folder, task_id)
    ]


def recover_tasks(library: Library, but: Iterable[str] = ()) -> int:
    """Tasks that a dead process left running are told as interrupted, and tasks of more than 7
    days ago are dropped. To be called by the process that holds the indexing lock; `but` are its
    own. Gives the number of interrupted tasks of those that index."""

    def work() -> int:
        gone = abandoned_tasks(library, but)
        _interrupt(library, [task_id for task_id, _ in gone])
        prune_tasks(library)
        return sum(kind.is_indexing for _, kind in gone)

    count = library.write(work)
    sweep_strays(library.path.parent)
    return count


def recover_unattended(library: Library, but: Iterable[str] = ()) -> list[str]:
    """As `recover_tasks`, for the tasks that any process may do beside the one that indexes; to be
    called by whoever opens the library, and now and then. Gives those that were interrupted.

    Raises LibraryError when the library cannot be read or written.
    """
    try:
        abandoned = abandoned_tasks(library, but)
    except pw.DatabaseError as error:
        raise told(error, library.path) from error
    gone = [task_id for task_id, kind in abandoned if not kind.is_indexing]
    if gone:
        library.write(lambda: _interrupt(library, gone))
    return gone


def _interrupt(library: Library, task_ids: list[str]) -> None:
    """Only what has not ended meanwhile."""
    Task.update(state=TaskState.INTERRUPTED.value, finished=now(), error=INTERRUPTED).where(
        Task.id.in_(task_ids), Task.state.in_(_ALIVE)
    ).execute()
    for task_id in task_ids:
        sweep(library.path.parent, task_id)
