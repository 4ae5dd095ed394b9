"""The index finds the nearest, all of few and nearly all of many, while faces come and go."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.clustering import index as index_module
from app.clustering.index import MANY, FaceIndex
from app.clustering.lanes import each
from app.clustering.products import single, sums_of
from app.progress import Cancelled
from tests.clustering.crowds import crowd, unit

FLOOR = 0.2


def filled(vectors: NDArray[np.float32], threads: int = 1) -> FaceIndex:
    """An index that grew twice."""
    index = FaceIndex(512, threads=threads)
    half = len(vectors) // 2
    index.add(vectors[:half])
    index.add(vectors[half:].astype(np.float16))
    return index


def true_nearest(vectors: NDArray[np.float32], k: int) -> set[tuple[int, int]]:
    """Of each face the k most alike others that are at least at the floor."""
    full = vectors @ vectors.T
    np.fill_diagonal(full, -2)
    order = np.argsort(-full, axis=1)[:, :k]
    return {
        (row, int(other))
        for row in range(len(vectors))
        for other in order[row]
        if full[row, other] >= FLOOR
    }


def found(index: FaceIndex, k: int, rows: NDArray[np.int64] | None = None) -> set[tuple[int, int]]:
    edges = index.nearest(np.arange(len(index)) if rows is None else rows, k, FLOOR)
    pairs = list(zip(edges.left.tolist(), edges.right.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    ranks = edges.ranks()
    assert ranks.max(initial=0) < k
    assert (np.diff(edges.similarity)[ranks[1:] > 0] <= 0).all(), "the nearest of each first"
    return set(pairs)


@pytest.fixture
def sorted_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are made of few faces already."""
    monkeypatch.setattr(index_module, "EXACT", 100)


@pytest.mark.usefixtures("sorted_early")
@pytest.mark.parametrize("cells", [4_000_000, 50])
def test_at_home_each_finds_the_nearest_of_its_own_list(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "ELEMENTS", cells)
    vectors = crowd([40, 30, 20, 1, 1, 1, 30], seed=5, spread=0.9)
    index = filled(vectors, threads=2)
    row, other, cosine = index.at_home(3, FLOOR)
    assert index._lists is not None
    own = index._lists.own(np.arange(len(vectors)))
    wanted = set()
    full = vectors @ vectors.T
    for face in range(len(vectors)):
        mates = np.flatnonzero((own == own[face]) & (np.arange(len(own)) != face))
        best = mates[np.argsort(-full[face, mates])][:3]
        wanted |= {(face, int(mate)) for mate in best if full[face, mate] >= FLOOR}
    pairs = list(zip(row.tolist(), other.tolist(), strict=True))
    assert len(pairs) > 200 and set(pairs) == wanted
    assert np.allclose(cosine, full[row, other], atol=2e-3)


def test_sums_of_runs_of_any_length() -> None:
    vectors = np.random.default_rng(3).normal(size=(60, 8)).astype(np.float32)
    starts = np.array([0, 1, 2, 4, 7, 11, 16, 22, 50, 59])
    assert np.allclose(sums_of(vectors, starts), np.add.reduceat(vectors, starts), atol=1e-5)
    assert sums_of(vectors[:0], starts[:0]).shape == (0, 8)


def test_half_precision_becomes_single_without_loss() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    every = every[np.isfinite(every)]
    assert np.array_equal(single(every), every.astype(np.float32))
    assert single(every).dtype == np.float32


@pytest.mark.parametrize("k", [1, 5, 200])
def test_of_few_all_that_are_nearest_are_found(k: int) -> None:
    vectors = crowd([12] * 6, seed=2)
    index = filled(vectors)
    assert np.array_equal(index.vectors, vectors.astype(np.float16))
    assert found(index, k) == true_nearest(single(index.vectors), k)
    edges = index.nearest(np.array([40, 3]), k, FLOOR)
    exact = np.einsum("ij,ij->i", vectors[edges.left], vectors[edges.right])
    assert np.allclose(edges.similarity, exact, atol=1e-3)


@pytest.mark.usefixtures("sorted_early")
def test_of_many_nearly_all_that_are_nearest_are_found() -> None:
    vectors = crowd([3] * 200 + [40] * 20 + [300], seed=1, spread=1.2)
    index = filled(vectors, threads=3)
    true = true_nearest(single(index.vectors), 16)
    assert len(found(index, 16) & true) > 0.98 * len(true)
    assert found(index, 16) == found(filled(vectors), 16), "whatever the number of threads"
    some = np.array([900, 7])
    assert {pair for pair in found(index, 16) if pair[0] in some} == found(index, 16, some)


@pytest.mark.usefixtures("sorted_early")
def test_faces_come_go_and_change() -> None:
    vectors = crowd([30] * 12, seed=4)
    index = filled(vectors[:300])
    found(index, 5)
    index.add(vectors[300:])
    near = {other for row, other in found(index, 40) if row == 335}
    assert near >= set(range(330, 360)) - {335}, "who came is found among who came"
    index.remove(np.array([331, 340]))
    assert not index.usable[[331, 340]].any() and not index.vectors[[331, 340]].any()
    index.replace(np.array([332, 10]), vectors[[10, 332]])
    pairs = found(index, 40)
    near = {other for row, other in pairs if row == 335}
    assert near >= set(range(333, 360)) - {335, 340} | {10}
    assert not near & {331, 332, 340}
    assert {other for row, other in pairs if row == 332} >= set(range(30)) - {10}
    assert not {row for pair in pairs for row in pair} & {331, 340}


@pytest.mark.usefixtures("sorted_early")
def test_lists_are_made_anew_when_twice_as_many_have_come() -> None:
    vectors = crowd([40] * 30, seed=5)
    index = filled(vectors[:120])
    found(index, 3)
    index.add(vectors[120:])
    true = true_nearest(single(index.vectors), 16)
    assert len(found(index, 16) & true) > 0.98 * len(true)


def test_what_is_no_embedding_finds_nobody_and_is_not_found() -> None:
    vectors = crowd([8])
    vectors[2], vectors[5] = np.nan, 0
    index = filled(vectors)
    assert np.flatnonzero(~index.usable).tolist() == [2, 5]
    assert np.isfinite(index.vectors).all()
    assert not {row for pair in found(index, 8) for row in pair} & {2, 5}
    for empty in (FaceIndex(512), filled(vectors[:0])):
        assert len(empty.nearest(np.empty(0, np.int64), 3, FLOOR).left) == 0


@pytest.mark.parametrize("many", [False, True])
def test_vectors_from_elsewhere_find_their_nearest(
    many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "EXACT", 100 if many else 10_000)
    vectors = crowd([30] * 12, seed=6)
    index = filled(vectors)
    query, row, cosine = index.near(vectors[[65, 200]], 30, FLOOR)
    assert row[0] == 65 and cosine[0] == pytest.approx(1.0, abs=1e-3), "itself first"
    for number, theirs in ((0, range(60, 90)), (1, range(180, 210))):
        near = row[query == number].tolist()
        assert set(near) <= set(theirs) and len(near) >= (27 if many else 30)


def test_sums_are_right_however_members_come_and_go() -> None:
    vectors = crowd([4 * MANY, 20], seed=7)
    index = filled(vectors)
    weights = np.random.default_rng(1).uniform(0.4, 1, len(vectors)).astype(np.float32)
    everyone = np.arange(4 * MANY)
    drawn = np.random.default_rng(2)
    for _ in range(30):
        rows = np.sort(drawn.permutation(everyone)[: drawn.integers(3 * MANY, 4 * MANY)])
        if drawn.random() < 0.2:
            weights[drawn.integers(len(weights))] = 0.5
        if drawn.random() < 0.2:
            index.replace(rows[:1], vectors[rows[:1] - 1])
        true = weights[rows] @ single(index.vectors[rows])
        assert np.allclose(index.sum_of(rows, weights, person=3), true, atol=1e-3)


def test_what_many_faces_came_to_is_remembered_until_they_are_others() -> None:
    index = FaceIndex(512)
    asked: list[int] = []

    def work(rows: NDArray[np.int64]) -> float:
        asked.append(len(rows))
        return len(rows) / 1000

    few, many = np.arange(MANY - 1), np.arange(20 * MANY)
    for _ in range(2):
        assert index.coherence_of(4, few, work) == len(few) / 1000
    assert asked == [len(few)] * 2, "of few it is worked out each time"
    asked.clear()
    assert index.coherence_of(4, many, work) == len(many) / 1000
    more = np.arange(21 * MANY)
    assert index.coherence_of(4, more, work) == len(many) / 1000, "nearly all are the same"
    assert index.coherence_of(4, more + 1, work) == len(more) / 1000, "these are somebody else's"
    assert index.coherence_of(5, many, work) == len(many) / 1000
    assert index.coherence_of(4, many[: 15 * MANY], work) == 15 * MANY / 1000, "many have left"
    assert asked == [len(many), len(more), len(many), 15 * MANY]


@pytest.mark.parametrize("threads", [1, 3])
def test_a_search_can_be_stopped(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "EXACT", 100)
    index = filled(unit(np.random.default_rng(0).normal(size=(400, 512))), threads)
    steps = []

    def stop() -> None:
        steps.append(1)
        if len(steps) > 6:
            raise Cancelled

    with pytest.raises(Cancelled):
        index.nearest(np.arange(400), 5, FLOOR, stop)
    assert len(steps) == 7


@pytest.mark.parametrize("threads", [1, 3])
def test_an_error_in_a_lane_is_raised(threads: int) -> None:
    def work(number: int) -> int:
        if number == 30:
            raise ValueError("thirty")
        return 2 * number

    assert each(work, list(range(20)), threads, lambda: None) == list(range(0, 40, 2))
    with pytest.raises(ValueError, match="thirty"):
        each(work, list(range(60)), threads, lambda: None)
