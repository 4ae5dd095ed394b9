"""The program as it is installed, driven by a hand: from a folder to all photos of a person."""

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

KINFOLK = [sys.executable, "-m", "app"]
pytestmark = [pytest.mark.xvfb, pytest.mark.slow]


def ask(*words: str) -> Any:
    """What the command line says of the library that the window has open."""
    done = subprocess.run([*KINFOLK, *words, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.2)
    return found


def titles(hand: Callable[..., str]) -> str:
    """What the visible windows are called: xdotool finds only what is ASCII by name."""
    return "".join(
        hand("getwindowname", number)
        for number in hand("search", "--onlyvisible", "--name", ".*").split()
    )


@pytest.fixture
def window(xvfb: str, six_people: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """The open window over the folder; gives a hand that calls xdotool."""
    library = Path(os.environ["KINFOLK_LIBRARY"])
    library.mkdir(parents=True, exist_ok=True)
    (library / "settings.json").write_text('{"cluster_delay_seconds": 1}')
    environment = {**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"}
    errors = tmp_path / "errors"
    with errors.open("w") as stream:
        program = subprocess.Popen(
            [*KINFOLK, str(six_people)], env=environment, stderr=stream, stdout=stream
        )

    def hand(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    try:
        until(lambda: "Kinfolk" in titles(hand))
        hand("windowfocus", hand("search", "--onlyvisible", "--class", "kinfolk").split()[-1])
        yield hand
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0
    finally:
        program.kill()
        program.wait()
    assert errors.read_text() == "", "not a word on standard error"


def test_from_a_folder_to_all_photos_of_a_person(window: Callable[..., str]) -> None:
    until(lambda: ask("people")["TotalCount"] == 6)
    time.sleep(2)  # the page shows what has changed within a second
    window("mousemove", "900", "640", "click", "1")
    window("key", "Home")
    window("key", "F2")
    window("type", "--delay", "30", "Anna")
    window("key", "Return")
    named = until(lambda: [p for p in ask("people")["FigureClusters"] if p["Name"] == "Anna"], 15)
    assert named[0]["ImageCount"] == 4
    assert len(ask("photos", "--person", "Anna")["Files"]) == 4
    window("key", "Return")
    until(lambda: titles(window).startswith("Anna"), 15)
    window("key", "alt+Left")
    until(lambda: titles(window).startswith("People"), 15)
    window("key", "ctrl+z")
    until(lambda: all(p["Name"] == "" for p in ask("people")["FigureClusters"]), 15)
