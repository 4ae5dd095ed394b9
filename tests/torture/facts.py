"""Facts: what a library file holds, read from a copy of it, so that looking changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

Box = tuple[float, float, float, float]
Word = tuple[int, str, str, str, int | None]
"""One row of the log: id, kind, data, sentence, target. `undone` follows from the rows after."""


@dataclass(frozen=True)
class PhotoFacts:
    """A photo as the library has it."""

    path: Path
    state: str
    fingerprint: str
    is_stale: bool
    size: int
    mtime_ns: int
    faces: dict[int, Box]


@dataclass(frozen=True)
class Facts:
    """A library at one moment."""

    problems: tuple[str, ...]
    log: tuple[Word, ...]
    undone: frozenset[int]
    anchors: dict[int, int]
    """Word -> number of faces it is about."""
    photos: dict[int, PhotoFacts]
    people: dict[str, str]
    """Key -> name, of those who are there."""
    placed: dict[int, str]
    """Face -> key of its person."""
    tasks: dict[str, tuple[str, str]]
    """Id -> type and state."""
    steps: tuple[str, ...]
    """The migrations."""
    backups: int
    """How many there ever were."""

    @property
    def pending(self) -> int:
        """Photos that wait to be looked at."""
        return sum(p.state == "pending" or p.is_stale for p in self.photos.values())

    @property
    def running(self) -> list[str]:
        """Tasks that say they are at work."""
        alive = ("running", "waiting", "paused")
        return [number for number, (_, state) in self.tasks.items() if state in alive]


@contextmanager
def aside(database: Path) -> Iterator[Path]:
    """A copy of a library file, with what was not yet written back into it, for a moment."""
    with tempfile.TemporaryDirectory(prefix="kinfolk-facts-") as folder:
        for ending in ("", "-wal"):
            source = database.with_name(database.name + ending)
            if source.exists():
                shutil.copyfile(source, Path(folder) / f"library.db{ending}")
        yield Path(folder) / "library.db"


def facts(database: Path) -> Facts | None:
    """What the file holds; None where no library was begun yet."""
    if not database.exists():
        return None
    with aside(database) as copy, closing(sqlite3.connect(copy)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "decision" not in tables:
            return None
        return _read(connection, _backups(database.parent / "backups"))


def _backups(folder: Path) -> int:
    names = [path.name.split("-") for path in folder.glob("library-*.db")]
    return max((int(parts[1]) for parts in names), default=0)


def _read(connection: sqlite3.Connection, backups: int) -> Facts:
    def ask(statement: str) -> list[tuple]:
        return connection.execute(statement).fetchall()

    problems = [str(row[0]) for row in ask("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [f"{row[0]} points to nothing" for row in ask("PRAGMA foreign_key_check")]
    faces: dict[int, dict[int, Box]] = {}
    for number, photo, *box in ask("SELECT id, photo_id, x, y, w, h FROM face ORDER BY id"):
        faces.setdefault(photo, {})[number] = tuple(box)
    columns = "id, path, state, fingerprint, is_stale, size, mtime_ns"
    photos = {
        number: PhotoFacts(
            Path(os.fsdecode(path)), state, print_, bool(stale), size, mtime,
            faces.get(number, {}),
        )
        for number, path, state, print_, stale, size, mtime in ask(f"SELECT {columns} FROM photo")
    }  # fmt: skip
    anchors = ask("SELECT decision_id, COUNT(*) FROM decisionface GROUP BY decision_id")
    living = "SELECT key, name FROM person WHERE merged_into_id IS NULL"
    placed = "SELECT face.id, person.key FROM face JOIN person ON person.id = face.person_id"
    return Facts(
        problems=tuple(problems),
        log=tuple(ask("SELECT id, kind, data, said, target_id FROM decision ORDER BY id")),
        undone=frozenset(row[0] for row in ask("SELECT id FROM decision WHERE undone")),
        anchors=dict(anchors),
        photos=photos,
        people=dict(ask(living)),
        placed=dict(ask(placed)),
        tasks={i: (kind, state) for i, kind, state in ask("SELECT id, type, state FROM task")},
        steps=tuple(row[0] for row in ask("SELECT name FROM migration ORDER BY name")),
        backups=backups,
    )
