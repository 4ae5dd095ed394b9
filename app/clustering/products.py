"""Products: cosines of many vectors kept in half precision, and the best of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]
Check = Callable[[], None]

PIECE = 8192
"""Rows of one step: 16 MB of single precision at 512 dimensions."""
ELEMENTS = 4_000_000
"""Cosines of one product: 16 MB, which a processor's cache nearly holds."""
STEPS = 2**19 - 1
"""Of cosines from 0 to 1 in a key: they are told apart to two millionths."""
ROW_BITS = 28
"""Of a key, for the row: up to 268 million."""
SHORT = 4
"""Rows: the sums of shorter runs are made many at a time."""
QUERIES = 2**16
"""Queries of one `Best`, as the other bits of a key allow."""


def single(vectors: NDArray[np.floating]) -> Vectors:
    """The same numbers in single precision.

    [Note: Half to single] The exponent of half precision is 5 bits wide and 15 too high, that of
    single precision 8 bits and 127. So shifting all but the sign by 13 bits and multiplying by
    2 ** (127 - 15) gives the very number, subnormal ones too. It is seven times as quick as what
    numpy 2.4 does. What is not finite becomes finite: embeddings are looked at before.
    """
    if vectors.dtype != np.float16:
        return np.asarray(vectors, np.float32)
    bits = np.ascontiguousarray(vectors).view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= -0x70002000  # the sign, and the 15 bits that were shifted
    numbers = bits.view(np.float32)
    numbers *= np.float32(2.0**112)
    return numbers


def pieces(count: int, size: int = PIECE) -> Iterator[slice]:
    """0..count in slices of at most so many."""
    for start in range(0, count, max(1, size)):
        yield slice(start, min(start + size, count))


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; those of zeros stay."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-6))


def sums_of(vectors: Vectors, starts: Rows) -> Vectors:
    """(m, d): the sums of m runs of rows, which begin at `starts` (rising, from 0) and of which
    none is empty. Ten times as quick as `np.add.reduceat` along rows."""
    sizes = np.diff(starts, append=len(vectors))
    found = vectors[starts]
    some = np.flatnonzero((sizes > 1) & (sizes <= SHORT))
    for place in range(1, SHORT):
        some = some[sizes[some] > place]
        found[some] += vectors[starts[some] + place]
    ones = np.ones(int(sizes.max(initial=0)), np.float32)
    for run in np.flatnonzero(sizes > SHORT).tolist():
        start, size = int(starts[run]), int(sizes[run])
        np.dot(ones[:size], vectors[start : start + size], out=found[run])
    return np.asarray(found)


class Best:
    """The k most alike rows found for each of at most `QUERIES` queries, block after block."""

    def __init__(self, queries: Vectors, own: Rows, k: int, floor: float) -> None:
        """`own`: the row that each query is itself, which it does not find; -1 for none. `floor`
        is at least 0."""
        self._queries = queries
        self._own = own
        self._k = k
        self._least = np.full(len(queries), floor, np.float32)
        """What a row must reach to be among the k best of each query, as far as is known."""
        self._keys: list[NDArray[np.uint64]] = []

    def see(self, asking: Rows, rows: Rows, vectors: Vectors, is_first: bool) -> None:
        """Hold some of the queries against some rows; the `first` block of a query tells what the
        others must reach."""
        for piece in pieces(len(asking), ELEMENTS // max(1, len(rows))):
            here = asking[piece]
            cosines = self._queries[here] @ vectors.T
            if is_first and len(rows) > self._k + 1:
                at = len(rows) - self._k - 1  # one more, since it may be itself
                best = np.partition(cosines, at, axis=1)[:, at]
                self._least[here] = np.maximum(self._least[here], best)
            found = np.flatnonzero(cosines >= self._least[here][:, None])
            query, column = np.divmod(found, len(rows))
            alike = cosines.ravel()[found]
            self._keep(here[query], rows[column], alike)

    def found(self) -> tuple[Rows, Rows, NDArray[np.float32]]:
        """The query, the row and the cosine of each pair, the most alike of a query first."""
        keys = np.concatenate(self._keys) if self._keys else np.empty(0, np.uint64)
        keys.sort()
        numbers = np.arange(len(self._queries), dtype=np.uint64)
        starts = np.searchsorted(keys, numbers << np.uint64(48))
        counts = np.minimum(np.diff(starts, append=len(keys)), self._k)
        query = np.repeat(np.arange(len(counts)), counts)
        keys = keys[(starts - np.cumsum(counts) + counts)[query] + np.arange(len(query))]
        mask = np.uint64(2**ROW_BITS - 1)
        steps = (keys >> np.uint64(ROW_BITS)) & np.uint64(2**20 - 1)
        cosines = (1.0 - steps.astype(np.float64) / STEPS).astype(np.float32)
        return query, (keys & mask).astype(np.int64), cosines

    def _keep(self, query: Rows, row: Rows, cosine: NDArray[np.float32]) -> None:
        others = row != self._own[query]
        query, row, cosine = query[others], row[others], cosine[others]
        # As one whole number each they are sorted many times faster than as three columns.
        steps = np.rint((1.0 - np.minimum(cosine.astype(np.float64), 1.0)) * STEPS)
        key = query.astype(np.uint64) << np.uint64(48)
        key |= steps.astype(np.uint64) << np.uint64(ROW_BITS)
        key |= row.astype(np.uint64)
        self._keys.append(key)
