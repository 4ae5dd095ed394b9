"""How the work grows with the library: python -m tests.benchmarks.scaling --help.

Libraries of made-up faces, as real files: all faces grouped for the first time, and photos added
one by one, through everything that the program does between a look at a photo and the page that
shows its people. Beside it DBSCAN, on the same faces. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.scaling_runs import Adding, Nothing, Program, Rival
from tests.benchmarks.table import columns

SIZES = (1_000, 10_000, 100_000)
RIVAL_FACES = 40_000
NOTHING = (
    "faces", "", "seconds", "CPU s", "ms per 1,000", "peak MB", "groups", "B3 F1",
)  # fmt: skip
ADDING = (
    "faces before", "", "photos", "faces", "first ms", "median ms", "worst ms", "ms per face",
    "CPU ms per face", "peak MB",
)  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print the tables; gives the exit status."""
    told = _parser().parse_args(words)
    grouped: list[Nothing] = []
    added: list[tuple[int, Adding]] = []
    for faces in told.faces:
        with _library(told.library, faces) as folder:
            grouped.append(Nothing(**_run("nothing", folder)))
            added.append((faces, Adding(**_run("adding", folder, told.photos))))
            runs = _run("program", folder, told.picture) if told.picture else []
        _say_all(faces, grouped[-1], added[-1][1], [Program(**run) for run in runs])
    print("\nGrouping all faces for the first time\n")
    print(columns([NOTHING, *map(_of_nothing, grouped)], markdown=True))
    print("\nAdding photos of 1 to 3 faces, one by one, until a query shows their people\n")
    print(columns([ADDING, *(_of_adding(*line) for line in added)], markdown=True), flush=True)
    if told.rival:
        with _library(told.library, told.rival) as folder:
            ours = Nothing(**_run("nothing", folder))
            theirs = Rival(**_run("dbscan", folder))
        print(f"\n{_beside(ours, theirs)}")
    return 0


def _of_nothing(run: Nothing) -> list[str]:
    per = 1e6 * run.seconds / max(1, run.faces)
    numbers = [f"{run.seconds:.2f}", f"{run.cpu_seconds:.2f}", f"{per:.0f}"]
    return [f"{run.faces:,}", "", *numbers, f"{run.peak_megabytes:.0f}", f"{run.groups:,}",
            f"{run.f1:.4f}"]  # fmt: skip


def _of_adding(faces: int, run: Adding) -> list[str]:
    times = (
        run.first_seconds, run.median_seconds, run.worst_seconds, run.seconds_per_face,
        run.cpu_seconds_per_face,
    )  # fmt: skip
    return [f"{faces:,}", "", str(run.photos), str(run.faces), *(f"{1000 * s:.0f}" for s in times),
            f"{run.peak_megabytes:.0f}"]  # fmt: skip


def _beside(ours: Nothing, theirs: Rival) -> str:
    return (
        f"{theirs.faces:,} faces: Kinfolk {ours.seconds:.1f} s and {ours.peak_megabytes:.0f} MB, "
        f"from the library and back into it, BCubed F1 {ours.f1:.4f}; DBSCAN of scikit-learn "
        f"({theirs.setting}) {theirs.seconds:.1f} s and "
        f"{theirs.peak_megabytes:.0f} MB, for the grouping alone, F1 {theirs.f1:.4f}: "
        f"{theirs.seconds / ours.seconds:.1f} times as long."
    )


def _say_all(faces: int, grouped: Nothing, added: Adding, runs: Sequence[Program]) -> None:
    """Progress, and what a photo file takes in the running program."""
    _say(f"{faces:,} faces: {grouped.seconds:.1f} s; {1000 * added.median_seconds:.0f} ms a photo")
    for number, run in enumerate(runs):
        which = "first" if number == 0 else "next"
        print(
            f"{faces:,} faces, the running program, {which} photo file: {run.seconds:.2f} s until "
            f"its people show ({run.looking_seconds:.2f} s of it looking), {run.faces} faces; "
            f"{run.peak_megabytes:.0f} MB without the workers"
        )


def _run(what: str, folder: Path, *words: object) -> Any:
    """What a process of its own has measured."""
    command = [sys.executable, "-m", "tests.benchmarks.scaling_runs", what, str(folder)]
    done = subprocess.run(
        [*command, *map(str, words)], check=True, text=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _library(kept: Path | None, faces: int) -> Iterator[Path]:
    """A library of this size to measure with; what is `kept` is made once and not changed."""
    with tempfile.TemporaryDirectory(prefix="kinfolk-") as place:
        source = (kept or Path(place)) / f"faces-{faces}"
        if not (source / "truth.npz").exists():
            _say(f"Making a library of {faces:,} faces ...")
            shutil.rmtree(source, ignore_errors=True)
            words = ["-m", "tests.benchmarks.scaling_album", str(source), str(faces)]
            subprocess.run([sys.executable, *words], check=True)
        if kept is None:
            yield source
        else:
            yield Path(shutil.copytree(source, Path(place) / "copy"))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scaling")
    add = parser.add_argument
    add("--faces", type=int, nargs="+", default=SIZES, metavar="N", help="sizes of the libraries")
    add("--photos", type=int, default=20, help="photos added one by one, at most 40")
    add("--library", type=Path, metavar="DIR", help="keep the libraries there")
    add("--rival", type=int, default=RIVAL_FACES, metavar="N",
        help="faces for DBSCAN; 0 leaves it out")  # fmt: skip
    add("--picture", type=Path, metavar="FILE",
        help="a JPEG with faces, to be put into a folder of the running program")  # fmt: skip
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
