"""Work: tasks that are said to run although nobody does them."""

from __future__ import annotations

from app.library.checks.check import Check, told
from app.library.commands.tasks import abandoned_tasks, recover_tasks
from app.library.database import Library


def work_checks(library: Library) -> list[Check]:
    """Tasks left behind by a program that ended in the middle."""
    return [
        Check(
            "tasks",
            lambda: [task_id for task_id, _ in abandoned_tasks(library)],
            told(
                "1 task is said to run although nothing does.",
                "{} tasks are said to run although nothing does.",
            ),
            lambda _: recover_tasks(library),
            needs_peace=True,
        )
    ]
