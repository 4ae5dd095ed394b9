"""The benchmark of grouping: `python -m tests.benchmarks.grouping --help` says how to use it.

It holds Kinfolk's grouping against five other ways, each at its best setting on the same faces,
and says how well each fits the truth, how long it takes and how much memory.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import KnownError
from tests.benchmarks.data import load
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.measures import score
from tests.benchmarks.methods import METHODS, Method, best_setting, methods
from tests.benchmarks.table import LEGEND, Row, render
from tests.benchmarks.trial import try_alone


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    try:
        datasets = _datasets(told)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    documents = [_report(data, told) for data in datasets]
    if told.json:
        told.json.write_text(json.dumps(documents, indent=1), encoding="utf-8")
    return 0


def _report(data: Dataset, told: argparse.Namespace) -> dict[str, object]:
    rows = [compare(method, data) for method in methods(told.only)]
    named = data.people[data.people >= 0]
    print(f"\n{data.name}: {len(data)} faces found, {len(named)} of them of named people,")
    print(f"{len(data.missed)} faces of named people not found\n")
    print(render(rows, told.markdown))
    print(f"\n{LEGEND}")
    return {"dataset": data.name, "faces": len(data), "rows": [row.document() for row in rows]}


def compare(method: Method, data: Dataset) -> Row:
    """A method at its best setting on the data, measured in a process of its own."""
    if method.most_faces is not None and len(data) > method.most_faces:
        return Row(method.name, {}, None, why_not=f"more than {method.most_faces} faces")
    _say(f"{data.name}: {method.name} ...")
    setting = best_setting(method, data)
    trial = try_alone(method.name, data, setting)
    found = score(data, trial.labels)
    return Row(method.name, setting, found, trial.seconds, trial.peak_megabytes)


def _datasets(told: argparse.Namespace) -> list[Dataset]:
    return [load(told.photos, told.library, told.cache)]


def _say(words: str) -> None:
    """Progress goes to standard error: standard output is the report."""
    print(words, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.grouping", description=__doc__.partition("\n\n")[2]
    )
    add = parser.add_argument
    add("--photos", type=Path, metavar="FOLDER", help="labelled photos, with a truth.csv")
    add("--library", type=Path, metavar="DIR", help="a library that knows these photos already")
    add("--cache", type=Path, metavar="DIR", help="where the libraries of the benchmark lie")
    add("--markdown", action="store_true", help="print tables in Markdown")
    names = [method.name for method in METHODS]
    add("--only", type=lambda said: said.split(","), metavar="NAME,...", help=", ".join(names))
    add("--json", type=Path, metavar="FILE", help="write all numbers there, too")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
