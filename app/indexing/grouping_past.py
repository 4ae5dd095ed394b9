"""Past: what the library knows of earlier groupings, and of what waits for the next."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from app.errors import KnownError
from app.indexing.regrouping import Regrouping
from app.library.database import Library
from app.library.queries import grouping


class Past:
    """Asks the library, which outlives the process that grouped."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.regrouping = Regrouping(library)
        """Knows with what settings the groups were made."""

    def seconds_since(self, collection_id: int) -> float:
        """How long ago the last grouping ended; infinite where none is known. Where the clock was
        set back, it was just now."""
        try:
            last = grouping.last_grouped(self._library, collection_id)
        except KnownError:
            last = None  # whoever works on the library tells what ails it
        if last is None:
            return math.inf
        return max(0.0, (datetime.now(UTC).replace(tzinfo=None) - last).total_seconds())

    def is_owed(self, collection_id: int) -> bool:
        """Whether photos were looked at since, maybe by a process that ended before it grouped."""
        try:
            return grouping.is_grouping_owed(self._library, collection_id)
        except KnownError:
            return False

    def waiting_faces(self, collection_id: int) -> int:
        """How many faces wait; slow where there are very many."""
        return grouping.waiting_faces(self._library, collection_id)
