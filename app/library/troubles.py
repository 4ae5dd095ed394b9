"""Troubles: what SQLite and the disk complain of, in sentences that say what to do."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from app.errors import DamagedLibraryError, LibraryError

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SIGNS_OF_DAMAGE = ("malformed", "not a database", "Could not decode to UTF-8")
_OF_THE_DISK = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY,
)  # fmt: skip
_VAGUE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What SQLite also says where it had no room, or no leave, for the files beside the library."""
_LEAST_ROOM = 64 * 1024
"""Bytes: the files beside the library need half of that to be opened."""
_READ_ONLY = (errno.EROFS,)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises of a damaged file: the latter where SQLite's message quotes bytes of the file
that are no text."""


def code_of(error: BaseException) -> int:
    """SQLite's own number for an error, or for the one it came from; 0 if there is none."""
    seen: BaseException | None = error
    before: set[int] = set()  # what one error was raised from may have been raised from it
    while seen is not None and id(seen) not in before:
        before.add(id(seen))
        code = getattr(seen, "sqlite_errorcode", None)
        if isinstance(code, int) and code & 0xFF != sqlite3.SQLITE_ERROR:
            return code & 0xFF
        seen = seen.__cause__ or seen.__context__
    return 0


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says that the file is no sound database, or a text in it is none."""
    if isinstance(error, UnicodeDecodeError):
        return True
    text = str(error)
    return code_of(error) in DAMAGED or any(sign in text for sign in _SIGNS_OF_DAMAGE)


def will_be_told(error: BaseException) -> bool:
    """Whether an error is one of the file or the disk, and none of the statement."""
    return is_damage(error) or code_of(error) in _OF_THE_DISK


def damaged(path: Path, detail: str) -> DamagedLibraryError:
    """The library file is damaged."""
    return DamagedLibraryError(
        f"The library {path} is damaged ({detail}). Closing the window of Kinfolk and opening it "
        "again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and "
        "says again what you have said since; your photos are not touched."
    )


def vanished(path: Path) -> LibraryError:
    """The library file is gone from under the program that has it open."""
    return LibraryError(
        f"The library {path} is not there any more: it was moved or deleted, or its drive was "
        "disconnected. Put it back, and start Kinfolk again."
    )


def told(error: BaseException, path: Path) -> LibraryError:
    """What went wrong with the file at `path`, and what to do about it."""
    if isinstance(error, LibraryError):
        return error
    if is_damage(error):
        return damaged(path, str(error))
    folder = path.parent
    code, number = code_of(error), getattr(error, "errno", None)
    if code == sqlite3.SQLITE_FULL or number in _NO_ROOM or (code in _VAGUE and _is_full(folder)):
        return LibraryError(
            f"The disk with the library {path} is full. Make room on it and try again; nothing "
            "half-written stays."
        )
    is_read_only = code == sqlite3.SQLITE_READONLY or number in _READ_ONLY
    if is_read_only or (code in _VAGUE and _is_read_only(folder)):
        return LibraryError(
            f"The library {path} cannot be written: the file or its disk is read-only. Make it "
            "writable, or choose another folder with --library."
        )
    if not folder.is_dir():
        return LibraryError(
            f"The folder {folder} of the library is not there. Connect its drive or make the "
            "folder, and try again."
        )
    if code == sqlite3.SQLITE_PERM or number in _FORBIDDEN:
        return LibraryError(
            f"You may not use the library {path}. Give yourself the right to read and write it "
            "and its folder, or choose another folder with --library."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return LibraryError(
            f"The library {path} cannot be opened. It must be a file, in a folder that you may "
            "read and write; or choose another folder with --library."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(
            f"The library {path} is held by another program for too long. Close it and try again."
        )
    if code == sqlite3.SQLITE_IOERR or isinstance(error, OSError):
        why = getattr(error, "strerror", None) or str(error)
        return LibraryError(
            f"The disk with the library {path} does not do as it is told: {why}. See whether it "
            "is connected, full or failing, and try again."
        )
    return LibraryError(f"The library {path} cannot be opened or written: {error}.")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


def _is_read_only(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False
