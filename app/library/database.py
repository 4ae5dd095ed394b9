"""Library: the SQLite file, opened with care, written by one thread at a time."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import peewee as pw

from app.errors import BugError, DamagedLibraryError, LibraryError, NewerLibraryError
from app.library import journal
from app.library.connections import PRAGMAS, WRITING_CACHE, Database
from app.library.models import MODELS
from app.library.stirred import Stir, Stirred, Watch, triggers
from app.library.troubles import BROKEN, damaged, is_damage, told, vanished
from app.private import make_private

if TYPE_CHECKING:
    from app.library.cleansing import Place
    from app.library.queries.visits import Visit

T = TypeVar("T")

_MOMENT = 2_000
"""ms: reads of Kinfolk itself are over by then."""
ASIDE = "library-damaged-"
"""How the name of a damaged library file begins that was set aside."""
WORKSHOP = "recovering"
"""The folder in which a library is brought back, beside the library file."""
MIGRATIONS = Path(__file__).parent / "migrations"
_STEPS = "migration"
"""The table of the migrations that a file went through."""
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


class Library:
    """The open library file.

    Read from any thread; write through `write`, which runs one function at a time, each in one
    transaction, on one thread.
    """

    def __init__(self, database: Database, path: Path, founding: FoundingRule) -> None:
        self._database = database
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")
        self._writing = threading.local()
        self._erased = 0
        self._stirred = Stirred()
        self._journal = journal.Journal(path.with_name(journal.NAME), database)
        self._version: int | None = None
        self.path = path
        self.founding = founding
        self.came: Callable[[Library, int], Sequence[Visit]] | None = None
        """Gives every visit to a collection; None: as the faces tell, unjudged."""

    @classmethod
    def open(cls, path: Path, founding: FoundingRule | None = None) -> Library:
        """Open or create the library at `path` and bring it up to date.

        Raises LibraryError when the file cannot be used: DamagedLibraryError when it is damaged or
        has lost what was said, NewerLibraryError when a later version of Kinfolk wrote it.
        """
        if any(model._meta.database is not None for model in MODELS):
            raise BugError("a library is open already: a process opens one at a time")
        said = journal.read_mark(path.with_name(journal.NAME))
        database = Database(path)
        try:
            _look_before(path)
            if not path.exists():
                # Made for the owner only before SQLite puts anything into it.
                make_private(path)
            database.connect()
            _see_that_nothing_is_lost(database, path, said)
            is_migrated = _migrate(database, path)
        except (pw.PeeweeException, *BROKEN, OSError) as error:
            database.close_all()
            raise told(error, path) from error
        except LibraryError:
            database.close_all()
            raise
        database.bind(list(MODELS), bind_refs=False, bind_backrefs=False)  # they are all there are
        library = cls(database, path, founding or FoundingRule())
        try:
            library._writer.submit(library._begin, is_migrated).result()
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
        if not self.path.exists():
            raise vanished(self.path)  # SQLite would go on writing into what nobody can find
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
        self._stirred.tell_of_erasing()
        self._journal.catch_up()
        return result

    def _begin(self, is_migrated: bool) -> None:
        """Let the writing thread notice when rows of the log are erased, and bring the journal
        up to date, if a crash came in between or a migration changed the log."""
        self._database.connect(reuse_if_open=True)
        self._database.execute_sql(f"PRAGMA cache_size = {WRITING_CACHE}")
        connection = self._database.connection()
        connection.create_function("kinfolk_erased", 0, self._note_erased)
        for statement in _WATCH:
            self._database.execute_sql(statement)
        self._journal.catch_up(anew=is_migrated)

    def _note_erased(self) -> int:
        self._erased += 1
        return self._erased

    def watch(self, erased: Callable[[], None]) -> Watch:
        """Note what is written from now on; `erased` is called when somebody was erased."""

        def work() -> Watch:
            if not self._stirred.are_noted:
                note = self._stirred.note
                self._database.connection().create_function("kinfolk_stirred", 2, note)
                for statement in triggers():
                    self._database.execute_sql(statement)
                self._stirred.are_noted = True
            watch = Watch(erased)
            self._stirred.watches.add(watch)
            return watch

        return self._writer.submit(work).result()

    def stirred(self, watch: Watch) -> Stir:
        """What was written since this was last asked. Not to be called within a write."""

        def work() -> Stir:
            return watch.take(int(self.sql("PRAGMA data_version")[0][0]))

        return self._writer.submit(work).result()

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

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """As `sql`, to be read piece by piece."""
        cursor: sqlite3.Cursor = self._database.execute_sql(statement, values)
        return cursor

    def sql_many(self, statement: str, values: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement that writes once for each of many rows, within a write."""
        self._database.cursor().executemany(statement, values)

    def define(self, name: str, function: Callable[..., Any]) -> None:
        """Let the SQL of this thread call a function of one value or more, which gives the same
        for the same."""
        self._database.connect(reuse_if_open=True)
        connection = self._database.connection()
        connection.create_function(name, -1, function, deterministic=True)

    def scrub(self, places: Collection[Place] = ()) -> bool:
        """Leave no trace of what was deleted: not in the file's free pages, not in the journals,
        and not in copies of the library, of which a fresh one takes the place of all others; if it
        was only the faces at these `places`, they are erased from the copies. Not to be called
        within a write.

        Gives False when somebody else was reading and SQLite's journal could not be emptied.
        """

        def work() -> bool:
            self._database.execute_sql("VACUUM")
            self._journal.rewrite()
            for pattern in (f"{ASIDE}*", journal.OLD.format("*")):
                for old in self.path.parent.glob(pattern):
                    old.unlink(missing_ok=True)
            shutil.rmtree(self.path.parent / WORKSHOP, ignore_errors=True)
            # Whoever reads for longer is told, and not waited for: it is tried again later.
            self._database.execute_sql(f"PRAGMA busy_timeout = {_MOMENT}")
            busy = self.sql("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
            self._database.execute_sql(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")
            return not busy

        try:
            is_clean = self._writer.submit(work).result()
            from app.library import backups

            backups.start_over(self.path, places)
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


def _migrate(database: Database, path: Path) -> bool:
    """Run the pending migrations, each in one transaction with the record that it ran; tells
    whether there were any."""
    if _STEPS in database.get_tables():
        applied = database.execute_sql(f"SELECT name FROM {_STEPS}").fetchall()
        if {name for (name,) in applied} == {step.stem for step in MIGRATIONS.glob("[0-9]*.py")}:
            return False
    from playhouse.migrations import Runner  # takes a while to load, and there hardly ever is any

    runner = Runner(database, str(MIGRATIONS), table_name=_STEPS)
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
    return bool(pending)


def unknown_steps(path: Path) -> list[str]:
    """The migrations that a library file went through and this version does not know."""
    from app.library import shelf

    with contextlib.closing(shelf.reading(path)) as file:
        steps = [str(name) for (name,) in file.execute(f"SELECT name FROM {_STEPS} ORDER BY name")]
    return [name for name in steps if not (MIGRATIONS / f"{name}.py").exists()]


def _back_up(path: Path) -> None:
    """A copy of the file as it was, before a migration touches it."""
    from app.library import backups

    try:
        backups.back_up(path, backups.MIGRATION)
    except DamagedLibraryError:
        raise
    except LibraryError as error:
        raise LibraryError(
            f"The library {path} was written by an older Kinfolk, and is only brought up to date "
            f"once there is a backup. {error}"
        ) from error


def is_known(path: Path) -> bool:
    """Whether there is a library at `path`, or was, as its backups or its journal tell; also where
    it may not be seen."""
    try:
        return path.exists() or _has_traces(path)
    except OSError:
        return True


def _has_traces(path: Path) -> bool:
    from app.library import backups, shelf

    said = journal.last_mark(path.with_name(journal.NAME))
    return (said is not None and said.words > 0) or bool(shelf.listed(path.parent / backups.FOLDER))


def _see_that_nothing_is_lost(database: Database, path: Path, said: journal.Mark | None) -> None:
    """Raises DamagedLibraryError when the library lacks words that the journal knows."""
    here = journal.Mark()
    if "decision" in database.get_tables():
        here = journal.mark_of(database.connection())
    if said is not None and said.words and said.is_ahead_of(here):
        raise damaged(path, "it has lost something that you said")


def _look_before(path: Path) -> None:
    """See that a library that was there is still there, and whole after a crash.

    Raises DamagedLibraryError when it is not.
    """
    if not path.exists() or path.stat().st_size == 0:
        if _has_traces(path):
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
