"""Questions about the moving parts of photos."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.library.database import Library
from app.library.motion import STILLS
from app.library.rows import PhotoState

_MOTIONS = """
SELECT film.id, film.path, still.id, still.path, still.state, still.copy_of_id
FROM photo AS film LEFT JOIN photo AS still ON still.id = film.still_id
WHERE film.collection_id = ? AND film.state = ? ORDER BY film.id
"""


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is the moving part of a photo which is not beside it."""

    id: int
    path: Path
    still_id: int | None
    """None where there is no such photo any more."""
    copy_of: int | None
    """The photo that stands for the content of the still, where that is a copy."""


def stem_of(path: str) -> tuple[str, str]:
    """By what files are told to belong together, and the kind in their name; whatever the case."""
    stem, suffix = os.path.splitext(path)  # noqa: PTH122 - asked of every file of a scan
    return stem.lower(), suffix.lower()


def strays(library: Library, collection_id: int) -> list[Stray]:
    """The moving parts whose photo is gone, or lies elsewhere by now."""
    return [
        Stray(film_id, Path(os.fsdecode(path)), still_id, copy_of)
        for film_id, path, still_id, still_path, state, copy_of in library.sql(
            _MOTIONS, (collection_id, PhotoState.MOTION.value)
        )
        if state not in STILLS or not _is_beside(path, still_path)
    ]


def _is_beside(film: bytes, still: bytes) -> bool:
    return stem_of(os.fsdecode(film))[0] == stem_of(os.fsdecode(still))[0]
