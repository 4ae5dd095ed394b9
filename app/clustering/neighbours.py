"""Neighbours: the most similar faces, by exact blocked products; never a full N x N matrix."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

BLOCK = 2048
"""Rows per product: with 512 dimensions and 100,000 faces, a block of results is 800 MB / 4."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of similar faces, m of them, `left` a row of the queries."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    similarity: NDArray[np.float32]
    most: int
    """So many nearest were asked for..."""
    floor: float
    """...and only those at least this similar."""

    def ends(self) -> NDArray[np.int64]:
        """The faces that have an edge, each once, in order."""
        return np.unique(np.concatenate([self.left, self.right]))

    def ranks(self) -> NDArray[np.int64]:
        """(m,): 0 for the nearest of a face, and so on; the edges of each are in such order."""
        begins = np.flatnonzero(np.diff(self.left, prepend=-1) != 0)
        sizes = np.diff(begins, append=len(self.left))
        return np.arange(len(self.left)) - np.repeat(begins, sizes)

    def above(self, similarity: float) -> Edges:
        """Those that are at least so similar."""
        chosen = self.similarity >= similarity
        return replace(
            self,
            left=self.left[chosen],
            right=self.right[chosen],
            similarity=self.similarity[chosen],
        )

    def and_more(self, more: Edges) -> Edges:
        """These and others of the same measure, of other queries."""
        return replace(
            self,
            left=np.concatenate([self.left, more.left]),
            right=np.concatenate([self.right, more.right]),
            similarity=np.concatenate([self.similarity, more.similarity]),
        )

    def once(self) -> Edges:
        """Without the second mention of a pair; the lower row is on the left."""
        low, high = np.minimum(self.left, self.right), np.maximum(self.left, self.right)
        pairs = low << 32 | high
        order = np.argsort(pairs)
        chosen = order[np.diff(pairs[order], prepend=-1) != 0]
        return replace(
            self, left=low[chosen], right=high[chosen], similarity=self.similarity[chosen]
        )


def nearest(
    queries: NDArray[np.int64], vectors: NDArray[np.float32], k: int, floor: float
) -> Edges:
    """For each row number in `queries` its at most k nearest other rows of `vectors`.

    `vectors` is (n, d) float32 of length-1 rows; only cosines of at least `floor` count.
    """
    count = len(vectors)
    k = min(k, count - 1)
    lefts: list[NDArray[np.int64]] = []
    rights: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    step = max(1, min(BLOCK, 200_000_000 // max(1, count * 4)))  # results of a block: 200 MB
    for start in range(0, len(queries) if k > 0 else 0, step):
        rows = queries[start : start + step]
        similarity = vectors[rows] @ vectors.T
        similarity[np.arange(len(rows)), rows] = -2.0
        best = np.argpartition(similarity, count - k, axis=1)[:, count - k :]
        found = np.take_along_axis(similarity, best, axis=1)
        keep = found >= floor
        lefts.append(np.repeat(rows, keep.sum(axis=1)))
        rights.append(best[keep])
        values.append(found[keep])
    if not lefts:
        none = np.empty(0, np.int64)
        return Edges(none, none, np.empty(0, np.float32), k, floor)
    found_all = np.concatenate(lefts), np.concatenate(rights), np.concatenate(values)
    return Edges(*found_all, most=k, floor=floor).once()


def is_like_any(
    vectors: NDArray[np.float32], others: NDArray[np.float32], similarity: float
) -> NDArray[np.bool_]:
    """(n,): which of n rows have a cosine of at least `similarity` to one of m `others`; rows that
    are no numbers, as in a damaged library, are like nobody."""
    found = np.zeros(len(vectors), np.bool_)
    if len(others):
        step = max(1, 50_000_000 // len(others))  # results of a block: 200 MB
        for start in range(0, len(vectors), step):
            with np.errstate(invalid="ignore", over="ignore"):
                block = vectors[start : start + step] @ others.T
            found[start : start + step] = block.max(axis=1) >= similarity
    return found
