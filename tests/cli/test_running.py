"""A task that was done in parts is told as one."""

from __future__ import annotations

from datetime import datetime

from app.cli.running import _whole
from app.library.rows import TaskRow, TaskState, TaskType


def row(state: TaskState, **result: object) -> TaskRow:
    now = datetime(2020, 1, 1)
    return TaskRow("task", TaskType.INDEX, state, 0, 0, now, now, "", result)


def test_parts_are_added_up() -> None:
    last = row(TaskState.DONE, Indexed=2, Unchanged=7, Faces=3, Seconds=1.5)
    first = row(TaskState.INTERRUPTED, Indexed=4, Unchanged=3, Faces=6, Seconds=2.0)
    killed = row(TaskState.INTERRUPTED)
    assert _whole(last, []) == last
    assert _whole(last, [killed]) == last
    assert _whole(last, [first, killed]).result == {
        "Indexed": 6, "Unchanged": 3, "Faces": 9, "Seconds": 3.5,
    }  # fmt: skip


def test_grouping_has_no_photos_to_count() -> None:
    last = row(TaskState.DONE, NewFaces=5, FigureClusters=2, Seconds=1.0)
    part = row(TaskState.INTERRUPTED, Seconds=1.0)
    assert _whole(last, [part]).result == {"NewFaces": 5, "FigureClusters": 2, "Seconds": 2.0}
