"""Neighbours: what other processes do with the same library, seen by looking once a second."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection

from app.errors import KnownError
from app.indexing.errands import Pursuit
from app.indexing.events import Announcer, Ended, Progressed
from app.library.commands.tasks import recover_unattended
from app.library.database import Library
from app.library.queries.tasks import task, tasks_alive

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds."""
TELL_EVERY = 3.0
"""Seconds between two notices of changes at least: whoever is told reads everything anew."""


class Neighbours:
    """Tells of what others changed; while one of them indexes, of its tasks; and waits for the
    day it is our turn."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        heed: Callable[[], None],
        claim: Callable[[], bool],
        ours: Callable[[], Collection[str]],
    ) -> None:
        """`heed` is called when others changed something, on a thread of its own; `claim` tries
        to be the one that indexes; `ours` are the tasks of this process."""
        self._library = library
        self._announcer = announcer
        self._heed = heed
        self._claim = claim
        self._ours = ours
        self._waits = False
        self._is_new = True
        self._pursued: dict[str, Pursuit] = {}
        self._is_untold = False
        self._told = -TELL_EVERY
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="neighbours", daemon=True)

    def start(self, waits: bool) -> None:
        """Begin; `waits` says that somebody else is indexing."""
        self._waits = waits
        self._library.was_changed_by_others()
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._look()
            except KnownError as error:
                logger.info("Other processes could not be heeded: %s", type(error).__name__)
            except Exception:
                logger.exception("Other processes could not be heeded")
            if self._closing.wait(LOOK_EVERY):
                return

    def _look(self) -> None:
        was_waiting = self._waits
        if self._waits:
            self._waits = not self._claim()
        was_changed = self._library.was_changed_by_others()
        if was_waiting or was_changed or self._pursued or self._is_new:
            self._is_new = False
            self._pursue(also_indexing=was_waiting)
        self._is_untold = was_changed or self._is_untold
        now = time.monotonic()
        if self._is_untold and now - self._told >= TELL_EVERY:
            self._is_untold = False
            self._told = now
            self._heed()

    def _pursue(self, also_indexing: bool) -> None:
        """Tell how far the tasks of others are, and how they ended: those of the one who indexes,
        where that is somebody else, and what any process does beside that."""
        ours = self._ours()
        recover_unattended(self._library, but=ours)
        alive = {
            row.id: row
            for row in tasks_alive(self._library)
            if row.id not in ours and (also_indexing or not row.type.is_indexing)
        }
        for task_id, row in alive.items():
            pursuit = self._pursued.setdefault(task_id, Pursuit())
            self._announcer.tell(Progressed(pursuit.progress(row)))
        for task_id in self._pursued.keys() - alive.keys():
            del self._pursued[task_id]
            self._announcer.tell(Ended(task(self._library, task_id), by_other=True))
