"""However a task ends, whoever waits for that in another process finds all that came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.indexing.chores import Chores
from app.indexing.events import Announcer
from app.indexing.tasks import TaskReport
from app.library.commands.folders import ensure_collection
from app.library.database import Library
from app.library.queries.tasks import ALIVE, tasks
from app.library.rows import TaskState, TaskType


@pytest.fixture
def endings(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Every sight of an ended task that another process could have had: after each write."""
    seen: list[tuple[Any, ...]] = []
    write = library.write

    def spied(work: Callable[[], Any]) -> Any:
        answer = write(work)
        seen.extend(
            (row.state, row.done, row.total, row.result.get("Indexed"), row.finished is not None)
            for row in tasks(library)
            if row.state not in ALIVE
        )
        return answer

    monkeypatch.setattr(library, "write", spied)
    return seen


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED, TaskState.FAILED])
def test_a_look_ends_at_one_stroke(
    library: Library, endings: list[tuple[Any, ...]], state: TaskState
) -> None:
    number = ensure_collection(library, "Photos").id
    report = TaskReport(library, Announcer(), number, TaskType.INDEX)
    report.begin()
    report.total = 4
    report.looked(2)
    report.looked(1)
    report.end(state, Indexed=report.indexed)
    assert endings == [(state, 2, 4, 2, True)]


def test_a_chore_ends_at_one_stroke(library: Library, endings: list[tuple[Any, ...]]) -> None:
    ensure_collection(library, "Photos")
    with Chores(library).begin(TaskType.BACKUP) as chore:
        chore.tell(3, 9)
        chore.result = {"Indexed": 7}
    assert endings == [(TaskState.DONE, 3, 9, 7, True)]
