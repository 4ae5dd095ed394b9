"""Sweeper: Python's garbage is collected in the GUI thread, where Qt's objects may die.

Left alone, the collector runs in whichever thread happens to allocate. A forgotten QObject that
dies in a worker thread leaves its timers behind, and Qt crashes on them later (seen on 6.12).

Going through all that is in memory takes seconds with a large library. Nobody is made to wait for
that: while somebody is at work only what is new is gone through, once or twice, and of what comes
in by the ten thousand, nothing. What has stood that, and what was too much, is laid aside, and has
time until hands are off mouse and keys for a good while.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer

_MILLISECONDS = 250
_IDLE_SECONDS = 60.0
_APART_SECONDS = 600.0
"""Between two times that everything is gone through."""
_MANY = 20_000
"""Objects that take too long to go through at once: some milliseconds."""
_INPUT = frozenset(
    {
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Sweeper(QObject):
    """Looks four times a second what is due, by the collector's own thresholds.

    That Python code runs this often also lets Ctrl+C in a terminal be heard.
    """

    def __init__(self, window: QObject | None = None) -> None:
        """`window` is a QWindow that hears what the user's hands do."""
        super().__init__()
        gc.disable()
        self._window = window
        self._last_input = time.monotonic()
        self._last_whole = -_APART_SECONDS
        self._young = 0
        """Objects at most that were gone through once."""
        self._is_owing = False
        if window is not None:
            window.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(_MILLISECONDS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in _INPUT:
            self._last_input = time.monotonic()
        return False

    def sweep(self) -> None:
        """Collect what is due, as far as nobody has to wait for it."""
        new, rounds, _ = gc.get_count()
        least, most_rounds, _ = gc.get_threshold()
        now = time.monotonic()
        is_idle = now - self._last_input > _IDLE_SECONDS
        if self._is_owing and is_idle and now - self._last_whole > _APART_SECONDS:
            gc.unfreeze()
            gc.collect()
            self._lay_aside()
            self._is_owing, self._last_whole = False, now
        elif self._young + new > _MANY:
            self._lay_aside()
        elif rounds > most_rounds:
            gc.collect(1)
            self._lay_aside()
        elif new > least:
            gc.collect(0)
            self._young += new

    def _lay_aside(self) -> None:
        """Let all that there is be gone through no more until everything is."""
        gc.freeze()
        self._young, self._is_owing = 0, True

    def close(self) -> None:
        """Collect everything once more and leave the rest to Python."""
        self._timer.stop()
        if self._window is not None:
            self._window.removeEventFilter(self)
        gc.unfreeze()
        gc.collect()
        gc.enable()
