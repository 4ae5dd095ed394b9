"""Libraries of every version that ever was open, are backed up first, and lose nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from app.library import journal as journal_of
from app.library.commands.backups import list_backups, verify_backup
from app.library.commands.doctor import examine
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.journal import read_words
from app.library.queries.decisions import (
    can_redo,
    can_undo,
    history,
    skipped_questions,
    standing,
)
from app.library.queries.faces import faces_of, stranger_faces
from app.library.queries.folders import collections, folders
from app.library.queries.people import find_person, list_people, names
from app.library.queries.photos import counts, timeline

VINTAGE = sorted((Path(__file__).parents[1] / "vintage").glob("library-*.db"))


@dataclass(frozen=True)
class Held:
    """What a library held when it was closed."""

    photos: int
    faces: dict[str, int]
    """Name -> number of faces."""
    births: dict[str, int]
    rows: int
    """Of the log."""
    words: int
    """Of them, what the user said."""
    standing: int
    denied: int
    lacks: str
    """A column that this version did not have yet: its table and its name."""
    undone: list[int]
    """How many faces people have when everything is taken back."""
    copies: int = 0
    """Photos that had faces of their own until files of one content were one photo."""
    drawn: int = 0
    strangers: int = 0
    unnamed: int = 1
    questions: frozenset[str] = frozenset()
    """Those that were skipped."""


HELD = {
    "library-1": Held(
        photos=9, faces={"Anna": 2, "Ben": 4, "Dora": 1}, births={}, rows=9, words=8, standing=7,
        denied=1, lacks="person.birth_year", undone=[2, 3, 3],
    ),
    "library-2": Held(
        photos=10, faces={"Anna": 2, "Ben": 2, "Dora": 3, "Emil": 1}, births={"Anna": 1980},
        rows=15, words=14, standing=13, denied=1, lacks="face.drawn", undone=[2, 3, 3],
    ),
    "library-3": Held(
        photos=13, faces={"Anna": 2, "Ben": 2, "Dora": 3, "Emil": 1, "Fay": 1, "Gina": 1},
        births={"Anna": 1980}, rows=19, words=18, standing=17, denied=1,
        lacks="photo.copy_of_id", undone=[2, 3, 3], copies=3, drawn=1, strangers=2, unnamed=2,
        questions=frozenset({"same:1:2"}),
    ),
    "library-4": Held(
        photos=13, faces={"Anna": 2, "Ben": 2, "Dora": 3, "Emil": 1, "Fay": 1, "Gina Marie": 1},
        births={"Anna": 1980}, rows=22, words=20, standing=18, denied=1,
        lacks="collection.kind", undone=[2, 3, 3], copies=3, drawn=1, strangers=2, unnamed=2,
        questions=frozenset({"same:1:2"}),
    ),
}  # fmt: skip


@pytest.fixture(params=VINTAGE, ids=lambda path: path.stem)
def held(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Held]:
    """A copy of an old library, and what it held."""
    copy = Path(shutil.copy(request.param, tmp_path / "library.db"))
    return copy, HELD[request.param.stem]


def test_there_is_a_vintage_library_of_each_version() -> None:
    assert [path.stem for path in VINTAGE] == list(HELD)


def test_an_old_library_opens_with_all_it_held(held: tuple[Path, Held]) -> None:
    old, known = held
    before = old.read_bytes()
    library = Library.open(old)
    (collection,) = collections(library)
    assert len(folders(library)) == 1
    shown = timeline(library, collection.id)
    assert len(shown) == known.photos
    assert sum(item.copies for item in shown) == known.copies
    assert counts(library, collection.id).copies == known.copies
    assert names(library, collection.id) == list(known.faces)
    people = list_people(library, collection.id)
    assert {row.name: row.face_count for row in people} == known.faces
    births = {row.name: row.birth_year for row in people if row.birth_year is not None}
    assert births == known.births
    assert {row.last_seen for row in people} == {datetime(2020, 5, 4, 3, 2, 1)}
    assert sum(face.drawn for p in people for face in faces_of(library, p.id)) == known.drawn
    for row in people:
        assert row.cover is not None
        assert row.cover.id in {face.id for face in faces_of(library, row.id)}
    assert examine(library, is_alone=True).findings == ()
    strangers = stranger_faces(library, collection.id)
    assert len(strangers) == known.strangers, "nobody is a stranger who was not said so"
    assert counts(library, collection.id).unnamed_faces == known.unnamed
    assert skipped_questions(library, collection.id) == known.questions
    assert library.problems() == []
    library.close()
    (made,) = list_backups(old.parent / "backups")
    assert (made.reason, made.words, verify_backup(made.path).problem) == (
        "migration", known.rows, "",
    )  # fmt: skip
    with sqlite3.connect(made.path) as backup:
        assert backup.execute("SELECT COUNT(*) FROM decision").fetchone() == (known.rows,)
        table, column = known.lacks.split(".")
        columns = {row[1] for row in backup.execute(f"PRAGMA table_info({table})")}
    backup.close()
    assert columns and column not in columns, "the backup is from before"
    assert old.read_bytes() != before
    assert len(read_words(old.with_name("journal.jsonl"))) == known.rows


def test_an_update_that_changes_the_log_is_in_the_journal(held: tuple[Path, Held]) -> None:
    old, _ = held
    journal = old.with_name("journal.jsonl")
    with sqlite3.connect(old) as raw:
        journal_of.write_all(journal, raw, journal_of.mark_of(raw))
    raw.close()
    library = Library.open(old)
    log = library.sql("SELECT data FROM decision ORDER BY id")
    assert [word.data for word in read_words(journal)] == [json.loads(data) for (data,) in log]
    library.close()


def test_what_was_said_in_an_old_library_stands_and_can_be_taken_back(
    held: tuple[Path, Held],
) -> None:
    old, known = held
    library = Library.open(old)
    number = collections(library)[0].id
    everyone = {name: find_person(library, number, name) for name in known.faces}
    words = standing(library, number)
    assert (len(words.denied), len(words.strangers)) == (known.denied, known.strangers)
    assert everyone["Anna"].id in {person for _, person in words.refused}
    ids = {row.id for row in everyone.values()}
    assert ids == set(words.said.values()) == words.kept
    assert len(history(library, number)) == known.words
    undone = 0
    while can_undo(library, number):
        undo(library, number)
        undone += 1
    assert undone == known.standing
    faces = sorted(row.face_count for row in list_people(library, number, include_hidden=True))
    assert faces == known.undone
    assert names(library, number) == [], "nor does whom a word made stay as a ghost"
    dora = everyone["Dora"]
    assert faces_of(library, dora.id) == []
    while can_redo(library, number):
        redo(library, number)
    assert find_person(library, number, "Dora").id == dora.id
    assert library.problems() == []
    library.close()
