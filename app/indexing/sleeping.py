"""Sleeping: what the computer's sleep means to the work: it holds still before, and looks around
after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.library.queries.folders import folders
from app.library.queries.tasks import tasks_alive
from app.library.rows import TaskState, TaskType

if TYPE_CHECKING:
    from app.indexing.indexer import Indexer
    from app.library.database import Library


class Sleeping:
    """Puts the looking to rest and wakes it; from any thread, one call at a time.

    What the user paused stays paused. Times that work may take are measured by clocks that stand
    still meanwhile, where a system has such (Linux and macOS have).
    """

    def __init__(self, indexer: Indexer, library: Library) -> None:
        self._indexer = indexer
        self._library = library
        self._is_ours = False

    def lie_down(self) -> None:
        """Begin no more photos; those under way come to their end."""
        if not self._indexer.is_paused:
            self._is_ours = True
            self._indexer.pause()

    @property
    def is_still(self) -> bool:
        """Whether no photo is under way any more."""
        return not any(
            row.type is TaskType.INDEX and row.state is TaskState.RUNNING
            for row in tasks_alive(self._library)
        )

    def wake_up(self) -> None:
        """Go on, and hold every folder against the library: drives may be others now, and nobody
        has told what happened on those that are reached over a network."""
        if self._is_ours:
            self._is_ours = False
            self._indexer.resume()
        if self._indexer.is_at_work:
            for row in folders(self._library, counted=False):
                self._indexer.rescan(row.id)
