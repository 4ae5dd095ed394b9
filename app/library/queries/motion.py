"""Questions about the moving parts of photos."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.library.database import Library
from app.library.rows import PhotoState

_MOTIONS = """
SELECT film.id, film.path, still.id, still.path, still.state, still.copy_of_id
FROM photo AS film LEFT JOIN photo AS still ON still.id = film.still_id
WHERE film.collection_id = ? AND film.state = ? ORDER BY film.id
"""


@dataclass(frozen=True, slots=True)
class Motion:
    """A file that is the moving part of a photo, and that photo."""

    id: int
    path: Path
    still_id: int | None
    """None where there is no such photo any more."""
    still_path: Path | None
    still_state: PhotoState | None
    copy_of: int | None
    """The photo that stands for the content of the still, where that is a copy."""


def motions(library: Library, collection_id: int) -> list[Motion]:
    """The moving parts that are files of their own."""
    return [
        Motion(
            film_id, Path(os.fsdecode(path)), still_id,
            None if still_path is None else Path(os.fsdecode(still_path)),
            None if state is None else PhotoState(state), copy_of,
        )
        for film_id, path, still_id, still_path, state, copy_of in library.sql(
            _MOTIONS, (collection_id, PhotoState.MOTION.value)
        )
    ]  # fmt: skip
