"""Gallery: the faces of a collection as arrays, with what the user said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces
from app.clustering.index import FaceIndex
from app.clustering.linkage import weights_of
from app.clustering.products import Rows
from app.clustering.roster import Roster
from app.indexing.known_faces import REACH, Columns, FaceColumns, KnownFaces, NoFaces, no_columns
from app.library.rows import Standing


class Heard:
    """What the user said, also as arrays."""

    def __init__(self, words: Standing) -> None:
        self.words = words
        self.said = np.array(sorted(words.said.items()), np.int64).reshape(-1, 2)
        """(n, 2): faces and the person each is by the user's word."""
        self.firm = np.array(sorted(words.firm), np.int64)
        self.refused = np.array(sorted(words.refused), np.int64).reshape(-1, 2)
        """(n, 2): faces and a person each is not."""
        self.faces: frozenset[int] = frozenset().union(
            words.said, words.firm, (face for face, _ in words.refused), words.denied,
            words.strangers,
        )  # fmt: skip
        self.people: frozenset[int] = frozenset().union(
            words.said.values(), words.kept, words.anchored, words.births,
            (person for _, person in words.refused), *words.apart,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gallery:
    """n comparable faces: rows of arrays here, ids in the library; some rows may be of faces that
    went, see `known_faces`."""

    columns: FaceColumns
    words: Standing
    faces: Faces
    constraints: Constraints
    said_of: NDArray[np.int64]
    """(n,): the person each face is by the user's word, or has to stay with; -1 for nobody."""
    is_confirmed: NDArray[np.bool_]
    """(n,): whether the user said it of this very face."""
    index: FaceIndex
    """Finds neighbours; for one run at a time."""
    roster: Roster
    """Finds the faces of a person; for one run at a time."""
    none: NoFaces
    are_denied_known: bool
    """Whether this maker has looked at all that the user denied in the photos shown."""
    unchecked: NDArray[np.int64] | None
    """Rows that were not held yet against what counts as no face; None: all."""
    emptied: frozenset[int] | None
    """People who may have been left without a face since the last run; None: anybody."""
    age: tuple[int, int, int]
    """Tells apart what the library was at different times."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """(n,): id of each face."""
        return self.columns.ids

    @property
    def said(self) -> dict[int, int]:
        """Row -> id of the person it is by the user's word."""
        rows = np.flatnonzero(self.said_of >= 0)
        return dict(zip(rows.tolist(), self.said_of[rows].tolist(), strict=True))

    def around(self, row: int, most: int) -> tuple[NDArray[np.int64], int]:
        """The rows of whoever could be confused with a face: its own person, and the `most` people
        and lone faces with a face most like it, or most like its person; and the place of the face
        among them."""
        people, vectors = self.faces.people, self.faces.vectors
        own = np.flatnonzero(people == people[row]) if people[row] >= 0 else np.array([row])
        aims = np.stack([vectors[row].astype(np.float32), _centre(vectors, own)])
        alike = np.concatenate([
            (vectors[start : start + BLOCK].astype(np.float32) @ aims.T).max(axis=1)
            for start in range(0, len(vectors), BLOCK)
        ])  # fmt: skip
        lone = np.flatnonzero((people < 0) & (self.ids >= 0))
        lone = lone[np.argsort(-alike[lone], kind="stable")[:most]]
        best = np.full(int(people.max(initial=-1)) + 1, -np.inf, np.float32)
        np.maximum.at(best, people[people >= 0], alike[people >= 0])
        near = np.argsort(-best, kind="stable")[:most]
        chosen = np.isin(people, [*near[np.isfinite(best[near])].tolist(), max(0, people[row])])
        chosen[[*lone.tolist(), row]] = True
        rows = np.flatnonzero(chosen)
        return rows, int(np.searchsorted(rows, row))

    def part(self, rows: NDArray[np.int64]) -> Gallery:
        """Of some rows, in order, which are numbered anew; not for a grouping."""
        refused = self.constraints.refused
        here = {row: place for place, row in enumerate(rows.tolist()) if row in refused}
        taken = {
            name: getattr(self.faces, name)[rows]
            for name in ("vectors", "quality", "people", "is_new", "is_fixed")
        }
        columns = no_columns(len(rows))
        columns.put(np.arange(len(rows)), self.columns, rows)
        return replace(
            self,
            columns=columns,
            faces=Faces(**taken),
            constraints=replace(
                self.constraints,
                photos=columns.frames,
                years=columns.years,
                refused={place: refused[row] for row, place in here.items()},
            ),
            said_of=self.said_of[rows],
            is_confirmed=self.is_confirmed[rows],
            unchecked=None,
        )

    def row_of(self, face_id: int) -> int | None:
        """The row of a face, if it is here."""
        rows = np.flatnonzero(self.ids == face_id)
        return int(rows[0]) if face_id >= 0 and rows.size else None


@dataclass(frozen=True, slots=True)
class Seen(Columns):
    """What n faces look like to a grouping; see `Gallery` and `Faces`."""

    said_of: NDArray[np.int64]
    people: NDArray[np.int64]
    is_new: NDArray[np.bool_]
    is_fixed: NDArray[np.bool_]
    is_confirmed: NDArray[np.bool_]
    weights: NDArray[np.float32]


class View:
    """What known faces look like to a grouping after all that was said: arrays that follow them
    row by row.

    [Note: View] Of most faces it depends on the face alone. Where it does not, as with people who
    are found by their clearest faces or wait for another pack, all is worked out anew.
    """

    def __init__(self, known: KnownFaces, heard: Heard) -> None:
        self._known, self._heard = known, heard
        self.seen = self._of(slice(None))
        """As they are now."""
        self._store = self.seen
        """The same, and room for more."""
        said_of, people, words = self.seen.said_of, self.seen.people, heard.words
        here = set(np.unique(said_of[said_of >= 0]).tolist())
        self._unknown = words.kept - (words.anchored & here)
        _seed(said_of, people, known.columns.quality, self._unknown)
        # [Note: Half-way] While some faces of a person wait to be looked at by the pack in use, the
        # others cannot be held against them, and stay where they are.
        self._halves = bool(known.waiting)
        if known.waiting:
            halves = np.isin(people, list(set(known.waiting.values()))) & (said_of < 0)
            said_of[halves] = people[halves]
        self.seen.is_fixed[said_of >= 0] = True
        self._roster: Roster | None = None

    def follows(self, known: KnownFaces, heard: Heard, rows: Rows) -> bool:
        """Bring these rows up to date, of which known faces may have more than before; gives
        whether that was possible."""
        if heard is not self._heard or self._halves or known.waiting:
            return False
        before, count = len(self.seen.people), len(known.columns.ids)
        now, were = self._of(rows), self.seen.some(rows[rows < before])
        if (now.said_of >= 0).any() or (were.said_of >= 0).any():
            return False
        if not self._unknown.isdisjoint(np.union1d(were.people, now.people).tolist()):
            return False
        if count > len(self._store.people):
            self._store = self._store.longer(count + count // REACH)
        self.seen = self._store.some(slice(count))
        if self._roster is not None:
            people = np.full(len(rows), -1)
            people[rows < before] = were.people
            self._roster.move(rows, people, now.people)
        self.seen.put(rows, now, slice(None))
        return True

    def thaw(self) -> None:
        """Let whoever holds the arrays keep them as they are."""
        self._store = self._store.copy()
        self.seen = self._store.some(slice(len(self.seen.people)))

    def roster(self) -> Roster:
        """The faces of each person, for one run at a time."""
        if self._roster is None or self._roster.is_worn:
            self._roster = Roster(self.seen.people)
        return self._roster

    def _of(self, rows: Rows | slice) -> Seen:
        """What depends on these faces alone."""
        known, heard = self._known.columns, self._heard
        ids, people, is_fixed = known.ids[rows], known.people[rows], known.is_fixed[rows]
        said_of = np.where(is_fixed, people, -1)
        place, is_said = _places(heard.said[:, 0], ids)
        said_of[is_said] = heard.said[place[is_said], 1]
        is_confirmed = is_fixed | _places(heard.firm, ids)[1]
        is_fixed = is_fixed | (said_of >= 0)
        # Whoever is in a photo from before they were born is somebody else.
        now = people.copy()
        for person, born in heard.words.births.items():
            now[(people == person) & (known.years[rows] < born) & ~is_fixed] = -1
        is_new = known.is_new[rows] | (now != people)
        return Seen(said_of, now, is_new, is_fixed, is_confirmed, weights_of(known.quality[rows]))


def _places(known: NDArray[np.int64], ids: NDArray[np.int64]) -> tuple[Rows, NDArray[np.bool_]]:
    """Where in `known`, in order, each of some ids is, and whether it is there at all."""
    if not len(known):
        return np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
    place = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    return place, known[place] == ids


def make_gallery(
    known: KnownFaces,
    heard: Heard,
    view: View,
    unchecked: NDArray[np.int64] | None,
    emptied: frozenset[int] | None,
    age: tuple[int, int, int],
) -> Gallery:
    """What known faces look like to a grouping."""
    columns, words, seen = known.columns, heard.words, view.seen
    index = known.index or FaceIndex(dimensions=1, room=1)
    return Gallery(
        columns=columns,
        words=words,
        faces=Faces(
            vectors=index.vectors,
            quality=columns.quality,
            people=seen.people,
            is_new=seen.is_new,
            is_fixed=seen.is_fixed,
            weights=seen.weights,
        ),
        constraints=Constraints(
            photos=columns.frames,
            refused=_refused(known, heard),
            kept=words.kept,
            apart=words.apart,
            births=words.births,
            years=columns.years,
        ),
        said_of=seen.said_of,
        is_confirmed=seen.is_confirmed,
        index=index,
        roster=view.roster(),
        none=known.none,
        are_denied_known=not known.denied,
        unchecked=unchecked,
        emptied=emptied,
        age=age,
    )


BLOCK = 20_000
"""Faces that are in single precision at a time."""
SEEDS = 40
"""Clearest faces by which a person is found again whom no word names by faces of their own: “this
one is not she” says that the others are, and “this one, too” that they are one with it."""


def _centre(vectors: NDArray[np.floating], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """(d,): the middle of some faces, of length 1."""
    whole = np.zeros(vectors.shape[1], np.float32)
    for start in range(0, len(rows), BLOCK):
        whole += vectors[rows[start : start + BLOCK]].astype(np.float32).sum(axis=0)
    return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-6), np.float32)


def _refused(known: KnownFaces, heard: Heard) -> dict[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = known.rows_of(heard.refused[:, 0])
    for row, person in zip(rows.tolist(), heard.refused[:, 1].tolist(), strict=True):
        if row >= 0:
            found[row].add(person)
    return {row: frozenset(people) for row, people in found.items()}


def _seed(
    said_of: NDArray[np.int64],
    people: NDArray[np.int64],
    quality: NDArray[np.float32],
    wanted: Set[int],
) -> None:
    """Let the clearest faces of these people be theirs by the user's word."""
    if not wanted:
        return
    rows = np.flatnonzero(np.isin(people, list(wanted)))
    rows = rows[np.lexsort((rows, -quality[rows], people[rows]))]
    owners = people[rows]
    place = np.arange(len(rows)) - np.searchsorted(owners, owners)
    seeds = rows[place < SEEDS]
    seeds = seeds[said_of[seeds] < 0]
    said_of[seeds] = people[seeds]
