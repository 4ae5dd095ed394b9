"""Evidence: how sure it is that a face or a group is the person it is held to be, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints, Group
from app.clustering.grouping import Faces, is_usable, members_of
from app.clustering.index import FaceIndex
from app.clustering.linkage import NEAREST, Linkage, weights_of
from app.clustering.products import Check, Rows, pieces
from app.clustering.thresholds import Thresholds

RIVALS = 12
"""Nearest groups that are held against each group."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A face of a group that speaks for another being the same person."""

    face: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one group of faces being the same person as another."""

    likeness: float
    """Mean cosine to the 3 nearest faces, allowing for how alike those are among themselves."""
    runner_up: int
    """Number of the next group that these faces could belong to; -1 for none."""
    runner_up_likeness: float
    probability: float
    """0..1, that the two are one person."""
    witnesses: tuple[Witness, ...]
    """The nearest faces; those the user confirmed come first."""


def likelihood(likeness: float, lead: float, size: int, limits: Thresholds) -> float:
    """The probability, 0..1, that two groups are one person; `size` faces are in the smaller.

    A logistic curve over the likeness, over the lead before the next group as far as that counts,
    and over the size; its numbers are the pack's (`same_even` and the three slopes).
    """
    odds = limits.same_slope * (likeness - limits.same_even)
    odds += limits.lead_slope * (min(max(lead, -LEAD), LEAD) - limits.join_margin)
    odds -= limits.size_slope * math.log2(size)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


LEAD = 0.15
"""Cosine: a lead of more than this proves no more."""


def likeness_for(probability: float, lead: float, size: int, limits: Thresholds) -> float:
    """The likeness that makes two groups so probably one person: `likelihood` the other way."""
    odds = math.log(probability / (1.0 - probability)) + limits.size_slope * math.log2(size)
    odds -= limits.lead_slope * (min(max(lead, -LEAD), LEAD) - limits.join_margin)
    return limits.same_even + odds / limits.same_slope


class Crowd:
    """The groups and lone faces as they stand, held against each other."""

    def __init__(
        self,
        faces: Faces,
        constraints: Constraints,
        thresholds: Thresholds,
        is_confirmed: NDArray[np.bool_] | None = None,
    ) -> None:
        """`is_confirmed` (n,): the user said of this very face who it is; by default of those that
        are fixed. Who names a group has not looked at each face."""
        usable = np.empty(len(faces.vectors), np.bool_)
        for piece in pieces(len(usable)):
            usable[piece] = is_usable(faces.vectors[piece])
        known = members_of(np.where(usable, faces.people, -1))
        alone = np.flatnonzero((faces.people < 0) & usable)
        self.people = np.concatenate([np.fromiter(known, np.int64), np.full(len(alone), -1)])
        """(g,): id of the person of each group; -1 for a lone face."""
        self.faces = faces
        self.is_confirmed = faces.is_fixed if is_confirmed is None else is_confirmed
        self.constraints = constraints
        self.thresholds = thresholds
        members = (
            [*known.values(), *np.split(alone, len(alone))] if len(alone) else [*known.values()]
        )
        self.linkage = Linkage(faces.vectors, weights_of(faces.quality), members, thresholds)
        self._groups: dict[int, Group] = {}
        self._near: tuple[Rows, Rows] | None = None

    def number_of(self, row: int) -> int:
        """Number of the group that holds a face; -1 for a face that has no usable embedding."""
        return int(self.linkage.of_face[row])

    def group(self, number: int) -> Group:
        """A group by its number."""
        if number not in self._groups:
            members, person = self.linkage.members[number].tolist(), int(self.people[number])
            self._groups[number] = Group(members, person, self.constraints)
        return self._groups[number]

    def person_of(self, number: int) -> int:
        """Id of the person of a group; -1 for a lone face, or where there is no group."""
        return -1 if number < 0 else int(self.people[number])

    def near(self, number: int) -> Sequence[int]:
        """The groups most like this one, by their centres."""
        starts, others = self.neighbours()
        found: list[int] = others[starts[number] : starts[number + 1]].tolist()
        return found

    def likeness(self, rows: Sequence[int], number: int) -> float:
        """How alike faces are to the nearest others of a group, allowing for its coherence."""
        return self.linkage.likeness(np.asarray(rows, np.int64), number)

    def weigh(
        self,
        rows: Sequence[int],
        number: int,
        rivals: Iterable[int],
        known: Mapping[int, float] | None = None,
    ) -> Evidence:
        """What speaks for these faces being the person of a group, and not of a rival; `known`
        holds likenesses that need not be computed again."""
        alike = known or {}
        likeness = alike[number] if number in alike else self.likeness(rows, number)
        others = [
            (alike[rival] if rival in alike else self.likeness(rows, rival), -rival)
            for rival in rivals
            if rival != number
        ]
        best, runner_up = max(others, default=(-1.0, 1))
        return Evidence(
            likeness=likeness,
            runner_up=-runner_up,
            runner_up_likeness=best,
            probability=likelihood(likeness, likeness - best, len(rows), self.thresholds),
            witnesses=self._witnesses(rows, number),
        )

    def neighbours(self, check: Check = lambda: None) -> tuple[Rows, Rows]:
        """For all groups one after the other those most like each by their centres, and where those
        of each begin (g + 1,). `check` may raise to stop."""
        if self._near is None:
            self._near = self._neighbours(check)
        return self._near

    def _witnesses(self, rows: Sequence[int], number: int) -> tuple[Witness, ...]:
        own = self.linkage.members[number]
        own = own[~np.isin(own, rows)]
        if not len(own):
            return ()
        alike = (self.linkage.rows(own) @ self.linkage.rows(rows).T).max(axis=1)
        chosen = np.argsort(-alike, kind="stable")[:NEAREST]
        chosen = chosen[np.argsort(~self.is_confirmed[own[chosen]], kind="stable")]
        return tuple(Witness(int(own[i]), float(alike[i])) for i in chosen.tolist())

    def _neighbours(self, check: Check) -> tuple[Rows, Rows]:
        everyone = np.arange(len(self.people))
        floor = self.thresholds.same_even - LEAD
        index = FaceIndex(self.faces.vectors.shape[1], len(everyone), threads=1)
        for piece in pieces(len(everyone)):
            check()
            index.add(self.linkage.centres(everyone[piece]))
        edges = index.nearest(everyone, RIVALS, floor, check).once()
        one = np.concatenate([edges.left, edges.right])
        other = np.concatenate([edges.right, edges.left])
        alike = np.concatenate([edges.similarity, edges.similarity])
        order = np.lexsort((other, -alike, one))
        starts = np.searchsorted(one[order], np.arange(len(everyone) + 1))
        return starts, other[order]
