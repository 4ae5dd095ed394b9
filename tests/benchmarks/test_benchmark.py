"""The benchmark runs every method on albums made up, and prints what came of it."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from tests.benchmarks import kinfolk
from tests.benchmarks.answers import after_suggestions
from tests.benchmarks.calibration import calibrate
from tests.benchmarks.cases import plain
from tests.benchmarks.curves import NOT_OF_GROUPING, around, curves
from tests.benchmarks.dataset import NOBODY, PER_FACE, Dataset, some_faces, some_people
from tests.benchmarks.grouping import main
from tests.benchmarks.measures import score, tidy
from tests.benchmarks.methods import METHODS, Method, best_setting
from tests.benchmarks.orders import random_order, try_orders
from tests.benchmarks.spread import spread
from tests.benchmarks.synthetic import synthesise
from tests.benchmarks.table import HEADS, columns
from tests.benchmarks.trial import try_alone, try_here


@pytest.fixture(scope="module")
def apart() -> Dataset:
    """Four people with six faces each, and two strays: nobody could mix them up."""
    random = np.random.default_rng(5)
    people = np.repeat(np.arange(6), [6, 6, 6, 6, 1, 1])
    centres = np.eye(64, dtype=np.float32)[:6]
    vectors = centres[people] + random.normal(0, 0.05, (26, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    data = plain(people.tolist())
    return replace(data, vectors=vectors)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_method_finds_people_who_are_far_apart(method: Method, apart: Dataset) -> None:
    found = method.run(apart, **best_setting(method, apart))
    assert score(apart, found).bcubed_f1 == 1
    assert (found == tidy(found)).all()


@pytest.mark.parametrize("method", [m for m in METHODS if m.grid], ids=lambda method: method.name)
def test_rivals_stand_little_and_nothing(method: Method, apart: Dataset) -> None:
    setting = next(method.settings())
    for faces in (0, 1, 2):
        few = some_faces(apart, np.arange(faces) * 6)
        assert method.run(few, **setting).tolist() == [NOBODY] * faces


def test_arriving_faces_found_people_only_at_the_core() -> None:
    method = next(method for method in METHODS if method.name == "arriving")
    data = plain([0, 0, 1, 1, 1])
    setting = {"cosine": 0.9, "min_faces": 3}
    for sees in ("come", "all"):
        assert method.run(data, **setting, sees=sees).tolist() == [-1, -1, 0, 0, 0]


def test_kinfolk_in_batches_knows_who_came_before(apart: Dataset) -> None:
    found = try_orders(apart, 3)
    assert (found.rebuilt, found.arrived, found.agreements) == (1, [1.0] * 3, [1.0] * 3)
    order = random_order(apart, 1)
    assert sorted(order.tolist()) == list(range(26))
    assert score(apart, kinfolk.group_incrementally(apart, order, batch=4)).bcubed_f1 == 1


def test_a_made_up_album_keeps_its_promises() -> None:
    data = synthesise(800, seed=3)
    assert len(data) == 800
    np.testing.assert_allclose(np.linalg.norm(data.vectors, axis=1), 1, atol=1e-5)
    sizes = np.bincount(data.people)
    assert sizes.min() == 1 and sizes.max() == 64
    assert (sizes == 1).sum() == pytest.approx(0.18 * 800, abs=2)
    pairs = set(zip(data.photos.tolist(), data.people.tolist(), strict=True))
    assert len(pairs) == 800, "two faces of one photo are of one person"
    assert np.bincount(data.photos).max() > 1
    assert np.corrcoef(data.quality, _likeness(data))[0, 1] > 0.2


def test_a_made_up_album_is_as_alike_as_the_real_one() -> None:
    found = spread(synthesise(3000))
    assert found.within.mean() == pytest.approx(0.609, abs=0.03)
    assert np.quantile(found.within, 0.05) == pytest.approx(0.318, abs=0.04)
    assert found.between.std() == pytest.approx(0.098, abs=0.01)
    assert np.quantile(found.between, 0.999) == pytest.approx(0.403, abs=0.05)


def test_the_same_seed_makes_the_same_album() -> None:
    one, same, other = synthesise(300), synthesise(300), synthesise(300, seed=1)
    for column in PER_FACE:
        np.testing.assert_array_equal(getattr(one, column), getattr(same, column))
    assert not np.array_equal(one.vectors, other.vectors)


def test_a_sample_keeps_people_whole() -> None:
    data = synthesise(600)
    few = some_people(data, 300, seed=0)
    assert 150 < len(few) <= 300
    for person in np.unique(few.people):
        assert (few.people == person).sum() == (data.people == person).sum()


def test_every_threshold_has_a_curve_through_its_default(apart: Dataset) -> None:
    drawn = list(curves(apart))
    wanted = {field.name for field in fields(Thresholds)} - NOT_OF_GROUPING
    assert {curve.threshold for curve in drawn} == wanted
    for curve in drawn:
        here = curve.scores[curve.values.index(curve.default)]
        assert here == score(apart, kinfolk.group(apart))


def test_values_around_a_threshold_hold_its_default() -> None:
    assert around(0.39)[0] == 0.27 and around(0.39)[-1] == 0.51 and len(around(0.39)) == 13
    assert around(0.06)[0] == 0.0 and 0.06 in around(0.06)
    assert around(0.95)[-1] <= 1
    assert around(3) == [1, 2, 3, 4, 5, 6, 12]
    assert 40.0 in around(40.0)


def test_tables_line_up_and_speak_markdown() -> None:
    lines = [["a", "b", "c"], ["long", "b", "1"]]
    assert columns(lines, False) == "a     b  c\nlong  b  1"
    assert columns(lines, True).splitlines()[1] == "| ---- | - | : |"


def test_a_trial_has_a_process_and_a_memory_of_its_own(apart: Dataset) -> None:
    held = np.ones(60_000_000)  # 480 MB: would show, were the peak this process's
    found = try_alone("kinfolk", apart, {})
    np.testing.assert_array_equal(found.labels, kinfolk.group(apart))
    assert 20 < found.peak_megabytes < held.nbytes / 1e6
    assert found.seconds > 0


def test_the_command_prints_a_row_for_each_method(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A process for each takes seconds to start; the test above is for those.
    monkeypatch.setattr("tests.benchmarks.grouping.try_alone", try_here)
    file = tmp_path / "numbers.json"
    words = ["--synthetic", "120", "--orders", "1", "--markdown", "--json", str(file)]
    assert main(words) == 0
    table = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    assert list(HEADS) in cells
    shares = {
        row[0]: float(row[HEADS.index("B3 F1")])
        for row in cells
        if len(row) == len(HEADS) and row[0] in {method.name for method in METHODS}
    }
    assert list(shares) == [method.name for method in METHODS]
    assert min(shares.values()) > 0.7
    (document,) = json.loads(file.read_text())
    assert [row["score"]["bcubed_f1"] for row in document["rows"]] == pytest.approx(
        list(shares.values()), abs=1e-4
    )
    assert len(document["orders"]["arrived"]) == 1


def test_the_command_says_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["--photos", str(tmp_path)]) == 1
    assert "truth.csv" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--synthetic", "10", "--only", "magic"])


def _likeness(data: Dataset) -> NDArray[np.float32]:
    """Mean cosine of each face to the others of its person; strays have their own 1."""
    same = data.people[:, None] == data.people[None, :]
    np.fill_diagonal(same, val=False)
    cosines = np.where(same, data.vectors @ data.vectors.T, 0).sum(axis=1)
    return cosines / np.maximum(1, same.sum(axis=1))


def test_true_answers_put_together_what_the_machine_left_apart() -> None:
    made = synthesise(400, seed=3)
    # A machine that hardly dares to put anybody together.
    shy = dict(made.thresholds) | {"merge_average": 0.6, "join_mean3": 0.9}
    data = replace(made, thresholds=shy)
    before = score(data, kinfolk.group(data)).bcubed_f1
    assert score(data, after_suggestions(data, 0)).bcubed_f1 == pytest.approx(before, abs=0.005)
    assert score(data, after_suggestions(data, 25)).bcubed_f1 > before + 0.005


def test_stated_probabilities_are_held_against_the_truth() -> None:
    found = calibrate(synthesise(600, seed=4))
    assert len(found.is_right) == len(found.probability) > 300
    sure, unsure = found.probability > 0.95, found.probability < 0.2
    assert found.is_right[sure].mean() > 0.95 > 0.4 > found.is_right[unsure].mean()
    even, slope, lead = found.fit(0.07)
    assert 0.2 < even < 0.6 and slope > 0 and lead > 0
    assert sum(count for _, _, count, _, _ in found.bins()) == len(found.is_right)
    assert "held out" in found.text(0.07)
