"""Output: one JSON document, or lines for people; messages go to standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.progress import Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say, in both languages, and its exit status."""

    document: dict[str, Any]
    lines: Sequence[str] = ()
    status: int = 0


def give(answer: Answer, as_json: bool) -> None:
    """Print an answer to standard output."""
    if as_json:
        print(json.dumps(answer.document, indent=2))
    else:
        for line in answer.lines:
            print(showable(line))


def showable(text: str) -> str:
    """The text as a terminal can take it: no control characters, no half characters."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in whole)


def say(text: str) -> None:
    """Print a message to standard error."""
    print(showable(text), file=sys.stderr)


def table(rows: Sequence[Sequence[object]]) -> list[str]:
    """Columns of even width, two spaces apart."""
    cells = [[showable(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]


def plain(path: Path) -> str:
    """A path for people."""
    return showable(str(path))


class ProgressLine:
    """Shows how far a task is, on one line of a terminal; in a pipe now and then a line."""

    def __init__(self, things: str = "photos") -> None:
        self._things = things
        self._is_terminal = sys.stderr.isatty()
        self._next = 0.0

    def show(self, progress: Progress) -> None:
        """Show it, if it is time."""
        now = time.monotonic()
        if now < self._next or progress.total == 0 or progress.is_over:
            return
        self._next = now + (0.2 if self._is_terminal else 10.0)
        text = f"{progress.done} of {progress.total} {self._things}"
        if progress.per_second > 0:
            text += f", {progress.per_second:.1f} a second"
        if progress.seconds_left is not None:
            text += f", {duration(progress.seconds_left)} left"
        end = "\r" if self._is_terminal else "\n"
        print(f"{text:<70}", end=end, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave the terminal clean."""
        if self._is_terminal:
            print(" " * 70, end="\r", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """A span of time for people."""
    if seconds < 90:
        return f"{round(seconds)} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
