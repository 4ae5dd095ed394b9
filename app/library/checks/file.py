"""The file: what SQLite's own check finds wrong with it, and what can be built again."""

from __future__ import annotations

import re

from app.library.database import Library

_INDEX = re.compile(
    r"(?:missing from|entries in|entry in|differ from|of) index (?P<name>\w+)", re.IGNORECASE
)
_TREE = re.compile(r"^(?:\*\*\* in database \w+ \*\*\*\s+)?(?:Tree|On tree page) (?P<root>\d+)")
_UNUSED = re.compile(r"(?:never used|Freelist: )")


def file_damage(library: Library) -> tuple[list[str], list[str]]:
    """What is wrong with the file: what building indexes anew and tidying up mends, and the rest.

    Unlike everything else that is known, an index says nothing that the tables do not say.
    """
    roots = {
        root
        for root, kind in library.sql("SELECT rootpage, type FROM sqlite_master")
        if kind == "index"
    }
    harmless: list[str] = []
    grave: list[str] = []
    for (message,) in library.sql("PRAGMA integrity_check"):
        for line in _lines(str(message)):
            (harmless if _is_harmless(line, roots) else grave).append(line)
    return harmless, grave


def _lines(message: str) -> list[str]:
    """The check tells of the pages of one tree in one message, a line each."""
    return [
        line
        for line in message.splitlines()
        if line != "ok" and not re.fullmatch(r"\*\*\* in database \w+ \*\*\*", line)
    ]


def _is_harmless(line: str, roots: set[int]) -> bool:
    if _INDEX.search(line) or _UNUSED.search(line):
        return True
    tree = _TREE.match(line)
    return tree is not None and int(tree["root"]) in roots


def rebuild_indexes(library: Library) -> None:
    """Build every index again from its table."""
    library.write(lambda: library.sql("REINDEX"))
