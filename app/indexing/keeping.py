"""Keeping: strangers are kept for so many days as each collection says, and then erased."""

from __future__ import annotations

from app.changes import Changes
from app.indexing.chores import Chores
from app.library.commands.keeping import begin_anew
from app.library.database import Library
from app.library.queries.keeping import (
    are_strangers_aside,
    kept_days,
    moments_before,
    strangers,
    were_erased_lately,
)
from app.media.thumbnails import ThumbnailCache
from app.settings import Settings


def overdue(library: Library, settings: Settings) -> int:
    """How many faces of strangers are kept for longer than their collections want."""
    limits = moments_before(kept_days(library, settings))
    return sum(strangers(library, number, limit).faces for number, limit in limits.items())


def let_strangers_go(
    library: Library, thumbnails: ThumbnailCache, settings: Settings, chores: Chores
) -> Changes:
    """Erase, once a day and as one of `chores`, the strangers who were kept for as long as their
    collections want; all of them at once, since the whole file is written anew for it.

    Raises LibraryError when the disk refuses, or another Kinfolk is erasing something: whoever
    asks later tries again.
    """
    days = kept_days(library, settings)
    if not days or were_erased_lately(library):
        return Changes()
    begin_anew(library, list(days))
    limits = moments_before(days)
    due = {
        number: limit
        for number, limit in limits.items()
        if strangers(library, number, limit).faces or are_strangers_aside(number, limit)
    }
    return chores.erase_strangers(thumbnails, due, asked=False) if due else Changes()
