"""The closed set of events that both front doors listen to. They arrive on worker threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Changes
from app.indexing.notices import Notice
from app.library.rows import TaskRow
from app.progress import Progress

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progressed:
    """A task went on, was paused or was taken up again."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Changed:
    """Rows were touched."""

    changes: Changes


@dataclass(frozen=True, slots=True)
class Ended:
    """A task ended, well or not. Comes exactly once for every task."""

    task: TaskRow
    by_other: bool = False
    """Whether another process did it."""


@dataclass(frozen=True, slots=True)
class Troubled:
    """Something that is done by itself failed, for a reason that the user has to know."""

    reason: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something happened of which a user wants to hear who looks elsewhere."""

    notice: Notice


Event = Progressed | Changed | Ended | Troubled | Noticed
Listener = Callable[[Event], None]


class Announcer:
    """Tells every listener; one that fails harms neither the work nor the others."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; gives the function that removes it."""
        with self._lock:
            self._listeners.append(listener)

        def leave() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return leave

    def tell(self, event: Event) -> None:
        """Call every listener with the event."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(event)
            except Exception:
                logger.exception("A listener failed")

    def changed(self, changes: Changes) -> None:
        """Tell of rows touched, if any were."""
        if changes:
            self.tell(Changed(changes))
