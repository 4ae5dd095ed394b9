"""Thresholds: every number of the grouping, its unit and its meaning.

The values belong to a model pack, since similarities of two embedders do not compare; they come
from the pack's manifest. The ones here are for packs that bring none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Similarities are cosines of embeddings, -1..1; larger is more alike."""

    merge_average: float = 0.41
    """Two groups become one when their faces are this alike on average."""
    pair_margin: float = 0.04
    """...and two single faces, or two fragments, by this much more: nothing else bears them out."""
    join_mean3: float = 0.36
    """A fragment joins the group whose 3 most similar faces are this alike on average."""
    join_margin: float = 0.07
    """...and beat the next group by this much: what lies between two people is left alone."""
    join_coherence: float = 0.2
    """A group that is more alike in itself asks for more: this share of the difference..."""
    usual_coherence: float = 0.6
    """...from how alike the faces of a group usually are to their 3 nearest in it."""
    lone_handicap: float = 0.15
    """A single face counts as this much less alike than a group, when both would take a stray."""
    fragment_faces: int = 3
    """A group of at most so many faces is a fragment, which may join a group as a stray does."""
    same_even: float = 0.38
    """A likeness (mean of the 3 nearest, allowing for coherence) that is as often one person as
    two, when the next group is `join_margin` behind."""
    same_slope: float = 30.0
    """How fast the odds that it is one person grow with likeness: log odds per cosine."""
    lead_slope: float = 25.0
    """And with the lead before the next group."""
    size_slope: float = 1.0
    """And how they fall with each doubling of the smaller group: what stays apart although many
    faces speak for it is apart."""
    near_identical: float = 0.88
    """Two faces of one photo that are this alike are one person twice: a mirror, a collage."""
    child_margin: float = 0.06
    """Faces of someone known to be a child then must be this much more alike: children look alike,
    and like themselves for a few years only."""
    strictness_step: float = 0.015
    """By how much one step of the user's `strictness` moves `merge_average` and `join_mean3`. Five
    steps reach from where faces of strangers begin to be put together (0.34) to where people fall
    into pieces (0.49), by the curves of docs/grouping.md, and stay below what counts as sure while
    groups are merged (0.5, see merging.py). Of a pack whose cosines lie otherwise, its own."""

    def stricter(self, steps: int) -> Thresholds:
        """These, with faces having to be more alike by so many steps, or less if negative; 0 are
        those of the pack."""
        if not steps:
            return self
        more = steps * self.strictness_step
        return replace(
            self, merge_average=self.merge_average + more, join_mean3=self.join_mean3 + more
        )

    @classmethod
    def of(cls, manifest: Mapping[str, float]) -> Thresholds:
        """What a pack says, and the values here for what it does not say."""
        said = {f.name: manifest[f.name] for f in fields(cls) if f.name in manifest}
        return cls(**{
            name: round(value) if name == "fragment_faces" else float(value)
            for name, value in said.items()
        })  # type: ignore[arg-type]  # fmt: skip
