"""Backups: copies of the library file, checked before they count, the newest fourteen kept.

[Note: Backups] A copy is made beside its final name, for its owner only, and gets that name only
once it has been opened and checked; so whatever bears the name of a backup was good when it was
made. The running number in the name tells their order, also after the clock was set back.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import DamagedLibraryError, LibraryBusyError, LibraryError
from app.library.rows import BackupRow
from app.library.troubles import is_damage, told

logger = logging.getLogger(__name__)

FOLDER = "backups"
"""Where copies lie, beside the library file."""
KEPT = 14
DAILY, MIGRATION, RESTORE, ASKED = "daily", "migration", "restore", "asked"
"""Why a copy was made."""
TABLES = ("collection", "photo", "person", "face", "decision", "decisionface", "migration")
"""What every version of a library has."""

_NAME = re.compile(r"library-(\d{6,})-(\d{8}-\d{6})-([a-z]+)\.db")
_NEW = ".new"
_MOMENT = "%Y%m%d-%H%M%S"
_PAGES = 512
"""Pages of the file that are copied before it is asked whether to stop."""
_INSTRUCTIONS = 100_000
"""Steps of SQLite's machine before it is asked whether to stop."""
_PATIENCE = 60.0
"""Seconds to wait for another process that makes a backup."""

Stop = Callable[[], bool]


class StoppedError(Exception):
    """The copying was to end before it was done; nothing of it stays."""


def go_on() -> bool:
    """Never stop."""
    return False


def back_up(source: Path, reason: str, into: Path | None = None, stop: Stop = go_on) -> BackupRow:
    """Copy the library file at `source`, as it is at this moment, into its folder of backups or
    `into` another; check the copy, and in its own folder let go of the oldest.

    Raises LibraryError when that fails, StoppedError when `stop` said so; then nothing stays.
    """
    own = source.parent / FOLDER
    folder = own if into is None else into
    try:
        make_folder(own)
        if folder != own and not folder.is_dir():
            make_folder(folder)
        with _alone(own):
            _tidy(folder)
            return _copied(source, folder, reason, stop, is_own=into is None)
    except (sqlite3.Error, OSError) as error:
        raise _failed(error, source, folder) from error


def _copied(source: Path, folder: Path, reason: str, stop: Stop, is_own: bool) -> BackupRow:
    final = _next(folder, reason)
    new = final.with_name(final.name + _NEW)
    try:
        make_private(new)
        copy_library(source, new, stop)
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
    if is_own:
        _prune(folder)
    return describe(final)


def copy_library(source: Path, target: Path, stop: Stop = go_on) -> None:
    """Copy a library file into another, page by page, as it is at one moment, whoever writes; the
    copy needs no other file beside it."""

    def stopping(_status: int, _left: int, _total: int) -> None:
        if stop():
            raise StoppedError

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


def check(path: Path, stop: Stop = go_on) -> str:
    """What is wrong with a library file, in a sentence; empty when it is sound."""
    try:
        with closing(_reading(path)) as file:
            file.set_progress_handler(lambda: int(stop()), _INSTRUCTIONS)
            found = [str(row[0]) for row in file.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                return f"It is damaged: {found[0].splitlines()[0]}."
            if file.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return "It is damaged: a row points to one that is missing."
            return _lacking(file)
    except sqlite3.Error as error:
        if stop():
            raise StoppedError from error
        return f"It is damaged: {error}." if is_damage(error) else f"It cannot be read: {error}."
    except OSError as error:
        return f"It cannot be read: {error.strerror}."


def _lacking(file: sqlite3.Connection) -> str:
    tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
    return "" if tables.issuperset(TABLES) else "It is no library of Kinfolk."


def describe(path: Path) -> BackupRow:
    """A backup, by its name and a glance into it. Its problem is empty if it bears the name of one
    that was checked when it was made, and has its full size."""
    found = _NAME.fullmatch(path.name)
    size, photos, people, words, problem = 0, 0, 0, 0, ""
    at = datetime.fromtimestamp(0, UTC)
    try:
        status = path.stat()
        size, at = status.st_size, datetime.fromtimestamp(status.st_mtime, UTC)
        problem = _misses(path, size)
        if not problem:
            with closing(_reading(path)) as file:
                problem = _lacking(file)
                if not problem:
                    photos, people, words = _counts(file)
    except sqlite3.Error as error:
        problem = f"It is damaged: {error}."
    except OSError as error:
        problem = f"It cannot be read: {error.strerror}."
    if found is not None:
        with contextlib.suppress(ValueError):
            at = datetime.strptime(found[2], _MOMENT).replace(tzinfo=UTC)
    reason = ASKED if found is None else found[3]
    return BackupRow(path, at.replace(tzinfo=None), reason, size, photos, people, words, problem)


def _counts(file: sqlite3.Connection) -> tuple[int, int, int]:
    statements = (
        "SELECT COUNT(*) FROM photo WHERE state = 'looked'",
        "SELECT COUNT(*) FROM person WHERE name <> '' AND merged_into_id IS NULL",
        "SELECT COUNT(*) FROM decision",
    )
    photos, people, words = (int(file.execute(one).fetchone()[0]) for one in statements)
    return photos, people, words


def _misses(path: Path, size: int) -> str:
    """Whether the head of the file names another size than the file has."""
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        return "It is damaged: it is no database."
    page = int.from_bytes(head[16:18], "big")
    expected = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
    return "" if size == expected else "It is damaged: it does not have its full size."


def listed(folder: Path) -> list[BackupRow]:
    """The backups in a folder, newest first: the one with the highest number."""
    return [describe(path) for path in reversed(_numbered(folder).values())]


def is_due(folder: Path, now: datetime | None = None) -> bool:
    """Whether it is time for the daily backup: the newest is a day old; or it is from a day that
    is yet to come, because the clock was set back."""
    moment = (now or datetime.now(UTC)).replace(tzinfo=None)
    newest = next((row for row in listed(folder) if not row.problem), None)
    return newest is None or abs(moment - newest.at) >= timedelta(days=1)


def start_over(source: Path) -> None:
    """Let one fresh backup take the place of all others, which hold what was to be forgotten. They
    go even if the disk has no room for a fresh one.

    Raises OSError or LibraryError when one of them stays.
    """
    folder = source.parent / FOLDER
    make_folder(folder)
    with _alone(folder):
        fresh = _fresh(source, folder)
        for path in folder.glob("library*.db*"):
            if path != fresh:
                path.unlink(missing_ok=True)
        sync(folder)
        if fresh is None and _fresh(source, folder) is None:
            logger.warning("There is no backup of the library: no good copy could be made")


def _fresh(source: Path, folder: Path) -> Path | None:
    try:
        return _copied(source, folder, DAILY, go_on, is_own=False).path
    except (sqlite3.Error, OSError, LibraryError):
        return None


def _prune(folder: Path) -> None:
    """Let go of what is older than the newest good ones."""
    good = 0
    for row in listed(folder):
        if good == KEPT:
            _remove(row.path)
        good += not row.problem
        good = min(good, KEPT)


def _numbered(folder: Path) -> dict[int, Path]:
    """The backups in a folder by number, ascending."""
    if not folder.is_dir():
        return {}
    found = {
        int(name[1]): path for path in folder.iterdir() if (name := _NAME.fullmatch(path.name))
    }
    return dict(sorted(found.items()))


def _next(folder: Path, reason: str) -> Path:
    number = max(_numbered(folder), default=0) + 1
    moment = datetime.now(UTC).strftime(_MOMENT)
    return folder / f"library-{number:06}-{moment}-{reason}.db"


def _tidy(folder: Path) -> None:
    """Remove what a process that was killed has left."""
    for path in folder.glob(f"library-*{_NEW}*"):
        if _NAME.fullmatch(path.name.split(_NEW)[0]):
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a file, and what SQLite may have put beside it."""
    for end in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else makes a backup meanwhile.

    Raises LibraryBusyError when somebody does not come to an end.
    """
    lock = FileLock(folder / "backups.lock", timeout=_PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            "Another Kinfolk makes a backup of this library. Wait until it is done and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing on the disk: no lock, no file beside this one."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


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


def make_folder(folder: Path) -> None:
    """Make a folder for its owner only, if it is not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """Make an empty file for its owner only.

    Raises OSError when it is there already or cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, through a power cut."""
    try:
        number = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows does not open folders
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)
