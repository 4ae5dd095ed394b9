"""What a grouping run might propose, face by face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.changes import Changes
from app.library.commands import groups
from app.library.database import Library


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a run puts one face."""

    face_id: int
    was: int | None
    group: int
    confidence: float | None


def store_groups(
    library: Library,
    collection_id: int,
    placements: Sequence[Placement],
    founded: int,
    dismissed: Sequence[int] = (),
    restored: Sequence[int] = (),
) -> tuple[Changes, int]:
    """Let a run propose this."""
    columns = groups.Placements(
        np.array([p.face_id for p in placements], np.int64),
        np.array([-1 if p.was is None else p.was for p in placements], np.int64),
        np.array([p.group for p in placements], np.int64),
        np.array([p.confidence for p in placements], np.float32),
    )
    return groups.store_groups(library, collection_id, columns, founded, dismissed, restored)
