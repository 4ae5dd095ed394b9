"""Trial: thresholds that were set and not applied yet, and what they would change.

[Note: Newest wins] It is worked out on a thread that gives way to everything else, a moment after
the last change. Whoever changes their mind meanwhile ends what is under way.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.indexing.preview_effect import Effect
from app.progress import Cancelled
from app.settings import Value
from app.ui.background import Job
from app.ui.desk import Desk

_PAUSE = 250
"""Milliseconds after the last change."""


class Trial(QObject):
    """Keeps what is tried out, of the library or of one collection."""

    changed = Signal()
    """What is tried out is something else now."""
    told = Signal(object)
    """The Effect of all that is tried out."""
    failed = Signal(str)

    def __init__(self, desk: Desk, collection_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self.values: dict[str, Value | None] = {}
        """Option -> what it would be; None to follow the library."""
        self.effect: Effect | None = None
        """Of these values; None while it is not known."""
        self._desk = desk
        self._collection_id = collection_id
        self._job: Job | None = None
        self._over = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._begin)

    def try_out(self, values: Mapping[str, Value | None], now: Mapping[str, Value | None]) -> None:
        """Try these out, too; what is so `now` is left out."""
        self.values |= values
        same = [name for name, value in self.values.items() if name in now and value == now[name]]
        for name in same:
            del self.values[name]
        self._start_over()

    def drop(self) -> None:
        """Try nothing out any more."""
        self.values.clear()
        self._start_over()

    def close(self) -> None:
        """End what is under way."""
        self._timer.stop()
        self._over.set()
        if self._job is not None:
            self._job.drop()

    def _start_over(self) -> None:
        self.close()
        self.effect = None
        self.changed.emit()
        if self.values:
            self._timer.start()

    def _begin(self) -> None:
        desk, over = self._desk, threading.Event()
        self._over = over
        values, number = dict(self.values), self._collection_id

        def work() -> Effect:
            _check(over)
            with desk.choices().arithmetic():
                return desk.previews().effect(values, number, partial(_check, over))

        self._job = desk.background.think(self, work, self._tell, self.failed.emit)

    def _tell(self, effect: Effect) -> None:
        self.effect = effect
        self.told.emit(effect)


def _check(over: threading.Event) -> None:
    if over.is_set():
        raise Cancelled
