"""Connections: how the library file is talked to, by each thread for itself."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import peewee as pw

from app.library.troubles import told, will_be_told

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 30_000,  # ms: another process may be writing
    "synchronous": "full",  # nor does a power cut lose a word
    "cache_size": -64_000,  # KiB
    "secure_delete": 1,  # faces are biometric data: what is deleted is overwritten
}


class _Cursor(sqlite3.Cursor):
    """Tells in whole sentences when the file is damaged, or the disk refuses."""

    connection: _Connection

    def execute(self, *arguments: Any) -> _Cursor:
        """Run a statement."""
        try:
            return super().execute(*arguments)
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    def fetchone(self) -> Any:
        """The next row."""
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    def fetchmany(self, *arguments: Any, **named: Any) -> list[Any]:
        """The next rows."""
        try:
            return super().fetchmany(*arguments, **named)
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.DatabaseError) -> Exception:
        return told(error, self.connection.path) if will_be_told(error) else error


class _Connection(sqlite3.Connection):
    """A connection that knows which file it is to."""

    path: Path

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor."""
        return super().cursor(factory)


class Database(pw.SqliteDatabase):
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

    def rollback(self) -> None:
        """Take back what the transaction did, unless SQLite did so itself, as on a full disk."""
        if self.connection().in_transaction:
            super().rollback()

    def close_all(self) -> None:
        """Close the connections of every thread."""
        self.close()
        for connection in self.connections:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        self.connections.clear()
