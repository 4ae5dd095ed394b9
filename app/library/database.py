"""Library: the SQLite file, opened with care, written by one thread at a time."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import peewee as pw
from playhouse.migrations import Runner

from app.errors import BugError, DamagedLibraryError, LibraryError, NewerLibraryError
from app.library import backups, journal
from app.library.models import MODELS
from app.library.troubles import damaged, is_damage, told, will_be_told

logger = logging.getLogger(__name__)

T = TypeVar("T")

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 30_000,  # ms: another process may be writing
    "synchronous": "full",  # nor does a power cut lose a word
    "cache_size": -64_000,  # KiB
    "secure_delete": 1,  # faces are biometric data: what is deleted is overwritten
}
ASIDE = "library-damaged-"
"""How the name of a damaged library file begins that was set aside."""
MIGRATIONS = Path(__file__).parent / "migrations"
_WATCH = tuple(
    f"CREATE TEMP TRIGGER {table}_{what.split()[0]} AFTER {what} ON main.{table} "
    "BEGIN SELECT kinfolk_erased(); END"
    for table, columns in (
        ("decision", "collection_id, at, kind, data, said, target_id"),
        ("decisionface", "decision_id, fingerprint, x, y, w, h, before"),
    )
    for what in ("DELETE", f"UPDATE OF {columns}")
)
"""What is done to the log but for adding to it; `undone` follows from it."""


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


class _Cursor(sqlite3.Cursor):
    """Tells in whole sentences when the file is damaged, or the disk refuses."""

    connection: _Connection

    def execute(self, *arguments: Any) -> _Cursor:
        """Run a statement."""
        with self._told():
            return super().execute(*arguments)

    def fetchone(self) -> Any:
        """The next row."""
        try:  # no context manager: this is called for every row that there is
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def fetchmany(self, *arguments: Any, **named: Any) -> list[Any]:
        """The next rows."""
        with self._told():
            return super().fetchmany(*arguments, **named)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        with self._told():
            return super().fetchall()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def _tell(self, error: sqlite3.DatabaseError) -> None:
        if will_be_told(error):
            raise told(error, self.connection.path) from error


class _Connection(sqlite3.Connection):
    """A connection that knows which file it is to."""

    path: Path

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor."""
        return super().cursor(factory)


class _Database(pw.SqliteDatabase):
    """Remembers the connection of every thread, so that closing the library closes them all."""

    def __init__(self, path: Path) -> None:
        self.connections: list[sqlite3.Connection] = []
        self._path = path
        super().__init__(str(path), pragmas=PRAGMAS, check_same_thread=False, factory=_Connection)

    def _add_conn_hooks(self, connection: Any) -> None:
        connection.path = self._path
        super()._add_conn_hooks(connection)

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
        self._erased = 0
        self._journal = journal.Journal(path.with_name(journal.NAME), database)
        self.path = path
        self.founding = founding

    @classmethod
    def open(cls, path: Path, founding: FoundingRule | None = None) -> Library:
        """Open or create the library at `path` and bring it up to date.

        Raises LibraryError when the file cannot be used: DamagedLibraryError when it is damaged or
        has lost what was said, NewerLibraryError when a later version of Kinfolk wrote it.
        """
        if any(model._meta.database is not None for model in MODELS):
            raise BugError("a library is open already: a process opens one at a time")
        said = journal.read_mark(path.with_name(journal.NAME))
        _look_before(path, said)
        database = _Database(path)
        try:
            if not path.exists():
                # Made for the owner only before SQLite puts anything into it.
                backups.make_private(path)
            database.connect()
            _migrate(database, path)
            if said is not None and said.is_ahead_of(journal.mark_of(database.connection())):
                raise damaged(path, "it has lost something that you said")
        except (pw.PeeweeException, sqlite3.Error, OSError) as error:
            database.close_all()
            raise told(error, path) from error
        except LibraryError:
            database.close_all()
            raise
        database.bind(list(MODELS))
        library = cls(database, path, founding or FoundingRule())
        try:
            library._writer.submit(library._begin).result()
        except BaseException:
            library.close()
            raise
        return library

    def write(self, work: Callable[[], T]) -> T:
        """Run `work` in one transaction on the writing thread and give back what it returns; what
        it said is in the journal by then.

        A command called from within a command joins its transaction. Raises what `work` raises,
        after undoing all it wrote; LibraryError when the disk refuses.
        """
        if getattr(self._writing, "now", False):
            return work()
        try:
            return self._writer.submit(self._write, work).result()
        except (pw.OperationalError, pw.InternalError, sqlite3.OperationalError) as error:
            raise told(error, self.path) from error

    def _write(self, work: Callable[[], T]) -> T:
        self._writing.now = True
        self._erased = 0
        try:
            with self._database.atomic("IMMEDIATE"):
                result = work()
                if self._erased:
                    number = self.sql("PRAGMA user_version")[0][0]
                    self._database.execute_sql(f"PRAGMA user_version = {number + 1}")
        finally:
            self._writing.now = False
        self._journal.catch_up()
        return result

    def _begin(self) -> None:
        """Let the writing thread notice when rows of the log are erased, and bring the journal
        up to date if a crash came in between."""
        self._database.connect(reuse_if_open=True)
        connection = self._database.connection()
        connection.create_function("kinfolk_erased", 0, self._note_erased)
        for statement in _WATCH:
            self._database.execute_sql(statement)
        self._journal.catch_up()

    def _note_erased(self) -> int:
        self._erased += 1
        return self._erased

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
        """Leave no trace of what was deleted: not in the file's free pages, not in the journals,
        and not in copies of the library, of which a fresh one takes the place of all others. Not
        to be called within a write.

        Gives False when somebody else was reading and SQLite's journal could not be emptied.
        """

        def work() -> bool:
            self._database.execute_sql("VACUUM")
            self._journal.rewrite()
            for pattern in (f"{ASIDE}*", journal.OLD.format("*")):
                for old in self.path.parent.glob(pattern):
                    old.unlink(missing_ok=True)
            busy = self.sql("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
            return not busy

        try:
            is_clean = self._writer.submit(work).result()
            backups.start_over(self.path)
        except (pw.PeeweeException, LibraryError, OSError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise LibraryError(
                f"Traces of it stay in {self.path.parent}: {why}. "
                "See whether the disk is full or read-only, and do it again."
            ) from error
        return is_clean

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
        _back_up(path)
    if pending:
        runner.up()


def _back_up(path: Path) -> None:
    """A copy of the file as it was, before a migration touches it."""
    try:
        backups.back_up(path, backups.MIGRATION)
    except DamagedLibraryError:
        raise
    except LibraryError as error:
        raise LibraryError(
            f"The library {path} was written by an older Kinfolk, and is only brought up to date "
            f"once there is a backup. {error}"
        ) from error


def _look_before(path: Path, said: journal.Mark | None) -> None:
    """See that a library that was there is still there, and whole after a crash.

    Raises DamagedLibraryError when it is not.
    """
    if not path.exists() or path.stat().st_size == 0:
        if (said is not None and said.words) or backups.listed(path.parent / backups.FOLDER):
            raise damaged(path, "the file is missing or empty")
        return
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    # Whoever had it open did not close it: it crashed, or is at work still. Then it is locked.
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as file:
        try:
            file.execute("PRAGMA locking_mode = exclusive")
            found = file.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise damaged(path, str(error)) from error
            return
    if found != "ok":
        raise damaged(path, found.splitlines()[0])
