"""Rivals: other ways to group faces, each a function of the data and its own settings.

Each gives (n,) labels, -1 for who is left alone. None of them knows of photos or quality: they
get what they were published for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering

from tests.benchmarks.dataset import NOBODY, Dataset
from tests.benchmarks.graph import Graph, alike
from tests.benchmarks.measures import tidy

WHISPERS = 20
"""Rounds; the labels hardly change after ten."""


def dbscan(data: Dataset, cosine: float, min_samples: int) -> NDArray[np.int64]:
    """Density (Ester and others 1996): faces with enough others within reach, and their reach."""
    if not len(data):
        return np.empty(0, np.int64)
    model = DBSCAN(eps=1 - cosine, min_samples=min_samples, metric="cosine")
    return tidy(model.fit_predict(data.vectors))


def hdbscan(
    data: Dataset, min_cluster_size: int, min_samples: int, method: str, metric: str
) -> NDArray[np.int64]:
    """Density at every scale (Campello and others 2013)."""
    if len(data) < max(min_cluster_size, min_samples):
        return np.full(len(data), NOBODY, np.int64)
    model = HDBSCAN(
        min_cluster_size=min_cluster_size,
        min_samples=min_samples,
        cluster_selection_method=method,
        metric=metric,
        algorithm="brute",  # trees do not help among 512 dimensions
        copy=True,
    )
    return tidy(np.asarray(model.fit_predict(data.vectors)).astype(np.int64))


def average_link(data: Dataset, cosine: float) -> NDArray[np.int64]:
    """Agglomeration by the mean over all pairs, cut at one height."""
    if len(data) < 2:
        return np.full(len(data), NOBODY, np.int64)
    model = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - cosine
    )
    return tidy(model.fit_predict(data.vectors))


def chinese_whispers(data: Dataset, cosine: float, seed: int = 0) -> NDArray[np.int64]:
    """Chinese whispers (Biemann 2006): each face takes the label its neighbours weigh most for."""
    graph = alike(data.vectors, cosine)
    labels = np.arange(len(data))
    random = np.random.default_rng(seed)
    linked = np.flatnonzero(np.diff(graph.starts))
    for _ in range(WHISPERS):
        before = labels.copy()
        for face in random.permutation(linked):
            heard, which = np.unique(labels[graph.near(face)], return_inverse=True)
            labels[face] = heard[np.argmax(np.bincount(which, graph.weights(face)))]
        if (labels == before).all():
            break
    return tidy(labels)


def arriving(data: Dataset, cosine: float, min_faces: int, sees: str) -> NDArray[np.int64]:
    """What a large self-hosted album does: faces come one by one, and core faces found people.

    A face with `min_faces` faces within reach, itself one of them, joins the person of the nearest
    that has one, or founds one. Any other waits, and when all have come it joins the person of the
    nearest that has one. `sees` tells whether a face compares itself to those that have "come"
    or to "all": in that album it depends on how far the detection is ahead.
    """
    graph = alike(data.vectors, cosine)
    labels = np.full(len(data), NOBODY, np.int64)
    waiting = []
    founded = 0
    for face in range(len(data)):
        near = graph.near(face)
        near = near[near < face] if sees == "come" else near
        if len(near) + 1 < min_faces:
            waiting.append(face)
            continue
        labels[face] = _nearest_person(labels, near)
        if labels[face] == NOBODY:
            labels[face] = founded
            founded += 1
    _retry(graph, labels, waiting, min_faces, founded)
    return tidy(labels)


def _retry(
    graph: Graph, labels: NDArray[np.int64], waiting: list[int], min_faces: int, founded: int
) -> None:
    """Ask once more for those who wait; by now a person may be near, or enough faces."""
    for face in waiting:
        near = graph.near(face)
        labels[face] = _nearest_person(labels, near)
        if labels[face] == NOBODY and len(near) + 1 >= min_faces:
            labels[face] = founded
            founded += 1


def _nearest_person(labels: NDArray[np.int64], near: NDArray[np.int32]) -> int:
    """The person of the nearest face that has one; `near` is sorted, the nearest first."""
    theirs = labels[near]
    having = theirs[theirs != NOBODY]
    return int(having[0]) if len(having) else NOBODY
