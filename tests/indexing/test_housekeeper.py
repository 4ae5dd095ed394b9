"""The housekeeper: one backup a day, never in anybody's way, and a failure is told."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from app.changes import Changes
from app.errors import LibraryError
from app.indexing import housekeeper
from app.indexing.events import Announcer, Changed, Event, Troubled
from app.indexing.housekeeper import Housekeeper, keep_house
from app.library import backups, shelf
from app.library.commands.backups import list_backups
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.photos import store_look
from app.library.database import Library
from app.library.rows import BackupRow
from tests.indexing.conftest import eventually
from tests.library.conftest import Album, a_look


def announcer_to(told: list[Event]) -> Announcer:
    announcer = Announcer()
    announcer.subscribe(told.append)
    return announcer


def made(library: Library) -> list[BackupRow]:
    return list_backups(library.path.parent / "backups")


def test_there_is_one_backup_a_day(library: Library) -> None:
    assert [keep_house(library) for _ in range(3)] == ["", "", ""]
    assert [row.reason for row in made(library)] == ["daily"]


def test_a_backup_from_before_there_were_photos_does_not_count(
    library: Library, tmp_path: Path
) -> None:
    keep_house(library)
    number = ensure_collection(library, "Photos").id
    album = Album(library, number, add_folder(library, number, tmp_path).id, tmp_path)
    (photo_id,) = album.add("1.jpg")
    keep_house(library)
    assert len(made(library)) == 1, "nothing was looked at yet"
    store_look(library, photo_id, a_look("print"))
    for _ in range(2):
        keep_house(library)
    assert [row.photos for row in made(library)] == [1, 0]


def test_it_looks_by_itself_and_ends_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeper, "FIRST", 0)
    told: list[Event] = []
    keeper = Housekeeper(library, announcer_to(told))
    keeper.start()
    while not made(library):
        threading.Event().wait(0.01)
    keeper.close()
    assert told == [] and len(made(library)) == 1


def test_strangers_are_erased_before_a_backup_is_made(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeper, "FIRST", 0)
    backups_then: list[int] = []
    changes = Changes(regrouped=True, said="Erased 3 faces of strangers")
    told: list[Event] = []

    def let_go() -> Changes:
        backups_then.append(len(made(library)))
        return changes

    keeper = Housekeeper(library, announcer_to(told), let_go=let_go)
    keeper.start()
    eventually(lambda: len(made(library)) == 1)
    keeper.close()
    assert backups_then == [0] and told == [Changed(changes)]


@pytest.mark.logs_trouble
def test_strangers_who_cannot_be_erased_now_keep_nobody_from_the_rest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Changes:
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(housekeeper, "FIRST", 0)
    keeper = Housekeeper(library, Announcer(), let_go=fail)
    keeper.start()
    eventually(lambda: len(made(library)) == 1)
    keeper.close()


def test_a_backup_under_way_does_not_hold_up_the_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slowly(_source: Path, _target: Path, stop: shelf.Stop, _tell: shelf.Tell) -> None:
        begun.set()
        while not stop():
            threading.Event().wait(0.01)
        raise shelf.StoppedError

    monkeypatch.setattr(housekeeper, "FIRST", 0)
    monkeypatch.setattr(backups, "copy_library", slowly)
    told: list[Event] = []
    keeper = Housekeeper(library, announcer_to(told))
    keeper.start()
    assert begun.wait(30)
    keeper.close()
    assert made(library) == [] and told == []
    assert [path.name for path in (library.path.parent / "backups").iterdir()] == ["backups.lock"]


def test_a_backup_of_another_is_not_waited_for_at_the_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library.path.parent / "backups"
    folder.mkdir()
    waits = threading.Event()

    def tidy(_folder: Path) -> None:
        pytest.fail("another Kinfolk is at it")

    def stop() -> bool:
        waits.set()
        return True

    monkeypatch.setattr(backups, "_tidy", tidy)
    with FileLock(folder / "backups.lock"):
        begun = time.monotonic()
        assert keep_house(library, stop) == ""
    assert waits.is_set() and time.monotonic() - begun < backups._PATIENCE
    assert made(library) == []


def test_one_that_was_never_started_can_be_closed(library: Library) -> None:
    Housekeeper(library, Announcer()).close()


@pytest.mark.logs_trouble
def test_a_failure_is_told_without_names_and_harms_nobody(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise LibraryError(f"There is no room in {library.path.parent}.")

    monkeypatch.setattr(backups, "copy_library", fail)
    assert keep_house(library).startswith("There is no room")
    assert str(library.path.parent) not in caplog.text.split("housekeeper")[-1]


@pytest.mark.logs_trouble
def test_the_user_hears_once_of_a_backup_that_fails_every_hour(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def fail(*_: object) -> None:
        tries.append(1)
        raise LibraryError("There is no room for a backup. Make room.")

    monkeypatch.setattr(backups, "copy_library", fail)
    monkeypatch.setattr(housekeeper, "FIRST", 0)
    monkeypatch.setattr(housekeeper, "EVERY", 0.001)
    told: list[Event] = []
    keeper = Housekeeper(library, announcer_to(told))
    keeper.start()
    eventually(lambda: len(tries) > 3)
    keeper.close()
    assert told == [Troubled("There is no room for a backup. Make room.")]
