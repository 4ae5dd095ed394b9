"""Heartbeat: how long the event loop was away, by a timer that beats every millisecond."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 1.0
"""ms."""
NOTICED = 4.0
"""ms: a shorter absence is a turn of the loop as any other."""


@dataclass(frozen=True, slots=True)
class Stalls:
    """The absences of an event loop, in ms."""

    gaps: Sequence[float]
    """All of NOTICED and longer."""
    queued: Sequence[float]
    """How much of each would not have been, had a core been free for whoever wanted one: what this
    thread waited for a core, or what the whole process computed less than the absence was long (a
    thread that this one waits for may wait for a core, too)."""
    beats: int

    @property
    def worst(self) -> float:
        """The longest."""
        return max(self.gaps, default=0.0)

    def of_our_own(self) -> Stalls:
        """The same, less what the thread waited for a core: other programs may have had it."""
        own = [gap - wait for gap, wait in zip(self.gaps, self.queued, strict=True)]
        return Stalls(
            [gap for gap in own if gap >= NOTICED],
            [0.0 for gap in own if gap >= NOTICED],
            self.beats,
        )

    @property
    def p95(self) -> float:
        """Nineteen of twenty are shorter."""
        return quantile(self.gaps, 0.95)

    def share_under(self, limit: float) -> float:
        """The share of them that is shorter."""
        return sum(gap < limit for gap in self.gaps) / len(self.gaps) if self.gaps else 1.0

    def count_over(self, limit: float) -> int:
        """How many are longer."""
        return sum(gap > limit for gap in self.gaps)


class Heartbeat(QObject):
    """Beats in the thread that makes it, from `start` to `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(BEAT))
        self._timer.timeout.connect(self._beat)
        self._queue = _RunQueue()
        self._last = self._last_queued = self._last_used = 0.0
        self._gaps: list[float] = []
        self._queued: list[float] = []
        self._beats = 0

    def start(self) -> None:
        """Begin to look."""
        self._gaps, self._queued, self._beats = [], [], 0
        self._last, self._last_queued = time.perf_counter(), self._queue.waited()
        self._last_used = time.process_time()
        self._timer.start()

    def stop(self) -> Stalls:
        """End, and tell."""
        self._beat()
        self._timer.stop()
        return Stalls(self._gaps, self._queued, self._beats)

    def _beat(self) -> None:
        now, queued = time.perf_counter(), self._queue.waited()
        used = time.process_time()
        gap = (now - self._last) * 1000 - BEAT
        if gap >= NOTICED:
            self._gaps.append(gap)
            idle = gap - (used - self._last_used) * 1000 if self._queue.is_known else 0.0
            self._queued.append(min(gap, max(queued - self._last_queued, idle)))
        self._last, self._last_queued, self._last_used = now, queued, used
        self._beats += 1


class _RunQueue:
    """How long this thread has waited for a core, in ms, where the system tells (Linux)."""

    def __init__(self) -> None:
        path = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._file = path.open("rb", buffering=0) if path.exists() else None

    @property
    def is_known(self) -> bool:
        """Whether the system tells."""
        return self._file is not None

    def waited(self) -> float:
        if self._file is None:
            return 0.0
        self._file.seek(0)
        return int(self._file.read(64).split()[1]) / 1e6

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
