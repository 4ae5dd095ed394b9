"""Starting Kinfolk again: the window that is open comes to the front, and takes the folders."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import __main__ as program
from app.indexing.doorway import Arrival, Doorway
from app.library.commands.folders import create_collection
from app.paths import Paths
from app.ui.arrivals import Arrivals, come_to_front

if TYPE_CHECKING:
    from tests.ui.conftest import Room

PROGRAM = [sys.executable, "-m", "app"]
ROOT = Path(__file__).parents[2]


# -- in one process ------------------------------------------------------------------------


def test_a_minimized_window_is_shown_again(room: Room, qtbot: QtBot) -> None:
    window = room.window
    window.showMaximized()
    window.showMinimized()
    assert window.isMinimized()
    come_to_front(window)
    qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized() and window.isMaximized(), "it is as it was before"


def test_the_token_of_the_desktop_is_handed_to_qt(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    come_to_front(room.window, "new")
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "new"


@pytest.fixture
def arrivals(room: Room, tmp_path: Path) -> Iterator[Callable[[Arrival], bool]]:
    """Comes to the window of the room as another process would."""
    paths = Paths.under(tmp_path)
    ours, theirs = Doorway(paths), Doorway(paths)
    house = room.house
    assert ours.enter(Arrival("Photos"))
    greeting = Arrivals(house, room.window, room.furniture.bridge, ours)
    yield theirs.enter
    greeting.close()
    ours.close()


def test_who_arrives_leaves_folders(
    room: Room, arrivals: Callable[[Arrival], bool], qtbot: QtBot, tmp_path: Path
) -> None:
    room.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert arrivals(Arrival("Photos", (tmp_path / "drawn",))) is False
    qtbot.waitUntil(lambda: ("index", [tmp_path / "drawn"]) in room.indexer.asked)
    assert not room.window.isMinimized()
    assert arrivals(Arrival("Photos")) is False, "and somebody who brings nothing is welcome, too"


def test_another_collection_comes_into_sight_and_is_added_to(
    room: Room, arrivals: Callable[[Arrival], bool], qtbot: QtBot, tmp_path: Path
) -> None:
    from app.errors import UsageError

    with pytest.raises(UsageError, match="Door"):
        arrivals(Arrival("Door", (tmp_path,)))
    door = create_collection(room.library, "Door").id
    arrivals(Arrival("Door", (tmp_path,)))
    qtbot.waitUntil(lambda: room.window.desk.album.collection_id == door)
    qtbot.waitUntil(lambda: room.indexer.asked == [("index", [tmp_path])])
    assert room.indexer.asked_of == [door]
    assert room.window.sidebar.switcher.text() == "Door"
    arrivals(Arrival("photos"))
    qtbot.waitUntil(lambda: room.window.desk.album.collection_id == room.collection_id)
    arrivals(Arrival("", (tmp_path,)))
    qtbot.waitUntil(lambda: room.indexer.asked_of == [door, room.collection_id])


def test_who_comes_before_there_is_a_window_waits(tmp_path: Path) -> None:
    ours, theirs, met = Doorway(Paths.under(tmp_path)), Doorway(Paths.under(tmp_path)), []
    assert ours.enter(Arrival("Photos")) is True
    assert theirs.enter(Arrival("Photos", (tmp_path,))) is False
    ours.welcome(met.append)
    assert met == [Arrival("Photos", (tmp_path,))]
    ours.welcome(None)
    theirs.enter(Arrival("Photos", token="late"))
    ours.welcome(met.append)
    assert met[1:] == [Arrival("Photos", token="late")]
    ours.close()
    assert theirs.enter(Arrival("Photos")) is True, "the next one may come in"
    theirs.close()


def test_the_first_window_has_what_the_desktop_gave_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt takes it when it begins: else the desktop goes on waiting for a window."""
    names = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
    for name in names:
        monkeypatch.setenv(name, f"of {name}")
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    seen: list[str | None] = []
    monkeypatch.setattr(program, "_live", lambda *_: seen.extend(map(os.environ.get, names)) or 0)
    try:
        assert program.main(["--library", str(tmp_path)]) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert seen == [f"of {name}" for name in names]


def test_what_a_killed_window_left_keeps_nobody_out(tmp_path: Path) -> None:
    """The system lets go of a lock when its process ends; the note of the bell stays behind."""
    paths = Paths.under(tmp_path)
    killed = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "True\n"
    left = paths.window_bell.read_bytes()
    other = Doorway(paths)
    killed.kill()
    killed.communicate()
    assert paths.window_lock.is_file() and left
    ours, met = Doorway(paths), list[Arrival]()
    assert ours.enter(Arrival("")) is True
    ours.welcome(met.append)
    assert other.enter(Arrival("", (tmp_path,))) is False
    assert met == [Arrival("", (tmp_path,))]
    other.close()
    ours.close()


_KILLED = """
import sys, time
from pathlib import Path
from app.indexing.doorway import Arrival, Doorway
from app.paths import Paths

paths = Paths.under(Path(sys.argv[1]))
doorway = Doorway(paths)
entered = doorway.enter(Arrival(""))
while not paths.window_bell.is_file():
    time.sleep(0.02)
print(entered, flush=True)
time.sleep(60)
"""


# -- real processes in a real X server ------------------------------------------------------


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.2)
    return found


class Screen:
    """The windows on an X server without a window manager."""

    def __init__(self, display: str, errors: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.programs: list[subprocess.Popen[bytes]] = []
        self.errors = errors

    def start(self, *words: object, program: list[str] = PROGRAM) -> subprocess.Popen[bytes]:
        """Starts Kinfolk."""
        with self.errors.open("a") as stream:
            self.programs.append(
                subprocess.Popen(
                    [*program, *map(str, words)], cwd=ROOT, env=self.environment,
                    stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                )
            )  # fmt: skip
        return self.programs[-1]

    def hand(self, *words: object) -> str:
        """What xdotool says."""
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        return done.stdout.strip()

    def windows_of(self, program: subprocess.Popen[bytes]) -> list[str]:
        """The windows of a program that are to be seen."""
        return self.hand(
            "search", "--all", "--onlyvisible", "--pid", program.pid, "--name", ""
        ).split()

    def window_of(self, program: subprocess.Popen[bytes]) -> str:
        """The one window of a program, once it is there."""
        return str(until(lambda: self.windows_of(program))[0])

    def in_front(self) -> str:
        """The window under the pointer, which is where all windows are."""
        self.hand("mousemove", 300, 300)
        found = self.hand("getmouselocation", "--shell")
        return found.partition("WINDOW=")[2].strip()


@pytest.fixture
def screen(xvfb: str, tmp_path: Path) -> Iterator[Screen]:
    """An X server, which is left without a program."""
    made = Screen(xvfb, tmp_path / "errors")
    try:
        yield made
        for program in made.programs:
            if program.poll() is None:
                program.send_signal(signal.SIGINT)
            assert program.wait(30) == 0
    finally:
        for program in made.programs:
            program.kill()
            program.wait()
    assert made.errors.read_text() == "", "not a word on standard error"


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_second_start_raises_the_window_and_hands_it_the_folders(
    screen: Screen, tmp_path: Path, six_people: Path
) -> None:
    first = screen.start()
    window = screen.window_of(first)
    other = screen.start("--library", tmp_path / "other")
    over = screen.window_of(other)
    until(lambda: screen.in_front() == over)
    assert over != window, "another library has a window of its own"
    screen.hand("windowfocus", "--sync", over)
    second = screen.start(six_people)
    assert second.wait(60) == 0
    until(lambda: screen.in_front() == window)
    until(lambda: screen.hand("getwindowfocus") == window)
    assert len(screen.windows_of(first)) == 1 and other.poll() is None
    done = subprocess.run([*PROGRAM, "folder", "list", "--json"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0
    assert [b["URI"] for b in json.loads(done.stdout)["Bindings"]] == [six_people.as_uri()]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_second_start_leads_the_window_to_another_collection(
    screen: Screen, tmp_path: Path, six_people: Path
) -> None:
    library = ("--library", str(tmp_path / "library"))

    def folders_of(name: str) -> list[str]:
        words = ["folder", "list", *library, "--collection", name, "--json"]
        done = subprocess.run([*PROGRAM, *words], cwd=ROOT, capture_output=True, check=True)
        return [binding["URI"] for binding in json.loads(done.stdout)["Bindings"]]

    first = screen.start(*library)
    shown = screen.window_of(first)
    words = ["collection", "create", "Door", *library]
    subprocess.run([*PROGRAM, *words], cwd=ROOT, capture_output=True, check=True)
    assert screen.start(*library, "--collection", "Door", six_people).wait(60) == 0
    until(lambda: folders_of("Door") == [six_people.as_uri()])
    assert folders_of("Photos") == []
    until(lambda: "Door" in screen.hand("getwindowname", shown))
    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 0
    left = json.loads((tmp_path / "library" / "window.json").read_text(encoding="utf-8"))
    assert left["several"] is True and left["collection"] == 2
    again = screen.start(*library)
    window = screen.window_of(again)
    until(lambda: "Door" in screen.hand("getwindowname", window))
    time.sleep(1)  # until it has drawn itself


_SLEEPY = """
import sys
from PySide6.QtCore import QTimer
from app.ui.awakening import Awakening

begin = Awakening.begin
Awakening.begin = lambda self: QTimer.singleShot(4000, lambda: begin(self))
from app.__main__ import main

sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_window_that_wakes_late_stays_where_it_was_led(screen: Screen, tmp_path: Path) -> None:
    library = ("--library", str(tmp_path / "library"))
    first = screen.start(*library, program=[sys.executable, "-c", _SLEEPY])
    shown = screen.window_of(first)
    words = ["collection", "create", "Door", *library]
    subprocess.run([*PROGRAM, *words], cwd=ROOT, capture_output=True, check=True)
    assert screen.start(*library, "--collection", "Door").wait(60) == 0
    until(lambda: "Door" in screen.hand("getwindowname", shown))
    until((tmp_path / "library" / "indexing.lock").exists)  # it is awake
    time.sleep(1.5)
    assert "Door" in screen.hand("getwindowname", shown)


@pytest.mark.xvfb
@pytest.mark.slow
def test_of_many_starts_at_once_one_has_the_window(screen: Screen) -> None:
    programs = [screen.start() for _ in range(5)]
    until(lambda: sum(program.poll() is None for program in programs) == 1)
    (left,) = (program for program in programs if program.poll() is None)
    assert all(program.returncode == 0 for program in programs if program is not left)
    window = screen.window_of(left)
    until(lambda: screen.in_front() == window)
    time.sleep(1)  # until it has drawn itself
