"""Housekeeper: what is done beside everything else: strangers erased who were kept for long enough,
the daily backup, and old tasks let go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.changes import Changes
from app.errors import KnownError
from app.indexing.bounds import give_way
from app.indexing.chores import Chores
from app.indexing.events import Announcer, Troubled
from app.library.backups import DAILY, FOLDER
from app.library.commands.backups import due
from app.library.commands.tasks import prune_tasks
from app.library.database import Library
from app.library.queries.photos import holds_photos
from app.library.shelf import StoppedError, go_on

logger = logging.getLogger(__name__)

FIRST = 60.0
"""Seconds from the start to the first look: until then, there is more urgent work."""
EVERY = 3600.0
"""Seconds between two looks."""


def keep_house(
    library: Library, stop: Callable[[], bool] = go_on, chores: Chores | None = None
) -> str:
    """Do what is due today, the backup as one of `chores`. Gives what went wrong, in a sentence;
    empty when nothing did."""
    try:
        prune_tasks(library)
        if due(library.path.parent / FOLDER, holds_photos(library)):
            (chores or Chores(library)).back_up(DAILY, stop=stop, asked=False)
    except StoppedError:
        logger.info("The daily backup was not finished")
    except KnownError as error:
        logger.warning("The daily backup failed: %s", type(error).__name__)
        return str(error)
    return ""


class Housekeeper:
    """Looks once an hour whether something is due, on a thread of its own; tells what failed."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        chores: Chores | None = None,
        let_go: Callable[[], Changes] = Changes,
    ) -> None:
        """`let_go` erases the strangers that are due, before a backup is made of them."""
        self._library = library
        self._chores = chores or Chores(library)
        self._announcer = announcer
        self._let_go = let_go
        self._problem = ""
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeper", daemon=True)

    def start(self) -> None:
        """Begin; the first look is in a minute."""
        self._thread.start()

    def close(self) -> None:
        """End at once; a backup that is being made is given up."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        give_way()
        wait = FIRST
        while not self._closing.wait(wait):
            self._erase()
            self._tell(keep_house(self._library, self._closing.is_set, self._chores))
            wait = EVERY

    def _erase(self) -> None:
        try:
            changes = self._let_go()
        except KnownError as error:  # it is tried again in an hour
            logger.warning("Strangers are there still: %s", type(error).__name__)
            return
        if changes:
            self._announcer.changed(changes)

    def _tell(self, problem: str) -> None:
        """Announce a problem once, not every hour."""
        before, self._problem = self._problem, problem
        if problem and problem != before:
            self._announcer.tell(Troubled(problem))
