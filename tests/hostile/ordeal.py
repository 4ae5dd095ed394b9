"""The ordeal: the whole program indexes a hostile folder, and is held to account for it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.hostile.corpus import Item

ROOT = Path(__file__).parents[2]

REASONS = tuple(
    re.compile(pattern)
    for pattern in (
        r"The picture is damaged( and cannot be decoded|: [a-z ]+)\.",
        r"The video is damaged( and cannot be decoded|: [a-z ]+)\.",
        r"The video is too large: \d+ x \d+ pixels, and the limit is \d+ megapixels; .+\.",
        r"There is no picture in this video, only sound\.",
        r"The picture is damaged, or stored in a rare way that Kinfolk cannot decode\.",
        r"This is a raw file of a kind that Kinfolk cannot open\.",
        r"This is an? [A-Za-z0-9() -]+, which Kinfolk cannot open\.",
        r"The picture is too large: \d+ x \d+ pixels, and the limit is \d+ megapixels; .+\.",
        r"The picture carries more text than a photo can need\.",
        r"Looking at it needs more than \d+ MB of memory; the setting photo_megabytes can .+\.",
        r"Looking at it took longer than \d+ seconds, twice\. The setting photo_seconds can .+\.",
        r"Looking at it took longer than \d+ seconds, twice\. The setting video_seconds can .+\.",
        r"Opening it crashed the picture decoder.*\.",
        r"This is not a kind of (picture|video) that Kinfolk can open\.",
        r"The file is (empty|no longer there)\.",
        r"This is a device or a pipe, not a photo\.",
        r"This is a link to a file that is not there\.|It is a link .+\.",
        r"It cannot be read: .+\.",
    )
)


@dataclass
class Outcome:
    """What became of a hostile folder."""

    items: list[Item]
    answer: dict[str, Any]
    status: int
    errors: str
    """What the program wrote to standard error."""
    seconds: float
    peak: int
    """Most bytes that one worker had in memory."""
    workers: int
    notes: list[tuple[Path, float, str]]
    is_alone: bool
    """Whether no process was left."""
    touched: list[Path]
    """Originals that are not as they were."""
    skipped: dict[Path, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.answer.get("Skipped", []):
            path = unquote_to_bytes(entry["URI"].removeprefix("file://"))
            self.skipped[Path(os.fsdecode(path))] = entry["Error"]

    def became(self, item: Item) -> str:
        """looked or skipped."""
        return "skipped" if item.path in self.skipped else "looked"

    def troubles(self, cap: int) -> list[str]:
        """All that is not as it has to be."""
        wrong = [
            f"{item.path}: {self.became(item)} ({self.skipped.get(item.path, '')})"
            for item in self.items
            if item.expected not in ("any", self.became(item))
        ]
        wrong += [
            f"a reason nobody understands: {path}: {reason}"
            for path, reason in self.skipped.items()
            if not any(pattern.fullmatch(reason) for pattern in REASONS)
        ]
        told = self.answer.get("Indexed", 0) + len(self.skipped)
        if told != len(self.items):
            wrong.append(f"{told} files told of, and there are {len(self.items)}")
        if self.status not in (0, 1):
            wrong.append(f"the program ended with {self.status}: {self.errors[-2000:]}")
        if "Traceback" in self.errors:
            wrong.append(f"a trace: {self.errors[-3000:]}")
        if not self.is_alone:
            wrong.append("a process was left")
        if self.peak > cap:
            wrong.append(f"a worker had {self.peak / 1e6:.0f} MB in memory")
        return wrong + [f"touched: {path}" for path in self.touched]


def suffer(
    items: list[Item], folder: Path, into: Path, options: dict[str, int], seconds: float = 3600
) -> Outcome:
    """Index a hostile folder with the real program, its library and notes below `into`."""
    library, notes = into / "library", into / "notes"
    library.mkdir(parents=True)
    (library / "settings.json").write_text(json.dumps(options))
    before = _facts(folder)
    begun = time.monotonic()
    words = ["index", str(folder), "--library", str(library), "--no-cluster", "--json"]
    with (into / "out").open("wb") as out, (into / "err").open("wb") as err:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.witness", str(notes), *words],
            cwd=ROOT, stdout=out, stderr=err, start_new_session=True,
        )  # fmt: skip
        peaks = _watch(program, begun + seconds)
    took = time.monotonic() - begun
    is_alone = _is_over(program.pid)
    text = (into / "out").read_text()
    return Outcome(
        items=items,
        answer=json.loads(text) if text.strip() else {},
        status=program.returncode,
        errors=(into / "err").read_text(errors="replace"),
        seconds=took,
        peak=max(peaks.values(), default=0),
        workers=len(peaks),
        notes=_read_notes(notes),
        is_alone=is_alone,
        touched=[path for path, fact in _facts(folder).items() if before.get(path) != fact],
    )


def _watch(program: subprocess.Popen[bytes], end: float) -> dict[int, int]:
    """The most memory that each worker ever had, until the program has ended."""
    peaks: dict[int, int] = {}
    while program.poll() is None:
        if time.monotonic() > end:
            os.killpg(program.pid, signal.SIGKILL)
        for child in _children(program.pid):
            peaks[child] = max(peaks.get(child, 0), _peak(child))
        time.sleep(0.05)
    return peaks


def _children(parent: int) -> list[int]:
    """The workers of the program; multiprocessing has a process beside them to keep its books."""
    found = subprocess.run(
        ["pgrep", "-P", str(parent), "-f", "spawn_main"], capture_output=True, text=True
    )
    return [int(word) for word in found.stdout.split()]


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def _is_over(session: int) -> bool:
    """Whether all processes of the program are gone, within moments."""
    for _ in range(50):
        found = subprocess.run(["pgrep", "-s", str(session)], capture_output=True, text=True)
        if not found.stdout.split():
            return True
        time.sleep(0.1)
    return False


def _facts(folder: Path) -> dict[Path, tuple[object, ...]]:
    """What must stay as it is: of every file and folder all but the time of the last access."""
    facts: dict[Path, tuple[object, ...]] = {}
    for home, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(home, name)
            status = path.lstat()
            is_plain = path.is_file() and not path.is_symlink()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if is_plain else ""
            facts[path] = (
                content, status.st_mtime_ns, status.st_ctime_ns, status.st_mode, status.st_uid,
                status.st_gid, status.st_nlink, status.st_size,
            )  # fmt: skip
    return facts


def _read_notes(notes: Path) -> list[tuple[Path, float, str]]:
    lines = notes.read_text().splitlines() if notes.exists() else []
    return [
        (Path(os.fsdecode(bytes.fromhex(path))), seconds, error)
        for path, seconds, error in map(json.loads, lines)
    ]


def report(outcome: Outcome) -> str:
    """What became of the folder, as a table."""
    counts: dict[str, Counter[str]] = {}
    for item in outcome.items:
        counts.setdefault(item.label, Counter())[outcome.became(item)] += 1
    lines = ["| made of | files | looked at | skipped |", "|---|---:|---:|---:|"]
    for label, count in counts.items():
        lines.append(f"| {label} | {count.total()} | {count['looked']} | {count['skipped']} |")
    every = sum(counts.values(), Counter[str]())
    lines.append(f"| all | {every.total()} | {every['looked']} | {every['skipped']} |")
    deaths = Counter(error for _, _, error in outcome.notes if error)
    slowest = sorted(outcome.notes, key=lambda note: -note[1])[:8]
    lines += [
        "",
        f"{outcome.seconds:.0f} s, {outcome.workers} workers in all",
        f"most memory in one worker: {outcome.peak / 1e6:.0f} MB",
        f"looks that ended otherwise: {dict(deaths)}",
        "",
        "slowest:",
    ]
    lines += [f"  {seconds:6.2f} s  {path.name!r} {error}" for path, seconds, error in slowest]
    lines += ["", "reasons:"]
    reasons = Counter(re.sub(r"\d+", "N", reason) for reason in outcome.skipped.values())
    return "\n".join([*lines, *(f"  {n:5}  {reason}" for reason, n in reasons.most_common())])
