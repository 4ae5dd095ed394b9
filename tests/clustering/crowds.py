"""Made-up people for the tests of this room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.clustering.constraints import Constraints
from app.clustering.grouping import Faces


def crowd(sizes: list[int], seed: int = 0, spread: float = 1.0) -> NDArray[np.float32]:
    """Faces of len(sizes) people, sizes[i] of person i in a row: cosines of about 0.5 within a
    person for a spread of 1, of 0 between people."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(len(sizes), 512))
    vectors = np.repeat(centres, sizes, axis=0)
    vectors = vectors + spread * rng.normal(size=vectors.shape)
    return unit(vectors)


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rows of length 1."""
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def with_people(
    vectors: NDArray[np.float32],
    people: NDArray[np.int64],
    is_new: NDArray[np.bool_] | None = None,
    fixed: tuple[int, ...] = (),
) -> Faces:
    """Clear faces; those of nobody are new unless said otherwise."""
    is_fixed = np.isin(np.arange(len(people)), fixed)
    quality = np.full(len(people), 0.9, np.float32)
    return Faces(vectors, quality, people, people < 0 if is_new is None else is_new, is_fixed)


def fresh(vectors: NDArray[np.float32]) -> Faces:
    """Faces that no grouping has seen."""
    return with_people(vectors, np.full(len(vectors), -1))


def apart(count: int, **more: object) -> Constraints:
    """Each face in a photo of its own."""
    return Constraints(np.arange(count), **more)  # type: ignore[arg-type]
