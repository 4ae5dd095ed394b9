"""Builds a folder of hostile files; the same seed gives the same bytes."""

from __future__ import annotations

import contextlib
import os
import random
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageEnhance

from tests.conftest import shipped
from tests.hostile.mutate import DAMAGES, mutate
from tests.hostile.special import SPECIALS
from tests.hostile.valid import valid_files
from tests.media.samples import encode, scene

DEPTH = 500
SLOW_TO_MAKE = ("large", "bomb-pixels", "xmp", "many-chunks")
"""Specials that take seconds to make or to look at, left out of a short corpus."""

NAMES = (
    b"\xff\xfe broken \x80.png", b"line\nbreak.png", "\u202egnp.dessef\u2066.png".encode(),
    "Oma \U0001f475\U0001f3fd am Strand.png".encode(), b" leading and trailing .png",
    b"-rf --help.png",
    b"'quoted \"twice\" $(touch x) `y`; %s{0}.png", b"e\xcc\x81 and \xc3\xa9.png",
    b"tab\tbell\x07esc\x1b[31m.png", b"n" * 251 + b".png",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One file of the corpus."""

    path: Path
    label: str
    """What it was made of."""
    damage: str
    expected: str
    """"looked", "skipped", "any", or "unseen" of what no scan tells of."""


def build(folder: Path, count: int, seed: int, is_short: bool = False) -> list[Item]:
    """At least `count` hostile files below a new folder, and good ones among them."""
    folder.mkdir(parents=True)
    items = [*_good(folder), *_specials(folder, is_short), *_odd_names(folder), *_no_files(folder)]
    hostile = sum(item.label != "good" for item in items)
    return items + list(_mutants(folder, max(0, count - hostile), seed))


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _good(folder: Path) -> Iterator[Item]:
    """What must be looked at, whatever lies around it: each format once, and six people twice."""
    for valid in valid_files():
        path = _write(folder / "good" / f"{valid.name}.{valid.ending}", valid.data)
        yield Item(path, "good", valid.name, "looked")
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        for place, light in (("a-first", 0.8), ("z-last", 1.1)):
            data = encode(ImageEnhance.Brightness(image).enhance(light), "JPEG")
            yield Item(_write(folder / place / "people.jpg", data), "good", "people", "looked")


def _specials(folder: Path, is_short: bool) -> Iterator[Item]:
    for name, (expected, make) in SPECIALS.items():
        if not (is_short and name.startswith(SLOW_TO_MAKE)):
            path = _write(folder / "special" / name, make())
            yield Item(path, "special", Path(name).stem, expected)


def _odd_names(folder: Path) -> Iterator[Item]:
    """Good pictures under names in any encoding, and very deep down."""
    home = os.fsencode(folder / "names")
    for number, name in enumerate(NAMES):
        path = Path(os.fsdecode(home + b"/" + name))
        yield Item(_write(path, _small(number)), "name", repr(name)[:24], "looked")
    deep = folder / "deep"
    deep.mkdir()
    with _inside(deep):
        for _ in range(DEPTH):
            Path("d").mkdir()
            os.chdir("d")
        Path("bottom.png").write_bytes(_small(99))
    bottom = deep.joinpath(*["d"] * DEPTH, "bottom.png")
    yield Item(bottom, "name", f"{DEPTH} deep", "looked")


def _small(number: int) -> bytes:
    return encode(scene(40 + number, 30), "PNG")


def _no_files(folder: Path) -> Iterator[Item]:
    """Pipes, sockets, devices, links that lead nowhere or in circles, folders named like photos."""
    home = folder / "no-files"
    home.mkdir()
    os.mkfifo(home / "pipe.jpg")
    with _inside(home), socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.jpg")
    (home / "device.jpg").symlink_to("/dev/zero")
    (home / "terminal.jpg").symlink_to("/dev/tty")
    (home / "dead.jpg").symlink_to(home / "nowhere.jpg")
    (home / "loop.jpg").symlink_to("loop.jpg")
    (home / "round").symlink_to(home)
    (home / "up").symlink_to(folder)
    for name in ("pipe", "socket", "device", "terminal", "dead", "loop"):
        yield Item(home / f"{name}.jpg", "no file", name, "skipped")
    (home / "folder.jpg").mkdir()
    yield Item(
        _write(home / "folder.jpg" / "in.png", _small(77)), "name", "in folder.jpg", "looked"
    )
    with contextlib.suppress(OSError):
        (home / "self").symlink_to("self")


def _mutants(folder: Path, count: int, seed: int) -> Iterator[Item]:
    rng = random.Random(seed)
    valid = valid_files()
    damages = list(DAMAGES)
    for number in range(count):
        one, other = valid[number % len(valid)], rng.choice(valid)
        damage = damages[number // len(valid) % len(damages)]
        data, ending = mutate(rng, damage, one, other)
        name = f"{number:05}-{one.name}-{damage}.{ending}"
        path = _write(folder / "mutants" / f"{number // 100:03}" / name, data)
        yield Item(path, one.name, damage, "any")


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work where paths are short."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
