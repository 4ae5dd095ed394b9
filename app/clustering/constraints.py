"""Constraints: the user's word and common sense, checked before any similarity."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

CHILD_AGE = 12
"""Years: until about then a face changes so fast, and is so like other children's, that a likeness
proves less (Best-Rowden and Jain, 2018, see the drop of genuine scores below that age)."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What no grouping may contradict; faces are row numbers, people are ids."""

    photos: NDArray[np.int64]
    """(n,): two faces of one photo are two people, unless nearly identical. Of a video, each frame
    is a photo to this."""
    refused: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Face -> people it is not, by the user's word."""
    kept: frozenset[int] = frozenset()
    """People the user spoke about: two of them never become one by the machine's guess."""
    apart: frozenset[tuple[int, int]] = frozenset()
    """Pairs of people, the smaller id first, that the user said are different people."""
    births: Mapping[int, int] = field(default_factory=dict)
    """Person -> year of birth, where the user said it."""
    years: NDArray[np.float32] | None = None
    """(n,): year in which each photo was taken; NaN where it is not surely known."""

    def year_of(self, face: int) -> float:
        """When the photo of a face was taken; infinity where that is not known."""
        year = math.nan if self.years is None else float(self.years[face])
        return math.inf if math.isnan(year) else year


class Group:
    """Some faces taken for one person, with what its constraints look at."""

    __slots__ = ("earliest", "faces", "person", "photos", "refused")

    def __init__(self, faces: list[int], person: int, constraints: Constraints) -> None:
        self.faces = faces
        self.person = person
        """Id of the person these faces are with already; -1 for none."""
        self.photos: dict[int, list[int]] = {}
        for face in faces:
            self.photos.setdefault(int(constraints.photos[face]), []).append(face)
        self.refused: set[int] = set()
        if constraints.refused:
            for face in faces:
                self.refused |= constraints.refused.get(face, frozenset())
        self.earliest = math.inf
        """Year of the first photo that is surely dated."""
        if constraints.births:
            self.earliest = min((constraints.year_of(face) for face in faces), default=math.inf)

    def absorb(self, other: Group, kept: Set[int]) -> None:
        """Take over the faces of another group, and its person where the user spoke of them."""
        self.faces += other.faces
        for photo, faces in other.photos.items():
            self.photos.setdefault(photo, []).extend(faces)
        self.refused |= other.refused
        self.earliest = min(self.earliest, other.earliest)
        if self.person < 0 or other.person in kept:
            self.person = other.person


def may_be_one(
    a: Group,
    b: Group,
    constraints: Constraints,
    vectors_of: Callable[[NDArray[np.int64]], NDArray[np.float32]],
    near_identical: float,
) -> bool:
    """Whether nothing forbids that two groups are one person; `vectors_of` gives those of faces."""
    if not may_be_by_word(a, b, constraints):
        return False
    small, large = (a, b) if len(a.photos) <= len(b.photos) else (b, a)
    for photo, faces in small.photos.items():
        others = large.photos.get(photo)
        if others:
            left, right = vectors_of(np.array(faces)), vectors_of(np.array(others))
            if float((left @ right.T).min()) < near_identical:
                return False
    return True


def may_be_by_word(a: Group, b: Group, constraints: Constraints) -> bool:
    """Whether nothing that was said forbids that two groups are one person."""
    if a.person >= 0 and b.person >= 0 and {a.person, b.person} <= constraints.kept:
        return False
    if (min(a.person, b.person), max(a.person, b.person)) in constraints.apart:
        return False
    if b.person in a.refused or a.person in b.refused:
        return False
    return not (_is_unborn(a, b, constraints) or _is_unborn(b, a, constraints))


def may_be_child(a: Group, b: Group, constraints: Constraints) -> bool:
    """Whether putting the two together would show someone as a child, by their year of birth."""
    return any(
        one.person in constraints.births
        and other.earliest < constraints.births[one.person] + CHILD_AGE
        for one, other in ((a, b), (b, a))
    )


def _is_unborn(person: Group, others: Group, constraints: Constraints) -> bool:
    """Whether a photo of the others was taken before the person was born."""
    born = constraints.births.get(person.person)
    return born is not None and others.earliest < born
