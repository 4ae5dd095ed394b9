"""Kept: the gallery of a collection stays in memory between groupings, and follows the library.

[Note: Kept] `library.stirred` tells which rows were touched, by whatever command, and only those
are read. Where it cannot tell, as when another process has written, all is read anew. When the user
has somebody erased, everything is let go at once, for faces are biometric data; and when nobody
wanted it for long.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import numpy as np
from numpy.typing import NDArray

from app.indexing.gallery import Gallery, Heard, View, make_gallery
from app.indexing.known_faces import KnownFaces, Rows
from app.library.database import Library
from app.library.queries.columns import (
    FaceBlock,
    Part,
    all_faces,
    are_spoken_of,
    count_faces,
    faces_in_photos,
    some_faces,
)
from app.library.queries.decisions import standing
from app.library.stirred import Stir

IDLE_SECONDS = 600.0
"""After so long without use the arrays are let go."""
MOST_DEAD = 0.25
"""Share of dead rows from which all is read anew."""

ROOM = 1000
"""Faces for which there is room at least."""


class Kept:
    """The gallery of one collection, for one maker."""

    def __init__(self, library: Library, collection_id: int, pack: str, version: str) -> None:
        self._library = library
        self._place = (collection_id, pack, version)
        self._one_at_a_time = threading.Lock()
        self._changing = threading.Lock()
        self._state: _State | None = None
        self._idle: threading.Timer | None = None
        self._lettings = 0
        """How often somebody was erased: a gallery from before that is of yesterday."""
        self._drops = 0
        """How often all was let go, for whatever reason."""
        self._watch = library.watch(self._erased)
        self._is_lent = False
        """Whether the arrays are those of a run under way."""

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Within this the arrays are those of one run: nobody else has them follow the library."""
        with self._one_at_a_time:
            self._is_lent = True
        try:
            yield
        finally:
            with self._one_at_a_time:
                self._is_lent = False

    def gallery(self, anew: bool = False, for_run: bool = False) -> Gallery:
        """The faces as they are now; with `anew` in order of id, as after a start. Who has none
        lent to it gets arrays of its own while they are lent."""
        with self._one_at_a_time:
            while self._is_lent and not for_run:
                lettings = self._lettings
                gallery = _State(self._library, self._place, lettings).gallery(for_run)
                if self._lettings == lettings:
                    return gallery
            while True:
                lettings, drops = self._lettings, self._drops
                # What fails half-way is kept no more.
                state, self._state = self._state, None
                stir = self._library.stirred(self._watch)
                if state is None or anew or stir.everything or state.is_worn():
                    state = None  # it is let go before there is another
                    state = _State(self._library, self._place, lettings)
                else:
                    state.follow(stir)
                gallery = state.gallery(for_run)
                with self._changing:
                    if self._drops == drops:
                        self._state = state
                        self._wait_for_idleness()
                    if self._lettings == lettings:
                        return gallery

    def sorted_out(self, gallery: Gallery) -> None:
        """Every face of a gallery was held against those that count as none."""
        with self._one_at_a_time:
            if self._state is not None and self._state.age == gallery.age:
                self._state.unchecked = set()

    def swept(self, gallery: Gallery) -> None:
        """Those who were left without a face until there was this gallery were looked after."""
        with self._one_at_a_time:
            if self._state is not None and self._state.age == gallery.age:
                self._state.emptied = set()

    def is_of_now(self, gallery: Gallery) -> bool:
        """Whether nobody was erased since."""
        return self._lettings == gallery.age[0]

    def let_go(self) -> None:
        """Keep nothing."""
        with self._changing:
            self._drops += 1
            self._state = None
            if self._idle is not None:
                self._idle.cancel()

    def _erased(self) -> None:
        # On the writing thread, for which whoever reads may be waiting.
        with self._changing:
            self._lettings += 1
            self._drops += 1
            self._state = None

    def _wait_for_idleness(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE_SECONDS, self.let_go)
        self._idle.daemon = True
        self._idle.start()


_openings = count()
_NO_ROWS: Rows = np.empty(0, np.int64)


class _State:
    """What is kept."""

    def __init__(self, library: Library, place: tuple[int, str, str], lettings: int) -> None:
        """All is read."""
        self.age = (lettings, next(_openings), 0)
        self._library = library
        self._place = place
        self._heard = Heard(standing(library, place[0]))
        # Room for an eighth more: to grow is to copy. It takes no memory before it is used.
        self._known = KnownFaces(count_faces(library) * 9 // 8 + ROOM)
        self._known.fill(all_faces(library, *place))
        self.unchecked: set[int] | None = None
        """Rows not held yet against what counts as no face; None: all."""
        self.emptied: set[int] | None = None
        """People who may have been left without a face; None: anybody."""
        self._view = View(self._known, self._heard)
        self._rows = [_NO_ROWS]
        """Those that known faces have changed, while they follow the library."""
        self._is_shown = False
        """Whether somebody holds the arrays who wants to go on seeing them as they were."""

    def gallery(self, for_run: bool) -> Gallery:
        """The faces as they are now; for a run until it asks again, for others as long as they
        like."""
        self._is_shown |= not for_run
        unchecked = None if self.unchecked is None else np.array(sorted(self.unchecked), np.int64)
        emptied = None if self.emptied is None else frozenset(self.emptied)
        return make_gallery(self._known, self._heard, self._view, unchecked, emptied, self.age)

    def is_worn(self) -> bool:
        """Whether there are so many dead rows that reading all is better."""
        return self._known.dead > MOST_DEAD * len(self._known.columns.ids) + 1000

    def follow(self, stir: Stir) -> None:
        """Read what was touched."""
        self.age = (*self.age[:2], self.age[2] + 1)
        before = self._known.none
        waited = set(self._known.waiting.values())
        # Of faces, too: a number that was free is given again.
        are_other_words = stir.words or not self._heard.faces.isdisjoint(stir.faces)
        are_other_words = are_other_words or bool(stir.ended & self._heard.people)
        photos: set[int] = set(stir.photos)
        gone = set(stir.faces)
        changed = np.array(sorted(stir.faces), np.int64)
        if self._is_shown:
            self._known.thaw()
            self._view.thaw()
            self._is_shown = False
        for block in self._touched(stir):
            gone.difference_update(block.ids.tolist())
            photos.update(block.photos[np.isin(block.ids, changed)].tolist())
            self._take_in(block, changed)
        self._drop(sorted(gone))
        are_other_words = are_other_words or not gone.isdisjoint(self._heard.faces)
        if are_other_words or are_spoken_of(self._library, list(photos)):
            self._heard = Heard(standing(self._library, self._place[0]))
            self.unchecked = None
        if before is not self._known.none or waited != set(self._known.waiting.values()):
            self.unchecked = None
        if self.emptied is not None:
            self.emptied |= stir.emptied
        rows, self._rows = np.unique(np.concatenate(self._rows)), [_NO_ROWS]
        if not self._view.follows(self._known, self._heard, rows):
            self._view = View(self._known, self._heard)

    def _touched(self, stir: Stir) -> Iterator[FaceBlock]:
        if stir.many_placed:
            yield from all_faces(self._library, *self._place, with_vectors=False)
            return
        ids = stir.faces | stir.placed | set(faces_in_photos(self._library, list(stir.photos)))
        yield from some_faces(self._library, *self._place, sorted(ids), with_vectors=False)

    def _take_in(self, block: FaceBlock, changed: NDArray[np.int64]) -> None:
        """Bring faces up to date; `changed` are those that may look different."""
        known = self._known
        is_compared = block.parts == Part.COMPARED
        has_row = known.rows_of(block.ids) >= 0
        stays = has_row & is_compared & ~np.isin(block.ids, changed)
        self._drop(block.ids[~(has_row & is_compared)].tolist())
        known.note_others(block)
        if stays.any():
            self._note(known.place(block, np.flatnonzero(stays)))
        unseen = (is_compared | (block.parts == Part.DISMISSED)) & ~stays
        self._look_at(block.ids[unseen].tolist())

    def _look_at(self, face_ids: list[int]) -> None:
        """Read these faces with their embeddings."""
        known = self._known
        for block in some_faces(self._library, *self._place, face_ids, with_vectors=True):
            rows = known.rows_of(block.ids)
            # Whatever has become of them since they were asked for.
            elsewhere = (rows >= 0) & (block.parts != Part.COMPARED)
            self._drop(block.ids[elsewhere].tolist())
            if (taken := block.of(Part.COMPARED)).size:
                self._note(known.put(block, taken))
            if (taken := block.of(Part.DISMISSED)).size:
                known.none = known.none.without(block.ids[taken].tolist()).with_block(block, taken)

    def _drop(self, ids: list[int]) -> None:
        self._rows.append(self._known.drop(ids))

    def _note(self, rows: Rows) -> None:
        self._rows.append(rows)
        if self.unchecked is not None:
            self.unchecked.update(rows.tolist())
