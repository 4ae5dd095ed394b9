"""Many processes open one library at the same moment, a new one or an old one: no harm."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from app.errors import LibraryBusyError
from app.library import opening
from app.library.opening import alone

ROOT = Path(__file__).parents[2]
VINTAGE = sorted((ROOT / "tests" / "vintage").glob("library-*.db"))
TOGETHER, ROUNDS = 8, 3

OPEN = """
import sys
from app.bootstrap import build
print("ready", flush=True)
sys.stdin.readline()
house = build(sys.argv[1], "Photos")
print(len(house.library.problems()), house.collection.id, flush=True)
house.close()
"""


def open_together(folder: Path) -> list[str]:
    """Eight processes, loaded already, open the library in a folder at a word; what they say."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(folder)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(TOGETHER)
    ]  # fmt: skip
    for program in programs:
        assert program.stdout is not None and program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    said = []
    for program in programs:
        out, err = program.communicate(timeout=100)
        assert program.returncode == 0, err
        said.append(out.strip())
    return said


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_new_library_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        folder = tmp_path / f"library{number}"
        assert set(open_together(folder)) == {"0 1"}
        with sqlite3.connect(folder / "library.db") as file:
            assert file.execute("SELECT COUNT(*) FROM collection").fetchone() == (1,)
            steps = file.execute("SELECT name FROM migration").fetchall()
        file.close()
        assert len(steps) == len(set(steps))
        assert stat.S_IMODE((folder / "opening.lock").stat().st_mode) == 0o600


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("vintage", VINTAGE, ids=lambda path: path.stem)
def test_an_old_library_is_brought_up_to_date_once(vintage: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    shutil.copy(vintage, folder / "library.db")
    (said,) = set(open_together(folder))
    assert said.startswith("0 ")
    backups = list((folder / "backups").glob("*migration.db"))
    assert len(backups) == 1, "and backed up once"


def test_one_waits_for_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_PATIENCE", 0.2)
    lock = tmp_path / "opening.lock"
    with FileLock(lock), pytest.raises(LibraryBusyError), alone(lock):
        raise AssertionError("two at once")
    with alone(lock):
        pass


def test_where_no_lock_can_be_made_it_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "opening.lock").mkdir()
    with alone(tmp_path / "opening.lock"):
        pass
    with pytest.raises(ZeroDivisionError), alone(tmp_path / "opening.lock"):
        raise ZeroDivisionError
