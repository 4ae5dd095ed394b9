"""Connections: how the library file is talked to, by each thread for itself."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import peewee as pw

from app.library.troubles import BROKEN, told, vanished, will_be_told

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 30_000,  # ms: another process may be writing
    "synchronous": "full",  # nor does a power cut lose a word
    "cache_size": -16_000,  # KiB, each: the system keeps the file in memory, too, and once for all
    "secure_delete": 1,  # faces are biometric data: what is deleted is overwritten
}

WRITING_CACHE = -64_000
"""`cache_size` of the connection that writes, in KiB: a large transaction changes pages again and
again, and what does not fit is written out before it is due."""


class _Cursor(sqlite3.Cursor):
    """Tells in whole sentences when the file is damaged, or the disk refuses."""

    connection: _Connection

    def execute(self, *arguments: Any) -> _Cursor:
        """Run a statement."""
        try:
            return super().execute(*arguments)
        except BROKEN as error:
            raise self._told(error) from error

    def executemany(self, *arguments: Any) -> _Cursor:
        """Run a statement for each of many rows."""
        try:
            return super().executemany(*arguments)
        except BROKEN as error:
            raise self._told(error) from error

    def fetchone(self) -> Any:
        """The next row."""
        try:
            return super().fetchone()
        except BROKEN as error:
            raise self._told(error) from error

    def fetchmany(self, *arguments: Any, **named: Any) -> list[Any]:
        """The next rows."""
        try:
            return super().fetchmany(*arguments, **named)
        except BROKEN as error:
            raise self._told(error) from error

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        try:
            return super().fetchall()
        except BROKEN as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> Exception:
        return told(error, self.connection.path) if will_be_told(error) else error


class _Connection(sqlite3.Connection):
    """A connection that knows which file it is to, and lets go of it when it is closed."""

    path: Path

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._cursors: weakref.WeakSet[sqlite3.Cursor] = weakref.WeakSet()

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor."""
        made = super().cursor(factory)
        self._cursors.add(made)
        return made

    def close(self) -> None:
        """Close it. SQLite keeps the file open for every statement that somebody still holds, as
        an error on its way does."""
        for cursor in list(self._cursors):
            cursor.close()
        super().close()


class Database(pw.SqliteDatabase):
    """Remembers the connection of every thread: closing the library closes them all, and one whose
    thread has ended is closed when the next is made."""

    def __init__(self, path: Path) -> None:
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._counting = threading.Lock()
        self._path = path
        super().__init__(str(path), pragmas=PRAGMAS, check_same_thread=False, factory=_Connection)

    def _add_conn_hooks(self, connection: Any) -> None:
        connection.path = self._path
        super()._add_conn_hooks(connection)

    def _connect(self) -> Any:
        if self._connections and not self._path.exists():
            raise vanished(self._path)  # SQLite would make an empty one
        connection = super()._connect()
        with self._counting:
            known = [*self._connections, (threading.current_thread(), connection)]
            self._connections = [one for one in known if one[0].is_alive()]
            left = [one for one in known if not one[0].is_alive()]
        _close([connection for _, connection in left])
        return connection

    def rollback(self) -> None:
        """Take back what the transaction did, unless SQLite did so itself, as on a full disk."""
        if self.connection().in_transaction:
            super().rollback()

    def close_all(self) -> None:
        """Close the connections of every thread."""
        self.close()
        with self._counting:
            known, self._connections = self._connections, []
        _close([connection for _, connection in known])


def _close(connections: Iterable[sqlite3.Connection]) -> None:
    for connection in connections:
        with contextlib.suppress(sqlite3.Error):
            connection.close()
