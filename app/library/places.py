"""Places: a library file is put where another is, and that one set aside; never is there none.

[Note: Set aside] A library file has its newest pages in a file beside it (-wal), which must never
meet another library file: it goes first, under the name that the library file gets. A crash in
between leaves what can be told from the names, and doing it again completes it.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import LibraryBusyError
from app.library.database import ASIDE
from app.paths import Paths
from app.private import sync

PATIENCE = 10.0
"""Seconds to wait for others that open the library."""
_ASIDE = re.compile(rf"{ASIDE}(\d+)\.db(-wal|-shm)?")


@contextlib.contextmanager
def in_use_by_nobody(paths: Paths) -> Iterator[None]:
    """Nobody opens or indexes the library meanwhile, and nobody has it open now.

    Raises LibraryBusyError when somebody does.
    """
    opening = FileLock(paths.opening_lock, timeout=PATIENCE, mode=0o600)
    indexing = FileLock(paths.lock, timeout=0, mode=0o600)
    try:
        with opening, indexing:
            if _is_open(paths.database):
                raise Timeout(str(paths.database))
            yield
    except Timeout as error:
        raise LibraryBusyError(
            "Another Kinfolk has this library open. Close it and try again."
        ) from error


def _is_open(path: Path) -> bool:
    """Whether another process has the file open; not known of one that is damaged."""
    if not path.exists():
        return False
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as file:
        try:
            file.execute("PRAGMA locking_mode = exclusive")
            file.execute("BEGIN EXCLUSIVE")
            file.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def put_in_place(new: Path, live: Path) -> Path | None:
    """Let a library file that is closed take the place of the one that is there; gives where that
    one is now.

    Raises OSError when the disk refuses.
    """
    aside = _aside(live)
    for end in ("-wal", "-shm"):
        beside = live.with_name(live.name + end)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + end))
    was_there = live.exists()
    if was_there and not aside.exists():
        try:
            aside.hardlink_to(live)
        except OSError:  # a disk that knows no links: for a moment, there is no library
            live.replace(aside)
    sync(live.parent)
    new.replace(live)
    sync(live.parent)
    return aside if was_there else None


def _aside(live: Path) -> Path:
    """A name that is free, or the one that was begun with before a crash."""
    numbers = {
        int(found[1]) for one in live.parent.iterdir() if (found := _ASIDE.fullmatch(one.name))
    }
    last = live.with_name(f"{ASIDE}{max(numbers, default=0)}.db")
    is_begun = numbers and (not last.exists() or (live.exists() and last.samefile(live)))
    return last if is_begun else live.with_name(f"{ASIDE}{max(numbers, default=0) + 1}.db")
