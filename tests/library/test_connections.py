"""The library file is let go of when it is closed, and never made anew when it was taken away."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from app.errors import LibraryError
from app.library.commands.backups import make_backup
from app.library.commands.folders import ensure_collection
from app.library.connections import PRAGMAS, WRITING_CACHE
from app.library.database import Library
from app.library.queries.folders import collections


def is_held(path: Path) -> bool:
    """Whether somebody has the file open, be it this process itself."""
    file = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        file.execute("PRAGMA locking_mode = exclusive")
        file.execute("BEGIN EXCLUSIVE")
        file.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        file.close()
    return False


def test_a_statement_that_somebody_holds_does_not_keep_the_file_open(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    ensure_collection(library, "Photos")
    held = library._database.execute_sql("SELECT * FROM collection")
    assert is_held(library.path)
    library.close()
    assert not is_held(library.path)
    del held


def test_a_library_that_was_taken_away_is_told_and_not_begun_again(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    ensure_collection(library, "Photos")
    for path in tmp_path.iterdir():
        path.unlink()
    troubles: list[str] = []

    def read_elsewhere() -> None:
        try:
            collections(library)
        except LibraryError as error:
            troubles.append(str(error))

    thread = threading.Thread(target=read_elsewhere)
    thread.start()
    thread.join()
    with pytest.raises(LibraryError, match="not there any more"):
        ensure_collection(library, "Street")
    with pytest.raises(LibraryError, match="not there any more"):
        make_backup(library)
    library.close()
    assert len(troubles) == 1 and "not there any more" in troubles[0]
    assert not library.path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files as Linux tells of them")
def test_a_thread_that_has_ended_holds_no_file_open(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    for _ in range(20):
        thread = threading.Thread(target=collections, args=(library,))
        thread.start()
        thread.join()
    held = [one for one in Path("/proc/self/fd").iterdir() if is_at(one, library.path)]
    library.close()
    assert len(held) < 10, "those of 20 threads that have ended would be many more"


def is_at(number: Path, path: Path) -> bool:
    """Whether an open file of this process is the one at a path."""
    return number.is_symlink() and number.readlink() == path


def test_only_the_connection_that_writes_keeps_much_in_memory(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")

    def room() -> int:
        return int(library.sql("PRAGMA cache_size")[0][0])

    elsewhere: list[int] = []
    thread = threading.Thread(target=lambda: elsewhere.append(room()))
    thread.start()
    thread.join()
    assert library._writer.submit(room).result() == WRITING_CACHE
    assert elsewhere == [PRAGMAS["cache_size"]] == [room()]
    assert 0 > room() > WRITING_CACHE  # KiB, below zero
    library.close()
