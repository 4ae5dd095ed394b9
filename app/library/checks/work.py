"""Work: tasks that are said to run although nobody does them."""

from __future__ import annotations

from app.library.checks.check import Check, told
from app.library.commands.tasks import recover_tasks
from app.library.database import Library
from app.library.models import Task
from app.library.rows import TaskState

_ALIVE = (TaskState.RUNNING.value, TaskState.PAUSED.value, TaskState.WAITING.value)


def work_checks(library: Library) -> list[Check]:
    """Tasks left behind by a program that ended in the middle."""
    return [
        Check(
            "tasks",
            _abandoned,
            told(
                "1 task is said to run although nothing does.",
                "{} tasks are said to run although nothing does.",
            ),
            lambda _: recover_tasks(library),
            needs_peace=True,
        )
    ]


def _abandoned() -> list[str]:
    tasks = Task.select(Task.id).where(Task.state.in_(_ALIVE)).tuples()
    return [task_id for (task_id,) in tasks]
