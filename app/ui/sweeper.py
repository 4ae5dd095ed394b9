"""Sweeper: Python's garbage is collected in the GUI thread, where Qt's objects may die.

Left alone, the collector runs in whichever thread happens to allocate. A forgotten QObject that
dies in a worker thread leaves its timers behind, and Qt crashes on them later (seen on 6.12).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS = 250


class Sweeper(QObject):
    """Collects a little four times a second, by the collector's own thresholds.

    That Python code runs this often also lets Ctrl+C in a terminal be heard.
    """

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(_MILLISECONDS)

    def sweep(self) -> None:
        """Collect the oldest generation that is due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Collect everything once more and leave the rest to Python."""
        self._timer.stop()
        gc.collect()
        gc.enable()
