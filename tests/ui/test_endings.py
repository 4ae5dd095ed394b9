"""The program ends in good order when the system wants that, and rests while it sleeps."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import build
from app.indexing.sleeping import Sleeping
from app.library.queries.folders import folders
from app.library.queries.tasks import tasks
from app.library.rows import TaskState
from app.ui.session import rest as resting
from app.ui.session.endings import Endings
from app.ui.session.logout import Logout, restart_command
from app.ui.session.rest import Rest
from tests.ui.conftest import Room

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "app"]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def as_before() -> Iterator[None]:
    """What signals mean is as it was, afterwards."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_program_from_its_event_loop(qtbot: QtBot, number: int) -> None:
    ends: list[int] = []
    endings = Endings(lambda: ends.append(1))
    endings.heed()
    assert not ends
    os.kill(os.getpid(), number)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: ends == [1])
    endings.close()
    os.kill(os.getpid(), number)
    assert ends == [1], "and once is enough, whoever is impatient"


@pytest.mark.usefixtures("as_before")
def test_a_signal_is_kept_until_there_is_a_window(qapp: QApplication) -> None:
    ends: list[int] = []
    endings = Endings(lambda: ends.append(1))
    os.kill(os.getpid(), signal.SIGTERM)
    qapp.processEvents()
    assert not ends
    endings.heed()
    assert ends == [1]
    endings.close()


@pytest.mark.usefixtures("as_before")
def test_whoever_wants_the_program_to_outlive_the_terminal_has_it_so(qapp: QApplication) -> None:
    assert qapp is not None
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    endings = Endings(lambda: None)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    endings.close()


# -- logging out ---------------------------------------------------------------------------


class Manager:
    """Stands in for what Qt alone can make of a session: notes what it is told."""

    def __init__(self) -> None:
        self.command: list[str] = []
        self.hint: Any = None
        self.discard: list[str] | None = None

    def setRestartCommand(self, command: list[str]) -> None:  # noqa: N802
        self.command = command

    def setDiscardCommand(self, command: list[str]) -> None:  # noqa: N802
        self.discard = command

    def setRestartHint(self, hint: Any) -> None:  # noqa: N802
        self.hint = hint


def test_a_logout_keeps_the_window_and_says_how_to_open_it_again(qapp: QApplication) -> None:
    kept: list[int] = []
    logout = Logout(qapp, ["kinfolk", "--library", "/l"], lambda: kept.append(1))
    manager: Any = Manager()
    logout.commit(manager)
    assert kept == [1]
    logout.save(manager)
    assert manager.command == ["kinfolk", "--library", "/l"] and manager.discard == []
    assert manager.hint == QSessionManager.RestartHint.RestartIfRunning
    logout.deleteLater()


def test_the_program_is_started_again_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "kinfolk"
    script.write_text("")
    script.chmod(0o700)
    monkeypatch.setattr(sys, "argv", [str(script), "--collection", "Door", "photo.jpg"])
    assert restart_command(None) == [str(script)]
    assert restart_command(tmp_path) == [str(script), "--library", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["kinfolk"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert restart_command(None) == [str(script)], "a session manager may have another PATH"
    monkeypatch.setattr(sys, "argv", [str(ROOT / "app" / "__main__.py")])
    assert restart_command(None) == [sys.executable, "-m", "app"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert restart_command(None) == [sys.executable]


# -- sleep ---------------------------------------------------------------------------------


class Bus(QObject):
    """Stands in for logind: tells, and notes that sleep may come."""

    falling_asleep, woke, going_down = Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.let_go_at: list[list[str]] = []
        self.asked: list[tuple[str, object]] = []

    def let_go(self) -> None:
        self.let_go_at.append([what for what, _ in self.asked])


def test_before_sleep_the_work_holds_still_and_after_it_looks_around(
    room: Room, qtbot: QtBot
) -> None:
    bus: Any = Bus()
    bus.asked = room.indexer.asked
    room.indexer.is_at_work = True  # type: ignore[attr-defined]
    kept: list[int] = []
    rest = Rest(room.house, room.furniture.background, lambda: kept.append(1), lambda: None)
    rest.follow(bus)
    bus.falling_asleep.emit()
    qtbot.waitUntil(lambda: bus.let_go_at == [["pause"]])
    assert kept == [1]
    bus.woke.emit()
    (folder,) = folders(room.library, room.collection_id)
    awake = [("pause", None), ("resume", None), ("rescan", folder.id)]
    qtbot.waitUntil(lambda: room.indexer.asked == awake)
    rest.deleteLater()


def test_sleep_waits_for_a_photo_under_way_but_not_for_ever(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "_LONGEST", 400)
    asked: list[int] = []
    monkeypatch.setattr(Sleeping, "is_still", property(lambda _: bool(asked.append(1))))
    bus: Any = Bus()
    rest = Rest(room.house, room.furniture.background, lambda: None, lambda: None)
    rest.follow(bus)
    bus.falling_asleep.emit()
    qtbot.waitUntil(lambda: len(bus.let_go_at) == 1)
    assert asked, "it was asked whether it is at rest"
    rest.deleteLater()


def test_what_the_user_paused_stays_paused(room: Room) -> None:
    room.indexer.is_paused = True
    room.indexer.is_at_work = False  # type: ignore[attr-defined]
    sleeping = Sleeping(room.indexer, room.library)  # type: ignore[arg-type]
    sleeping.lie_down()
    assert sleeping.is_still
    sleeping.wake_up()
    assert room.indexer.asked == []


# -- the real program ----------------------------------------------------------------------


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.05)
    return found


def workers_of(process: int) -> list[int]:
    """The child processes of a program that look at photos."""
    found = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            with contextlib.suppress(OSError):  # it has gone meanwhile
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells whose child a process is")
def test_a_program_that_is_told_to_end_leaves_nothing_behind(
    home: Path, tmp_path: Path, six_people: Path
) -> None:
    photo = next(six_people.glob("*.jpg")).read_bytes()
    for number in range(150):  # more than are looked at meanwhile, and each a photo of its own
        (six_people / f"more{number}.jpg").write_bytes(photo + b"%d" % number)
    errors = tmp_path / "errors"
    with errors.open("wb") as stream:
        program = subprocess.Popen(
            [*PROGRAM, str(six_people)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stream,
            stderr=stream, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
    note = home / "library" / "window.json"
    try:
        workers = until(lambda: workers_of(program.pid))
        until(note.is_file)
        assert json.loads(note.read_text())["page"] == "people", "it is noted while it is open"
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0
    finally:
        program.kill()
        program.wait()
    assert errors.read_text() == ""
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 10)
    house = build(None, "")
    try:
        states = {row.state for row in tasks(house.library)}
        assert TaskState.RUNNING not in states and TaskState.FAILED not in states
    finally:
        house.close()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
def test_the_system_tells_of_sleep_and_of_shutdown(tmp_path: Path) -> None:
    """The real program over a real bus; the fd of the real protocol holds up both."""
    told, script = tmp_path / "told", tmp_path / "both.sh"
    script.write_text(
        'export DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS"\n'
        f'"{sys.executable}" tests/ui/logind_service.py "{told}" > "{tmp_path}/ready" &\n'
        f'until [ -s "{tmp_path}/ready" ]; do sleep 0.05; done\n'
        f'"{sys.executable}" -m app; status=$?\n'
        f"until [ $(grep -c 'let go' '{told}') = 2 ]; do sleep 0.05; done\n"
        "kill $!\nexit $status\n"
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(script)], cwd=ROOT, capture_output=True, text=True,
        timeout=110, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    held = "Kinfolk holds up sleep:shutdown: delay"
    assert told.read_text().splitlines() == [
        held, "sleep", "let go", "awake", held, "shutdown", "let go",
    ]  # fmt: skip
