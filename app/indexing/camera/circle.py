"""Circle: everybody whom a camera may know, and how much a face resembles each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.evidence import LEAD, likelihood
from app.clustering.linkage import closeness, coherence
from app.clustering.products import Rows, Vectors, single, unit
from app.clustering.thresholds import Thresholds
from app.library.queries.cameras import Known


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Whom a face resembles most."""

    person_id: int
    """0 for a lone face that is to be ignored."""
    name: str
    """Empty for somebody who is to be ignored, and where nobody is known."""
    probability: float
    """0..1, that it is this person."""
    likeness: float
    """Mean cosine to the 3 nearest faces of the person, allowing for how alike these are among
    themselves; -1 where nobody is known."""
    place: int = -1
    """Their column of `Circle.likenesses`."""

    @property
    def is_somebody(self) -> bool:
        """Whether there is anybody to resemble."""
        return self.likeness > -1.0


NOBODY = Resemblance(0, "", 0.0, -1.0)


class Circle:
    """The people a camera may know, with a few faces of each.

    What speaks for a face being somebody is what speaks for it when faces are grouped: the pack's
    own curve over the likeness and over the lead before the next person, `evidence.likelihood`.
    """

    def __init__(self, people: Sequence[Known], limits: Thresholds) -> None:
        self._limits = limits
        self._people = people
        self._vectors = [unit(single(one.vectors)) for one in people]
        self._asked = np.array([self._asked_for(vectors) for vectors in self._vectors], np.float32)

    def __len__(self) -> int:
        return len(self._people)

    def likenesses(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(m, p): how alike m faces (m, d), of length 1, are to everybody."""
        if not self._people or not len(vectors):
            return np.empty((len(vectors), len(self._people)), np.float32)
        alike = np.stack([closeness(vectors, theirs) for theirs in self._vectors], axis=1)
        return np.asarray(alike - self._asked)

    def resemblance(self, likenesses: NDArray[np.float32]) -> Resemblance:
        """Whom the faces of one person resemble most: m rows of `likenesses`, of which the mean
        counts."""
        if not self._people or not len(likenesses):
            return NOBODY
        alike = likenesses.mean(axis=0)
        best = int(alike.argmax())
        rest = np.delete(alike, best)
        lead = float(alike[best] - rest.max()) if len(rest) else LEAD
        found = self._people[best]
        chance = likelihood(float(alike[best]), lead, 1, self._limits)
        return Resemblance(found.person_id, found.name, chance, float(alike[best]), best)

    def _asked_for(self, vectors: Vectors) -> float:
        """How much more alike than usual a face must be to somebody as alike in themselves as this
        person, as `Linkage.likeness` has it."""
        rows: Rows = np.arange(len(vectors))
        own = coherence(vectors.__getitem__, rows, self._limits)
        asked = self._limits.join_coherence * (own - self._limits.usual_coherence)
        return asked + (self._limits.lone_handicap if len(vectors) == 1 else 0.0)
