"""Turnstile: how many different people came, and how many faces were too unclear to say who.

[Note: Unclear faces] A shop's camera sees many faces badly, and a lone one that grouping left alone
would count as somebody who came. So each lone face and small group of a day is held against
everybody seen that day. Who is more likely one of them than not counts as that one. Of the others,
a face that is too poor to tell who it is counts as nobody, and its number is told.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.doubles import doubles
from app.clustering.evidence import Crowd
from app.clustering.grouping import Faces
from app.clustering.thresholds import Thresholds
from app.indexing.likeness import CLEAR
from app.indexing.presence import Presence
from app.library.database import Library
from app.library.queries.decisions import last_decision, standing
from app.library.queries.faces import vectors_of
from app.library.queries.visits import (
    WINDOW,
    Judged,
    Sighting,
    Visit,
    reach,
    sightings,
    visits,
)
from app.library.rows import Standing

Vector = NDArray[np.float16]
LIKELY = 0.5
"""Probability from which a face is held to be somebody else who was seen that day."""
FEW = 3
"""Faces: who has no name and not more may be a piece of somebody else."""
REMEMBERED = 4_000
"""Days: what was found of them is remembered."""


@dataclass(frozen=True, slots=True)
class Came:
    """Who came."""

    visits: tuple[Visit, ...]
    unclear: tuple[datetime, ...]
    """When each face was seen that was too unclear to say who."""


class Turnstile:
    """Counts the visitors of collections; may be asked from any thread."""

    def __init__(self, library: Library, pack: str, version: str, thresholds: Thresholds) -> None:
        self._library = library
        self._maker = (pack, version)
        self._thresholds = thresholds
        self._known: dict[tuple[int, date], tuple[int, Judged]] = {}
        """What was found of a day, and by which faces and words."""
        self._one_at_a_time = threading.Lock()

    def adopt(self, pack: str, version: str, thresholds: Thresholds) -> None:
        """Go by another pack from now on."""
        with self._one_at_a_time:
            self._maker, self._thresholds = (pack, version), thresholds
            self._known.clear()

    def came(
        self,
        collection_id: int,
        window: timedelta = WINDOW,
        since: date | None = None,
        until: date | None = None,
        without: Iterable[int] = (),
        check: Callable[[], None] = lambda: None,
    ) -> Came:
        """The visits that began from one day to another, as `visits` has them, and the faces of
        that time that are unclear. `check` may raise to stop."""
        seen = sightings(self._library, collection_id, *reach(since, until, window), FEW)
        with self._one_at_a_time:
            judged = self._judge(collection_id, seen, check)
        found = visits(
            self._library, collection_id, window, without, since, until, seen, judged
        )  # fmt: skip
        unclear = tuple(
            one.taken
            for one in seen
            if one.who in judged.unclear
            and (since is None or one.taken.date() >= since)
            and (until is None or one.taken.date() <= until)
        )
        return Came(tuple(found), unclear)

    def _judge(
        self, collection_id: int, seen: Sequence[Sighting], check: Callable[[], None]
    ) -> Judged:
        same: dict[int, int] = {}
        unclear: set[int] = set()
        said = last_decision(self._library, collection_id)
        words: Standing | None = None
        for day, some in groupby(seen, lambda one: one.taken.date()):
            faces = list(some)
            kinds = ((one.face_id, one.who, one.is_doubtful, one.quality) for one in faces)
            stamp = hash((said, *kinds))
            known = self._known.get((collection_id, day))
            if known is None or known[0] != stamp:
                check()
                words = words or standing(self._library, collection_id)
                known = stamp, self._judge_day(faces, words)
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[collection_id, day] = known
            for who, other in known[1].same.items():
                # Two who are held to be each other, on two days, are one of them.
                if who not in same and _end(same, other) != who:
                    same[who] = other
            unclear |= known[1].unclear
        return Judged({who: _end(same, who) for who in same}, frozenset(unclear))

    def _judge_day(self, seen: Sequence[Sighting], words: Standing) -> Judged:
        vectors = vectors_of(self._library, [one.face_id for one in seen], *self._maker)
        faces = [one for one in seen if one.face_id in vectors and not one.is_stranger]
        likely = self._likely(faces, vectors, words) if faces else {}
        same = {who: other for who, (other, sure) in likely.items() if sure >= LIKELY}
        same = {who: _end(same, who) for who in same}
        poor = {
            one.who: likely.get(one.who, (0, 0.0))[1]
            for one in seen
            if one.who < 0 and one.who not in same and not one.is_stranger
            and not one.quality >= CLEAR
        }  # fmt: skip
        sizes = Counter(same.get(one.who, one.who) for one in seen)
        among = [size for who, size in sizes.items() if who not in poor]
        count = round(missed(among, len(poor), len(seen)))
        unlike = sorted(poor, key=lambda who: (poor[who], who))
        unclear = set(unlike[count:])
        # Who is held to be a face that is nobody is nobody, too.
        unclear |= {who for who, other in same.items() if other in unclear}
        return Judged(
            {who: other for who, other in same.items() if who not in unclear}, frozenset(unclear)
        )

    def _likely(
        self, seen: Sequence[Sighting], vectors: Mapping[int, Vector], words: Standing
    ) -> dict[int, tuple[int, float]]:
        """Who each doubtful one most probably is, and how probably."""
        crowd = self._crowd(seen, vectors, words)
        who_of = [seen[int(members[0])].who for members in crowd.linkage.members]
        is_doubtful = {one.who for one in seen if one.is_doubtful}
        doubtful = np.array([n for n, who in enumerate(who_of) if who in is_doubtful], np.int64)
        times = [
            [(seen[row].taken - datetime.min).total_seconds() for row in members.tolist()]
            for members in crowd.linkage.members
        ]
        found = doubles(crowd, doubtful, Presence(dict(enumerate(times))).lean)
        return {
            who_of[number]: (who_of[one.other], one.probability)
            for number, one in found.items()
            if one.other >= 0
        }

    def _crowd(
        self, seen: Sequence[Sighting], vectors: Mapping[int, Vector], words: Standing
    ) -> Crowd:
        rows = {one.face_id: row for row, one in enumerate(seen)}
        refused: dict[int, set[int]] = {}
        for face, person in words.refused:
            if face in rows:
                refused.setdefault(rows[face], set()).add(person)
        faces = Faces(
            vectors=np.stack([vectors[one.face_id] for one in seen]),
            quality=np.array([one.quality for one in seen], np.float32),
            people=np.array([max(one.who, -1) for one in seen], np.int64),
            is_new=np.zeros(len(seen), np.bool_),
            is_fixed=np.zeros(len(seen), np.bool_),
        )
        constraints = Constraints(
            photos=np.array([one.frame for one in seen], np.int64),
            refused={row: frozenset(people) for row, people in refused.items()},
            kept=words.kept,
            apart=words.apart,
        )
        return Crowd(faces, constraints, self._thresholds)


def missed(sizes: Iterable[int], poor: int, all_faces: int) -> float:
    """How many people were seen in nothing but poor faces, of whom nobody can say who they are.

    `sizes` are how often each of the others was seen, `poor` how many of `all_faces` are such. Were
    each face poor by chance, so often, whoever was seen k times would be missed once in so many
    that are not (after Horvitz and Thompson, 1952).
    """
    share = poor / max(1, all_faces)
    if share >= 1.0:
        return float(poor)
    return sum(share**size / (1.0 - share**size) for size in sizes)


def _end(same: dict[int, int], who: int) -> int:
    """Whom somebody is held to be in the end."""
    while who in same:
        who = same[who]
    return who
