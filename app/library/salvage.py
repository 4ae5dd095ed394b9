"""Salvage: what can still be read of the log in a library file that is damaged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from app.library.fields import PathField
from app.library.journal import Mark, Word, mark_of
from app.library.troubles import BROKEN

USUAL = "Photos"
"""The collection that words belong to if it cannot be told any more."""
_WORD = """
SELECT id, collection_id, at, kind, data, said, target_id FROM decision
WHERE id {0} ? ORDER BY id {1} LIMIT 1
"""
_ANCHOR = """
SELECT id, decision_id, fingerprint, x, y, w, h, before FROM decisionface
WHERE id {0} ? ORDER BY id {1} LIMIT 1
"""
_END = 1 << 62


def read_log(path: Path) -> list[Word]:
    """The words that a damaged library file still tells, in order."""
    words: dict[int, Word] = {}
    with suppress(*BROKEN, OSError), closing(_open(path)) as file:
        names = _collections(file)
        for number, collection, *rest in _rows(file, _WORD):
            with suppress(ValueError, TypeError):
                words[number] = _word(number, names.get(collection, USUAL), *rest)
                words[number].home = collection
        anchors: dict[int, tuple[int, tuple[Any, ...]]] = {}
        for number, decision, *anchor in _rows(file, _ANCHOR):
            with suppress(ValueError, TypeError):
                json.loads(anchor[-1])
                anchors[number] = (decision, tuple(anchor))
        for number in sorted(anchors):
            decision, row = anchors[number]
            if decision in words:
                words[decision].anchors.append(row)
    return [words[number] for number in sorted(words)]


def read_mark(path: Path) -> Mark:
    """How far the log of a damaged library file goes, as far as it can be told."""
    with suppress(*BROKEN, OSError), closing(_open(path)) as file:
        return mark_of(file)
    return Mark()


def read_folders(path: Path) -> list[tuple[int, str, Path]]:
    """The folders that it still tells, each with number and name of its collection."""
    found: list[tuple[int, str, Path]] = []
    with suppress(*BROKEN, OSError), closing(_open(path)) as file:
        names = _collections(file)
        for collection, folder in file.execute("SELECT collection_id, path FROM folder"):
            place = PathField().python_value(folder)
            if place is not None and place.is_absolute():
                found.append((collection, names.get(collection, USUAL), place))
    return found


def rebuild(path: Path, new: Path) -> None:
    """Write a library file anew, row by row, in place of the empty file `new`: so it is whole if
    only indexes were damaged. Rows that point to one that is missing go, or point to none.

    Raises sqlite3.DatabaseError when rows cannot be read.
    """
    with closing(_open(new)) as file:
        file.execute("ATTACH ? AS old", (str(path),))
        file.execute("PRAGMA synchronous = off")
        file.execute("BEGIN")
        schema = file.execute("SELECT type, name, sql FROM old.sqlite_master ORDER BY rowid")
        made = [row for row in schema.fetchall() if row[2] and not row[1].startswith("sqlite_")]
        for kind, name, statement in made:
            if kind == "table":
                file.execute(statement)
                # Row by row as they lie in the table: an index is not asked.
                file.execute(f'INSERT INTO main."{name}" SELECT * FROM old."{name}" NOT INDEXED')
        file.execute("DELETE FROM main.sqlite_sequence")
        file.execute("INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
        for kind, _, statement in made:
            if kind != "table":
                file.execute(statement)
        (version,) = file.execute("PRAGMA old.user_version").fetchone()
        file.execute(f"PRAGMA main.user_version = {version}")
        while _mend_links(file):
            pass
        file.execute("COMMIT")


def _mend_links(file: sqlite3.Connection) -> bool:
    """Mend the rows that point to one that is missing; whether there was any."""
    dangling = file.execute("PRAGMA main.foreign_key_check").fetchall()
    for table, row, _, number in dangling:
        links = file.execute(f'PRAGMA main.foreign_key_list("{table}")')
        column, on_delete = next((link[3], link[6]) for link in links if link[0] == number)
        if on_delete == "CASCADE":
            file.execute(f'DELETE FROM main."{table}" WHERE rowid = ?', (row,))
        else:
            file.execute(f'UPDATE main."{table}" SET "{column}" = NULL WHERE rowid = ?', (row,))
    return bool(dangling)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _collections(file: sqlite3.Connection) -> dict[int, str]:
    with suppress(*BROKEN):
        return dict(file.execute("SELECT id, name FROM collection"))
    return {}


def _rows(file: sqlite3.Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows from the first on until one cannot be read, then those from the last on."""
    at = yield from _walk(file, statement.format(">", "ASC"), 0)
    if at is not None:
        yield from _walk(file, statement.format("<", "DESC"), _END, until=at)


def _walk(
    file: sqlite3.Connection, statement: str, at: int, until: int = 0
) -> Generator[tuple[Any, ...], None, int | None]:
    """Gives where it had to end; None when it came to the end."""
    while True:
        try:
            row = file.execute(statement, (at,)).fetchone()
        except BROKEN:
            return at
        if row is None or row[0] <= until:
            return None
        yield row
        at = row[0]


def _word(
    number: int, collection: str, at: float, kind: str, data: str, said: str, target: int | None
) -> Word:
    document = json.loads(data)
    if not (isinstance(kind, str) and isinstance(said, str) and isinstance(document, dict)):
        raise TypeError(kind)
    return Word(number, collection, float(at), kind, document, said, target)
