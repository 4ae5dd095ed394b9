"""Graph: which faces are alike, as sparse rows, by products in blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK_BYTES = 100_000_000
"""Of one block of cosines."""


@dataclass(frozen=True, slots=True)
class Graph:
    """For each of n faces the other faces at least so alike, the most alike first."""

    starts: NDArray[np.int64]
    """(n + 1,): where in the next two each face's neighbours begin."""
    others: NDArray[np.int32]
    cosines: NDArray[np.float32]

    def near(self, face: int) -> NDArray[np.int32]:
        """The neighbours of one face."""
        return self.others[self.starts[face] : self.starts[face + 1]]

    def weights(self, face: int) -> NDArray[np.float32]:
        """How alike they are."""
        return self.cosines[self.starts[face] : self.starts[face + 1]]


def alike(vectors: NDArray[np.float32], cosine: float) -> Graph:
    """All pairs of the (n, d) unit vectors that are at least so alike, each pair both ways."""
    count = len(vectors)
    rows = max(1, BLOCK_BYTES // (4 * max(1, count)))
    sizes, others, cosines = [np.zeros(1, np.int64)], [], []
    for start in range(0, count, rows):
        block = vectors[start : start + rows] @ vectors.T
        block[np.arange(len(block)), start + np.arange(len(block))] = -2.0
        row, other = np.nonzero(block >= cosine)
        value = block[row, other]
        order = np.lexsort((other, -value, row))
        sizes.append(np.bincount(row, minlength=len(block)))
        others.append(other[order].astype(np.int32))
        cosines.append(value[order])
    none = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    return Graph(
        np.cumsum(np.concatenate(sizes)),
        np.concatenate(others or none[0]),
        np.concatenate(cosines or none[1]),
    )
