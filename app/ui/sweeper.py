"""Sweeper: Python's garbage is collected in the GUI thread, where Qt's objects may die.

Left alone, the collector runs in whichever thread happens to allocate. A forgotten QObject that
dies in a worker thread leaves its timers behind, and Qt crashes on them later (seen on 6.12).

Going through all that is in memory takes a tenth of a second with 200,000 photos. Nobody is made
to wait for that: while somebody is at work only what is new is gone through, and of what comes in
by the ten thousand, nothing; the rest has time until hands are off mouse and keys for a while.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer

_MILLISECONDS = 250
_IDLE_SECONDS = 5.0
_MANY = 20_000
"""New objects that take too long to go through at once."""
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
        counts, thresholds = gc.get_count(), gc.get_threshold()
        self._is_owing = self._is_owing or counts[2] > thresholds[2]
        if self._is_owing and time.monotonic() - self._last_input > _IDLE_SECONDS:
            gc.unfreeze()
            gc.collect()
            self._is_owing = False
        elif counts[0] > _MANY:
            gc.freeze()
            self._is_owing = True
        elif counts[1] > thresholds[1]:
            gc.collect(1)
        elif counts[0] > thresholds[0]:
            gc.collect(0)

    def close(self) -> None:
        """Collect everything once more and leave the rest to Python."""
        self._timer.stop()
        if self._window is not None:
            self._window.removeEventFilter(self)
        gc.unfreeze()
        gc.collect()
        gc.enable()
