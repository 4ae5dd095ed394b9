"""House: everything that a front door is handed, built by bootstrap and closed by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.indexing.later import is_made
from app.library.database import Library
from app.library.rows import CollectionRow
from app.paths import NOTES, Paths
from app.settings import Settings

if TYPE_CHECKING:
    from app.indexing.indexer import Indexer
    from app.indexing.likeness import Likeness
    from app.indexing.previews import Previews
    from app.indexing.suggestions import Suggestions
    from app.indexing.turnstile import Turnstile
    from app.media.thumbnails import ThumbnailCache


@dataclass(frozen=True, slots=True)
class House:
    """The open library with all that works on it. Indexer, suggestions, likeness, turnstile and
    previews may be made only when they are first asked for anything: a window shows people without
    them."""

    paths: Paths
    settings: Settings
    library: Library
    indexer: Indexer
    suggestions: Suggestions
    likeness: Likeness
    turnstile: Turnstile
    previews: Previews
    thumbnails: ThumbnailCache
    collection: CollectionRow
    resources: Path

    def close(self) -> None:
        """Take everything down, last built first."""
        if is_made(self.indexer):
            self.indexer.close()
        try:
            finish_erasing(self.library, self.thumbnails)
        finally:
            self.library.close()


def finish_erasing(library: Library, thumbnails: ThumbnailCache) -> None:
    """Go on with what was begun to be erased and is not erased whole yet; there hardly ever is
    anything, and only then what erases is loaded."""
    if any(library.path.parent.glob(NOTES)):
        from app.indexing import forgetting

        forgetting.finish_erasing(library, thumbnails)
