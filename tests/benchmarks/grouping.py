"""The benchmark of grouping: `python -m tests.benchmarks.grouping --help` says how to use it.

It holds Kinfolk's grouping, at the thresholds of the pack, against five other ways, each at the
setting that is best on the very faces it is scored on, and says how well each fits the truth, how
long it takes and how much memory. Set OMP_NUM_THREADS=1 to compare times on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from app.errors import KnownError
from tests.benchmarks import kinfolk
from tests.benchmarks.answers import after_suggestions
from tests.benchmarks.calibration import calibrate, draw_calibration
from tests.benchmarks.curves import curves, draw
from tests.benchmarks.data import load
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.measures import score
from tests.benchmarks.methods import METHODS, Method, best_setting, methods
from tests.benchmarks.orders import try_orders
from tests.benchmarks.spread import spread
from tests.benchmarks.synthetic import synthesise
from tests.benchmarks.table import LEGEND, Row, columns, render
from tests.benchmarks.trial import try_alone


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    documents = []
    try:
        for data in _datasets(told):
            documents.append(_report(data, told))
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    if not documents:
        print("Name --photos FOLDER, --synthetic N, or both.", file=sys.stderr)
        return 2
    if told.json:
        told.json.write_text(json.dumps(documents, indent=1), encoding="utf-8")
    return 0


def _datasets(told: argparse.Namespace) -> Iterator[Dataset]:
    if told.photos:
        yield load(told.photos, told.library, told.cache)
    for faces in told.synthetic:
        yield synthesise(faces)


def _report(data: Dataset, told: argparse.Namespace) -> dict[str, object]:
    """Print everything that was asked for of one dataset; gives it as plain values."""
    _describe(data, told.markdown)
    rows = [compare(method, data) for method in methods(told.only)]
    print(f"{render(rows, told.markdown)}\n\n{LEGEND}\n")
    document: dict[str, object] = {
        "dataset": data.name,
        "faces": len(data),
        "rows": [row.document() for row in rows],
    }
    if told.suggestions:
        answered = score(data, after_suggestions(data, told.suggestions))
        print(f"After {told.suggestions} questions: BCubed F1 {answered.bcubed_f1:.4f}\n")
        document["suggestions"] = asdict(answered)
    if told.orders:
        _say(f"{data.name}: orders ...")
        orders = try_orders(data, told.orders)
        print(f"{orders.text()}\n")
        document["orders"] = orders.document()
    if told.calibration:
        print(f"{calibrate(data).text(kinfolk.thresholds_of(data).join_margin)}\n")
    if told.curves:
        document["curves"] = _draw_all(data, told.curves)
    return document


def _describe(data: Dataset, markdown: bool) -> None:
    named = data.people[data.people >= 0]
    print(
        f"{data.name}: {len(data)} faces found, {len(named)} of them of {len(set(named.tolist()))} "
        f"known people; {len(data.missed)} faces of known people not found\n"
    )
    print(f"{columns(spread(data).lines(), markdown)}\n", flush=True)


def _draw_all(data: Dataset, folder: Path) -> list[dict[str, object]]:
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for curve in curves(data):
        _say(f"{data.name}: curve of {curve.threshold} ...")
        name = f"{data.name} {curve.threshold}".replace(" ", "-")
        draw(curve, f"{curve.threshold}, {data.name}", folder / f"{name}.png")
        drawn.append(curve.document())
    name = f"{data.name} probability".replace(" ", "-")
    draw_calibration(calibrate(data), f"probability, {data.name}", folder / f"{name}.png")
    return drawn


def compare(method: Method, data: Dataset) -> Row:
    """A method at its best setting on the data, measured in a process of its own."""
    if method.most_faces is not None and len(data) > method.most_faces:
        return Row(method.name, {}, None, why_not=f"more than {method.most_faces} faces")
    _say(f"{data.name}: {method.name} ...")
    setting = best_setting(method, data)
    trial = try_alone(method.name, data, setting)
    found = score(data, trial.labels)
    return Row(method.name, setting, found, trial.seconds, trial.peak_megabytes)


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
    add("--synthetic", type=int, nargs="*", default=[], metavar="N", help="made-up faces, so many")
    add("--orders", type=int, default=0, metavar="K", help="try so many orders of arrival")
    add("--suggestions", type=int, default=0, metavar="N", help="answer so many questions first")
    add("--calibration", action="store_true", help="say how often stated probabilities come true")
    add("--curves", type=Path, metavar="FOLDER", help="draw a curve for each threshold there")
    add("--markdown", action="store_true", help="print tables in Markdown")
    names = [method.name for method in METHODS]
    add("--only", type=_names, metavar="NAME,...", help=", ".join(names))
    add("--json", type=Path, metavar="FILE", help="write all numbers there, too")
    return parser


def _names(said: str) -> list[str]:
    """Names between commas.

    Raises ArgumentTypeError when one is of no method.
    """
    names = said.split(",")
    unknown = set(names) - {method.name for method in METHODS}
    if unknown:
        raise argparse.ArgumentTypeError(f"no method is called {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    raise SystemExit(main())
