"""Table: what a torture came to, for people."""

from __future__ import annotations

from statistics import median

from tests.torture.chamber import Outcome
from tests.torture.trial import Round

HEAD = ("operation", "kills", "before", "during", "after", "ended", "violations", "resumed")


def table(outcome: Outcome) -> list[str]:
    """A line for each operation: where it was hit, what was violated, seconds of the next start."""
    names = sorted({one.victim for one in outcome.rounds})
    rows = [_row(name, [r for r in outcome.rounds if r.victim == name]) for name in names]
    rows.append(_row("all", outcome.rounds))
    cells = [HEAD, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    same = "differs from" if outcome.differences else "equals"
    end = f"{outcome.kills} kills in {outcome.seconds:.0f} s, {outcome.violations} violations; "
    return [*lines, end + f"the album in the end {same} that of an undisturbed run"]


def _row(name: str, rounds: list[Round]) -> tuple[str, ...]:
    hit = [one.phase for one in rounds]
    phases = [str(hit.count(phase)) for phase in ("before", "during", "after", "ended")]
    wrong = sum(len(one.violations) for one in rounds)
    seconds = [one.resumed for one in rounds]
    return (
        name, str(sum(one.landed for one in rounds)), *phases, str(wrong),
        f"{median(seconds):.1f} s, {max(seconds):.1f} at most",
    )  # fmt: skip
