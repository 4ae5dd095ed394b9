"""Troubles: what SQLite and the disk complain of, in sentences that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from app.errors import DamagedLibraryError, LibraryError

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_OF_THE_DISK = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY,
)  # fmt: skip
_READ_ONLY = (errno.EROFS,)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


def code_of(error: BaseException) -> int:
    """SQLite's own number for an error, also for one that Peewee passed on; 0 if it has none."""
    for one in (error, *error.args, error.__cause__, error.__context__):
        code = getattr(one, "sqlite_errorcode", None)
        if isinstance(code, int):
            return code & 0xFF
    return 0


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says that the file is no sound database."""
    text = str(error)
    return code_of(error) in DAMAGED or "malformed" in text or "not a database" in text


def will_be_told(error: BaseException) -> bool:
    """Whether an error is one of the file or the disk, and none of the statement."""
    return is_damage(error) or code_of(error) in _OF_THE_DISK


def damaged(path: Path, detail: str) -> DamagedLibraryError:
    """The library file is damaged."""
    return DamagedLibraryError(
        f"The library {path} is damaged and cannot be opened ({detail}). "
        "`kinfolk doctor --repair` sets it aside, restores the newest good backup and says again "
        "what you have said since; your photos are not touched."
    )


def told(error: BaseException, path: Path) -> LibraryError:
    """What went wrong with the file at `path`, and what to do about it."""
    if isinstance(error, LibraryError):
        return error
    if is_damage(error):
        return damaged(path, str(error))
    folder = path.parent
    code, number = code_of(error), getattr(error, "errno", None)
    if code == sqlite3.SQLITE_FULL or number in _NO_ROOM:
        return LibraryError(
            f"The disk with the library {path} is full. Make room on it and try again; nothing "
            "half-written stays."
        )
    if code == sqlite3.SQLITE_READONLY or number in _READ_ONLY:
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
