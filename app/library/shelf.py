"""Shelf: the backups in a folder: which there are, and whether they are good.

A glance at the name and the head of a file tells what a list shows; only `check` reads it whole.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.library.rows import BackupRow
from app.library.troubles import BROKEN, is_damage

TABLES = ("collection", "photo", "person", "face", "decision", "decisionface", "migration")
"""What every version of a library has."""
ASKED = "asked"
"""Why a copy was made whose name does not tell."""
NAME = re.compile(r"library-(\d{6,})-(\d{8}-\d{6})-([a-z]+)\.db")
MOMENT = "%Y%m%d-%H%M%S"
KINDS = {"INTEGER": ("integer",), "REAL": ("real", "integer"), "TEXT": ("text",)}
"""How SQLite keeps a value of a column that is declared so; one that it keeps otherwise was written
by nobody."""
_INSTRUCTIONS = 100_000
"""Steps of SQLite's machine before it is asked whether to stop."""

Stop = Callable[[], bool]
Tell = Callable[[int, int], None]
"""Hears how far it is: so much of so much."""
Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Gives the rows that a statement selects."""


class StoppedError(Exception):
    """The copying was to end before it was done; nothing of it stays."""


def go_on() -> bool:
    """Never stop."""
    return False


def quietly(_done: int, _total: int) -> None:
    """Tell nobody."""


def check(path: Path, stop: Stop = go_on) -> str:
    """What is wrong with a library file, in a sentence; empty when it is sound."""
    try:
        with closing(reading(path)) as file:
            file.set_progress_handler(lambda: int(stop()), _INSTRUCTIONS)
            found = [str(row[0]) for row in file.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                return f"It is damaged: {found[0].splitlines()[0]}."
            if file.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return "It is damaged: a row points to one that is missing."
            return _lacking(file) or nonsense(file.execute)
    except BROKEN as error:
        if stop():
            raise StoppedError from error
        return f"It is damaged: {error}." if is_damage(error) else f"It cannot be read: {error}."
    except OSError as error:
        return f"It cannot be read: {error.strerror}."


def nonsense(ask: Ask) -> str:
    """What is wrong with the values in a library, in a sentence; empty when they can be read.

    SQLite's own check looks at how rows lie in the file, not at what they say.

    Raises sqlite3.DatabaseError, or what `ask` makes of it, where text is none.
    """
    tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        columns = [(row[1], row[2]) for row in ask(f'PRAGMA table_info("{table}")')]
        strange = [
            f"typeof(\"{name}\") NOT IN ('null', {', '.join(map(repr, KINDS[kind]))})"
            for name, kind in columns
            if kind in KINDS
        ]
        if strange and any(ask(f'SELECT 1 FROM "{table}" WHERE {" OR ".join(strange)} LIMIT 1')):
            return f"It is damaged: a row of the table {table} makes no sense."
        texts = ", ".join(f'"{name}"' for name, kind in columns if kind == "TEXT")
        if texts:
            for _ in ask(f'SELECT {texts} FROM "{table}" NOT INDEXED'):
                pass
    return ""


def _lacking(file: sqlite3.Connection) -> str:
    tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
    return "" if tables.issuperset(TABLES) else "It is no library of Kinfolk."


def describe(path: Path) -> BackupRow:
    """A backup, by its name and a glance into it. Its problem is empty if it bears the name of one
    that was checked when it was made, and has its full size."""
    found = NAME.fullmatch(path.name)
    size, photos, people, words, problem = 0, 0, 0, 0, ""
    at = datetime.fromtimestamp(0, UTC)
    try:
        status = path.stat()
        size, at = status.st_size, datetime.fromtimestamp(status.st_mtime, UTC)
        problem = _misses(path, size)
        if not problem:
            with closing(reading(path)) as file:
                problem = _lacking(file)
                if not problem:
                    photos, people, words = _counts(file)
    except BROKEN as error:
        problem = f"It is damaged: {error}."
    except OSError as error:
        problem = f"It cannot be read: {error.strerror}."
    if found is not None:
        with contextlib.suppress(ValueError):
            at = datetime.strptime(found[2], MOMENT).replace(tzinfo=UTC)
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
    return [describe(path) for path in reversed(numbered(folder).values())]


def is_due(folder: Path, now: datetime | None = None, has_photos: bool = False) -> bool:
    """Whether it is time for the daily backup: the newest is a day old; or it is from a day that
    is yet to come, because the clock was set back; or it is from before there were photos."""
    moment = (now or datetime.now(UTC)).replace(tzinfo=None)
    newest = next((row for row in listed(folder) if not row.problem), None)
    if newest is None or abs(moment - newest.at) >= timedelta(days=1):
        return True
    return has_photos and not newest.photos


def numbered(folder: Path) -> dict[int, Path]:
    """The backups in a folder by number, ascending."""
    if not folder.is_dir():
        return {}
    found = {int(name[1]): path for path in folder.iterdir() if (name := NAME.fullmatch(path.name))}
    return dict(sorted(found.items()))


def reading(path: Path) -> sqlite3.Connection:
    """A connection to a library file that is in no use, and that leaves everything as it is."""
    log = path.with_name(f"{path.name}-wal")
    mode = "ro" if log.exists() else "ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
