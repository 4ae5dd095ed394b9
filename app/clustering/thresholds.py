"""Thresholds: every number of the grouping, its unit and its meaning.

The values belong to a model pack, since similarities of two embedders do not compare; they come
from the pack's manifest. The ones here are for packs that bring none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Similarities are cosines of embeddings, -1..1; larger is more alike."""

    merge_average: float = 0.41
    """Two groups become one when their faces are this alike on average."""
    pair_margin: float = 0.04
    """...and two single faces by this much more: there is nothing else to confirm them."""
    join_mean3: float = 0.36
    """A fragment joins the group whose 3 most similar faces are this alike on average."""
    join_margin: float = 0.06
    """...and beat the next group by this much: what lies between two people is left alone."""
    join_coherence: float = 0.2
    """A group that is more alike in itself asks for more: this share of the difference..."""
    usual_coherence: float = 0.6
    """...from how alike the faces of a group usually are to their 3 nearest in it."""
    lone_handicap: float = 0.1
    """A single face counts as this much less alike than a group, when both would take a stray."""
    fragment_faces: int = 3
    """A group of at most so many faces is a fragment, which may join a group as a stray does."""
    near_identical: float = 0.88
    """Two faces of one photo that are this alike are one person twice: a mirror, a collage."""
    child_margin: float = 0.06
    """Faces of someone known to be a child then must be this much more alike: children look alike,
    and like themselves for a few years only."""

    @classmethod
    def of(cls, manifest: Mapping[str, float]) -> Thresholds:
        """What a pack says, and the values here for what it does not say."""
        said = {f.name: manifest[f.name] for f in fields(cls) if f.name in manifest}
        return cls(**{
            name: round(value) if name == "fragment_faces" else float(value)
            for name, value in said.items()
        })  # type: ignore[arg-type]  # fmt: skip
