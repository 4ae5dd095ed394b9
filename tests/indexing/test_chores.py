"""Chores: what is done beside the indexing is a task, whichever process does it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import KnownError, LibraryError
from app.indexing import chores as chores_room
from app.indexing.chores import Chore, Chores
from app.indexing.events import Announcer, Ended, Event, Progressed
from app.indexing.house import House
from app.library.commands.backups import list_backups
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import name_person
from app.library.commands.tasks import wish_cancel
from app.library.database import Library
from app.library.queries.people import list_people
from app.library.queries.tasks import task, tasks
from app.library.rows import TaskRow, TaskState, TaskType
from app.library.shelf import StoppedError
from app.media.thumbnails import ThumbnailCache
from app.progress import Cancelled
from tests.indexing.conftest import eventually
from tests.library.conftest import Album

_AT_IT = """
import sys, time
from pathlib import Path
from app.indexing.chores import Chores
from app.library.database import Library
from app.library.rows import TaskType

library = Library.open(Path(sys.argv[1]))
with Chores(library).begin(TaskType.BACKUP) as chore:
    chore.tell(1, 4)
    print(chore.id, flush=True)
    while not chore.is_over_wanted():
        time.sleep(0.05)
    chore.token.check_cancelled()
"""


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    library = Library.open(tmp_path / "library.db")
    number = ensure_collection(library, "Photos").id
    yield Album(library, number, add_folder(library, number, tmp_path).id, tmp_path)
    library.close()


class Told:
    """Chores, and what they told."""

    def __init__(self, library: Library) -> None:
        self.events: list[Event] = []
        announcer = Announcer()
        announcer.subscribe(self.events.append)
        self.chores = Chores(library, announcer)

    def ended(self) -> list[TaskRow]:
        return [event.task for event in self.events if isinstance(event, Ended)]


def kept(album: Album) -> list[Path]:
    return sorted((album.library.path.parent / "backups").glob("*.db"))


def locks(album: Album) -> list[Path]:
    return list(album.library.path.parent.glob("task-*.lock"))


def test_a_backup_is_a_task_with_a_result(album: Album) -> None:
    told = Told(album.library)
    row = told.chores.back_up()
    (found,) = tasks(album.library, album.collection_id)
    assert (found.type, found.state, found.is_asked) == (TaskType.BACKUP, TaskState.DONE, True)
    assert found.result["Size"] == row.size and found.result["Reason"] == "asked"
    assert 0 < found.done == found.total, "pages of the file"
    assert told.ended() == [found] and isinstance(told.events[0], Progressed)
    assert told.events[0].progress.state == "running"
    assert locks(album) == [] and list(told.chores.ours) == []


def test_while_it_goes_on_its_lock_is_held_and_its_progress_known(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores_room, "WRITE_EVERY", 0)
    chores = Chores(album.library)
    with chores.begin(TaskType.REPAIR) as chore:
        assert list(chores.ours) == [chore.id] and len(locks(album)) == 1
        chore.tell(2, 8)
        row = task(album.library, chore.id)
        assert (row.state, row.done, row.total) == (TaskState.RUNNING, 2, 8)
        assert not row.can_cancel
    assert task(album.library, chore.id).percent == 100


def test_a_backup_that_somebody_cancels_leaves_nothing(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores_room, "HEED_EVERY", 0)
    chores = Chores(album.library)

    def stop() -> bool:  # it is asked between any two steps
        (task_id,) = chores.ours
        if task(album.library, task_id).state is TaskState.RUNNING:
            wish_cancel(album.library, task_id)
        return False

    with pytest.raises(KnownError, match="cancelled"):
        chores.back_up(stop=stop)
    (row,) = tasks(album.library)
    assert (row.state, row.error) == (TaskState.CANCELLED, "")
    assert kept(album) == [] and locks(album) == []


def test_one_that_the_end_of_the_program_cuts_off_was_interrupted(album: Album) -> None:
    with pytest.raises(StoppedError):
        Chores(album.library).back_up("daily", stop=lambda: True, asked=False)
    (row,) = tasks(album.library)
    assert (row.state, row.is_asked) == (TaskState.INTERRUPTED, False)


def test_why_one_failed_is_told(album: Album, tmp_path: Path) -> None:
    told = Told(album.library)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match="No backup can be made"):
        told.chores.back_up(into=tmp_path / "file")
    (row,) = tasks(album.library)
    assert row.state is TaskState.FAILED and row.error.startswith("No backup can be made")
    assert told.ended() == [row]


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), ZeroDivisionError()])
def test_whatever_happens_it_ends_once(album: Album, error: BaseException) -> None:
    told = Told(album.library)

    def work(chore: Chore) -> None:
        if isinstance(error, Cancelled):
            chore.token.cancel()
        raise error

    with pytest.raises(type(error)), told.chores.begin(TaskType.REPAIR) as chore:
        work(chore)
    (row,) = told.ended()
    has_failed = isinstance(error, ZeroDivisionError)
    assert row.state is (TaskState.FAILED if has_failed else TaskState.CANCELLED)
    assert task(album.library, chore.id) == row and locks(album) == []


def test_a_library_that_cannot_be_written_can_be_backed_up(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LibraryError("There is no room.")

    monkeypatch.setattr(Library, "write", refuse)
    told = Told(album.library)
    assert told.chores.back_up().photos == 0
    (row,) = told.ended()
    assert row.state is TaskState.DONE and row.finished is not None
    monkeypatch.undo()
    assert tasks(album.library) == [], "nobody knows of it"
    assert len(kept(album)) == 1


def test_erasing_is_a_task_that_names_nobody(album: Album, tmp_path: Path) -> None:
    library, number = album.library, album.collection_id
    who = album.person(2)
    name_person(library, who.id, "Annabelle")
    thumbnails = ThumbnailCache(tmp_path / "cache", 10_000_000)
    chores = Chores(library)
    chores.forget(thumbnails, number, who.id)
    album.person(2, start=10)
    chores.erase_faces(thumbnails, number)
    assert list_people(library, number) == []
    every, one = tasks(library, number)
    assert one.result.items() >= {"What": "person"}.items()
    assert every.result.items() >= {"What": "faces", "People": 1}.items()
    assert {row.state for row in (one, every)} == {TaskState.DONE}
    assert "Annabelle" not in repr((one, every)) and who.key not in repr((one, every))
    (backup,) = list_backups(library.path.parent / "backups")
    assert backup.problem == ""


# -- several processes ------------------------------------------------------------------------


@pytest.fixture
def at_it(open_house: Callable[..., House]) -> Iterator[tuple[House, subprocess.Popen[str], str]]:
    """A house that indexes, and another process that makes a backup until it is cancelled."""
    house = open_house()
    words = [sys.executable, "-c", _AT_IT, str(house.paths.database)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            yield house, other, other.stdout.readline().strip()
        finally:
            other.kill()


def follow(house: House, task_id: str) -> list[Event]:
    """Start the indexer, and wait until it has told of a task of another process."""
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    house.indexer.start()
    eventually(lambda: any(_is_about(event, task_id) for event in list(events)))
    return events


def _is_about(event: Event, task_id: str) -> bool:
    return (
        isinstance(event, Progressed)
        and event.progress.task_id == task_id
        and event.progress.by_other
        and event.progress.total == 4
    )


def ends(events: list[Event]) -> list[TaskState]:
    return [e.task.state for e in list(events) if isinstance(e, Ended)]


def test_the_chore_of_another_process_is_seen_and_cancelled(
    at_it: tuple[House, subprocess.Popen[str], str],
) -> None:
    house, other, task_id = at_it
    events = follow(house, task_id)
    assert task(house.library, task_id).state is TaskState.RUNNING, "indexing or not"
    house.indexer.cancel(task_id)
    eventually(lambda: ends(events) == [TaskState.CANCELLED])
    other.wait(30)
    assert task(house.library, task_id).state is TaskState.CANCELLED


def test_the_chore_of_a_process_that_is_killed_is_told_as_interrupted(
    at_it: tuple[House, subprocess.Popen[str], str],
) -> None:
    house, other, task_id = at_it
    events = follow(house, task_id)
    other.send_signal(signal.SIGKILL)
    other.wait(30)
    eventually(lambda: ends(events) == [TaskState.INTERRUPTED])
    row = task(house.library, task_id)
    assert row.state is TaskState.INTERRUPTED and "ended before" in row.error
    assert house.indexer.recovered == 0, "nothing of it is gone on with"
