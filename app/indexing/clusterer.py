"""Clusterer: faces and decisions out of the library, grouped, and back into it."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.changes import Changes
from app.clustering.evidence import Crowd
from app.clustering.grouping import Grouping, group_new, is_usable, regroup
from app.clustering.neighbours import is_like_any
from app.clustering.thresholds import Thresholds
from app.indexing.gallery import Gallery
from app.indexing.kept import Kept
from app.library.commands.groups import NO_PLACEMENTS, Placements, store_groups
from app.library.database import Library
from app.library.queries.collections import is_living
from app.library.queries.decisions import last_decision
from app.progress import Cancelled

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


@dataclass(frozen=True, slots=True)
class Tried:
    """Where n faces would be after a run."""

    face_ids: NDArray[np.int64]
    people: NDArray[np.int64]
    """A person's id; or -1, -2, ... for a group that would be founded; or 0 for nobody."""
    is_confirmed: NDArray[np.bool_]
    """Whether the user said it of this very face."""


class _OfYesterday(Exception):  # noqa: N818 - it is no error, and never leaves this module
    """The user had somebody erased while they were being grouped."""


BLOCK = 20_000
"""Faces held against those that count as none at a time."""


class Clusterer:
    """Groups the faces of a collection; one run at a time."""

    def __init__(
        self,
        library: Library,
        pack: str,
        version: str,
        thresholds: Thresholds,
        strictness: Callable[[], int] = lambda: 0,
    ) -> None:
        """`strictness` gives the setting of that name, as it is when it is asked."""
        self._library = library
        self._pack = pack
        self._version = version
        self._thresholds = thresholds
        self._strictness = strictness
        self._one_at_a_time = threading.Lock()
        self._making = threading.Lock()
        self._kept: dict[int, Kept] = {}

    @property
    def thresholds(self) -> Thresholds:
        """Those of the pack in use."""
        return self._thresholds

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Within this no run is under way."""
        with self._one_at_a_time:
            yield

    def adopt(self, pack: str, version: str, thresholds: Thresholds) -> None:
        """Go by another pack from now on; to be called while all is still."""
        with self._making:
            before, self._kept = self._kept, {}
            self._pack, self._version, self._thresholds = pack, version, thresholds
        for kept in before.values():
            kept.let_go()

    def run(
        self, collection_id: int, rebuild: bool = False, check: Callable[[], None] = lambda: None
    ) -> Grouped:
        """Group what is new, or with `rebuild` everything. `check` may raise to stop."""
        if not is_living(self._library, collection_id):
            raise Cancelled  # it was deleted meanwhile
        with self._one_at_a_time, self._keeper(collection_id).lent():
            tries, sorted_out = TRIES, Changes()
            limits = self._thresholds.stricter(self._strictness())
            while True:
                # Whoever starts over gets the same whatever happened before: faces by their ids.
                gallery = self._lent(collection_id, rebuild)
                changes = self._sort_out(collection_id, gallery)
                self._keeper(collection_id).sorted_out(gallery)
                if changes:
                    sorted_out |= changes
                    gallery = self._lent(collection_id, rebuild)
                try:
                    grouping = self._group(collection_id, gallery, rebuild, check, limits)
                except _OfYesterday:
                    continue
                tries -= 1
                is_of_now = last_decision(self._library, collection_id) == gallery.words.last
                if is_of_now or not tries:
                    break
            grouped = self._store(collection_id, gallery, grouping)
            return replace(grouped, changes=sorted_out | grouped.changes)

    def try_out(
        self, collection_id: int, strictness: int, check: Callable[[], None] = lambda: None
    ) -> Tried:
        """What starting over would make of the faces as they are now, with another strictness:
        nothing is stored. `check` may raise to stop."""
        if not is_living(self._library, collection_id):
            raise Cancelled
        limits = self._thresholds.stricter(strictness)
        with self._one_at_a_time, self._keeper(collection_id).lent():
            while True:
                # As a run that starts over has it: faces by their ids.
                gallery = self._lent(collection_id, True)
                try:
                    grouping = self._group(collection_id, gallery, True, check, limits)
                except _OfYesterday:
                    continue
                here = gallery.ids >= 0
                return Tried(gallery.ids[here], grouping.labels[here], gallery.is_confirmed[here])

    def gallery(self, collection_id: int) -> Gallery:
        """The faces as they are now."""
        return self._keeper(collection_id).gallery()

    def crowd(self, gallery: Gallery) -> Crowd:
        """The people and lone faces of a gallery, held against each other."""
        return Crowd(gallery.faces, gallery.constraints, self._thresholds, gallery.is_confirmed)

    def let_go(self) -> None:
        """Keep no faces in memory."""
        for kept in list(self._kept.values()):
            kept.let_go()

    def _lent(self, collection_id: int, rebuild: bool) -> Gallery:
        return self._keeper(collection_id).gallery(anew=rebuild, for_run=True)

    def _keeper(self, collection_id: int) -> Kept:
        with self._making:
            kept = self._kept.get(collection_id)
            if kept is None:
                kept = Kept(self._library, collection_id, self._pack, self._version)
                self._kept[collection_id] = kept
            return kept

    def _group(
        self,
        collection_id: int,
        gallery: Gallery,
        rebuild: bool,
        check: Callable[[], None],
        limits: Thresholds,
    ) -> Grouping:
        faces, constraints = gallery.faces, gallery.constraints
        kept = self._keeper(collection_id)

        def check_all() -> None:
            check()
            if not kept.is_of_now(gallery):
                raise _OfYesterday

        if rebuild:
            return regroup(faces, gallery.said, constraints, limits, check_all, gallery.index)
        return group_new(faces, constraints, limits, check_all, gallery.index, gallery.roster)

    def _store(self, collection_id: int, gallery: Gallery, grouping: Grouping) -> Grouped:
        columns, rows = gallery.columns, grouping.rows
        # Who was released from somebody and comes back to them has not moved.
        has_moved = np.maximum(columns.people[rows], 0) != grouping.placed
        has_moved |= columns.is_new[rows]
        rows = rows[has_moved]
        placements = Placements(
            face_ids=columns.ids[rows],
            were=columns.people[rows],
            groups=grouping.placed[has_moved],
            confidence=grouping.sure[has_moved],
        )
        changes, groups = store_groups(
            self._library, collection_id, placements, grouping.founded, emptied=gallery.emptied
        )
        self._keeper(collection_id).swept(gallery)
        return Grouped(changes, int(columns.is_new.sum()), groups)

    def _sort_out(self, collection_id: int, gallery: Gallery) -> Changes:
        """Before any grouping: the faces just like one that the user said is none count as none,
        and those that counted as such are faces again when they are like none now."""
        none = gallery.none
        if not none.ids.size:
            return Changes()
        vectors = none.vectors.astype(np.float32)
        denied = vectors[~none.is_by_machine & is_usable(vectors)]
        alike = self._alike(gallery, denied)
        alike = alike[~gallery.faces.is_fixed[alike]]
        # A face with somebody the user spoke of is no statue.
        alike = alike[~np.isin(gallery.faces.people[alike], list(gallery.words.kept))]
        # While another pack takes over, what they were like may not have been looked at yet.
        limit = self._thresholds.near_identical
        back = none.is_by_machine & ~is_like_any(vectors, denied, limit)
        dismissed = gallery.ids[alike].tolist()
        restored = none.ids[back].tolist() if gallery.are_denied_known else []
        if not dismissed and not restored:
            return Changes()
        changes, _ = store_groups(
            self._library, collection_id, NO_PLACEMENTS, 0, dismissed, restored, ()
        )
        return changes

    def _alike(self, gallery: Gallery, denied: NDArray[np.float32]) -> NDArray[np.int64]:
        """The rows just like one of the denied, among those that were not held against them."""
        rows = gallery.unchecked
        if rows is None:
            rows = np.arange(len(gallery.ids) if len(denied) else 0)
        found = [np.empty(0, np.int64)]
        for start in range(0, len(rows), BLOCK):
            some = rows[start : start + BLOCK]
            vectors = gallery.faces.vectors[some].astype(np.float32)
            found.append(some[is_like_any(vectors, denied, self._thresholds.near_identical)])
        return np.concatenate(found)
