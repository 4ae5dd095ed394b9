"""The short form of `make torture`, and that what it looks for would be seen."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.torture import invariants
from tests.torture.chamber import torture
from tests.torture.facts import facts
from tests.torture.program import run
from tests.torture.table import table

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
KILLS = 6
BRIEF = ("index", "name", "merge", "restore", "migration", "rebuild")


def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    told = io.StringIO()
    outcome = torture(tmp_path / "torture", KILLS, 3, BRIEF, told)
    assert outcome.kills >= KILLS
    assert outcome.violations == 0, told.getvalue()
    assert table(outcome)[-1].endswith("equals that of an undisturbed run")


def test_what_is_not_as_it_must_be_is_seen(tmp_path: Path, six_people: Path) -> None:
    """A torture that cannot find anything is no torture."""
    library = tmp_path / "library"
    assert run(library, ["index", str(six_people)], tmp_path / "home").status == 0
    before = facts(library / "library.db")
    assert before is not None
    anna = sorted(before.people)[0]
    assert run(library, ["name", anna, "Anna"], tmp_path / "home").status == 0
    named = facts(library / "library.db")
    assert named is not None and invariants.sound(library, named) == []
    assert invariants.log_goes_on(before, named) == []
    assert invariants.log_goes_on(named, before) == ["the log is not what it was"]
    assert invariants.looked_once(before, named, six_people) == []
    _spoil(library, "DELETE FROM face WHERE id IN (SELECT id FROM face LIMIT 1)")
    spoilt = facts(library / "library.db")
    assert invariants.looked_once(named, spoilt, six_people)
    _spoil(library, "UPDATE face SET person_id = NULL")
    assert invariants.words_hold(library)
    _spoil(library, "DELETE FROM decisionface")
    assert invariants.log_goes_on(before, facts(library / "library.db"))
    _spoil(library, "DELETE FROM decision")
    assert invariants.journal_agrees(library, facts(library / "library.db"))
    torn = next((library / "cache").rglob("*.jpg"))
    torn.write_bytes(torn.read_bytes()[:200])
    assert invariants.pictures(library)
    (library / "library.db").chmod(0o644)
    assert invariants.modes(library)


def _spoil(library: Path, statement: str) -> None:
    with closing(sqlite3.connect(library / "library.db")) as database, database:
        database.execute("PRAGMA foreign_keys = off")
        database.execute(statement)
