"""Which photos lack facts that this version of Kinfolk reads, and an earlier one did not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.library.database import Library
from app.library.look_rows import FACTS
from app.library.rows import PhotoState


@dataclass(frozen=True, slots=True)
class Undescribed:
    """A photo of which more could be read."""

    id: int
    path: Path
    size: int
    mtime_ns: int


# The + keeps SQLite from going through all photos of the collection; these are few, as a rule.
_LACKING = f"""
SELECT id, path, size, mtime_ns FROM photo
WHERE facts < {FACTS} AND +collection_id = ? AND +state = '{PhotoState.LOOKED.value}'
    AND NOT is_stale
ORDER BY id
"""


def undescribed(library: Library, collection_id: int) -> list[Undescribed]:
    """The photos of a collection that were looked at, and told less than they would now."""
    return [
        Undescribed(photo_id, Path(os.fsdecode(path)), size, mtime_ns)
        for photo_id, path, size, mtime_ns in library.sql(_LACKING, (collection_id,))
    ]
