"""Interrupts: being told to end while a task is done, so that it never falls between two steps."""

from __future__ import annotations

import contextlib
import signal
from types import FrameType, TracebackType
from typing import Self

STOPPING = "Stopping. What was done until now stays."
"""Said once the program was told to end, and does so."""
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupts:
    """A context in which the first word to end is only noted. It would else be raised anywhere:
    where a task was just handed to another process, nobody would take it back. The second one is
    raised as ever, for whoever does not want to wait."""

    def __init__(self) -> None:
        self.is_told = False
        """Whether the program was told to end."""
        self._before: list[signal.Signals] = []

    def __enter__(self) -> Self:
        for name in _NAMES:
            number = getattr(signal, name, None)
            # What whoever started it has silenced stays so.
            if number is None or signal.getsignal(number) is not signal.default_int_handler:
                continue
            with contextlib.suppress(ValueError):  # not the main thread, to which signals come
                signal.signal(number, self._note)
                self._before.append(number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number in self._before:
            signal.signal(number, signal.default_int_handler)
        self._before.clear()

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.is_told:
            raise KeyboardInterrupt
        self.is_told = True
