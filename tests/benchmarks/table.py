"""Table: the rows of the benchmark, for a terminal or as Markdown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.measures import Score
from tests.benchmarks.methods import KINFOLK, Setting

HEADS = (
    "method", "setting", "pair P", "pair R", "pair F1", "B3 P", "B3 R", "B3 F1", "whole F1",
    "groups", "known", "alone", "clashes", "seconds", "times", "peak MB",
)  # fmt: skip
LEGEND = (
    "pair: pairwise; B3: BCubed; whole: BCubed over whole photos; groups: of two or more faces; "
    "known: groups with two or more named faces; alone: share of named faces in no group; "
    "clashes: photos with two faces in one group; times: seconds as multiple of Kinfolk's; "
    "peak MB: of the whole process."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One method on one dataset."""

    method: str
    setting: Setting
    score: Score | None
    """None when it was left out."""
    seconds: float = math.nan
    peak_megabytes: float = math.nan
    why_not: str = ""

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def render(rows: Sequence[Row], markdown: bool) -> str:
    """The rows under their heads, in columns of even width."""
    ours = next((row.seconds for row in rows if row.method == KINFOLK), math.nan)
    return columns([HEADS, *(_cells(row, ours) for row in rows)], markdown)


def columns(lines: Sequence[Sequence[str]], markdown: bool) -> str:
    """Lines of cells, the first of them heads; two columns of words, the rest numbers."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    edge, gap = ("| ", " | ") if markdown else ("", "  ")
    drawn = [
        edge
        + gap.join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + (" |" if markdown else "")
        for line in lines
    ]
    if markdown:
        ruler = ("-" * w if c < 2 else "-" * (w - 1) + ":" for c, w in enumerate(widths))
        drawn.insert(1, "| " + " | ".join(ruler) + " |")
    return "\n".join(drawn)


def _cells(row: Row, ours: float) -> list[str]:
    words = ", ".join(f"{name}={value}" for name, value in row.setting.items())
    s = row.score
    if s is None:
        return [row.method, f"left out: {row.why_not}", *[""] * (len(HEADS) - 2)]
    shares = (
        s.pair_precision, s.pair_recall, s.pair_f1,
        s.bcubed_precision, s.bcubed_recall, s.bcubed_f1, s.whole_f1,
    )  # fmt: skip
    return [
        row.method,
        words or "the pack's",
        *(_number(share, 4) for share in shares),
        str(s.groups),
        str(s.groups_known),
        _number(s.alone, 3),
        str(s.clashes),
        _number(row.seconds, 2),
        _number(row.seconds / ours, 1),
        _number(row.peak_megabytes, 0),
    ]


def _number(value: float, digits: int) -> str:
    return "" if math.isnan(value) else f"{value:.{digits}f}"
