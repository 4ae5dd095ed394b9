"""Upkeep: what is seen to in the library when photos were looked at, and once a day."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from app.changes import Changes
from app.errors import KnownError, LibraryError
from app.indexing.forgetting import purge_deleted
from app.indexing.stacking import Stacker
from app.library.commands.gone import drop_gone
from app.library.commands.switching import settle_switch
from app.library.database import Library
from app.library.queries.folders import collections
from app.media.thumbnails import ThumbnailCache
from app.settings import Settings

logger = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0


class Upkeep:
    """Stacks photos and lets go what is gone for long; nothing of it is worth an error to the user,
    and all of it can wait."""

    def __init__(
        self,
        library: Library,
        thumbnails: ThumbnailCache,
        settings: Callable[[int], Settings],
        changed: Callable[[Changes], None],
        has_time: Callable[[], bool],
    ) -> None:
        """`settings` are those of a collection; `changed` hears what was done; `has_time` is asked
        again and again whether to go on."""
        self._library = library
        self._thumbnails = thumbnails
        self._changed = changed
        self._has_time = has_time
        self._stacker = Stacker(library, thumbnails, settings, changed)
        self._dropped = time.monotonic()

    def stack(self, collection_id: int, is_whole: bool = False) -> None:
        """Let what shows the same stand together."""
        try:
            self._stacker.run(collection_id, self._has_time, is_whole)
        except KnownError as known:  # what is left to do stands in the library
            logger.warning("Photos were not stacked: %s", type(known).__name__)
        except Exception:
            logger.exception("Photos could not be stacked")

    def stack_all(self) -> None:
        """The same in every collection, also of photos that were looked at long ago."""
        for row in collections(self._library):
            self.stack(row.id, is_whole=True)

    def let_go(self) -> None:
        """Once a day let go what is gone for long."""
        if time.monotonic() - self._dropped < DAY_SECONDS:
            return
        self._dropped = time.monotonic()
        try:
            self._changed(drop_gone(self._library))
            settle_switch(self._library, only_when_due=True)
        except LibraryError:
            logger.exception("What is gone for long could not be let go")
        self.purge()

    def purge(self) -> None:
        """Remove for good the collections that were deleted long ago."""
        try:
            changes = purge_deleted(self._library, self._thumbnails)
        except LibraryError as error:  # it is tried again tomorrow
            logger.warning("A deleted collection is there still: %s", type(error).__name__)
            return
        if changes:
            self._changed(changes)
