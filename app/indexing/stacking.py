"""Stacking: photos that show the same stand together, the best shot on top.

[Note: Stacking] It happens quietly after photos were looked at: each new photo is compared with
those taken near it and with those that look very alike, and only the stacks that are concerned are
laid anew. Everybody in a stack is like the photo on top, not only like a neighbour: so a stack does
not drift from one scene to the next. What is left to do stands in the library, so that it is gone
on with after any end.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import numpy as np

from app.changes import Changes
from app.errors import BugError
from app.indexing.alike import BURST_SECONDS, Edges, Index, Judge
from app.library.best_shot import best_first
from app.library.commands.stacks import (
    let_go_of_stacks,
    note_appearances,
    settle_stacks,
    store_stacks,
)
from app.library.database import Library
from app.library.queries.stacks import (
    Likely,
    LikelyFace,
    films,
    likely,
    likely_faces,
    likenesses,
    near_in_time,
    said_together,
    tops,
    uncompared,
    unseen,
    with_mates,
)
from app.library.stacked import ALONE, chosen_top
from app.media.likeness import appearance_in, edges_in
from app.media.thumbnails import ThumbnailCache
from app.settings import Settings

logger = logging.getLogger(__name__)

_BATCH = 200
"""Photos that are compared, or seen again, at once: what is done is stored after each."""
_SEARCHED = 4000
"""Photos that are looked for among all others in one go: that takes hardly longer than for one."""
_NEIGHBOURS = 200
"""Photos of a few seconds that one is compared with at most: a film told in photos is none."""
_LARGEST = 400
"""Photos that are laid out together at most; of more that all look alike, so many at a time."""


class Stacker:
    """Stacks the photos of one collection after the other; called by one thread at a time."""

    def __init__(
        self,
        library: Library,
        thumbnails: ThumbnailCache,
        settings: Callable[[int], Settings],
        changed: Callable[[Changes], None],
    ) -> None:
        """`settings` are those of a collection; `changed` hears which photos stand otherwise."""
        self._library = library
        self._thumbnails = thumbnails
        self._settings = settings
        self._changed = changed
        self._one_at_a_time = threading.Lock()

    def run(
        self,
        collection_id: int,
        go_on: Callable[[], bool] = lambda: True,
        is_whole: bool = True,
    ) -> bool:
        """Stack what waits for it, as long as it may `go_on`; True when nothing is left to do.
        Unless it `is_whole`, only what was looked at since somebody asks what photos look like.

        Raises LibraryError when the library cannot be written.
        """
        with self._one_at_a_time:
            if self._settings(collection_id).stacks != "on":
                self._tell(let_go_of_stacks(self._library, collection_id))
                return True
            self._tell(settle_stacks(self._library, collection_id))
            is_done = self._compare_all(collection_id, go_on)
            return is_done and (not is_whole or self._catch_up(collection_id, go_on))

    def _catch_up(self, collection_id: int, go_on: Callable[[], bool]) -> bool:
        """See what photos look like that were looked at before anybody asked."""
        while go_on():
            self._pass_over_films(collection_id)
            waiting = unseen(self._library, collection_id, _BATCH)
            if not waiting:
                return True
            self._see(waiting)
            if not self._compare_all(collection_id, go_on):
                return False
        return False

    def _see(self, waiting: Sequence[tuple[int, str]]) -> None:
        found: dict[int, tuple[int, float]] = {}
        for photo_id, fingerprint in waiting:
            with suppress(BugError):  # a photo without a fingerprint has no picture either
                told = appearance_in(self._thumbnails.photo_path(fingerprint))
                if told is not None:
                    found[photo_id] = (told.likeness, told.sharpness)
        blind = [photo_id for photo_id, _ in waiting if photo_id not in found]
        note_appearances(self._library, found, blind)

    def _pass_over_films(self, collection_id: int) -> None:
        while found := films(self._library, collection_id, _BATCH):
            store_stacks(self._library, found, [])

    def _compare_all(self, collection_id: int, go_on: Callable[[], bool]) -> bool:
        """Hold every new photo against all others."""
        waiting = uncompared(self._library, collection_id)
        if not waiting:
            return True
        ids, bits = likenesses(self._library, collection_id)
        index = Index(bits)
        places = {one: place for place, one in enumerate(ids.tolist())}
        waiting = [one for one in waiting if one in places]  # the others have come meanwhile
        for start in range(0, len(waiting), _SEARCHED):
            some = waiting[start : start + _SEARCHED]
            rows = np.array([places[one] for one in some], np.intp)
            near: defaultdict[int, list[int]] = defaultdict(list)
            for a, b in index.near(rows):
                near[int(ids[a])].append(int(ids[b]))
            for first in range(0, len(some), _BATCH):
                if not go_on():
                    return False
                batch = some[first : first + _BATCH]
                self._compare(batch, {one: near[one] for one in batch})
        return True

    def _compare(self, waiting: Sequence[int], near: Mapping[int, Sequence[int]]) -> None:
        """Lay anew the stacks that these photos may belong to; `near` are who looks very alike."""
        links = {
            one: {*near[one], *near_in_time(self._library, one, BURST_SECONDS, _NEIGHBOURS)}
            for one in waiting
        }
        known = likely(self._library, {*links, *(one for some in links.values() for one in some)})
        judge = self._judge(known)
        groups = _Groups()
        for one in waiting:
            groups.join(one)
            for other in links[one] if one in known else ():
                if other in known and judge.are_alike(known[one], known[other]):
                    groups.join(one, other)
        self._bring_along(groups)
        known |= likely(self._library, groups.members() - known.keys())
        stacks = []
        for group in groups.all():
            photos = [known[one] for one in sorted(group) if one in known]
            for start in range(0, len(photos), _LARGEST):
                stacks += lay(photos[start : start + _LARGEST], judge)
        self._tell(store_stacks(self._library, groups.members(), stacks))

    def _bring_along(self, groups: _Groups) -> None:
        """Whom somebody is stacked with, and whom the user stacked them with, belongs to them."""
        for together in said_together(self._library, groups.members()):
            for one in together:
                groups.join(together[0], one)
        stacked = tops(self._library, sorted(with_mates(self._library, groups.members())))
        for one, top in stacked.items():
            groups.join(top, one)

    def _judge(self, known: dict[int, Likely]) -> Judge:
        faces: dict[int, Sequence[LikelyFace]] = {}

        def edges_of(photo: Likely) -> Edges | None:
            with suppress(BugError):  # a photo without a fingerprint has no picture either
                return edges_in(self._thumbnails.photo_path(photo.fingerprint))
            return None

        def faces_of(photo: Likely) -> Sequence[LikelyFace]:
            if photo.id not in faces:
                # Who stands together is asked for together.
                asked = [photo.id] if photo.id not in known else list(known)
                found = likely_faces(self._library, asked)
                faces.update({one: found.get(one, []) for one in asked})
            return faces[photo.id]

        return Judge(edges_of, faces_of)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._changed(changes)


class _Groups:
    """Photos that may belong together."""

    def __init__(self) -> None:
        self._of: dict[int, set[int]] = {}

    def join(self, one: int, other: int | None = None) -> None:
        """Let two photos, and all that belong to them, belong together; or take one in."""
        mine = self._of.setdefault(one, {one})
        theirs = mine if other is None else self._of.setdefault(other, {other})
        if mine is not theirs:
            small, large = sorted((mine, theirs), key=len)
            large |= small
            for each in small:
                self._of[each] = large

    def members(self) -> set[int]:
        """All of them."""
        return set(self._of)

    def all(self) -> list[set[int]]:
        """Each group once."""
        return list({id(group): group for group in self._of.values()}.values())


def lay(photos: Sequence[Likely], judge: Judge) -> list[list[int]]:
    """The stacks, the best photo of each first, of photos that may belong together. What the user
    said comes first; then the best photo takes those that are like it, with their versions, and so
    on with the rest."""
    free = {photo.id: photo for photo in photos if photo.stack_word != ALONE}
    if len(free) < 2:
        return []
    order = {one: place for place, one in enumerate(best_first(free))}
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for one, photo in free.items():
        if photo.stack_word:
            by_word[photo.stack_word.split()[1]].append(one)
    stacks: list[list[int]] = []
    for together in by_word.values():
        if len(together) > 1:
            top = chosen_top({one: free[one].stack_word for one in together})
            first = min(together, key=order.__getitem__) if top is None else top
            stacks.append([first, *(one for one in together if one != first)])
    said = {one for stack in stacks for one in stack}
    left = [one for one in sorted(free, key=order.__getitem__) if one not in said]
    for stack in stacks:
        left = _take(stack, left, free, judge)
    while left:
        stack = [left[0]]
        left = _take(stack, left[1:], free, judge)
        if len(stack) > 1:
            stacks.append(stack)
    return stacks


def _take(
    stack: list[int], left: Sequence[int], free: Mapping[int, Likely], judge: Judge
) -> list[int]:
    """Let a stack take those that are like its top, and versions of these; gives the others."""
    top = free[stack[0]]
    like = list(stack)
    others: list[int] = []
    for one in left:
        (like if _is_like_top(top, free[one], judge) else others).append(one)
    # A copy of one shot of a burst is no copy of the others.
    versions = {
        one for one in others if any(judge.are_versions(free[one], free[mine]) for mine in like[1:])
    }
    stack[:] = [*like, *sorted(versions)]
    return [one for one in others if one not in versions]


def _is_like_top(top: Likely, other: Likely, judge: Judge) -> bool:
    # What was found once is not asked again: a small picture may have gone out of the cache.
    is_known = top.compared and other.compared and top.id == top.stack_id == other.stack_id
    return is_known or judge.are_alike(top, other)
