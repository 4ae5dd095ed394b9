"""Which files are the moving parts of photos, as a scan found it."""

from __future__ import annotations

from collections.abc import Sequence

from app.changes import Changes
from app.library.census import take_census
from app.library.database import Library
from app.library.motion import pair, part


def record_motions(
    library: Library, pairs: Sequence[tuple[int, int]], alone: Sequence[int]
) -> Changes:
    """Let the first file of each pair be the moving part of the second, a photo, and those that
    are `alone` be videos like others."""

    def work() -> Changes:
        photos = part(alone)
        people: set[int] = set()
        for film_id, still_id in pairs:
            touched, known = pair(film_id, still_id)
            photos |= touched
            people |= known
        take_census(library, people)
        return Changes(people=frozenset(people), photos=frozenset(photos))

    return library.write(work) if pairs or alone else Changes()
