"""Harm: what is done to a copy of the library before the doctor is called."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

_PAGE = 4096


def ail(library: Path, pick: random.Random) -> None:
    """Small things: pictures that are missing, torn or nobody's, counts that are wrong."""
    pictures = sorted((library / "cache").rglob("*.jpg"))
    for path in pictures[:: max(1, len(pictures) // 5)]:
        how = pick.choice(("missing", "torn", "stray"))
        if how == "missing":
            path.unlink()
        elif how == "torn":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        else:
            path.rename(path.with_name(f"{'0' * 32}_1-2-3-{pick.randrange(9999)}.jpg"))
    with closing(sqlite3.connect(library / "library.db")) as database, database:
        database.execute("UPDATE person SET face_count = face_count + 7, cover_id = NULL")


def ruin(library: Path, pick: random.Random) -> None:
    """The file itself: some pages of it are nonsense."""
    path = library / "library.db"
    with path.open("r+b") as file:
        pages = file.seek(0, 2) // _PAGE
        for _ in range(max(2, pages // 10)):
            file.seek(_PAGE * pick.randrange(1, max(2, pages)))
            file.write(pick.randbytes(_PAGE))
