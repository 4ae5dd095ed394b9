"""The file: what SQLite's own check finds wrong with it, and what can be built again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

from app.errors import DamagedLibraryError
from app.library.database import Library
from app.library.models import Photo
from app.library.shelf import nonsense

_INDEX = re.compile(
    r"(?:missing from|entries in|entry in|differ from|of) index (?P<name>\w+)", re.IGNORECASE
)
_PAGE = re.compile(r"(?:Tree|page) (\d+)", re.IGNORECASE)
_UNUSED = re.compile(r"(?:never used|Freelist: )")
_AT_ONCE = 4096
"""Rows that are read at once."""
_OF_INDEX = (2, 10)
"""How a page begins that is one of an index."""


def file_damage(library: Library) -> tuple[list[str], list[str]]:
    """What is wrong with the file: what building indexes anew and tidying up mends, and the rest.

    Unlike everything else that is known, an index says nothing that the tables do not say.
    """
    try:
        found = library.sql("PRAGMA integrity_check")
    except (
        sqlite3.DatabaseError,
        DamagedLibraryError,
    ) as error:  # a row of it cannot be read, not even to be compared
        unread = [str(error)]
        return (unread, []) if _are_tables_readable(library) else ([], unread)
    lines = [line for (message,) in found for line in _lines(str(message))]
    if not lines:
        return [], _nonsense(library)
    is_of_index = _pages(library)
    harmless = [line for line in lines if _is_harmless(line, is_of_index)]
    return harmless, [line for line in lines if line not in harmless]


def _nonsense(library: Library) -> list[str]:
    try:
        said = nonsense(library.rows)
    except (sqlite3.DatabaseError, DamagedLibraryError) as error:
        said = str(error)
    return [said] if said else []


def _pages(library: Library) -> Callable[[int], bool]:
    """Tells whether a page of the file is one of an index."""
    roots = {
        root
        for root, kind in library.sql("SELECT rootpage, type FROM sqlite_master")
        if kind == "index"
    }
    size = int(library.sql("PRAGMA page_size")[0][0])

    def is_of_index(page: int) -> bool:
        with library.path.open("rb") as file:
            file.seek((page - 1) * size)
            return page in roots or int.from_bytes(file.read(1), "big") in _OF_INDEX

    return is_of_index


def _are_tables_readable(library: Library) -> bool:
    """Whether every row can be read without an index."""
    try:
        for (table,) in library.sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
            rows = Photo._meta.database.execute_sql(f"SELECT * FROM {table} NOT INDEXED")
            while rows.fetchmany(_AT_ONCE):
                pass
    except (sqlite3.DatabaseError, DamagedLibraryError):
        return False
    return True


def _lines(message: str) -> list[str]:
    """The check tells of the pages of one tree in one message, a line each."""
    return [
        line
        for line in message.splitlines()
        if line != "ok" and not re.fullmatch(r"\*\*\* in database \w+ \*\*\*", line)
    ]


def _is_harmless(line: str, is_of_index: Callable[[int], bool]) -> bool:
    if _INDEX.search(line) or _UNUSED.search(line):
        return True
    pages = _PAGE.findall(line)
    return bool(pages) and all(is_of_index(int(page)) for page in pages)
