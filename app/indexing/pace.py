"""Pace: how hard the computer works for Kinfolk, and who goes first.

At full speed there is a worker for each core, a little behind the window in front. Gentle is one
worker behind everything else, reading only while nobody else reads, and grouping on one core.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.settings import Settings

NICENESS = 5
"""Of a worker at full speed, on a Unix: 0 is usual, 19 gives way to everybody."""
GENTLE_NICENESS = 19
ASK_EVERY = 5.0
"""Seconds for which an answer about the battery holds: some are slow to tell."""


def is_on_battery() -> bool:
    """Whether this computer runs on its battery now; False where there is none or nobody knows."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError, NotImplementedError):
        return False  # a system that knows no batteries, or a driver that tells nonsense
    return battery is not None and battery.power_plugged is False


def yield_to_others(is_gentle: bool) -> None:
    """Let this process go behind the others; there is no way back for it.

    A Unix lets only its administrator raise a priority again, so a worker that is to go faster is
    replaced by another.
    """
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform != "win32":
            os.nice(GENTLE_NICENESS if is_gentle else NICENESS)
    if sys.platform == "win32" or (is_gentle and sys.platform == "linux"):
        _yield_as_system_can(is_gentle)


def _yield_as_system_can(is_gentle: bool) -> None:
    """What the standard library has no words for: classes of Windows, and the disk's queue."""
    import psutil

    me = psutil.Process()
    # A container may forbid it; the work is done all the same.
    with contextlib.suppress(psutil.Error, OSError):
        if psutil.WINDOWS:
            low, idle = psutil.BELOW_NORMAL_PRIORITY_CLASS, psutil.IDLE_PRIORITY_CLASS
            me.nice(idle if is_gentle else low)
        if is_gentle:
            me.ionice(psutil.IOPRIO_VERYLOW if psutil.WINDOWS else psutil.IOPRIO_CLASS_IDLE)


class Pace:
    """Says how hard to work now; may be asked as often as one likes, from any thread."""

    def __init__(
        self, settings: Settings, asks_battery: Callable[[], bool] = is_on_battery
    ) -> None:
        self.settings = settings
        """What the user chose; may be replaced at any time."""
        self._asks_battery = asks_battery
        self._is_on_battery = False
        self._asked = -math.inf

    @property
    def is_gentle(self) -> bool:
        """Whether everything else goes first."""
        chosen = self.settings.pace
        return chosen == "gentle" or (chosen == "auto" and self._battery())

    @property
    def workers(self) -> int:
        """How many photos to look at at once."""
        return 1 if self.is_gentle else self.settings.worker_count

    @contextmanager
    def arithmetic(self) -> Iterator[None]:
        """Within this, numpy and its kin keep to one core if the pace is gentle."""
        if not self.is_gentle:
            yield
            return
        from threadpoolctl import threadpool_limits

        from app.clustering.lanes import narrow

        with threadpool_limits(1), narrow():
            yield

    def _battery(self) -> bool:
        now = time.monotonic()
        if now - self._asked >= ASK_EVERY:
            self._asked = now
            self._is_on_battery = self._asks_battery()
        return self._is_on_battery
