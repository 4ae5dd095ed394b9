"""Lines of the table of the window: a promise, and what came of it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.heartbeat import Stalls, quantile

HEADS = ("what", "promise", "got", "median", "p95", "worst", "longest stall", "ok")
SMOOTH = "none over 50 ms, 95 % under 16"
NEVER_LONG = "no stall over 50 ms"


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took each time, in ms, and how the event loop fared meanwhile."""

    times: Sequence[float]
    stalls: Stalls


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
    stall: float = 0.0
    """The longest, in ms."""

    def cells(self) -> list[str]:
        """The line of the table."""
        numbers = (self.median, self.p95, self.worst, self.stall)
        kept = {True: "yes", False: "no", None: ""}[self.is_kept]
        return [
            self.what,
            self.promise,
            self.got,
            *(f"{n:.0f}" if n else "" for n in numbers),
            kept,
        ]


def within(what: str, taken: Taken, limit: float) -> Line:
    """Each time is to be within a limit, in ms."""
    late = sum(one > limit for one in taken.times)
    got = f"{len(taken.times) - late} of {len(taken.times)}; {_own(taken.stalls)}"
    return _line(what, f"within {limit:.0f} ms", got, taken, late == 0)


def told(what: str, taken: Taken) -> Line:
    """Nothing is promised; what was there first is told."""
    return _line(what, "-", f"first {taken.times[0]:.0f}; {_own(taken.stalls)}", taken, None)


def smooth(what: str, stalls: Stalls) -> Line:
    """No stall is to be seen."""
    share, own = stalls.share_under(16), stalls.of_our_own()
    got = (
        f"{stalls.count_over(50)} over 50 ms, {share:.1%} of {len(stalls.gaps)} under 16"
        f" (without waiting for a core: {own.count_over(50)}, {own.share_under(16):.1%},"
        f" worst {own.worst:.0f})"
    )
    return _of_stalls(what, SMOOTH, got, stalls, stalls.count_over(50) == 0 and share >= 0.95)


def never_long(what: str, stalls: Stalls) -> Line:
    """Other work goes on, and no stall is to be long."""
    count = stalls.count_over(50)
    got = f"{count} over 50 ms of {len(stalls.gaps)}; {_own(stalls)}"
    return _of_stalls(what, NEVER_LONG, got, stalls, count == 0)


def _own(stalls: Stalls) -> str:
    own = stalls.of_our_own()
    return f"stalls without waiting for a core: {own.count_over(50)} over 50, worst {own.worst:.0f}"


def _of_stalls(what: str, promise: str, got: str, stalls: Stalls, is_kept: bool) -> Line:
    middle = quantile(stalls.gaps, 0.5)
    return Line(
        what, promise, got, middle, stalls.p95, stalls.worst, is_kept, stalls.worst
    )  # fmt: skip


def _line(what: str, promise: str, got: str, taken: Taken, is_kept: bool | None) -> Line:
    times = taken.times
    return Line(
        what, promise, got, statistics.median(times), quantile(times, 0.95), max(times), is_kept,
        taken.stalls.worst,
    )  # fmt: skip
