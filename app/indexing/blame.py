"""Blame: whether it is the photo's fault that a worker died or hung over it."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from app.indexing.crew import DeadWorkerError

KILLS_FORGIVEN = 3
"""So often a worker may be killed over a photo; the next time the photo is passed over."""

_FAULTS = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS")
    if hasattr(signal, name)
}


@dataclass(slots=True)
class Blame:
    """What happened over one photo until now."""

    hung: int = 0
    crashed: int = 0
    killed: int = 0

    @property
    def is_suspect(self) -> bool:
        """Whether it has to be looked at alone."""
        return bool(self.hung or self.crashed or self.killed)

    def verdict(
        self, error: TimeoutError | DeadWorkerError, seconds: int, setting: str = "photo_seconds"
    ) -> str | None:
        """The reason to pass the photo over from now on; None when it deserves one more try.
        `setting` is that of `seconds`.

        A worker that crashed or hung is told of its photo, and twice is proof. One that was
        killed from outside tells nothing, until that happens again and again.
        """
        if isinstance(error, TimeoutError):
            self.hung += 1
        elif _is_crash(error.exitcode):
            self.crashed += 1
        else:
            self.killed += 1
        return self._reason(seconds, setting)

    def _reason(self, seconds: int, setting: str) -> str | None:
        if self.killed > KILLS_FORGIVEN:
            return (
                f"The system ended the work on it {self.killed} times, perhaps for want of "
                "memory. Close other programs and try again."
            )
        if self.hung + self.crashed < 2:
            return None
        if not self.crashed:
            return (
                f"Looking at it took longer than {seconds} seconds, twice. "
                f"The setting {setting} can allow more."
            )
        if not self.hung:
            return "Opening it crashed the picture decoder, twice."
        return "Opening it crashed the picture decoder once, and once took too long."


def _is_crash(exitcode: int) -> bool:
    """Whether the process ended by a fault or by itself, and was not killed by somebody."""
    return exitcode >= 0 or -exitcode in _FAULTS
