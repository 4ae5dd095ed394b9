"""How quick the window is over a large library: python -m tests.benchmarks.window --help.

The real window over a library made up, driven by real events. QT_QPA_PLATFORM says where;
offscreen unless told otherwise.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.library.queries.people import list_people
from app.library.rows import PersonRow
from app.ui.places import Kind
from tests.benchmarks.big_library import Size
from tests.benchmarks.heartbeat import quantile
from tests.benchmarks.table import columns
from tests.benchmarks.window_deeds import (
    merging,
    naming,
    opening,
    rejecting,
    scrolling,
    show,
)
from tests.benchmarks.window_lines import HEADS, Line, never_long, smooth, told, within
from tests.benchmarks.window_pages import opening_page, opening_photos, places, typing
from tests.benchmarks.window_session import Session, live, opened
from tests.benchmarks.window_start import seconds_to_start
from tests.benchmarks.window_work import at_work, make_photos

PARTS = (
    "start", "pages", "people", "photos", "unnamed", "person", "viewer", "search", "name", "merge",
    "reject", "open", "index",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done."""

    count: int = 20
    """How often each deed is done."""
    seconds: float = 8.0
    """How long each scrolling lasts."""
    indexed: int = 300
    """How many photos are indexed."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print the table; 1 with --strict when a promise is broken."""
    options = _parser().parse_args(words)
    size = Size(options.people, options.faces, options.photos, options.decisions)
    with _library(options.library, size) as folder:
        scale = Scale(options.times, options.seconds, options.index)
        lines = measure(folder, options.only or PARTS, scale)
    print(columns([HEADS, *(line.cells() for line in lines)], markdown=True))
    return int(options.strict and any(line.is_kept is False for line in lines))


def measure(folder: Path, parts: Sequence[str], scale: Scale) -> list[Line]:
    """All lines about a library, which does not stay as it is."""
    lines: list[Line] = []
    if "start" in parts:
        lines += _start(folder, min(scale.count, 5), min(scale.seconds, 6))
    with opened(folder) as session:
        live(3000)
        for part in PARTS:
            if part in parts and part != "start":
                lines += _PARTS[part](session, scale)
    return lines


def _start(folder: Path, count: int, settling: float) -> list[Line]:
    """An empty window and ours, by turns: whatever else the computer does holds up both. The first
    start of each, which compiles what is not compiled yet, does not count."""
    with tempfile.TemporaryDirectory(prefix="kinfolk-") as place:
        compiled = Path(place)
        pairs = [
            (seconds_to_start(None, 0, compiled), seconds_to_start(folder, settling, compiled))
            for _ in range(count + 1)
        ][1:]
    cards = [ours.cards * 1000 for _, ours in pairs]
    covers = [ours.covers * 1000 for _, ours in pairs]
    bare = statistics.median(empty.cards for empty, _ in pairs) * 1000
    ratio = statistics.median(cards) / bare
    work = statistics.median(ours.work for _, ours in pairs) * 1000
    idle = statistics.median(empty.work for empty, _ in pairs) * 1000
    most = max(ours.settled for _, ours in pairs)
    return [
        Line(
            "start to a usable People page", "3 times an empty window",
            f"{ratio:.1f} times ({bare:.0f} ms)",
            statistics.median(cards), quantile(cards, 0.95), max(cards), ratio <= 3,
        ),
        Line(
            "the same in processor time", "-",
            f"{work / idle:.1f} times an empty window ({idle:.0f} ms)", work, 0, 0,
            None,
        ),
        Line(
            "start until the covers are to be seen", "-", "",
            statistics.median(covers), quantile(covers, 0.95), max(covers), None,
        ),
        Line(
            f"peak memory until {settling:.0f} s after the covers, MB", "under 400",
            f"{max(empty.memory for empty, _ in pairs):.0f} for an empty window;"
            f" {max(ours.memory for _, ours in pairs):.0f} at the cards",
            0, 0, most, most < 400,
        ),
    ]  # fmt: skip


def _pages(session: Session, scale: Scale) -> list[Line]:
    person = _everyone(session)[-1]
    return [
        told(f"open {what}", opening_page(session, place, max(2, scale.count // 3)))
        for what, place in places(person)
    ]


def _scroll(session: Session, name: str, kind: Kind, seconds: float, *people: int) -> list[Line]:
    ways = ("pictures not seen before", "pictures at hand", "from end to end")
    found = scrolling(session, kind, seconds, *people)
    return [smooth(f"scroll {name}, {way}", one) for way, one in zip(ways, found, strict=True)]


def _people(session: Session, scale: Scale) -> list[Line]:
    return _scroll(session, "People", Kind.PEOPLE, scale.seconds)


def _photos(session: Session, scale: Scale) -> list[Line]:
    return _scroll(session, "Photos", Kind.PHOTOS, scale.seconds)


def _unnamed(session: Session, scale: Scale) -> list[Line]:
    return _scroll(session, "Unnamed", Kind.UNNAMED, scale.seconds)


def _person(session: Session, scale: Scale) -> list[Line]:
    person = _everyone(session)[-1]
    name = f"a person with {person.photo_count:,} photos"
    return _scroll(session, name, Kind.PERSON, scale.seconds, person.id)


def _viewer(session: Session, scale: Scale) -> list[Line]:
    return [told("open a photo: its small picture", opening_photos(session, scale.count))]


def _search(session: Session, scale: Scale) -> list[Line]:
    return [within("a key in the search field", typing(session, max(1, scale.count // 5)), 50)]


def _name(session: Session, scale: Scale) -> list[Line]:
    show(session, Kind.PEOPLE)
    return [within("name a person", naming(session, scale.count), 100)]


def _merge(session: Session, scale: Scale) -> list[Line]:
    show(session, Kind.PEOPLE)
    return [within("merge two people", merging(session, scale.count), 100)]


def _reject(session: Session, scale: Scale) -> list[Line]:
    everyone, lines = _everyone(session), []
    usual = next((row for row in everyone if row.face_count >= 100), everyone[-1])
    for person in (usual, everyone[-1]):
        show(session, Kind.PERSON, person.id)
        what = f"reject three faces of {person.face_count:,}"
        lines.append(within(what, rejecting(session, scale.count), 100))
    return lines


def _everyone(session: Session) -> list[PersonRow]:
    """Who has most faces is the last."""
    everyone = list_people(session.house.library, session.house.collection.id)
    return sorted(everyone, key=lambda row: row.face_count)


def _open(session: Session, scale: Scale) -> list[Line]:
    everyone = list_people(session.house.library, session.house.collection.id)
    person = max(everyone, key=lambda row: row.photo_count)
    tiles, pictures = opening(session, person, max(1, scale.count // 2))
    what = f"open a person with {person.photo_count:,} photos"
    return [
        within(f"{what}: tiles, in their colours", tiles, 200),
        told(f"{what}: pictures in sight", pictures),
    ]


def _index(session: Session, scale: Scale) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="kinfolk-") as place:
        folder = Path(place) / "photos"
        make_photos(folder, scale.indexed)
        found, progress = at_work(session, folder, scale.seconds)
    pace = f"({(progress.photos - 1) / max(progress.took, 1e-3):.1f} photos a second)"
    return [
        never_long(f"{name} {pace if 'index' in name else ''}".strip(), one) for name, one in found
    ]


_PARTS = {
    "pages": _pages, "people": _people, "photos": _photos, "unnamed": _unnamed, "person": _person,
    "viewer": _viewer, "search": _search, "name": _name, "merge": _merge, "reject": _reject,
    "open": _open, "index": _index,
}  # fmt: skip


@contextmanager
def _library(kept: Path | None, size: Size) -> Iterator[Path]:
    """A library of this size to measure with; `kept` is made once and not changed."""
    with tempfile.TemporaryDirectory(prefix="kinfolk-") as place:
        source = kept or Path(place) / "library"
        if not (source / "library.db").exists():
            print("Making the library ...", file=sys.stderr)
            # In a process of its own: its memory is not the window's.
            numbers = map(str, (size.people, size.faces, size.photos, size.decisions))
            words = ["-m", "tests.benchmarks.big_library", str(source), *numbers]
            subprocess.run([sys.executable, *words], check=True)
        work = Path(place) / "copy"
        work.mkdir()
        for file in source.iterdir():
            if file.name == "cache":
                (work / "cache").symlink_to(file, target_is_directory=True)
            elif file.is_file():
                shutil.copy(file, work)
        yield work


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.window")
    parser.add_argument("--people", type=int, default=Size().people)
    parser.add_argument("--faces", type=int, default=Size().faces)
    parser.add_argument("--photos", type=int, default=Size().photos)
    parser.add_argument("--decisions", type=int, default=Size().decisions)
    parser.add_argument("--library", type=Path, metavar="DIR", help="keep the library there")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="measure only this")
    parser.add_argument("--times", type=int, default=20, help="how often each deed is done")
    parser.add_argument("--seconds", type=float, default=8, help="how long each scrolling lasts")
    parser.add_argument("--index", type=int, default=300, help="how many photos are indexed")
    parser.add_argument("--strict", action="store_true", help="fail when a promise is broken")
    return parser


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
