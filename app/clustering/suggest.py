"""Suggest: the questions worth asking, first those whose answers settle most faces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import may_be_one
from app.clustering.evidence import LEAD, Crowd, Evidence, likelihood, likeness_for
from app.clustering.lanes import alone

WORTH_ASKING = 0.08
"""Least probability of being one person that is worth a question: one in twelve is a yes."""
LOOKS_MIXED = 0.35
"""A part of a person that belongs to the rest with less probability looks like someone else."""
LEAST_MIXED = 4
"""Faces: in a smaller person nobody can tell which part is the odd one."""
HAIR = 1e-4
"""Cosine: what rounding may make of one."""
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

    [Note: Held against at once] Most groups are like nobody, and most people are of one piece.
    So whatever cannot become a question, however the others stand to it, is left out first; and
    what is left is held against each group all together (see `Linkage.likenesses`).
    """
    with alone():
        found = [*_same(crowd, check), *_odd(crowd, check)]
    return sorted(found, key=lambda q: (-q.worth, -len(q.others), q.rows))


def _same(crowd: Crowd, check: Callable[[], None]) -> Iterator[Question]:
    """Whether a group is the larger one that it is most like, if that may be."""
    starts, other = crowd.neighbours(check)
    group = np.repeat(np.arange(len(crowd.people)), np.diff(starts))
    counts, limits = crowd.linkage.counts, crowd.thresholds
    is_larger = (counts[other] > counts[group]) | (counts[other] == counts[group]) & (other < group)
    is_larger &= crowd.people[other] >= 0
    alike = np.full(len(group), -np.inf)
    members = crowd.linkage.members
    alike[is_larger] = crowd.linkage.likenesses(members, group[is_larger], other[is_larger], check)
    least = np.array([likeness_for(WORTH_ASKING, LEAD, int(n), limits) for n in counts])
    hopeful = np.flatnonzero(is_larger & (alike >= least[group] - HAIR))
    best: dict[int, int] = {}
    for pair in hopeful[np.lexsort((other[hopeful], -alike[hopeful], group[hopeful]))].tolist():
        one, larger = int(group[pair]), int(other[pair])
        if one not in best and _may_be_one(crowd, one, larger):
            best[one] = larger
    left = np.isin(group, list(best)) & np.isneginf(alike)
    alike[left] = crowd.linkage.likenesses(members, group[left], other[left], check)
    for one, larger in best.items():
        check()
        near = slice(starts[one], starts[one + 1])
        rivals = dict(zip(other[near].tolist(), alike[near].tolist(), strict=True))
        lead = rivals[larger] - max((at for n, at in rivals.items() if n != larger), default=-1.0)
        if likelihood(rivals[larger], lead, counts[one], limits) >= WORTH_ASKING:
            rows = members[one].tolist()
            evidence = crowd.weigh(rows, larger, rivals, rivals)
            yield _question(crowd, Asked.SAME, rows, one, larger, evidence)


def _may_be_one(crowd: Crowd, one: int, other: int) -> bool:
    """Whether nothing that was said forbids it, but that both were spoken of."""
    unbound = replace(crowd.constraints, kept=frozenset())
    limit = crowd.thresholds.near_identical
    return may_be_one(crowd.group(one), crowd.group(other), unbound, crowd.linkage.rows, limit)


def _odd(crowd: Crowd, check: Callable[[], None]) -> Iterator[Question]:
    """Whether the part of a person that fits least belongs there at all.

    [Note: Self-check] A person of two people falls into two halves that have less to do with each
    other than a fragment has with its person. What the user confirmed is not asked again.
    """
    numbers, parts, own = [], [], []
    for number in np.flatnonzero(crowd.linkage.counts >= LEAST_MIXED).tolist():
        check()
        part = _part(crowd, number)
        if not len(part):
            continue
        alike = crowd.linkage.likeness(part, number)
        # However near a rival is, more likeness than this is doubted by nobody.
        if alike < likeness_for(LOOKS_MIXED, -LEAD, len(part), crowd.thresholds) + HAIR:
            numbers.append(number)
            parts.append(part)
            own.append(alike)
    starts, other = crowd.neighbours(check)
    near = [other[starts[number] : starts[number + 1]] for number in numbers]
    asking = np.repeat(np.arange(len(parts)), [len(some) for some in near])
    rivals = np.concatenate([*near, np.empty(0, np.int64)])
    found = iter(crowd.linkage.likenesses(parts, asking, rivals, check).tolist())
    for number, part, alike, some in zip(numbers, parts, own, near, strict=True):
        known = {rival: next(found) for rival in some.tolist()} | {number: alike}
        rows = part.tolist()
        evidence = crowd.weigh(rows, number, some.tolist(), known)
        if evidence.probability < LOOKS_MIXED:
            yield _question(crowd, Asked.ODD, rows, number, number, evidence)


def _part(crowd: Crowd, number: int) -> NDArray[np.int64]:
    """The smaller half of the faces of a group, or of a sample of many, by average linkage; without
    those that the user confirmed."""
    from scipy.cluster.hierarchy import leaves_list, linkage  # loading it takes a second

    faces = crowd.linkage.members[number]
    sample = faces[:: -(-len(faces) // PART)]
    vectors = crowd.linkage.rows(sample).astype(np.float64)
    apart = 1.0 - (vectors @ vectors.T)[np.triu_indices(len(sample), 1)]
    tree = linkage(np.maximum(apart, 0.0), "average")
    left = int(tree[-1, 0])
    count = 1 if left < len(sample) else int(tree[left - len(sample), 3])
    leaves = leaves_list(tree)
    part = sample[np.sort(leaves[:count] if 2 * count < len(sample) else leaves[count:])]
    return np.asarray(part[~crowd.is_confirmed[part]])


def _question(
    crowd: Crowd, asked: Asked, rows: list[int], number: int, other: int, evidence: Evidence
) -> Question:
    theirs = set(rows)
    others = [face for face in crowd.linkage.members[other].tolist() if face not in theirs]
    return Question(
        asked=asked,
        rows=tuple(sorted(rows)),
        person=crowd.person_of(number),
        others=tuple(others),
        other=crowd.person_of(other),
        evidence=evidence,
        runner_up=crowd.person_of(evidence.runner_up),
        clarity=float(np.sqrt(_quality(crowd, rows) * _quality(crowd, others))),
    )


def _quality(crowd: Crowd, rows: list[int]) -> float:
    return float(np.nan_to_num(crowd.faces.quality[rows]).mean())
