"""A task that was done in parts is told as one; being told to end never falls between two steps."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.cli.interrupts import Interrupts
from app.cli.running import _whole, done
from app.errors import LibraryBusyError
from app.indexing.errands import Errand
from app.indexing.house import House
from app.library.commands.folders import ensure_collection
from app.library.commands.tasks import end_task, start_task
from app.library.database import Library
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


# -- being told to end -----------------------------------------------------------------------

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with a collection."""
    made = Library.open(tmp_path / "library.db")
    ensure_collection(made, "Photos")
    yield made
    made.close()


class Beside:
    """The indexer of a process beside one that indexes. It is told to end just when the other one
    has taken the errand."""

    is_at_work = False

    def __init__(self, library: Library, number: signal.Signals) -> None:
        self._library = library
        self._number = number
        self.cancelled: list[str] = []
        self.notices = SimpleNamespace(told_here=list[TaskRow]().append)

    def start(self, watch: bool) -> None:  # noqa: ARG002
        raise LibraryBusyError("Another one indexes.")

    def hand_over(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        start_task(self._library, None, TaskType.INDEX, task_id=message["task"])
        os.kill(os.getpid(), self._number)
        return {"task": message["task"]}

    def cancel(self, task_id: str) -> None:
        if not self.cancelled:  # once more, as it was busy
            self.cancelled.append("")
            raise LibraryBusyError("It does not answer.")
        self.cancelled.append(task_id)
        end_task(self._library, task_id, TaskState.CANCELLED, {"Indexed": 0})


@pytest.fixture
def heeding() -> Iterator[None]:
    """Signals are as the program has them."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heeding")
@pytest.mark.parametrize("number", SIGNALS)
def test_what_was_just_handed_over_is_taken_back(
    library: Library, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    indexer = Beside(library, number)
    house = cast("House", SimpleNamespace(indexer=indexer, library=library))
    row = done(house, Errand(TaskType.INDEX, "Photos"))
    assert row.state is TaskState.CANCELLED
    assert indexer.cancelled == ["", row.id]
    assert capsys.readouterr().err.count("Stopping.") == 1
    assert signal.getsignal(number) is signal.default_int_handler


@pytest.mark.usefixtures("heeding")
def test_the_second_word_to_end_is_raised() -> None:
    with Interrupts() as interrupts:
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupts.is_told
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.usefixtures("heeding")
def test_what_was_silenced_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Interrupts() as interrupts:
        os.kill(os.getpid(), signal.SIGINT)
        assert not interrupts.is_told
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
