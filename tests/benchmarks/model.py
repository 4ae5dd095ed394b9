"""Model: the numbers of an album that never was."""

from __future__ import annotations

from dataclasses import dataclass

PHOTO_SIZES = (0.45, 0.25, 0.13, 0.08, 0.05, 0.04)
"""Share of the photos with 1, 2, ... faces."""


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers of the model; shares are of faces, unless said otherwise."""

    strays: float = 0.18
    """People seen once: bystanders, guests."""
    largest: float = 0.08
    """The most frequent person."""
    fall: float = 0.9
    """The i-th person has that many times i to the minus this."""
    decay: float = 60.0
    """Dimensions over which the variance of directions falls to 1/e."""
    kinds: int = 10
    kind: tuple[float, float] = (0.0, 0.55)
    """How far a person is its kind; the cosine of two of a kind is the root of the product."""
    siblings: float = 0.3
    """Share of the people who have a look-alike."""
    sibling: tuple[float, float] = (0.3, 0.7)
    """Cosine of two such people."""
    looks: float = 1.2
    """Looks that a person has besides the first, on average, at most one for every 4 faces."""
    look: tuple[float, float] = (0.8, 1.0)
    """Cosine of a look and its person."""
    fidelity: float = 0.82
    """Cosine of a face of middling quality and its look."""
    by_quality: float = 0.32
    """How much it grows from quality 0 to 1."""
    by_person: float = 0.05
    """How much it varies among people (one deviation)."""
    by_face: float = 0.055
    """And among faces of one quality."""
    spoilt: float = 0.03
    """Faces behind masks, hands and sunglasses, whatever their quality."""
    spoilt_fidelity: float = 0.38
