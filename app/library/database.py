"""Library: the SQLite file, opened with care, written by one thread at a time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import peewee as pw
from playhouse.migrations import Runner

from app.errors import BugError, LibraryError, NewerLibraryError
from app.library.models import MODELS

T = TypeVar("T")

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 30_000,  # ms: another process may be writing
    "synchronous": "normal",  # with WAL, a crash of the program loses nothing
    "cache_size": -64_000,  # KiB
    "secure_delete": 1,  # faces are biometric data: what is deleted is overwritten
}
BACKUPS = "backups"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class FoundingRule:
    """What it takes to found a person: this many photos with a high-definition face."""

    min_photos: int = 3
    pixels: float = 40
    """Shorter side of the face must be larger than this."""
    angle: float = 50.0
    """Degrees: |pitch|, |yaw| and |roll| must each be under this."""
    quality: float = 0.2
    """0..1: must be above this."""


class _Database(pw.SqliteDatabase):
    """Remembers the connection of every thread, so that closing the library closes them all."""

    def __init__(self, path: Path) -> None:
        self.connections: list[sqlite3.Connection] = []
        super().__init__(str(path), pragmas=PRAGMAS, check_same_thread=False)

    def _connect(self) -> Any:
        connection = super()._connect()
        self.connections.append(connection)
        return connection

    def close_all(self) -> None:
        """Close the connections of every thread."""
        self.close()
        for connection in self.connections:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        self.connections.clear()


class Library:
    """The open library file.

    Read from any thread; write through `write`, which runs one function at a time, each in one
    transaction, on one thread.
    """

    def __init__(self, database: _Database, path: Path, founding: FoundingRule) -> None:
        self._database = database
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")
        self._writing = threading.local()
        self._version: int | None = None
        self.path = path
        self.founding = founding

    @classmethod
    def open(cls, path: Path, founding: FoundingRule | None = None) -> Library:
        """Open or create the library at `path` and bring it up to date.

        Raises LibraryError when the file cannot be used, NewerLibraryError when a later version
        of Kinfolk wrote it.
        """
        if any(model._meta.database is not None for model in MODELS):
            raise BugError("a library is open already: a process opens one at a time")
        is_new = not path.exists()
        database = _Database(path)
        try:
            if is_new:
                # Made for the owner only before SQLite puts anything into it.
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            database.connect()
            _migrate(database, path)
        except (pw.DatabaseError, pw.InterfaceError, OSError) as error:
            database.close_all()
            raise LibraryError(
                f"The library {path} cannot be opened: {error}. "
                "If it is damaged, move it away or restore a backup."
            ) from error
        except LibraryError:
            database.close_all()
            raise
        database.bind(list(MODELS))
        return cls(database, path, founding or FoundingRule())

    def write(self, work: Callable[[], T]) -> T:
        """Run `work` in one transaction on the writing thread and give back what it returns.

        A command called from within a command joins its transaction. Raises what `work` raises,
        after undoing all it wrote; LibraryError when the disk refuses.
        """
        if getattr(self._writing, "now", False):
            return work()
        try:
            return self._writer.submit(self._write, work).result()
        except pw.OperationalError as error:
            raise LibraryError(
                f"The library {self.path} cannot be written: {error}. "
                "Is the disk full or read-only?"
            ) from error

    def _write(self, work: Callable[[], T]) -> T:
        self._writing.now = True
        try:
            with self._database.atomic("IMMEDIATE"):
                return work()
        finally:
            self._writing.now = False

    def was_changed_by_others(self) -> bool:
        """Whether another process has written since this was last asked; False the first time."""

        def work() -> int:
            # On the connection that writes, whose own writes do not count.
            return int(self.sql("PRAGMA data_version")[0][0])

        before, self._version = self._version, self._writer.submit(work).result()
        return before is not None and before != self._version

    @contextlib.contextmanager
    def undoable(self, keep: bool) -> Iterator[None]:
        """Within a write: what is written inside stays only if `keep`."""
        with self._database.savepoint() as savepoint:
            yield
            if not keep:
                savepoint.rollback()

    def sql(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of a read that Peewee has no short words for. For this room only."""
        return list(self._database.execute_sql(statement, values).fetchall())

    def scrub(self) -> bool:
        """Leave no trace of what was deleted: not in the file's free pages, not in the journal,
        not in copies from before a migration. Not to be called within a write.

        Gives False when somebody else was reading and the journal could not be emptied.
        """

        def work() -> bool:
            self._database.execute_sql("VACUUM")
            busy = self.sql("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
            for copy in (self.path.parent / BACKUPS).glob(f"{self.path.stem}-before-migration.db*"):
                copy.unlink(missing_ok=True)
            return not busy

        try:
            return self._writer.submit(work).result()
        except (pw.OperationalError, OSError) as error:
            raise LibraryError(
                f"Traces of it stay in {self.path.parent}: {error}. Is the disk full or read-only?"
            ) from error

    def problems(self) -> list[str]:
        """What SQLite's own checks find wrong with the file; empty when it is sound."""
        found = [str(row[0]) for row in self.sql("PRAGMA integrity_check") if row[0] != "ok"]
        found += [
            f"a row of {row[0]} points to a missing row of {row[2]}"
            for row in self.sql("PRAGMA foreign_key_check")
        ]
        return found

    def close(self) -> None:
        """Finish the writes under way and close every connection."""
        self._writer.shutdown(wait=True)
        self._database.close_all()
        for model in MODELS:
            model.bind(None)


def _migrate(database: _Database, path: Path) -> None:
    """Run the pending migrations, each in one transaction with the record that it ran."""
    runner = Runner(database, str(MIGRATIONS), table_name="migration")
    unknown = [step.name for step in runner.status() if step.path is None]
    if unknown:
        raise NewerLibraryError(
            f"The library {path} was written by a newer Kinfolk ({unknown[-1]}). "
            "Install the newest version to open it."
        )
    pending = [step for step in runner.status() if not step.applied]
    if pending and runner.applied():
        _back_up(database, path)
    if pending:
        runner.up()


def _back_up(database: _Database, path: Path) -> None:
    """A copy of the file as it was, before a migration touches it."""
    folder = path.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{path.stem}-before-migration.db"
    os.close(os.open(copy, os.O_CREAT | os.O_RDWR, 0o600))
    target = sqlite3.connect(copy)
    try:
        database.connection().backup(target)
    finally:
        target.close()
