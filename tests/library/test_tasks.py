"""Tasks: how they stand, which are listed, what becomes of those whose process died."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import LibraryError, UsageError
from app.library import restoring
from app.library.attendance import attended, is_attended, new_task_id
from app.library.commands.backups import list_backups, make_backup, restore_backup
from app.library.commands.folders import create_collection
from app.library.commands.tasks import (
    KEPT_DAYS,
    begin_task,
    end_task,
    note_skip,
    prune_tasks,
    recover_tasks,
    recover_unattended,
    report_task,
    start_task,
    wish_cancel,
)
from app.library.database import Library
from app.library.models import TaskSkip, now
from app.library.queries.tasks import (
    ALIVE,
    is_cancel_wanted,
    latest_tasks,
    task,
    tasks,
    tasks_alive,
)
from app.library.rows import SkippedFile, TaskState, TaskType
from app.paths import Paths
from tests.library.conftest import Album, Cast
from tests.library.killing import killed_everywhere

_ATTEND = """
import sys, time
from pathlib import Path
from app.library.attendance import attended

with attended(Path(sys.argv[1]), sys.argv[2]):
    print("here", flush=True)
    time.sleep(60)
"""


@contextmanager
def somebody_at(folder: Path, task_id: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that does a task."""
    words = [sys.executable, "-c", _ATTEND, str(folder), task_id]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None and other.stdout.readline() == "here\n"
            yield other
        finally:
            other.kill()


def begun(album: Album, kind: TaskType, task_id: str = "") -> str:
    return start_task(album.library, album.collection_id, kind, task_id=task_id)


def ended(album: Album, kind: TaskType, state: TaskState = TaskState.DONE) -> str:
    task_id = begun(album, kind)
    end_task(album.library, task_id, state, {})
    return task_id


def state_of(album: Album, task_id: str) -> TaskState:
    return task(album.library, task_id).state


def test_a_task_waits_runs_and_ends(album: Album) -> None:
    library = album.library
    task_id = start_task(library, album.collection_id, TaskType.INDEX, waits=True, asked=True)
    row = task(library, task_id)
    assert (row.state, row.started, row.is_asked) == (TaskState.WAITING, None, True)
    assert row.can_cancel and row.seconds is None
    begin_task(library, task_id)
    report_task(library, task_id, 3, 12, TaskState.RUNNING)
    row = task(library, task_id)
    assert (row.state, row.percent) == (TaskState.RUNNING, 25)
    assert row.started is not None and row.started >= row.created
    note_skip(library, task_id, SkippedFile(Path("/a.jpg"), "It is empty."))
    row = end_task(library, task_id, TaskState.DONE, {"Indexed": 11})
    assert (row.percent, row.skip_count, row.result) == (100, 1, {"Indexed": 11})
    assert row.seconds is not None and row.seconds >= 0 and not row.can_cancel
    assert row.skipped == (SkippedFile(Path("/a.jpg"), "It is empty."),)


def test_a_collection_lists_its_own_tasks_and_those_of_the_library(album: Album) -> None:
    library = album.library
    other = Album(library, create_collection(library, "Door").id, 0, album.folder)
    mine = [ended(album, kind) for kind in TaskType]
    theirs = [ended(other, kind) for kind in TaskType]
    note_skip(library, mine[0], SkippedFile(Path("/a.jpg"), "It is empty."))
    listed = [row.id for row in tasks(library, album.collection_id)]
    of_library = {
        TaskType.BACKUP, TaskType.RESTORE, TaskType.REPAIR, TaskType.DOWNLOAD, TaskType.SWITCH,
    }  # fmt: skip
    shared = [one for one, kind in zip(theirs, TaskType, strict=True) if kind in of_library]
    assert listed == [*reversed(shared), *reversed(mine)], "newest first"
    page = latest_tasks(library, album.collection_id, 5)
    assert [row.id for row in page] == listed[:5]
    (first,) = [row for row in latest_tasks(library, album.collection_id, 99) if row.skip_count]
    assert (first.id, first.skip_count, first.skipped) == (mine[0], 1, ())
    found = tasks(library, album.collection_id, ["index", "erase"], ["done"])
    assert [row.type for row in found] == [TaskType.ERASE, TaskType.INDEX]
    assert len(found[-1].skipped) == 1
    assert len(tasks(library)) == 2 * len(TaskType)


def test_what_a_dead_process_was_at_is_told_as_interrupted(album: Album) -> None:
    library, folder = album.library, album.library.path.parent
    indexing = [begun(album, kind) for kind in TaskType if kind.is_indexing]
    ours, is_over = begun(album, TaskType.INDEX), ended(album, TaskType.CLUSTER)
    left, done = begun(album, TaskType.BACKUP, new_task_id()), begun(album, TaskType.ERASE)
    with attended(folder, done):
        assert recover_tasks(library, but=[ours]) == len(indexing), "only they are gone on with"
    assert {state_of(album, one) for one in [*indexing, left]} == {TaskState.INTERRUPTED}
    assert "ended before" in task(library, left).error and task(library, left).finished
    assert state_of(album, ours) is state_of(album, done) is TaskState.RUNNING
    assert state_of(album, is_over) is TaskState.DONE
    assert recover_unattended(library) == [done], "and now nobody does that any more"
    assert state_of(album, ours) is TaskState.RUNNING, "which is for the one who indexes to tell"
    assert recover_unattended(library) == []


def test_a_killed_process_attends_to_nothing_any_more(album: Album) -> None:
    folder = album.library.path.parent
    task_id = begun(album, TaskType.BACKUP)
    assert not is_attended(folder, task_id)
    with somebody_at(folder, task_id) as other:
        assert is_attended(folder, task_id)
        assert recover_unattended(album.library) == []
        assert state_of(album, task_id) is TaskState.RUNNING
        other.kill()
        other.wait()
        assert recover_unattended(album.library) == [task_id]
    assert state_of(album, task_id) is TaskState.INTERRUPTED
    assert list(folder.glob("task-*.lock")) == []


def test_locks_that_are_left_over_are_swept(album: Album) -> None:
    folder = album.library.path.parent
    old, fresh, held = (folder / f"task-{name}.lock" for name in ("old", "fresh", "held"))
    for path in (old, fresh, held):
        path.touch()
    with attended(folder, "task-held"):
        for path in (old, held):
            os.utime(path, (1, 1))
        recover_tasks(album.library)
        assert not old.exists() and fresh.exists() and held.exists()


def test_tasks_are_kept_for_a_week(album: Album) -> None:
    library = album.library
    task_id, goes_on = ended(album, TaskType.INDEX), begun(album, TaskType.INDEX)
    note_skip(library, task_id, SkippedFile(Path("/a.jpg"), "It is empty."))
    assert prune_tasks(library, now() + timedelta(days=KEPT_DAYS, minutes=-1)) == 0
    assert prune_tasks(library, now() + timedelta(days=KEPT_DAYS, minutes=1)) == 1
    assert [row.id for row in tasks(library)] == [goes_on]
    assert TaskSkip.select().count() == 0
    with pytest.raises(UsageError, match="kept for 7 days"):
        task(library, task_id)


def test_only_what_may_end_early_is_cancelled(album: Album) -> None:
    backup, erasing = begun(album, TaskType.BACKUP), begun(album, TaskType.ERASE)
    assert not is_cancel_wanted(album.library, backup)
    assert wish_cancel(album.library, backup).id == backup
    assert is_cancel_wanted(album.library, backup)
    with pytest.raises(UsageError, match="cannot be cancelled"):
        wish_cancel(album.library, erasing)
    end_task(album.library, erasing, TaskState.DONE, {})
    with pytest.raises(UsageError, match="ended already: done"):
        wish_cancel(album.library, erasing)
    with pytest.raises(UsageError, match="no task"):
        wish_cancel(album.library, "task-none")
    assert not is_cancel_wanted(album.library, erasing)


def test_there_is_no_task_of_a_library_without_a_collection(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    with pytest.raises(UsageError):
        start_task(library, None, TaskType.BACKUP)
    library.close()


# -- restoring, while nobody has the library open ---------------------------------------------


@pytest.fixture
def shelf(cast: Cast, tmp_path: Path) -> tuple[Paths, Path]:
    """A closed library, and a backup of it that was made as a task."""
    album = cast.album
    begun(album, TaskType.BACKUP)
    row = make_backup(album.library)
    begun(album, TaskType.INDEX)
    album.library.close()
    return Paths.under(tmp_path), row.path


def kinds_of(path: Path) -> list[tuple[str, str, str]]:
    """Type, state and error of the tasks in a library file, oldest first."""
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT type, state, error FROM task ORDER BY created").fetchall()


def test_a_restore_is_a_task_of_the_restored_library(shelf: tuple[Paths, Path]) -> None:
    paths, backup = shelf
    restored = restore_backup(paths, backup)
    library = Library.open(paths.database)
    (row,) = tasks(library)
    assert (row.type, row.state, row.is_asked) == (TaskType.RESTORE, TaskState.DONE, True)
    assert row.result["Photos"] == restored.backup.photos == 9
    assert row.seconds is not None and row.seconds >= 0
    assert library.problems() == []
    library.close()
    point = list_backups(paths.backups)[1]
    assert point.reason == "restore"
    assert [kind for kind, *_ in kinds_of(point.path)] == ["backup", "index"], "as it was before"


def test_a_restore_that_fails_is_told_in_the_library_that_stays(
    shelf: tuple[Paths, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, backup = shelf

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_copy_into", refuse)
    with pytest.raises(LibraryError):
        restore_backup(paths, backup)
    *_, (kind, state, error) = kinds_of(paths.database)
    assert (kind, state) == ("restore", "failed") and error
    assert list(paths.data.glob("task-*.lock")) == []


def test_a_restore_that_is_killed_was_interrupted_or_done(
    shelf: tuple[Paths, Path], tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for one in (shelf[0].database, shelf[0].backups):
        one.rename(here / one.name)
    work = "restore_backup(paths, list_backups(paths.backups)[0].path)"
    told = []
    for folder in killed_everywhere(work, here, tmp_path / "all", 9):
        library = Library.open(folder / "library.db")
        recover_tasks(library)
        assert tasks_alive(library) == []
        told.append([row.state for row in tasks(library, kinds=["restore"])])
        library.close()
    assert told[0] == [] and told[-1] == [TaskState.DONE]
    assert {tuple(one) for one in told} <= {(), (TaskState.INTERRUPTED,), (TaskState.DONE,)}
    assert [TaskState.INTERRUPTED] in told and not ALIVE & {one for all_ in told for one in all_}
