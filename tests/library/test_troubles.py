"""Troubles: each thing that may go wrong with the disk is told with what to do about it."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from app.errors import DamagedLibraryError, LibraryError
from app.library import backups
from app.library.commands.backups import lacking, list_backups, make_backup
from app.library.commands.folders import create_collection
from app.library.commands.people import name_person
from app.library.database import Library
from app.library.models import Collection
from app.library.queries.folders import collections
from app.library.troubles import is_damage, told
from tests.library.conftest import Cast
from tests.library.spoken_of import told as log_of


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("whatever")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(("error", "what"), [
    (sqlite_error(sqlite3.SQLITE_FULL), "is full. Make room"),
    (OSError(errno.ENOSPC, "No space left on device"), "is full. Make room"),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), "is full. Make room"),
    (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), "is read-only. Make it writable"),
    (OSError(errno.EROFS, "Read-only file system"), "is read-only. Make it writable"),
    (OSError(errno.EACCES, "Permission denied"), "You may not use"),
    (sqlite_error(sqlite3.SQLITE_PERM), "You may not use"),
    (sqlite_error(sqlite3.SQLITE_CANTOPEN), "It must be a file"),
    (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), "connected, full or failing"),
    (OSError(errno.EIO, "Input/output error"), "Input/output error. See whether"),
    (sqlite_error(sqlite3.SQLITE_BUSY), "held by another program"),
])  # fmt: skip
def test_every_trouble_has_its_sentence(tmp_path: Path, error: Exception, what: str) -> None:
    sentence = told(error, tmp_path / "library.db")
    assert what in str(sentence) and str(tmp_path) in str(sentence)
    assert not isinstance(sentence, DamagedLibraryError) and not is_damage(error)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT_VTAB, sqlite3.SQLITE_NOTADB])
def test_damage_is_told_as_damage(tmp_path: Path, code: int) -> None:
    sentence = told(sqlite_error(code), tmp_path / "library.db")
    assert isinstance(sentence, DamagedLibraryError) and "doctor --repair" in str(sentence)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is not there"):
        Library.open(tmp_path / "stick" / "library.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(LibraryError, match="It must be a file"):
        Library.open(tmp_path / "library.db")


def test_a_full_disk_leaves_nothing_half_written(cast: Cast) -> None:
    library = cast.library
    before = log_of(library)

    def limit(pages: int) -> None:
        library.sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        Collection.create(name="x" * 1_000_000)

    library.write(lambda: limit(library.sql("PRAGMA page_count")[0][0] + 10))
    with pytest.raises(LibraryError, match="is full"):
        library.write(fill)
    library.write(lambda: limit(1_000_000))
    assert [row.name for row in collections(library)] == ["Photos"]
    assert log_of(library) == before
    name_person(library, cast.anna.id, "Annika")
    assert len(log_of(library)) == len(before) + 1


def test_a_library_that_became_read_only(cast: Cast) -> None:
    before = log_of(cast.library)
    cast.library.write(lambda: cast.library.sql("PRAGMA query_only = 1"))
    with pytest.raises(LibraryError, match="is read-only"):
        create_collection(cast.library, "Street")
    cast.reopen()
    assert log_of(cast.library) == before
    create_collection(cast.library, "Street")


def test_no_room_for_a_backup(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite_error(sqlite3.SQLITE_FULL)

    folder = cast.library.path.parent / "backups"
    with monkeypatch.context() as broken:
        broken.setattr(backups, "copy_library", full)
        with pytest.raises(LibraryError, match="There is no room for a backup"):
            make_backup(cast.library)
    assert list_backups(folder) == [] and "no good backup" in lacking(folder)
    row = make_backup(cast.library)
    assert lacking(folder) == ""
    row.path.write_bytes(row.path.read_bytes()[:-10])
    make_backup(cast.library)
    assert "A backup is damaged" in lacking(folder)


def test_an_old_library_waits_until_there_is_room_for_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vintage = Path(__file__).parents[1] / "vintage" / "library-1.db"
    path = tmp_path / "library.db"
    path.write_bytes(vintage.read_bytes())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(backups, "sync", full)
        with pytest.raises(LibraryError, match="only brought up to date once there is a backup"):
            Library.open(path)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT COUNT(*) FROM migration").fetchone() == (1,)
    raw.close()
    Library.open(path).close()
