"""Awakening: the indexer begins to work when the window can be seen, and not before."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from app.indexing.house import House
    from app.indexing.indexer import Indexer

_log = logging.getLogger(__name__)


class Awakening(QObject):
    """Loads, makes and starts the indexer on a thread of its own, once it is told to begin.

    A user who waits for the window must not wait for what works on photos: it takes longer to
    load than all that is to be seen.
    """

    awake = Signal()
    """The indexer is there and heard: it may be told what to do."""
    recovered = Signal()
    """Work goes on in the middle of which the program was ended."""
    failed = Signal()
    """`error` is why the indexer cannot work: the window has no use then."""
    _heard = Signal()
    _ended = Signal()

    def __init__(self, house: House, hear: Callable[[Indexer], None]) -> None:
        """`hear` is called on another thread before the indexer does anything."""
        super().__init__()
        self._house = house
        self._hear = hear
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="awakening", daemon=True)
        self._heard.connect(self.awake, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Wake the indexer."""
        self._thread.start()

    def close(self) -> None:
        """Wait until it is awake, if it was to be woken at all."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._house.paths.close_pictures()
            self._hear(self._house.indexer)
            self._house.indexer.start()
            self._heard.emit()
        except Exception as error:
            self.error = error
        self._ended.emit()

    def _tell(self) -> None:
        if self.error is not None:
            _log.info("The indexer could not begin")
            self.failed.emit()
        elif self._house.indexer.recovered:
            self.recovered.emit()
