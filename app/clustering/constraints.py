"""Constraints: the user's word and common sense, checked before any similarity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Constraints:
    """What no grouping may contradict; faces are row numbers, people are ids."""

    photos: NDArray[np.int64]
    """(n,): two faces of one photo are two people, unless nearly identical."""
    refused: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Face -> people it is not, by the user's word."""
    kept: frozenset[int] = frozenset()
    """People the user spoke about: two of them never become one by the machine's guess."""


class Group:
    """Some faces taken for one person, with what its constraints look at."""

    __slots__ = ("faces", "person", "photos", "refused")

    def __init__(self, faces: list[int], person: int, constraints: Constraints) -> None:
        self.faces = faces
        self.person = person
        """Id of the person these faces are with already; -1 for none."""
        self.photos: dict[int, list[int]] = {}
        for face in faces:
            self.photos.setdefault(int(constraints.photos[face]), []).append(face)
        self.refused: set[int] = set()
        for face in faces:
            self.refused |= constraints.refused.get(face, frozenset())

    def absorb(self, other: Group) -> None:
        """Take over the faces of another group."""
        self.faces += other.faces
        for photo, faces in other.photos.items():
            self.photos.setdefault(photo, []).extend(faces)
        self.refused |= other.refused
        if self.person < 0:
            self.person = other.person


def may_be_one(
    a: Group,
    b: Group,
    constraints: Constraints,
    vectors: NDArray[np.float32],
    near_identical: float,
) -> bool:
    """Whether nothing forbids that two groups are one person."""
    if a.person >= 0 and b.person >= 0 and {a.person, b.person} <= constraints.kept:
        return False
    if b.person in a.refused or a.person in b.refused:
        return False
    small, large = (a, b) if len(a.photos) <= len(b.photos) else (b, a)
    for photo, faces in small.photos.items():
        others = large.photos.get(photo)
        if others and float((vectors[faces] @ vectors[others].T).min()) < near_identical:
            return False
    return True
