"""The benchmark of growth: `python -m tests.benchmarks.growth --help` says how to use it.

For albums of several sizes (long-tailed, made up) it says how long grouping everything from nothing
takes and in how much memory, what it is worth against the truth, and what one more face costs and
a hundred more, all by the arithmetic alone: `tests.benchmarks.scaling` goes through a real library.
At one size it runs scikit-learn's DBSCAN beside it, as suits it best there (see `density`), in
turns. Everything runs in a fresh process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces, Grouping, group_new
from app.clustering.index import FaceIndex
from app.clustering.thresholds import Thresholds
from tests.benchmarks import density
from tests.benchmarks.dataset import NOBODY, Dataset
from tests.benchmarks.measures import bcubed, tidy
from tests.benchmarks.synthetic import synthesise
from tests.benchmarks.table import columns
from tests.benchmarks.trial import peak_bytes

SIZES = (1_000, 10_000, 100_000)
SINGLE, HUNDRED = 20, 3
"""Times that one face is added, and a hundred faces."""
RIVAL = 40_000
TURNS = 3

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Growth:
    """What an album of one size costs; seconds by the clock."""

    faces: int
    seconds: float
    """Of grouping everything from nothing, vectors put in and lists made."""
    cpu_seconds: float
    peak_megabytes: float
    """Of the whole process with the album in it, 1e6 bytes."""
    bcubed_f1: float
    groups: int
    one: float
    """Median seconds of adding one face."""
    one_worst: float
    hundred: float
    """Median seconds of adding a hundred faces."""


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Kinfolk and DBSCAN on the same faces."""

    faces: int
    kinfolk: float
    """Seconds, the median of some turns."""
    dbscan: float
    """As much at its best setting, the quickest way."""
    setting: str
    kinfolk_f1: float
    dbscan_f1: float


class Album:
    """Faces that come bit by bit, as the program keeps them."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._index = FaceIndex(data.vectors.shape[1], len(data))
        self._limits = Thresholds.of(data.thresholds)
        self._people = np.full(len(data), NOBODY, np.int64)
        self._next = 1

    def __len__(self) -> int:
        return len(self._index)

    def add(self, count: int) -> None:
        """The next so many faces come, and are grouped."""
        before = len(self)
        self._index.add(self._data.vectors[before : before + count])
        end = len(self)
        faces = Faces(
            self._index.vectors,
            self._data.quality[:end],
            self._people[:end],
            np.arange(end) >= before,
            np.zeros(end, np.bool_),
        )
        constraints = Constraints(self._data.photos[:end])
        self._take(group_new(faces, constraints, self._limits, index=self._index))

    def labels(self) -> NDArray[np.int64]:
        """(n,) of those that came."""
        return tidy(self._people[: len(self)])

    def _take(self, grouping: Grouping) -> None:
        rows = grouping.rows
        labels = grouping.labels[rows]
        labels = np.where(labels < 0, self._next - 1 - labels, labels)
        self._people[rows] = np.where(labels == 0, NOBODY, labels)
        self._next += grouping.founded


def grow(faces: int, seed: int = 0) -> Growth:
    """Measure one size in this process."""
    more = SINGLE + 100 * HUNDRED
    data = _mixed(synthesise(faces + more, seed, half=True), seed)
    album = Album(data)
    started, cpu = time.perf_counter(), time.process_time()
    album.add(faces)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peak = peak_bytes() / 1e6
    labels = album.labels()
    ones = [_timed(lambda: album.add(1)) for _ in range(SINGLE)]
    hundreds = [_timed(lambda: album.add(100)) for _ in range(HUNDRED)]
    return Growth(
        faces=faces,
        seconds=seconds,
        cpu_seconds=cpu,
        peak_megabytes=peak,
        bcubed_f1=bcubed(data.people[:faces], labels)[2],
        groups=int(labels.max(initial=-1)) + 1,
        one=statistics.median(ones),
        one_worst=max(ones),
        hundred=statistics.median(hundreds),
    )


def compete(faces: int, seed: int = 0) -> Rivalry:
    """Hold DBSCAN beside Kinfolk, in this process, in turns."""
    data = _mixed(synthesise(faces, seed), seed)
    theirs = density.best(data.vectors, data.people)
    ours: list[float] = []
    times: list[float] = []
    for _ in range(TURNS):
        album = Album(data)
        ours.append(_timed(lambda album=album: album.add(faces)))  # type: ignore[misc]
        times.append(theirs.way.run(data.vectors, theirs.cosine)[1])
    return Rivalry(
        faces=faces,
        kinfolk=statistics.median(ours),
        dbscan=statistics.median(times),
        setting=str(theirs),
        kinfolk_f1=bcubed(data.people, album.labels())[2],
        dbscan_f1=theirs.bcubed_f1,
    )


def _mixed(data: Dataset, seed: int) -> Dataset:
    """The faces in another order, so that those who come last are like those who came first."""
    order = np.random.default_rng(seed).permutation(len(data))
    columns = ("vectors", "photos", "people", "quality")
    return replace(data, **{name: getattr(data, name)[order] for name in columns})


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _alone(work: Callable[[int], Result], faces: int) -> Result:
    """In a fresh process, which then ends."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, faces).result()


HEADS = (
    "faces", "groups", "B3 F1", "from nothing, s", "CPU, s", "ms a face", "peak MB", "one more, ms",
    "worst, ms", "hundred more, ms", "ms a face",
)  # fmt: skip


def _cells(growth: Growth) -> list[str]:
    g = growth
    return [
        f"{g.faces:,}", f"{g.groups:,}", f"{g.bcubed_f1:.4f}", f"{g.seconds:.2f}",
        f"{g.cpu_seconds:.2f}", f"{g.seconds / g.faces * 1e3:.3f}", f"{g.peak_megabytes:.0f}",
        f"{g.one * 1e3:.1f}", f"{g.one_worst * 1e3:.1f}", f"{g.hundred * 1e3:.0f}",
        f"{g.hundred * 10:.1f}",
    ]  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.growth", description=__doc__.partition("\n\n")[2]
    )
    parser.add_argument("--faces", type=int, nargs="*", default=list(SIZES), metavar="N")
    parser.add_argument("--rival", type=int, default=RIVAL, metavar="N", help="0 leaves it out")
    parser.add_argument("--markdown", action="store_true", help="print tables in Markdown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there, too")
    told = parser.parse_args(words)
    document: dict[str, Any] = {"growth": []}
    rows = []
    for faces in told.faces:
        print(f"{faces:,} faces ...", file=sys.stderr, flush=True)
        growth = _alone(grow, faces)
        rows.append(_cells(growth))
        document["growth"].append(asdict(growth))
    if rows:
        print(f"{columns([HEADS, *rows], told.markdown)}\n", flush=True)
    if told.rival:
        print(f"DBSCAN on {told.rival:,} faces ...", file=sys.stderr, flush=True)
        rivalry = _alone(compete, told.rival)
        document["rivalry"] = asdict(rivalry)
        print(
            f"{rivalry.faces:,} faces: Kinfolk {rivalry.kinfolk:.2f} s (B3 F1 "
            f"{rivalry.kinfolk_f1:.4f}), DBSCAN ({rivalry.setting}) {rivalry.dbscan:.2f} s (B3 F1 "
            f"{rivalry.dbscan_f1:.4f}), {rivalry.dbscan / rivalry.kinfolk:.1f} times as long"
        )
    if told.json:
        told.json.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
