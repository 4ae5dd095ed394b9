"""What other processes do with the same library is seen, and one's turn is waited for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock

from app.errors import LibraryBusyError, LibraryError
from app.indexing import indexer, neighbours
from app.indexing.doorbell import Doorbell, Message
from app.indexing.errands import Errand, Pursuit, cancellation, carry_out
from app.indexing.events import Announcer, Changed, Ended, Event, Progressed
from app.indexing.house import House
from app.indexing.neighbours import Neighbours
from app.library.commands.folders import create_collection
from app.library.commands.photos import mark_stale
from app.library.commands.tasks import end_task, report_task, start_task
from app.library.queries.photos import counts
from app.library.queries.tasks import task, tasks
from app.library.rows import TaskState, TaskType
from tests.indexing.conftest import eventually, finish

Open = Callable[..., House]


def elsewhere(house: House, statement: str, *values: object) -> None:
    """What another process writes into the library."""
    with closing(sqlite3.connect(house.paths.database, timeout=30)) as file, file:
        file.execute(statement, values)


def begin_elsewhere(house: House, kind: TaskType = TaskType.INDEX) -> str:
    """A task as another process writes it down."""
    return start_task(house.library, house.collection.id, kind)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[FileLock]:
    """Somebody else indexes the library, until this lock is released."""
    folder = tmp_path / "library"
    folder.mkdir()
    with FileLock(folder / "indexing.lock") as lock:
        yield lock


def test_only_what_others_write_counts(open_house: Open) -> None:
    house = open_house()
    library = house.library
    assert library.was_changed_by_others() is False
    create_collection(library, "Door")
    assert library.was_changed_by_others() is False
    elsewhere(house, "SELECT COUNT(*) FROM collection")
    assert library.was_changed_by_others() is False
    elsewhere(house, "UPDATE collection SET name = 'Gate' WHERE name = 'Door'")
    assert library.was_changed_by_others() is True
    assert library.was_changed_by_others() is False


def test_what_others_change_is_announced(open_house: Open) -> None:
    house = open_house()
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    house.indexer.start()
    eventually(lambda: house.indexer.is_at_work)
    events.clear()
    elsewhere(house, "INSERT INTO collection (name, created) VALUES ('Door', 0)")
    eventually(lambda: any(isinstance(e, Changed) and e.changes.regrouped for e in events))


def test_of_many_changes_after_each_other_few_are_announced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    heeded: list[int] = []

    def was_changed() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(neighbours, "LOOK_EVERY", 0.001)
    monkeypatch.setattr(Neighbours, "_pursue", lambda *_, **__: None)
    library: Any = SimpleNamespace(was_changed_by_others=was_changed)
    watch = Neighbours(library, Announcer(), lambda: heeded.append(1), lambda: True, list)
    watch.start(waits=False)
    eventually(lambda: len(asked) > 20)
    watch.close()
    assert len(heeded) < len(asked) / 4, "each lets the window read everything anew"


def test_a_folder_that_others_add_is_looked_at_and_watched(open_house: Open, album: Path) -> None:
    house = open_house()
    house.indexer.start()
    elsewhere(
        house, "INSERT INTO folder (collection_id, path, state, is_mount) VALUES (?, ?, ?, 0)",
        house.collection.id, str(album).encode(), "watching",
    )  # fmt: skip
    eventually(lambda: counts(house.library, house.collection.id).photos == 4)


def test_a_window_waits_for_its_turn_and_does_then_what_was_asked(
    open_house: Open, other: FileLock, album: Path
) -> None:
    house = open_house()
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    house.indexer.start()
    theirs = begin_elsewhere(house)
    ours = house.indexer.index(house.collection.id, [album])
    house.indexer.spoken(house.collection.id)
    progress = [e.progress for e in events if isinstance(e, Progressed)]
    assert [(p.task_id, p.state) for p in progress if p.task_id == ours] == [(ours, "waiting")]
    report_task(house.library, theirs, 3, 9, TaskState.RUNNING)
    eventually(
        lambda: any(
            isinstance(e, Progressed) and e.progress.by_other and e.progress.done == 3
            for e in events
        )
    )
    assert not house.indexer.is_at_work
    other.release()  # as when the other one is killed
    assert finish(house, ours).state is TaskState.DONE
    assert task(house.library, theirs).state is TaskState.INTERRUPTED
    assert house.indexer.recovered == 1
    eventually(lambda: any(isinstance(e, Ended) and e.task.id == theirs for e in events))
    assert counts(house.library, house.collection.id).photos == 4


def test_a_turn_that_cannot_be_taken_now_is_taken_later(
    open_house: Open, other: FileLock, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[int] = []

    def refuse_once(*told: Any) -> int:
        if not refused:
            refused.append(1)
            raise LibraryError("The disk is full.")
        return mark_stale(*told)

    monkeypatch.setattr(indexer, "mark_stale", refuse_once)
    house = open_house()
    house.indexer.start()
    theirs = begin_elsewhere(house)
    ours = house.indexer.index(house.collection.id, [album])
    other.release()
    assert finish(house, ours).state is TaskState.DONE
    assert refused and task(house.library, theirs).state is TaskState.INTERRUPTED
    assert house.indexer.recovered == 1


def test_how_the_task_of_another_ended_is_told(open_house: Open, other: FileLock) -> None:
    house = open_house()
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    house.indexer.start()
    theirs = begin_elsewhere(house, TaskType.CLUSTER)
    eventually(lambda: any(isinstance(e, Progressed) for e in events))
    end_task(house.library, theirs, TaskState.DONE, {})
    eventually(lambda: [e.task.id for e in events if isinstance(e, Ended)] == [theirs])
    assert other.is_locked and not house.indexer.is_at_work


@pytest.mark.usefixtures("other")
def test_what_still_waits_when_the_window_closes_is_interrupted(
    open_house: Open, album: Path, tmp_path: Path
) -> None:
    house = open_house()
    house.indexer.start()
    ours = house.indexer.index(house.collection.id, [album])
    grouping = house.indexer.cluster(house.collection.id)
    house.close()
    with closing(sqlite3.connect(tmp_path / "library" / "library.db")) as file:
        found = dict(file.execute("SELECT id, state FROM task"))
        kept = file.execute("SELECT COUNT(*) FROM folder").fetchone()
    assert found == {ours: "interrupted", grouping: "interrupted"}
    assert kept == (1,), "the folder is looked at when the library is opened next"


def test_the_task_of_another_can_be_cancelled(open_house: Open, other: FileLock) -> None:
    house = open_house()
    heard: list[Message] = []

    def answer(message: Message) -> Message:
        heard.append(message)
        return {}

    house.indexer.start()
    with pytest.raises(LibraryBusyError, match="does not answer"):
        house.indexer.cancel("task-1")
    bell = Doorbell(house.paths.bell, answer)
    house.indexer.cancel("task-1")
    bell.close()
    assert heard == [cancellation("task-1")]
    assert other.is_locked


def test_a_command_does_not_wait(open_house: Open, other: FileLock) -> None:
    house = open_house()
    with pytest.raises(LibraryBusyError):
        house.indexer.start(watch=False)
    other.release()
    house.indexer.start(watch=False)
    assert house.indexer.is_at_work
    house.indexer.start(watch=False)  # and may be told twice
    assert tasks(house.library) == []


def test_an_errand_goes_through_the_door_whole() -> None:
    odd = Path("/gr\udcfcn")
    for errand in (
        Errand(TaskType.INDEX, "Photos", (odd, Path("/a"))),
        Errand(TaskType.CLUSTER, "Door", rebuild=True),
        Errand(TaskType.SWITCH, "Door", choice="another"),
    ):
        assert Errand.of(errand.message()) == errand


def test_who_asks_again_since_the_answer_was_late_gets_no_second_task(open_house: Open) -> None:
    house = open_house()
    message = Errand(TaskType.INDEX, "Photos").message("task-of-the-caller")
    first = carry_out(message, house.indexer, house.library)
    assert carry_out(message, house.indexer, house.library) == first
    assert first == {"task": "task-of-the-caller"}
    assert [row.id for row in tasks(house.library)] == ["task-of-the-caller"]
    other = carry_out(Errand(TaskType.CLUSTER, "Photos").message(), house.indexer, house.library)
    assert len(tasks(house.library)) == 2 and other["task"] != first["task"]


def test_the_speed_of_another_is_measured_from_where_it_was(open_house: Open) -> None:
    house = open_house()
    number = begin_elsewhere(house)
    report_task(house.library, number, 50, 100, TaskState.RUNNING)
    progress = Pursuit().progress(task(house.library, number))
    assert (progress.done, progress.total, progress.per_second) == (50, 100, 0.0)
    assert progress.seconds_left is None and progress.by_other
