"""House: everything that a front door is handed, built by bootstrap and closed by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.indexing.forgetting import finish_erasing
from app.indexing.indexer import Indexer
from app.indexing.likeness import Likeness
from app.indexing.suggestions import Suggestions
from app.library.database import Library
from app.library.rows import CollectionRow
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """The open library with all that works on it."""

    paths: Paths
    settings: Settings
    library: Library
    indexer: Indexer
    suggestions: Suggestions
    likeness: Likeness
    thumbnails: ThumbnailCache
    collection: CollectionRow
    resources: Path

    def close(self) -> None:
        """Take everything down, last built first."""
        self.indexer.close()
        try:
            finish_erasing(self.library, self.thumbnails)
        finally:
            self.library.close()
