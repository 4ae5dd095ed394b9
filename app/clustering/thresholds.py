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

    merge_average: float = 0.39
    """Two groups become one when their faces are this alike on average."""
    join_mean3: float = 0.38
    """A face left alone joins the group whose 3 most similar faces are this alike on average."""
    join_margin: float = 0.06
    """...and beat the next group by this much: a face between two people is left alone."""
    near_identical: float = 0.88
    """Two faces of one photo that are this alike are one person twice: a mirror, a collage."""

    @classmethod
    def of(cls, manifest: Mapping[str, float]) -> Thresholds:
        """What a pack says, and the values here for what it does not say."""
        return cls(**{f.name: float(manifest[f.name]) for f in fields(cls) if f.name in manifest})
