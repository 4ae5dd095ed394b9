"""The shell of the real program in a real X server: menus by Alt, overview and guide by key."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.xvfb, pytest.mark.slow]
PROGRAM = [sys.executable, "-m", "app"]
Hand = Callable[..., str]


def until(what: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.2)
    return found


def windows(hand: Hand) -> list[str]:
    """What is on the screen: the window, its menus, its dialogs."""
    return hand("search", "--onlyvisible", "--class", "kinfolk").split()


def titles(hand: Hand) -> list[str]:
    """What the windows on the screen are called."""
    return [hand("getwindowname", number) for number in windows(hand)]


def has_focus(hand: Hand) -> bool:
    """Give the window the keyboard, and see whether it has it."""
    number = windows(hand)[-1]
    hand("windowfocus", number)
    return hand("getwindowfocus") == number


@pytest.fixture
def running() -> list[subprocess.Popen[bytes]]:
    """The program, while it runs."""
    return []


@pytest.fixture
def kill(running: list[subprocess.Popen[bytes]]) -> Callable[[], None]:
    """Ends the program as a power cut does."""

    def kill() -> None:
        program = running.pop()
        program.kill()
        program.wait()

    return kill


@pytest.fixture
def start(
    xvfb: str, tmp_path: Path, running: list[subprocess.Popen[bytes]]
) -> Iterator[Callable[[], Hand]]:
    """Starts the program on the library of this test; gives a hand that calls xdotool."""
    environment = {**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"}
    errors = tmp_path / "errors"

    def hand(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def start() -> Hand:
        stop()
        with errors.open("a") as stream:
            running.append(subprocess.Popen(PROGRAM, env=environment, stderr=stream, stdout=stream))
        until(lambda: "Kinfolk" in "".join(titles(hand)))
        until(lambda: has_focus(hand))  # a window that is not mapped yet cannot have it
        time.sleep(0.5)
        return hand

    def stop() -> None:
        while running:
            program = running.pop()
            program.send_signal(signal.SIGINT)
            assert program.wait(30) == 0

    try:
        yield start
        stop()
    finally:
        for program in running:
            program.kill()
            program.wait()
    assert errors.read_text() == "", "not a word on standard error"


def test_menus_open_with_alt_and_the_overview_with_its_keys(start: Callable[[], Hand]) -> None:
    hand = start()
    until(lambda: len(windows(hand)) == 1)
    for keys in (("alt+f",), ("alt", "Down")):
        for key in keys:
            hand("key", key)
            time.sleep(0.3)
        until(lambda: len(windows(hand)) == 2)
        # One at a time: both at once reach the menu, and the menu bar keeps the keyboard.
        hand("key", "Escape")
        until(lambda: len(windows(hand)) == 1)
        hand("key", "Escape")
    for key, title in (("F1", "Guide"), ("question", "Keyboard shortcuts")):
        hand("key", key)
        until(lambda title=title: title in hand("getwindowfocus", "getwindowname"))
        hand("key", "Escape")
        until(lambda: len(windows(hand)) == 1)
    hand("key", "ctrl+h")  # the dialog has given the keyboard back
    until(lambda: any(title.startswith("History") for title in titles(hand)))


def page_noted() -> str:
    """The page at which the window was noted last."""
    file = Path(os.environ["KINFOLK_LIBRARY"]) / "window.json"
    return str(json.loads(file.read_text())["page"]) if file.is_file() else ""


def test_the_program_opens_where_it_was_when_it_was_killed(
    start: Callable[[], Hand], kill: Callable[[], None]
) -> None:
    hand = start()
    hand("key", "ctrl+5")
    until(lambda: any(title.startswith("Hidden") for title in titles(hand)))
    until(lambda: page_noted() == "hidden")
    kill()
    hand = start()
    until(lambda: any(title.startswith("Hidden") for title in titles(hand)))


def test_the_program_opens_where_it_was_left(start: Callable[[], Hand]) -> None:
    hand = start()
    hand("key", "ctrl+5")
    until(lambda: any(title.startswith("Hidden") for title in titles(hand)))
    hand = start()
    until(lambda: any(title.startswith("Hidden") for title in titles(hand)))
    left = json.loads((Path(os.environ["KINFOLK_LIBRARY"]) / "window.json").read_text())
    assert left["page"] == "hidden"
