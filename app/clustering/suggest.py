"""Suggest: the questions worth asking, first those whose answers settle most faces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from app.clustering.constraints import may_be_one
from app.clustering.evidence import Crowd, Evidence

WORTH_ASKING = 0.08
"""Least probability of being one person that is worth a question: one in twelve is a yes."""
LOOKS_MIXED = 0.35
"""A part of a person that belongs to the rest with less probability looks like someone else."""
LEAST_MIXED = 4
"""Faces: in a smaller person nobody can tell which part is the odd one."""
CHECK_EVERY = 16
"""Groups: some hundredths of a second, the time somebody waits who wants it to stop."""
PART = 400
"""Faces of one person that are looked at for parts: the halves of a large one show in a sample."""


class Asked(StrEnum):
    """What a question is about."""

    SAME = "same"
    """Are these faces the same person as those?"""
    ODD = "odd"
    """Do these faces belong to the person they are with?"""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the machine would like to know."""

    asked: Asked
    rows: tuple[int, ...]
    """The faces that the answer settles."""
    person: int
    """Id of the person they are with; -1 for a lone face."""
    others: tuple[int, ...]
    """The faces they are held against."""
    other: int
    """Id of the person of those."""
    evidence: Evidence
    runner_up: int
    """Id of the person who is next most alike; -1 for none, or a lone face."""
    clarity: float
    """0..1, how well the faces of both sides can be recognised: of two blurs nobody can tell."""

    @property
    def settles(self) -> int:
        """How many faces find their place."""
        return len(self.rows)

    @property
    def worth(self) -> float:
        """Faces that an answer is likely to move, less where it is hard to give one."""
        p = self.evidence.probability
        return self.settles * self.clarity * (p if self.asked is Asked.SAME else 1.0 - p)


def questions(crowd: Crowd, check: Callable[[], None] = lambda: None) -> list[Question]:
    """Everything worth asking, most worth first; the same faces give the same questions.

    `check` may raise to stop.
    """
    found = []
    for number in range(len(crowd.linkage.groups)):
        if number % CHECK_EVERY == 0:
            check()
        found += [*_same(crowd, number), *_odd(crowd, number)]
    return sorted(found, key=lambda q: (-q.worth, -len(q.others), q.rows))


def _same(crowd: Crowd, number: int) -> Iterator[Question]:
    """Whether a group is the larger one that it is most like, if that may be."""
    group = crowd.group(number)
    unbound = replace(crowd.constraints, kept=frozenset())
    limit = crowd.thresholds.near_identical
    near = crowd.near(number)
    larger = [
        other
        for other in near
        if crowd.group(other).person >= 0
        and (len(crowd.group(other).faces), -other) > (len(group.faces), -number)
        and may_be_one(group, crowd.group(other), unbound, crowd.linkage.rows, limit)
    ]
    if not larger:
        return
    alike = {other: crowd.likeness(group.faces, other) for other in near}
    best = max(larger, key=lambda other: (alike[other], -other))
    evidence = crowd.weigh(group.faces, best, near, alike)
    if evidence.probability >= WORTH_ASKING:
        yield _question(crowd, Asked.SAME, group.faces, number, best, evidence)


def _odd(crowd: Crowd, number: int) -> Iterator[Question]:
    """Whether the part of a person that fits least belongs there at all.

    [Note: Self-check] A person of two people falls into two halves that have less to do with each
    other than a fragment has with its person. What the user confirmed is not asked again.
    """
    group = crowd.group(number)
    if len(group.faces) < LEAST_MIXED:
        return
    from sklearn.cluster import AgglomerativeClustering  # loading it takes a second

    step = -(-len(group.faces) // PART)
    sample = np.array(sorted(group.faces)[::step])
    halves = AgglomerativeClustering(2, metric="cosine", linkage="average").fit_predict(
        crowd.linkage.rows(sample)
    )
    part = sample[halves == int(np.bincount(halves).argmin())]
    part = part[~crowd.is_confirmed[part]]
    if not len(part) or len(part) == len(group.faces):
        return
    rows = sorted(part.tolist())
    evidence = crowd.weigh(rows, number, crowd.near(number))
    if evidence.probability < LOOKS_MIXED:
        yield _question(crowd, Asked.ODD, rows, number, number, evidence)


def _question(
    crowd: Crowd, asked: Asked, rows: list[int], number: int, other: int, evidence: Evidence
) -> Question:
    theirs = set(rows)
    others = sorted(face for face in crowd.group(other).faces if face not in theirs)
    quality = np.nan_to_num(crowd.faces.quality)
    return Question(
        asked=asked,
        rows=tuple(sorted(rows)),
        person=crowd.person_of(number),
        others=tuple(others),
        other=crowd.person_of(other),
        evidence=evidence,
        runner_up=crowd.person_of(evidence.runner_up),
        clarity=float(np.sqrt(quality[rows].mean() * quality[others].mean())),
    )
