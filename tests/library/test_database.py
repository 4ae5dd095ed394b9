"""The file: private, checked, one writer, no surprise from a newer version."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from app.errors import LibraryError, NewerLibraryError
from app.library.commands.folders import create_collection, ensure_collection
from app.library.database import MIGRATIONS, Library
from app.library.models import MODELS, Collection
from app.library.queries.folders import collections


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    ensure_collection(library, "Photos")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    library.close()
    assert modes == {0o600}


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    create_collection(library, "Street")
    library.close()
    library = Library.open(tmp_path / "library.db")
    assert [row.name for row in collections(library)] == ["Street"]
    library.close()


def test_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(NewerLibraryError, match="newer Kinfolk"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_library_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"this is a shopping list, not a database" * 100)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="is damaged"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_failing_write_leaves_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")

    def work() -> None:
        Collection.create(name="half")
        raise RuntimeError("pulled the plug")

    with pytest.raises(RuntimeError):
        library.write(work)
    assert collections(library) == []
    library.close()


def test_many_threads_write_without_losing_a_row(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    threads = [
        threading.Thread(
            target=lambda n=n: [create_collection(library, f"{n}-{m}") for m in range(20)]
        )
        for n in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(collections(library)) == 100
    library.close()


def test_the_models_are_what_the_migrations_leave(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    for model in MODELS:
        meta = model._meta
        columns = {row[1] for row in library.sql(f"PRAGMA table_info({meta.table_name})")}
        assert columns == set(meta.columns), meta.table_name
    library.close()


def test_the_migrations_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in MIGRATIONS.glob("[0-9]*.py"))
    assert numbers == list(range(1, len(numbers) + 1))
