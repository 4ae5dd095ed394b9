"""Allowance: as soon as looking may download what is in the cloud, it does."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.errors import KnownError
from app.indexing.choices import Choices
from app.indexing.events import Announcer, Changed, Event
from app.indexing.jobs import IndexJob
from app.library.database import Library
from app.library.queries.collections import collections
from app.library.queries.folders import LOOSE, cloud_folders

logger = logging.getLogger(__name__)


class Allowance:
    """Knows which collections may download, and has a collection scanned once it may."""

    def __init__(
        self,
        library: Library,
        choices: Choices,
        announcer: Announcer,
        submit: Callable[[IndexJob], None],
        is_at_work: Callable[[], bool],
    ) -> None:
        """`submit` takes a quiet job; `is_at_work` tells whether this process does those."""
        self._library = library
        self._choices = choices
        self._submit = submit
        self._is_at_work = is_at_work
        self._allowed: set[int] = set()
        choices.follow(self._heed)
        announcer.subscribe(self._hear)

    def of(self, collection_id: int) -> bool:
        """Whether looking may download what is in the cloud."""
        return self._choices.of(collection_id).cloud_files == "download"

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changed) and event.changes.collections:
            self._heed()

    def _heed(self) -> None:
        """Something was set, for the library or for a collection."""
        if not self._is_at_work():
            return
        try:
            allowed = {row.id for row in collections(self._library) if self.of(row.id)}
            new, self._allowed = allowed - self._allowed, allowed
            for number in sorted(new):
                folder_ids = cloud_folders(self._library, number) - {LOOSE}
                if folder_ids:
                    self._submit(IndexJob(number, folder_ids=tuple(sorted(folder_ids))))
        except KnownError as error:  # the next scan will look
            logger.info("Whether to download could not be told: %s", type(error).__name__)
