"""Roster: the faces of each person, which follows who moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.clustering.products import Rows

WORN = 4
"""When one face in so many, and..."""
SPARE = 10_000
"""...so many more are listed a second time, all are sorted anew."""


class Roster:
    """Which of n faces each person has.

    [Note: Roster] To look through a million faces for those of three people takes longer than to
    group the faces of a photo. So all are sorted by person once, and whose faces came or went
    since has a list of their own.
    """

    def __init__(self, people: NDArray[np.int64]) -> None:
        """`people` (n,): whom each face is with; -1 for nobody."""
        order = np.argsort(people, kind="stable")
        order = order[np.searchsorted(people[order], 0) :]
        owners = people[order]
        begins = np.flatnonzero(np.diff(owners, prepend=-1) != 0)
        self._order = order.astype(np.int32)
        self._owners = owners[begins]
        """(p,): everybody with a face, in order..."""
        self._starts = np.append(begins, len(owners))
        """(p + 1,): ...and where their faces begin."""
        self._moved: dict[int, NDArray[np.int32]] = {}
        """Person -> their faces, where these are others by now."""
        self._listed = 0

    def of(self, person: int) -> NDArray[np.int32]:
        """The rows of a person, in order."""
        moved = self._moved.get(person)
        if moved is not None:
            return moved
        place = int(np.searchsorted(self._owners, person))
        if place == len(self._owners) or int(self._owners[place]) != person:
            return self._order[:0]
        return self._order[self._starts[place] : self._starts[place + 1]]

    def move(self, rows: Rows, were: Rows, now: Rows) -> None:
        """Let m faces be with others than before; -1 for nobody."""
        has_moved = were != now
        rows, were, now = rows[has_moved].astype(np.int32), were[has_moved], now[has_moved]
        for person in np.union1d(were, now).tolist():
            if person < 0:
                continue
            faces = self.of(person)
            faces = faces[~np.isin(faces, rows[were == person], assume_unique=True)]
            came = np.sort(rows[now == person])
            self._listed += len(faces) + len(came) - len(self._moved.get(person, ()))
            self._moved[person] = np.insert(faces, np.searchsorted(faces, came), came)

    @property
    def is_worn(self) -> bool:
        """Whether it is better made anew."""
        return self._listed > len(self._order) // WORN + SPARE
