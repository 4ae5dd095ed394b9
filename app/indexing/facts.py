"""Facts: when, where and with what photos were taken, read where an earlier version of Kinfolk read
less of them. Nobody's face is looked for, and no picture is decoded.

[Note: Quiet facts] Nobody has to know of it: a window reads them while there is nothing else to do,
and lets itself be interrupted by everything; the command line, which has no such time, reads them
at the end of `index`.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait

from app.changes import Changes
from app.errors import KnownError, ModelError, PhotoError, ProviderError
from app.indexing.crew import CrewError, DeadWorkerError
from app.indexing.workers import Workers
from app.library.commands.facts import store_facts
from app.library.database import Library
from app.library.queries.away import away_paths, is_within
from app.library.queries.collections import collections
from app.library.queries.facts import Undescribed, undescribed
from app.library.rows import Facts
from app.media.placeholder import is_in_cloud
from app.progress import Cancelled

logger = logging.getLogger(__name__)

_AT_ONCE = 2
"""Photos under way: what is done quietly leaves the other cores to others."""
_BATCH = 200
"""Photos that are written at once."""
_TICK = 0.25
"""s."""


class FactsKeeper:
    """Sees to it that every photo tells what this version reads; for one thread."""

    def __init__(
        self,
        library: Library,
        changed: Callable[[Changes], None],
        workers: Callable[[], Workers],
        check: Callable[[], None],
        is_free: Callable[[], bool],
    ) -> None:
        """`changed` is told what came of it; `check` is asked before every photo and may raise
        Cancelled: what was read until then is stored. `is_free` tells whether there is nothing more
        urgent to do."""
        self._library = library
        self._changed = changed
        self._workers = workers
        self._check = check
        self._is_free = is_free
        self._complete: set[int] = set()
        """Collections of which all was read that can be read now."""

    def follow(self, collection_id: int, will_be_idle: bool) -> None:
        """A collection was indexed, and something may be there that was not: what its photos lack
        is read at once, unless there will be a time for that.

        Raises LibraryError when the library cannot be written.
        """
        self._complete.discard(collection_id)
        if not will_be_idle:
            self._read(collection_id, lambda: True)

    def complete_all(self) -> None:
        """Read what the photos of every collection lack, until something more urgent is to be done;
        nothing is raised."""
        try:
            for row in collections(self._library):
                if row.id not in self._complete:
                    self._read(row.id, self._is_free)
                    if self._is_free():
                        self._complete.add(row.id)
        except (Cancelled, KnownError) as error:
            logger.info("Facts were not read: %s", type(error).__name__)
        except Exception:  # without this thread nothing would be looked at any more
            logger.exception("Facts could not be read")

    def _read(self, collection_id: int, goes_on: Callable[[], bool]) -> None:
        """Of photos that cannot be read now, nothing is said: it is tried another time."""
        away = away_paths(self._library, collection_id)
        lacking = undescribed(self._library, collection_id)
        todo = deque(one for one in lacking if not is_within(one.path, away) and _is_here(one))
        told: list[tuple[Undescribed, Facts | None]] = []
        under_way: dict[Future[Facts], Undescribed] = {}
        try:
            while (todo or under_way) and goes_on():
                self._check()
                while todo and len(under_way) < _AT_ONCE:
                    one = todo.popleft()
                    under_way[self._workers().describe(one.path)] = one
                finished, _ = wait(under_way, timeout=_TICK, return_when=FIRST_COMPLETED)
                for future in finished:
                    told.append((under_way.pop(future), _told(future)))
                if len(told) >= _BATCH:
                    self._store(told)
        except (CrewError, ModelError, ProviderError) as error:
            logger.info("Facts were not read: %s", type(error).__name__)
        finally:
            for future in under_way:
                future.cancel()
            self._store(told)

    def _store(self, told: list[tuple[Undescribed, Facts | None]]) -> None:
        if told:
            changes = store_facts(self._library, told)
            logger.info("Facts of photos were read: %d", len(told))
            told.clear()
            self._changed(changes)


def _told(future: Future[Facts]) -> Facts | None:
    """What a file told; None where it can tell nothing, so that nobody asks again.

    Raises KnownError for what is not the fault of the file.
    """
    try:
        return future.result()
    except (PhotoError, TimeoutError, DeadWorkerError):
        return None
    except KnownError:
        raise
    except Exception as error:  # a bug over one photo costs that photo
        logger.warning("The facts of a photo could not be read: %s", type(error).__name__)
        return None


def _is_here(one: Undescribed) -> bool:
    """Whether the file is the one that was looked at, and lies on this disk."""
    try:
        status = one.path.stat()
    except (OSError, ValueError):
        return False
    if (status.st_size, status.st_mtime_ns) != (one.size, one.mtime_ns):
        return False
    return not is_in_cloud(status)
