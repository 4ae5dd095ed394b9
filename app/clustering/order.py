"""Order: faces laid out so that those that are alike stand beside each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.clustering.grouping import is_usable, mended
from app.clustering.lanes import alone
from app.clustering.lists import Lists
from app.clustering.products import single, unit

LEAF = 240
"""Faces that are ordered exactly; more are sorted into heaps of about half as many first, of which
few are larger. The exact order costs the square of the number: 30 ms for so many, 2 s for 2,000."""
SAMPLE = 800
"""Faces of one person that are looked at for parts; the others go with the nearest part."""

Vectors = NDArray[np.float32]
Order = NDArray[np.int64]


def alike_order(vectors: NDArray[np.floating], check: Callable[[], None] = lambda: None) -> Order:
    """An order of the rows (n, d) in which neighbours are alike; rows that are no embeddings come
    last. The same rows give the same order. `check` may raise to stop.

    Few rows: the leaves of an average linkage over cosines, turned so that the ends of neighbouring
    branches are as alike as can be (Bar-Joseph et al. 2001). Many: heaps around the directions of a
    k-means (see `Lists`) in such an order, and such an order within each heap.
    """
    usable = is_usable(vectors)
    rows = np.flatnonzero(usable)
    with alone():
        found = _ordered(vectors if usable.all() else vectors[rows], check)
    return np.concatenate([rows[found], np.flatnonzero(~usable)])


def _ordered(vectors: NDArray[np.floating], check: Callable[[], None]) -> Order:
    if len(vectors) <= LEAF:
        return _leaves(single(vectors))
    store, count = vectors.astype(np.float16, copy=False), -(-2 * len(vectors) // LEAF)
    lists = Lists(store, np.arange(len(vectors)), 1, check, count)
    heaps = [heap for number in range(len(lists)) if len(heap := lists.members(number))]
    if len(heaps) == 1:  # nothing tells them apart
        return np.arange(len(vectors))
    centres = unit(np.stack([single(vectors[heap]).mean(axis=0) for heap in heaps]))
    pieces = []
    for heap in _ordered(centres, check).tolist():
        check()
        own = heaps[heap]
        pieces.append(own[_leaves(single(vectors[own]), own.size <= LEAF)])
    return np.concatenate(pieces)


def _leaves(vectors: Vectors, is_exact: bool = True) -> Order:
    if len(vectors) < 3 or len(vectors) > 20 * LEAF:
        return np.arange(len(vectors))
    # Imported where it is used: loading it takes longer than most commands.
    from scipy.cluster.hierarchy import leaves_list, linkage

    # Of vectors of length 1 the Euclidean distance orders as the cosine does.
    alike = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)].astype(np.float64)
    tree = linkage(
        np.sqrt(np.maximum(2.0 - 2.0 * alike, 0.0)), "average", optimal_ordering=is_exact
    )
    return np.asarray(leaves_list(tree), np.int64)


def parts(vectors: Vectors, merge_average: float) -> tuple[Order, Order]:
    """The rows (n, d) of one person that look like somebody else, and the others.

    Average linkage up to the mean cosine `merge_average` (see thresholds.py) leaves a person whole,
    or in parts; the largest is the person. Odd rows come part by part, the least like the person
    first and alike ones together; the others begin with the least like the person. Rows that are no
    embeddings end the others.
    """
    usable, whole = mended(vectors)
    rows = np.flatnonzero(usable)
    own = whole[rows]
    labels = _parts(own, merge_average)
    main = int(np.bincount(labels).argmax()) if len(rows) else 0
    centre = own[labels == main].sum(axis=0)
    alike = own @ (centre / max(float(np.linalg.norm(centre)), 1e-6))
    rest = np.flatnonzero(labels == main)
    rest = rest[np.argsort(alike[rest], kind="stable")]
    others = [np.flatnonzero(labels == part) for part in range(labels.max(initial=0) + 1)]
    others = [part for part in others if len(part) and labels[part[0]] != main]
    others.sort(key=lambda part: (float(alike[part].mean()), part[0]))
    odd = [part[alike_order(own[part])] for part in others]
    return (
        rows[np.concatenate([np.empty(0, np.int64), *odd])],
        np.concatenate([rows[rest], np.flatnonzero(~usable)]),
    )


def _parts(vectors: Vectors, merge_average: float) -> Order:
    if len(vectors) < 3:
        return np.zeros(len(vectors), np.int64)
    from sklearn.cluster import AgglomerativeClustering

    step = -(-len(vectors) // SAMPLE)
    sample = vectors[::step]
    model = AgglomerativeClustering(
        None, metric="cosine", linkage="average", distance_threshold=1.0 - merge_average
    )
    of_sample = model.fit_predict(sample)
    if step == 1:
        return np.asarray(of_sample, np.int64)
    centres = np.stack([sample[of_sample == part].mean(axis=0) for part in np.unique(of_sample)])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-6)
    return np.asarray((vectors @ centres.T).argmax(axis=1), np.int64)
