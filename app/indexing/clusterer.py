"""Clusterer: faces and decisions out of the library, grouped, and back into it."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.changes import Changes
from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces, Grouping, group_new, regroup
from app.clustering.thresholds import Thresholds
from app.library.commands.groups import Placement, store_groups
from app.library.database import Library
from app.library.queries.decisions import last_decision, standing
from app.library.queries.faces import FaceColumns, face_columns

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
            for last in (False,) * (TRIES - 1) + (True,):
                said = last_decision(self._library, collection_id)
                columns = face_columns(self._library, collection_id, self._pack, self._version)
                grouping = self._group(collection_id, columns, rebuild, check)
                if last or last_decision(self._library, collection_id) == said:
                    break
            return self._store(collection_id, columns, grouping)

    def _group(
        self,
        collection_id: int,
        columns: FaceColumns,
        rebuild: bool,
        check: Callable[[], None],
    ) -> Grouping:
        row_of = {face_id: row for row, face_id in enumerate(columns.ids.tolist())}
        words = standing(self._library, collection_id)
        refused: dict[int, set[int]] = defaultdict(set)
        for face_id, person_id in words.refused:
            if face_id in row_of:
                refused[row_of[face_id]].add(person_id)
        constraints = Constraints(
            photos=columns.photos,
            refused={row: frozenset(people) for row, people in refused.items()},
            kept=words.kept,
        )
        vectors = columns.vectors.astype(np.float32)
        faces = Faces(vectors, columns.people, columns.is_new)
        if not rebuild:
            return group_new(faces, constraints, self._thresholds, check)
        said = {
            row_of[face_id]: person_id
            for face_id, person_id in words.said.items()
            if face_id in row_of
        }
        for row in np.flatnonzero(columns.is_fixed).tolist():
            said.setdefault(row, int(columns.people[row]))
        return regroup(faces, said, constraints, self._thresholds, check)

    def _store(self, collection_id: int, columns: FaceColumns, grouping: Grouping) -> Grouped:
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


def _number(values: NDArray[np.float32], row: int) -> float | None:
    return float(values[row]) if np.isfinite(values[row]) else None
