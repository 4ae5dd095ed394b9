"""The benchmark of growth runs, on real libraries, and does the work that it measures."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from app.library.database import Library
from app.paths import Paths
from tests.benchmarks import scaling
from tests.benchmarks.scaling_album import LATER, TRUTH, make_library, plan
from tests.benchmarks.scaling_runs import adding, dbscan, from_nothing, measure

FACES = 400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library made up."""
    place = tmp_path / "library"
    make_library(place, FACES)
    return place


def test_a_made_up_library_is_a_sound_one(folder: Path) -> None:
    library = Library.open(Paths.under(folder).database)
    try:
        assert library.problems() == []
        rows = library.sql("SELECT id, photo_id, person_id, grouped FROM face ORDER BY id")
    finally:
        library.close()
    truth, later = np.load(folder / TRUTH), np.load(folder / LATER)
    assert abs(len(rows) - FACES) < 5
    assert [row[0] for row in rows] == list(range(1, len(truth["people"]) + 1))
    assert [row[1] for row in rows] == (truth["photos"] + 1).tolist()
    assert {(row[2], row[3]) for row in rows} == {(None, 0)}
    held = set(later["photos"].tolist())
    assert held and held.isdisjoint(truth["photos"].tolist())
    sizes = np.sort(np.bincount(truth["people"]))[::-1]
    assert sizes[0] > 10 * np.median(sizes[sizes > 0]), "few are in many photos, many in few"


def test_pieces_are_the_same_however_often_they_are_drawn() -> None:
    made = plan(300)
    once, again = (
        np.concatenate([vectors for _, vectors in made.pieces(seed=3)]) for _ in range(2)
    )
    assert np.array_equal(once, again) and len(once) == len(made.people)
    assert np.allclose(np.linalg.norm(once.astype(np.float32), axis=1), 1, atol=1e-3)


def test_grouping_and_adding_are_done_and_found_in_the_library(folder: Path) -> None:
    grouped = from_nothing(folder)
    with sqlite3.connect(folder / "library.db") as file:
        alone = file.execute("SELECT COUNT(*) FROM face WHERE NOT grouped").fetchone()[0]
        people = file.execute("SELECT COUNT(DISTINCT person_id) FROM face").fetchone()[0]
        before = file.execute("SELECT COUNT(*) FROM face").fetchone()[0]
    assert alone == 0 and people == grouped.groups > 10
    assert grouped.faces == before and 0.8 < grouped.f1 < 1 and grouped.seconds > 0
    added = adding(folder, photos=3)
    with sqlite3.connect(folder / "library.db") as file:
        after = file.execute("SELECT COUNT(*) FROM face WHERE grouped").fetchone()[0]
    assert added.photos == 4 and added.faces <= after - before <= added.faces + 3
    assert 0 < added.median_seconds <= added.worst_seconds


def test_the_rival_is_at_its_best(folder: Path) -> None:
    rival = dbscan(folder)
    assert rival.faces == len(np.load(folder / TRUTH)["people"]) and 0.7 < rival.f1 < 1


def test_a_process_of_its_own_tells_what_it_measured(folder: Path) -> None:
    told = scaling._run("nothing", folder)
    assert told["faces"] > 0 and told["peak_megabytes"] > 20


def test_the_tables_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(what: str, place: Path, *words: object) -> object:
        return measure([what, str(place), *map(str, words)])

    monkeypatch.setattr(scaling, "_run", here)
    kept = tmp_path / "kept"
    words = ["--faces", "200", "--photos", "2", "--rival", "200", "--library", str(kept)]
    assert scaling.main(words) == 0
    told = capsys.readouterr().out
    assert "| 200 " in told and "median ms" in told and "DBSCAN of scikit-learn" in told
    with sqlite3.connect(kept / "faces-200" / "library.db") as file:
        assert file.execute("SELECT COUNT(*) FROM person").fetchone()[0] == 0, "it stays as made"
