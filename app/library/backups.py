"""Backups: copies of the library file, checked before they count, the newest fourteen kept.

[Note: Backups] A copy is made beside its final name, for its owner only, and gets that name only
once it has been opened and checked; so whatever bears the name of a backup was good when it was
made. The running number in the name tells their order, also after the clock was set back.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import DamagedLibraryError, LibraryBusyError, LibraryError
from app.library.cleansing import Place, erase_places
from app.library.rows import BackupRow
from app.library.shelf import (
    MOMENT,
    NAME,
    Stop,
    StoppedError,
    Tell,
    check,
    describe,
    go_on,
    listed,
    numbered,
    quietly,
)
from app.library.troubles import BROKEN, told, vanished
from app.private import make_folder, make_private, sync

logger = logging.getLogger(__name__)

FOLDER = "backups"
"""Where copies lie, beside the library file."""
KEPT = 14
DAILY, MIGRATION, RESTORE = "daily", "migration", "restore"
"""Why a copy was made."""
_NEW = ".new"
_PAGES = 512
"""Pages of the file that are copied before it is asked whether to stop."""
_PATIENCE = 60.0
"""Seconds to wait for another process that makes a backup."""
_CLEANSING = 60.0
"""Seconds in which backups are written anew without the strangers of a day; older ones than can be
done in that time go."""
_CLEAN = (
    "locking_mode = exclusive", "journal_mode = memory", "synchronous = off", "foreign_keys = on",
    "secure_delete = on",
)  # fmt: skip
"""Pragmas of a copy that is written anew: nobody else has it."""
_TICK = 0.2
"""Seconds between two questions whether to stop waiting."""


def back_up(
    source: Path,
    reason: str,
    into: Path | None = None,
    stop: Stop = go_on,
    keep: Path | None = None,
    tell: Tell = quietly,
) -> BackupRow:
    """Copy the library file at `source`, as it is at this moment, into its folder of backups or
    `into` another; check the copy, and in its own folder let go of the oldest, but for `keep`.
    `tell` hears how many of how many pages are copied.

    Raises LibraryError when that fails, StoppedError when `stop` said so; then nothing stays.
    """
    own = source.parent / FOLDER
    folder = own if into is None else into
    if not source.exists():
        raise vanished(source)  # SQLite would make an empty one, to copy it
    try:
        make_folder(own)
        if folder != own and not folder.is_dir():
            make_folder(folder)
        with _alone(own, stop):
            _tidy(folder)
            row = _copied(source, folder, reason, stop, tell)
            if into is None:
                _prune(folder, keep)
            return row
    except (*BROKEN, OSError) as error:
        raise _failed(error, source, folder) from error


def _copied(source: Path, folder: Path, reason: str, stop: Stop, tell: Tell = quietly) -> BackupRow:
    final = _next(folder, reason)
    new = final.with_name(final.name + _NEW)
    try:
        make_private(new)
        copy_library(source, new, stop, tell)
        problem = check(new, stop)
        if problem:
            raise DamagedLibraryError(
                f"The copy of the library is not good, so it was not kept: {problem} "
                "`kinfolk doctor` tells whether the library is."
            )
        sync(new)
        new.replace(final)
        sync(folder)
    finally:
        _remove(new)
    return describe(final)


def copy_library(source: Path, target: Path, stop: Stop = go_on, tell: Tell = quietly) -> None:
    """Copy a library file into another, page by page, as it is at one moment, whoever writes; the
    copy needs no other file beside it."""

    def stopping(_status: int, left: int, total: int) -> None:
        if stop():
            raise StoppedError
        tell(total - left, total)

    with (
        closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as origin,
        closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA locking_mode = exclusive")
        copy.execute("PRAGMA synchronous = off")
        # One transaction throughout: who writes meanwhile does not make it begin again.
        origin.execute("BEGIN")
        origin.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        origin.backup(copy, pages=_PAGES, progress=stopping, sleep=0)
        copy.execute("PRAGMA journal_mode = delete")


def start_over(source: Path, places: Collection[Place] = ()) -> None:
    """Let one fresh backup take the place of all others, which hold what was to be forgotten. They
    go even if the disk has no room for a fresh one. With `places`, the newest stay, without the
    faces that were there; as many as can be cleansed in a while.

    Raises OSError or LibraryError when one of them stays that holds it.
    """
    folder = source.parent / FOLDER
    make_folder(folder)
    with _alone(folder):
        _tidy(folder)
        kept = _cleansed(folder, places) if places else []
        fresh = None if kept else _fresh(source, folder)
        for path in folder.glob("library*.db*"):
            if path != fresh and path not in kept:
                path.unlink(missing_ok=True)
        sync(folder)
        if fresh is None and not kept and _fresh(source, folder) is None:
            logger.warning("There is no backup of the library: no good copy could be made")


def _cleansed(folder: Path, places: Collection[Place]) -> list[Path]:
    """The backups in which no face is at these places any more, newest first."""
    kept: list[Path] = []
    end = time.monotonic() + _CLEANSING
    for path in reversed(numbered(folder).values()):
        if kept and time.monotonic() > end:
            break
        try:
            if _cleanse(path, places):
                kept.append(path)
        except (*BROKEN, OSError) as error:  # then it goes
            logger.info("A backup could not be cleansed: %s", type(error).__name__)
    return kept


def _cleanse(path: Path, places: Collection[Place]) -> bool:
    """Write a backup anew without these faces; whether it is good."""
    new = path.with_name(path.name + _NEW)
    try:
        make_private(new)
        shutil.copyfile(path, new)
        with closing(sqlite3.connect(new, timeout=0, isolation_level=None)) as copy:
            for pragma in _CLEAN:
                copy.execute(f"PRAGMA {pragma}")
            copy.execute("BEGIN")
            count = erase_places(copy, places)
            copy.execute("COMMIT")
            if not count:
                return not describe(path).problem
            copy.execute("VACUUM")
        if check(new):
            return False
        sync(new)
        new.replace(path)
        return True
    finally:
        _remove(new)


def take_in(live: Path, file: Path) -> Path:
    """Let a backup, from wherever it is, be the newest of the library at `live`; gives the copy.

    Raises LibraryError or OSError when the disk refuses.
    """
    folder = live.parent / FOLDER
    make_folder(folder)
    with _alone(folder):
        _tidy(folder)
        return _copied(file, folder, DAILY, go_on).path


def _fresh(source: Path, folder: Path) -> Path | None:
    try:
        return _copied(source, folder, DAILY, go_on).path
    except (*BROKEN, OSError, LibraryError):
        return None


def _prune(folder: Path, keep: Path | None) -> None:
    """Let go of what is older than the newest good ones."""
    good = 0
    for row in listed(folder):
        if good >= KEPT and not (keep is not None and keep.exists() and keep.samefile(row.path)):
            _remove(row.path)
        good += not row.problem


def _next(folder: Path, reason: str) -> Path:
    number = max(numbered(folder), default=0) + 1
    moment = datetime.now(UTC).strftime(MOMENT)
    return folder / f"library-{number:06}-{moment}-{reason}.db"


def _tidy(folder: Path) -> None:
    """Remove what a process that was killed has left."""
    for path in folder.glob(f"library-*{_NEW}*"):
        if NAME.fullmatch(path.name.split(_NEW)[0]):
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a file, and what SQLite may have put beside it."""
    for end in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(folder: Path, stop: Stop = go_on) -> Iterator[None]:
    """Nobody else makes a backup meanwhile.

    Raises LibraryBusyError when somebody does not come to an end, StoppedError when `stop` said so.
    """
    lock = FileLock(folder / "backups.lock", timeout=_TICK, mode=0o600)
    end = time.monotonic() + _PATIENCE
    while not lock.is_locked:
        try:
            lock.acquire()
        except Timeout as error:
            if stop():
                raise StoppedError from error
            if time.monotonic() > end:
                raise LibraryBusyError(
                    "Another Kinfolk makes a backup of this library. Wait until it is done and try "
                    "again."
                ) from error
    try:
        yield
    finally:
        lock.release()


def _failed(error: Exception, source: Path, folder: Path) -> LibraryError:
    why = told(error, source)
    if isinstance(why, DamagedLibraryError):
        return why
    if "is full" in str(why):
        return LibraryError(f"There is no room for a backup in {folder}. Make room and try again.")
    detail = getattr(error, "strerror", None) or str(error)
    return LibraryError(
        f"No backup can be made in {folder}: {detail}. See whether you may write there."
    )
