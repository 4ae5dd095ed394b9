"""The housekeeper: one backup a day, never in anybody's way, and a failure is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import LibraryError
from app.indexing import housekeeper
from app.indexing.housekeeper import Housekeeper, keep_house
from app.library import backups, shelf
from app.library.commands.backups import list_backups
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.photos import store_look
from app.library.database import Library
from app.library.rows import BackupRow
from tests.library.conftest import Album, a_look


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db")
    yield opened
    opened.close()


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
    keeper = Housekeeper(library)
    keeper.start()
    while not made(library):
        threading.Event().wait(0.01)
    keeper.close()
    assert keeper.problem == "" and len(made(library)) == 1


def test_a_backup_under_way_does_not_hold_up_the_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slowly(_source: Path, _target: Path, stop: shelf.Stop) -> None:
        begun.set()
        while not stop():
            threading.Event().wait(0.01)
        raise shelf.StoppedError

    monkeypatch.setattr(housekeeper, "FIRST", 0)
    monkeypatch.setattr(backups, "copy_library", slowly)
    keeper = Housekeeper(library)
    keeper.start()
    assert begun.wait(30)
    keeper.close()
    assert made(library) == [] and keeper.problem == ""
    assert [path.name for path in (library.path.parent / "backups").iterdir()] == ["backups.lock"]


def test_one_that_was_never_started_can_be_closed(library: Library) -> None:
    Housekeeper(library).close()


@pytest.mark.logs_trouble
def test_a_failure_is_told_without_names_and_harms_nobody(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise LibraryError(f"There is no room in {library.path.parent}.")

    monkeypatch.setattr(backups, "copy_library", fail)
    assert keep_house(library).startswith("There is no room")
    assert str(library.path.parent) not in caplog.text.split("housekeeper")[-1]
