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
from app.ui.places import Kind
from tests.benchmarks.big_library import Size
from tests.benchmarks.heartbeat import Stalls, quantile
from tests.benchmarks.table import columns
from tests.benchmarks.window_deeds import (
    merging,
    naming,
    opening,
    rejecting,
    scrolling,
    show,
)
from tests.benchmarks.window_session import Session, live, opened
from tests.benchmarks.window_start import seconds_to_start

PARTS = ("start", "people", "photos", "name", "merge", "reject", "open")
HEADS = ("what", "promise", "got", "median", "p95", "worst", "ok")


@dataclass(frozen=True, slots=True)
class Line:
    """One promise and what came of it."""

    what: str
    promise: str
    got: str
    median: float
    p95: float
    worst: float
    is_kept: bool | None
    """None where nothing is promised."""

    def cells(self) -> list[str]:
        """The line of the table."""
        numbers = [f"{n:.0f}" if n else "" for n in (self.median, self.p95, self.worst)]
        kept = {True: "yes", False: "no", None: ""}[self.is_kept]
        return [self.what, self.promise, self.got, *numbers, kept]


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print the table; 1 with --strict when a promise is broken."""
    options = _parser().parse_args(words)
    size = Size(options.people, options.faces, options.photos, options.decisions)
    with _library(options.library, size) as folder:
        lines = measure(folder, options.only or PARTS, options.times, options.seconds)
    print(columns([HEADS, *(line.cells() for line in lines)], markdown=True))
    return int(options.strict and any(line.is_kept is False for line in lines))


def measure(folder: Path, parts: Sequence[str], count: int, seconds: float) -> list[Line]:
    """All lines about a library, which does not stay as it is."""
    lines: list[Line] = []
    if "start" in parts:
        lines += _start(folder, min(count, 5), min(seconds, 6))
    with opened(folder) as session:
        live(3000)
        for part in PARTS:
            if part in parts and part != "start":
                lines += _PARTS[part](session, count, seconds)
    return lines


def _start(folder: Path, count: int, settling: float) -> list[Line]:
    """An empty window and ours, by turns: whatever else the computer does holds up both."""
    pairs = [(seconds_to_start(None), seconds_to_start(folder, settling)) for _ in range(count)]
    cards = [ours.cards * 1000 for _, ours in pairs]
    covers = [ours.covers * 1000 for _, ours in pairs]
    bare = statistics.median(empty.cards for empty, _ in pairs) * 1000
    ratio = statistics.median(cards) / bare
    work = statistics.median(ours.work for _, ours in pairs) * 1000
    idle = statistics.median(empty.work for empty, _ in pairs) * 1000
    most = max(ours.memory for _, ours in pairs)
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
            "peak memory at the start, MB", "under 400",
            f"{max(empty.memory for empty, _ in pairs):.0f} for an empty window;"
            f" {max(ours.settled for _, ours in pairs):.0f} {settling:.0f} s after the covers",
            0, 0, most, most < 400,
        ),
    ]  # fmt: skip


def _within(what: str, times: Sequence[float], limit: float) -> Line:
    late = sum(taken > limit for taken in times)
    got = f"{len(times) - late} of {len(times)}"
    worst = max(times)
    return Line(
        what, f"within {limit:.0f} ms", got, statistics.median(times), quantile(times, 0.95),
        worst, late == 0,
    )  # fmt: skip


def _smooth(what: str, stalls: Stalls) -> Line:
    share, own = stalls.share_under(16), stalls.of_our_own()
    got = (
        f"{stalls.count_over(50)} over 50 ms, {share:.1%} of {len(stalls.gaps)} under 16"
        f" (without waiting for a core: {own.count_over(50)}, {own.share_under(16):.1%},"
        f" worst {own.worst:.0f})"
    )
    is_kept = stalls.count_over(50) == 0 and share >= 0.95
    middle = quantile(stalls.gaps, 0.5)
    promise = "none over 50 ms, 95 % under 16"
    return Line(what, promise, got, middle, stalls.p95, stalls.worst, is_kept)


def _people(session: Session, _: int, seconds: float) -> list[Line]:
    return _scroll(session, Kind.PEOPLE, seconds)


def _photos(session: Session, _: int, seconds: float) -> list[Line]:
    return _scroll(session, Kind.PHOTOS, seconds)


def _scroll(session: Session, kind: Kind, seconds: float) -> list[Line]:
    ways = ("pictures not seen before", "pictures at hand", "as fast as the wheel can")
    found = scrolling(session, kind, seconds)
    return [
        _smooth(f"scroll {kind.value.title()}, {way}", stalls)
        for way, stalls in zip(ways, found, strict=True)
    ]


def _name(session: Session, count: int, _: float) -> list[Line]:
    show(session, Kind.PEOPLE)
    return [_within("name a person", naming(session, count), 100)]


def _merge(session: Session, count: int, _: float) -> list[Line]:
    show(session, Kind.PEOPLE)
    return [_within("merge two people", merging(session, count), 100)]


def _reject(session: Session, count: int, _: float) -> list[Line]:
    lines = []
    for size, person in _some_people(session):
        show(session, Kind.PERSON, person)
        what = f"reject three faces of {size:,}"
        lines.append(_within(what, rejecting(session, count), 100))
    return lines


def _some_people(session: Session) -> list[tuple[int, int]]:
    """Somebody with a hundred faces or so, and whoever has most."""
    everyone = list_people(session.house.library, session.house.collection.id)
    everyone.sort(key=lambda row: row.face_count)
    usual = next((row for row in everyone if row.face_count >= 100), everyone[-1])
    return [(row.face_count, row.id) for row in (usual, everyone[-1])]


def _open(session: Session, count: int, _: float) -> list[Line]:
    everyone = list_people(session.house.library, session.house.collection.id)
    person = max(everyone, key=lambda row: row.photo_count)
    tiles, pictures = opening(session, person, max(1, count // 2))
    what = f"open a person with {person.photo_count:,} photos"
    return [
        _within(f"{what}: tiles, in their colours", tiles, 200),
        Line(
            f"{what}: pictures in sight", "-", "", statistics.median(pictures),
            quantile(pictures, 0.95), max(pictures), None,
        ),
    ]  # fmt: skip


_PARTS = {
    "people": _people, "photos": _photos, "name": _name, "merge": _merge, "reject": _reject,
    "open": _open,
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
    parser.add_argument("--strict", action="store_true", help="fail when a promise is broken")
    return parser


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
