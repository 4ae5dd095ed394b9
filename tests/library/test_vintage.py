"""Libraries of every version that ever was open, are backed up first, and lose nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.queries.decisions import can_undo, history, standing
from app.library.queries.faces import faces_of
from app.library.queries.folders import collections, folders
from app.library.queries.people import find_person, list_people, names
from app.library.queries.photos import timeline

VINTAGE = sorted((Path(__file__).parents[1] / "vintage").glob("library-*.db"))


@pytest.fixture(params=VINTAGE, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of an old library."""
    return Path(shutil.copy(request.param, tmp_path / "library.db"))


def test_there_is_a_vintage_library() -> None:
    assert [path.name for path in VINTAGE] == ["library-1.db"]


def test_an_old_library_opens_with_all_it_held(old: Path) -> None:
    before = old.read_bytes()
    library = Library.open(old)
    (collection,) = collections(library)
    assert len(folders(library)) == 1 and len(timeline(library, collection.id)) == 9
    assert names(library, collection.id) == ["Anna", "Ben", "Dora"]
    counts = {row.name: row.face_count for row in list_people(library, collection.id)}
    assert counts == {"Anna": 2, "Ben": 4, "Dora": 1}
    assert find_person(library, collection.id, "Anna").birth_year is None
    assert library.problems() == []
    library.close()
    with sqlite3.connect(old.parent / "backups" / "library-before-migration.db") as backup:
        assert backup.execute("SELECT COUNT(*) FROM decision").fetchone() == (9,)
        columns = {row[1] for row in backup.execute("PRAGMA table_info(person)")}
    backup.close()
    assert "birth_year" not in columns, "the backup is from before"
    assert old.read_bytes() != before


def test_what_was_said_in_an_old_library_stands_and_can_be_taken_back(old: Path) -> None:
    library = Library.open(old)
    number = collections(library)[0].id
    anna, ben, dora = (find_person(library, number, name) for name in ("Anna", "Ben", "Dora"))
    words = standing(library, number)
    assert {person for _, person in words.refused} == {anna.id} and len(words.denied) == 1
    assert {dora.id, anna.id, ben.id} == set(words.said.values()) == words.kept
    assert len(history(library, number)) == 8
    while can_undo(library, number):
        undo(library, number)
    assert sorted(row.face_count for row in list_people(library, number)) == [2, 3, 3]
    assert names(library, number) == [], "nor does whom a word made stay as a ghost"
    assert faces_of(library, dora.id) == []
    for _ in range(7):
        redo(library, number)
    assert find_person(library, number, "Dora").id == dora.id
    assert library.problems() == []
    library.close()
