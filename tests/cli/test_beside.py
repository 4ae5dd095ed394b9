"""Commands beside a window, and beside each other, over one library: real processes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
KINFOLK = [sys.executable, "-m", "app"]
ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.1)
    return found


@pytest.fixture
def library() -> Path:
    """The library that every program of the test uses; one worker, so that it takes a while."""
    folder = Path(os.environ["KINFOLK_LIBRARY"])
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text('{"workers": 1, "cluster_delay_seconds": 0}')
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts Kinfolk with these words; no program may say anything of an error of ours."""
    running: list[subprocess.Popen[str]] = []
    errors = (tmp_path / "errors").open("w+")

    def start(*words: object) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [*KINFOLK, *map(str, words)], cwd=ROOT, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=errors,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        running.append(program)
        return program

    try:
        yield start
        for program in running:
            if program.poll() is None:
                program.send_signal(signal.SIGINT)
            program.wait(30)
        errors.seek(0)
        assert "Traceback" not in errors.read()
    finally:
        errors.close()
        for program in running:
            program.kill()
            program.communicate()


@pytest.fixture
def window(start: Start, library: Path) -> subprocess.Popen[str]:
    """A window that indexes the library."""
    program = start()
    until(lambda: is_held(library / "indexing.lock"))
    until((library / "window.bell").exists)
    return program


def is_held(lock: Path) -> bool:
    """Whether some process holds this lock."""
    if not lock.exists():
        return False
    try:
        with FileLock(lock, blocking=False):
            return False
    except Timeout:
        return True


def ask(*words: object, status: int = 0) -> Any:
    """What the command line answers."""
    done = subprocess.run(
        [*KINFOLK, *map(str, words), "--json"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def looked() -> int:
    """How many photos were looked at until now, by a glance into the file."""
    file = Path(os.environ["KINFOLK_LIBRARY"]) / "library.db"
    if not file.exists():
        return 0
    with contextlib.closing(sqlite3.connect(file)) as connection:
        try:
            query = "SELECT COUNT(*) FROM photo WHERE state = 'looked'"
            return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


def many(folder: Path, count: int = 14) -> Path:
    """The folder, with so many more photos of other content."""
    whole = (folder / "whole.jpg").read_bytes()
    for number in range(count):
        (folder / f"more{number}.jpg").write_bytes(whole + bytes([number]))
    return folder


def states(kind: str = "index") -> list[str]:
    """How the tasks of a kind stand, the newest first."""
    return [t["Status"] for t in ask("tasks")["Tasks"] if t["TaskType"] == kind]


@pytest.mark.usefixtures("window")
def test_every_command_works_beside_a_window(six_people: Path, album: Path) -> None:
    (six_people / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    answer = ask("index", six_people, status=1)
    assert (answer["Indexed"], answer["Faces"]) == (4, 24), answer
    assert [Path(s["URI"]).name for s in answer["Skipped"]] == ["broken.jpg"]
    assert states() == ["done"]
    again = ask("index", status=1)
    assert (again["Indexed"], again["Unchanged"]) == (0, 4)
    assert ask("cluster", "--rebuild")["FigureClusters"] == 6
    one, two, three, *_ = [p["ObjectId"] for p in ask("people")["FigureClusters"]]
    ask("name", one, "Anna")
    ask("name", two, "Ben")
    ask("merge", one, three)
    assert ask("undo")["Done"].startswith("Undone")
    ask("hide", three)
    ask("show", three)
    assert len(ask("photos", "--person", "Anna")["Files"]) == 4
    assert ask("doctor")["Healthy"] is True
    ask("folder", "add", album)
    # The window looks at it by itself.
    until(lambda: looked() == 8)
    ask("folder", "remove", album)
    assert {p["Name"] for p in ask("people")["FigureClusters"]} >= {"Anna", "Ben"}


@pytest.mark.usefixtures("window")
def test_a_wrong_call_is_told_as_ever(tmp_path: Path) -> None:
    assert "does not exist" in ask("index", tmp_path / "nothing", status=2)["Error"]["Message"]
    assert "collection" in ask("index", "--collection", "Door", status=2)["Error"]["Message"]


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_or_a_logout_ends_the_task_and_not_the_window(
    start: Start, window: subprocess.Popen[str], six_people: Path, number: int
) -> None:
    command = start("index", many(six_people, 80), "--json")
    until(looked)
    command.send_signal(number)
    out, _ = command.communicate(timeout=30)
    assert command.returncode == 130
    assert 0 < json.loads(out)["Indexed"] < 18
    assert states() == ["cancelled"]
    assert window.poll() is None


def test_a_window_that_is_killed_leaves_the_work_to_the_command(
    start: Start, window: subprocess.Popen[str], six_people: Path
) -> None:
    command = start("index", many(six_people), "--json")
    until(looked)
    window.kill()
    out, _ = command.communicate(timeout=120)
    assert command.returncode == 0
    first, second = states()[::-1]
    assert (first, second) == ("interrupted", "done")
    told = json.loads(out)
    assert looked() == 18 and 0 < told["Indexed"] < 18, "nothing twice"


def test_a_window_that_is_closed_leaves_the_work_to_the_command(
    start: Start, window: subprocess.Popen[str], six_people: Path
) -> None:
    command = start("index", many(six_people), "--json")
    until(looked)
    window.send_signal(signal.SIGINT)
    assert window.wait(30) == 0
    command.communicate(timeout=120)
    assert command.returncode == 0
    assert states()[::-1] == ["interrupted", "done"]
    assert len(ask("photos")["Files"]) == 18


def test_a_window_opened_beside_a_command_takes_over(
    start: Start, library: Path, six_people: Path, album: Path
) -> None:
    command = start("index", many(six_people), "--json")
    until(looked)
    window = start(album)  # with a folder to be added, when it is its turn
    until((library / "window.bell").exists)
    out, _ = command.communicate(timeout=120)
    assert command.returncode == 0
    assert json.loads(out)["Indexed"] == 18
    until(lambda: is_held(library / "indexing.lock"))
    until(lambda: looked() == 22)
    until(lambda: set(states()) == {"done"})
    shutil.copy(album / "group.jpg", album / "new.jpg")
    with (album / "new.jpg").open("ab") as file:
        file.write(b"new")
    until(lambda: looked() == 23)  # and watches
    window.send_signal(signal.SIGINT)
    assert window.wait(30) == 0


@pytest.mark.usefixtures("library")
def test_two_commands_share_the_work(start: Start, six_people: Path, album: Path) -> None:
    first = start("index", many(six_people), "--json")
    until(looked)
    answer = ask("index", album)
    assert answer["Indexed"] == 4
    out, _ = first.communicate(timeout=120)
    assert first.returncode == 0 and json.loads(out)["Indexed"] == 18


def test_what_a_killed_process_left_blocks_nobody(
    start: Start, library: Path, window: subprocess.Popen[str], six_people: Path
) -> None:
    window.kill()
    window.wait()
    assert (library / "indexing.bell").exists() and (library / "window.bell").exists()
    assert ask("index", six_people)["Indexed"] == 4
    again = start()
    until(lambda: is_held(library / "indexing.lock"))
    again.send_signal(signal.SIGINT)
    assert again.wait(30) in (0, 130)
    assert not (library / "indexing.bell").exists() and not (library / "window.bell").exists()


def test_one_that_does_not_answer_is_told(window: subprocess.Popen[str], six_people: Path) -> None:
    os.kill(window.pid, signal.SIGSTOP)
    try:
        said = ask("index", six_people, status=3)["Error"]["Message"]
        assert "does not answer" in said
        second = subprocess.run(
            KINFOLK, cwd=ROOT, capture_output=True, text=True, timeout=60,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        assert second.returncode == 3 and "does not answer" in second.stderr
    finally:
        os.kill(window.pid, signal.SIGCONT)


def test_a_library_in_use_on_another_computer_is_left_alone(library: Path, album: Path) -> None:
    """As in a home folder on a network disk: the lock is held, and the bell hangs elsewhere."""
    note = json.dumps({"address": "/nowhere", "key": "00" * 32, "host": "attic"})
    for name in ("indexing", "window"):
        (library / f"{name}.bell").write_text(note)
    with FileLock(library / "indexing.lock"), FileLock(library / "window.lock"):
        assert "attic" in ask("index", album, status=3)["Error"]["Message"]
        second = subprocess.run(
            KINFOLK, cwd=ROOT, capture_output=True, text=True, timeout=60,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        assert second.returncode == 3 and "attic" in second.stderr
        assert ask("people")["TotalCount"] == 0, "what needs no lock works"
