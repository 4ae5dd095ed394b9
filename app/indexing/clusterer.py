"""Clusterer: faces and decisions out of the library, grouped, and back into it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.changes import Changes
from app.clustering.evidence import Crowd
from app.clustering.grouping import Grouping, group_new, is_usable, regroup
from app.clustering.neighbours import is_like_any
from app.clustering.thresholds import Thresholds
from app.indexing.gallery import Gallery, open_gallery
from app.library.commands.groups import Placement, store_groups
from app.library.database import Library
from app.library.queries.decisions import last_decision
from app.library.queries.faces import dismissed_columns

logger = logging.getLogger(__name__)

TRIES = 3
"""How often a run starts over because the user spoke meanwhile, before it is stored as it is:
storing leaves every face alone that was touched since."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a run did."""

    changes: Changes
    new_faces: int
    groups: int


class Clusterer:
    """Groups the faces of a collection; one run at a time."""

    def __init__(self, library: Library, pack: str, version: str, thresholds: Thresholds) -> None:
        self._library = library
        self._pack = pack
        self._version = version
        self._thresholds = thresholds
        self._one_at_a_time = threading.Lock()

    def run(
        self, collection_id: int, rebuild: bool = False, check: Callable[[], None] = lambda: None
    ) -> Grouped:
        """Group what is new, or with `rebuild` everything. `check` may raise to stop."""
        with self._one_at_a_time:
            sorted_out = Changes()
            for last in (False,) * (TRIES - 1) + (True,):
                gallery = self.gallery(collection_id)
                if changes := self._sort_out(collection_id, gallery):
                    sorted_out |= changes
                    gallery = self.gallery(collection_id)
                grouping = self._group(gallery, rebuild, check)
                if last or last_decision(self._library, collection_id) == gallery.words.last:
                    break
            grouped = self._store(collection_id, gallery, grouping)
            return replace(grouped, changes=sorted_out | grouped.changes)

    def gallery(self, collection_id: int) -> Gallery:
        """The faces as they are now."""
        return open_gallery(self._library, collection_id, self._pack, self._version)

    def crowd(self, gallery: Gallery) -> Crowd:
        """The people and lone faces of a gallery, held against each other."""
        return Crowd(gallery.faces, gallery.constraints, self._thresholds, gallery.is_confirmed)

    def _group(self, gallery: Gallery, rebuild: bool, check: Callable[[], None]) -> Grouping:
        faces, constraints, limits = gallery.faces, gallery.constraints, self._thresholds
        if rebuild:
            return regroup(faces, gallery.said, constraints, limits, check)
        return group_new(faces, constraints, limits, check)

    def _store(self, collection_id: int, gallery: Gallery, grouping: Grouping) -> Grouped:
        columns = gallery.columns
        before = np.where(columns.people < 0, 0, columns.people)
        moved = (before != grouping.labels) | columns.is_new
        placements = [
            Placement(
                face_id=int(columns.ids[row]),
                was=None if columns.people[row] < 0 else int(columns.people[row]),
                group=int(grouping.labels[row]),
                confidence=_number(grouping.confidence, row),
            )
            for row in np.flatnonzero(moved).tolist()
        ]
        changes, groups = store_groups(self._library, collection_id, placements, grouping.founded)
        return Grouped(changes, int(columns.is_new.sum()), groups)

    def _sort_out(self, collection_id: int, gallery: Gallery) -> Changes:
        """Before any grouping: the faces just like one that the user said is none count as none,
        and those that counted as such are faces again when they are like none now."""
        none = dismissed_columns(self._library, collection_id, self._pack, self._version)
        if not none.ids.size:
            return Changes()
        vectors = none.vectors.astype(np.float32)
        denied = vectors[~none.is_by_machine & is_usable(vectors)]
        limit = self._thresholds.near_identical
        alike = is_like_any(gallery.faces.vectors, denied, limit) & ~gallery.faces.is_fixed
        # A face with somebody the user spoke of is no statue.
        alike &= ~np.isin(gallery.faces.people, list(gallery.words.kept))
        # While another pack takes over, what they were like may not have been looked at yet.
        back = none.is_by_machine & ~is_like_any(vectors, denied, limit) & none.is_complete
        dismissed, restored = gallery.ids[alike].tolist(), none.ids[back].tolist()
        if not dismissed and not restored:
            return Changes()
        changes, _ = store_groups(self._library, collection_id, [], 0, dismissed, restored)
        return changes


def _number(values: NDArray[np.float32], row: int) -> float | None:
    return float(values[row]) if np.isfinite(values[row]) else None
