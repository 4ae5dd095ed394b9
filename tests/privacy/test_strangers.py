"""Strangers whose time is up are on no disk any more, whenever Kinfolk is killed; those who have a
name lose nothing, not even their backups."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from app.indexing.erasing import notes
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths
from tests.privacy.test_erasing import ANNA, BEN, KILLED, KILLS, Secrets, known, library
from tests.privacy.test_erasing import secrets_of as secrets_of_named
from tests.privacy.tour import PYTHON, ROOT, Tour, environment

__all__ = ["known", "library"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
STRANGERS = "person.name IS NULL OR person.name = ''"
MOMENTS = {**KILLS, "among the crops": "app.media.thumbnails.ThumbnailCache.forget_face"}


def secrets_of_strangers() -> Secrets:
    """What the library knows of those who have no name."""
    paths, secrets = Paths.for_user(), Secrets()
    cache = ThumbnailCache(paths.cache, 10**12)
    with contextlib.closing(sqlite3.connect(paths.database)) as file:
        rows = file.execute(
            "SELECT fingerprint, x, y, w, h, embedding FROM face JOIN photo ON photo.id = photo_id"
            f" LEFT JOIN person ON person.id = person_id WHERE {STRANGERS}"
        ).fetchall()
    for fingerprint, x, y, w, h, vector in rows:
        secrets.vectors.append(bytes(vector))
        secrets.pictures.append(cache.face_path(fingerprint, (x, y, w, h)).read_bytes())
    assert len(rows) == 16
    return secrets


def a_month_passes(library: Path) -> None:
    """Let everything have been found a month ago."""
    with contextlib.closing(sqlite3.connect(library / "library.db")) as file, file:
        file.execute("UPDATE photo SET found = found - 31 * 86400")


def faces_in_backups(library: Path) -> list[tuple[int, int]]:
    """Of named and of other people, in each backup."""
    found = []
    for path in sorted((library / "backups").glob("library-*.db")):
        with contextlib.closing(sqlite3.connect(path)) as file:
            found.append(
                file.execute(
                    f"SELECT COUNT(*) - SUM({STRANGERS}), SUM({STRANGERS}) FROM face"
                    " LEFT JOIN person ON person.id = person_id"
                ).fetchone()
            )
    return found


def test_no_file_holds_a_stranger_whose_time_is_up(library: Path, home: Path) -> None:
    secrets, named = secrets_of_strangers(), [secrets_of_named(name) for name in (ANNA, BEN)]
    tour = Tour()
    tour.say("settings", "stranger_days", 30, "--collection", "Photos")
    tour.say("index")
    a_month_passes(library)
    before = secrets.found(home)
    assert "library.db" in before and any(name.startswith("library-") for name in before)
    assert any("due to be erased" in note for note in tour.say("doctor")["Notes"])
    assert faces_in_backups(library) == [(0, 24), (8, 16)], (
        "the first is of before there were names"
    )
    tour.say("index")
    assert "Erased 16 faces of strangers" in tour.errors[-1]
    assert secrets.found(home) == set()
    assert all(one.found(home) for one in named), "whoever has a name is known as before"
    assert faces_in_backups(library) == [(0, 8), (8, 0)], "of these two nothing is lost"
    assert all(row["Problem"] == "" for row in tour.say("backup", "--list")["Backups"])
    told = tour.say("doctor")
    assert told["Healthy"] and not any("due to be erased" in note for note in told["Notes"])
    tour.say("index")
    assert notes(library) == [] and secrets.found(home) == set()
    tour.say("restore", 2)
    assert secrets.found(home) == set() and tour.say("doctor")["Healthy"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_is_killed_over_it_is_finished_by_the_next(
    library: Path, home: Path, moment: str
) -> None:
    secrets, anna = secrets_of_strangers(), secrets_of_named(ANNA)
    tour = Tour()
    a_month_passes(library)
    done = subprocess.run(
        [PYTHON, "-c", KILLED, MOMENTS[moment], "erase", "--strangers", "--older-than", "30",
         "--yes"],
        cwd=ROOT, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    if moment in ("at the end", "before the crops"):
        assert done.returncode == 0, "neither is asked for here"
    else:
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(notes(library)) == 1
    people = tour.say("people")["FigureClusters"]
    assert {row["Name"] for row in people} == {ANNA, BEN}
    assert secrets.found(home) == set() and anna.found(home)
    assert faces_in_backups(library), "there is a backup"
    assert tour.say("doctor")["Healthy"]
    tour.say("index")
    assert notes(library) == [] and tour.say("doctor")["Healthy"]
