"""The program as it is installed, driven by hands alone: from a folder to a person's photos."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageEnhance

SCRIPT = Path(sys.executable).with_name("kinfolk")
KINFOLK = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "app"]
pytestmark = [pytest.mark.xvfb, pytest.mark.slow, pytest.mark.timeout(240)]


def ask(*words: str) -> Any:
    """What the command line says of the library that the window has open."""
    done = subprocess.run([*KINFOLK, *words, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)


def people() -> list[dict[str, Any]]:
    """Everyone, as the command line lists them."""
    found: list[dict[str, Any]] = ask("people")["FigureClusters"]
    return found


def names() -> list[str]:
    """The names given."""
    return sorted(person["Name"] for person in people() if person["Name"])


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.2)
    return found


@pytest.fixture
def album(six_people: Path) -> Path:
    """Four photos of six people, five newer ones of an astronaut, the newest of an actor alone."""
    versions = {
        "portrait": lambda image: image,
        "mirrored": lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        "dark": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
        "cropped": lambda image: image.crop((8, 0, 500, 500)),
        "small": lambda image: image.resize((400, 400)),
    }
    with Image.open(_shipped("skimage", "data", "astronaut.png")) as image:
        for number, (name, make) in enumerate(versions.items()):
            file = six_people / f"space-{name}.jpg"
            make(image.convert("RGB")).save(file, quality=92)
            os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))
    with Image.open(_shipped("insightface", "data", "images", "Tom_Hanks_54745.png")) as image:
        image.convert("RGB").save(six_people / "actor.jpg", quality=92)
    for file in six_people.iterdir():
        if not file.name.startswith("space-"):
            os.utime(file, (1_600_000_000, 1_600_000_000))
    return six_people


def _shipped(package: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]).joinpath(*parts)


class Hand:
    """The hands on the keyboard and the mouse of one X server, and the eyes on its screen."""

    def __init__(self, display: str, errors: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._errors = errors
        self._program: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> None:
        """Start the program and wait until its window is there."""
        library = Path(os.environ["KINFOLK_LIBRARY"])
        library.mkdir(parents=True, exist_ok=True)
        (library / "settings.json").write_text('{"cluster_delay_seconds": 1, "theme": "light"}')
        with self._errors.open("a") as stream:
            self._program = subprocess.Popen(
                [*KINFOLK, *words], env=self.environment, stderr=stream, stdout=stream
            )
        until(lambda: "Kinfolk" in self.titles())
        self.focus()

    def focus(self) -> None:
        """Turn to the window, as a window manager does when a dialog has closed: there is none."""
        self.do("windowfocus", self.do("search", "--onlyvisible", "--class", "kinfolk").split()[-1])

    def stop(self) -> None:
        """End the program in good order, without a word on standard error."""
        assert self._program is not None
        self._program.send_signal(signal.SIGINT)
        assert self._program.wait(30) == 0
        assert self._errors.read_text() == ""

    def kill(self) -> None:
        """End it, whatever it does."""
        if self._program is not None:
            self._program.kill()
            self._program.wait()

    def do(self, *words: str) -> str:
        """Call xdotool."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def key(self, *keys: str) -> None:
        """Press keys, as quickly as a person does."""
        for one in keys:
            self.do("key", one)
            time.sleep(0.2)

    def type(self, text: str) -> None:
        """Type a text."""
        self.do("type", "--delay", "40", text)
        time.sleep(0.2)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place on the screen."""
        self.do("mousemove", str(x), str(y))
        time.sleep(0.3)
        self.do("click", str(button))
        time.sleep(0.5)

    def titles(self) -> str:
        """What the visible windows are called: xdotool finds only what is ASCII by name."""
        windows = self.do("search", "--onlyvisible", "--name", ".*").split()
        return "".join(self.do("getwindowname", number) for number in windows)

    def see(self, into: Path) -> Image.Image:
        """A picture of the screen, taken by ImageMagick."""
        subprocess.run(
            ["import", "-window", "root", str(into)], env=self.environment, check=True, timeout=30
        )
        with Image.open(into) as image:
            return image.convert("RGB")


@pytest.fixture
def hand(xvfb: str, tmp_path: Path) -> Iterator[Hand]:
    """Hands; the program that they started ends with the test."""
    made = Hand(xvfb, tmp_path / "errors")
    try:
        yield made
        made.stop()
    finally:
        made.kill()


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many colours there are in a part of a picture."""
    found = image.crop(box).getcolors(maxcolors=1 << 24)
    return len(found or ())


def test_from_a_folder_to_all_photos_of_a_person(hand: Hand, album: Path, tmp_path: Path) -> None:
    hand.start(str(album))
    until(lambda: max((p["ImageCount"] for p in people()), default=0) == 5, 120)
    time.sleep(2)  # the page shows what has changed within a second
    hand.click(900, 700)
    hand.key("Home", "F2")
    hand.type("Anna")
    hand.key("Return")
    until(lambda: names() == ["Anna"], 15)
    assert len(ask("photos", "--person", "Anna")["Files"]) == 5
    hand.key("ctrl+2")
    until(lambda: hand.titles().startswith("Photos"), 15)
    time.sleep(1.5)
    hand.click(360, 230, button=3)  # the newest photo shows her alone
    until(lambda: colours(hand.see(tmp_path / "menu.png"), (300, 200, 700, 500)) > 500, 15)
    hand.click(420, 250)
    until(lambda: hand.titles().startswith("Anna"), 15)
    grid = (260, 240, 1200, 600)
    shot = tmp_path / "all-photos-of-anna.png"
    until(lambda: colours(hand.see(shot), grid) > 10_000, 20)
    blank = Image.new("RGB", (1280, 840), "white")
    assert colours(blank, grid) == 1
    # A suit of that orange is in every photo of her, and in no part of the window itself.
    with Image.open(shot) as image:
        red, green, blue = np.moveaxis(np.asarray(image.convert("RGB").crop(grid)), 2, 0)
    orange = ((red > 190) & (green > 60) & (green < 130) & (blue < 90)).sum()
    assert orange > 1000
    hand.key("alt+Left")
    until(lambda: hand.titles().startswith("Photos"), 15)


def test_with_the_keyboard_alone(hand: Hand, album: Path) -> None:
    hand.start(str(album))
    until(lambda: max((p["ImageCount"] for p in people()), default=0) == 5, 120)
    time.sleep(2)
    hand.key("ctrl+3")
    until(lambda: hand.titles().startswith("Unnamed"), 15)
    time.sleep(1.5)
    hand.key("Home", "w")
    hand.type("Tom")
    hand.key("Return")
    until(lambda: names() == ["Tom"], 15)
    hand.focus()
    hand.key("ctrl+z")
    until(lambda: names() == [], 15)
    hand.key("ctrl+shift+z")
    until(lambda: names() == ["Tom"], 15)
    hand.stop()
    hand.start()
    time.sleep(1.5)
    assert names() == ["Tom"]
    hand.key("ctrl+z")
    until(lambda: names() == [], 15)
