"""The benchmark of the door camera counts what it says it counts."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from app.clustering.thresholds import Thresholds
from app.indexing.camera.judging import DOUBT, SURE, Rules, Verdict
from tests.benchmarks.door_judging import (
    HEAD,
    Faces,
    Score,
    Visit,
    lines,
    scene,
    score,
    snapshots,
    total,
)
from tests.benchmarks.truth import read_truth


def made_up(people: int, views: int, noise: float) -> Faces:
    """Faces of people who are alike, or with more noise hardly."""
    chance = np.random.default_rng(3)
    middles = np.repeat(chance.normal(size=(people, 512)), views, axis=0)
    vectors = (1 - noise) * middles + noise * chance.normal(size=middles.shape)
    return Faces(
        people=np.repeat([f"p{number:02}" for number in range(people)], views),
        sources=np.array([f"{number}.jpg" for number in range(people * views)]),
        vectors=(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32),
        quality=np.full(people * views, 0.9, np.float32),
    )


def test_people_who_are_easily_told_apart_are() -> None:
    faces, limits = made_up(8, 6, 0.3), Thresholds()
    made = scene(faces, faces, 1, limits)
    found = score(made, faces, Rules(), limits)
    assert found.known > 0 and found.strangers > 0
    assert (found.recognised, found.alarms) == (found.known, 0)
    assert (found.alerts, found.missed, found.mistaken) == (found.strangers, 0, 0)
    # Nobody comes to the door in a photo by which the house knows them.
    rows = [row for visit in made.visits for row in visit.rows]
    assert len(rows) == len(set(rows)) == 8 * 6 - 4 * 3
    (line,) = lines(faces, faces, [1], [Rules()], [(SURE, DOUBT)], limits)
    assert len(line) == len(HEAD)
    assert total([found, found]).known == 2 * found.known


def test_what_is_missed_and_mistaken_is_counted() -> None:
    found = Score()
    known, stranger = Visit("a", (1,), True), Visit("b", (2,), False)
    found.add(known, Verdict.KNOWN, "b", True)
    found.add(known, Verdict.UNCLEAR, "", True)
    found.add(stranger, Verdict.KNOWN, "a", True)
    found.add(stranger, Verdict.TOO_POOR, "", False)
    found.add(stranger, Verdict.UNCLEAR, "", True)
    assert (found.known, found.recognised, found.alarms) == (2, 0, 1)
    assert (found.strangers, found.mistaken, found.alerts, found.late) == (3, 1, 1, 1)
    assert (found.clear, found.missed) == (2, 1)


def test_a_cheap_camera_says_where_the_faces_are(tmp_path: Path, group_photo: Path) -> None:
    photos = tmp_path / "labelled"
    (photos / "a").mkdir(parents=True)
    group_photo.rename(photos / "a" / "group.jpg")
    with (photos / "truth.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "identity", "x", "y", "w", "h"))
        writer.writerow(("a/group.jpg", "p1", 300, 200, 80, 100))
        writer.writerow(("a/group.jpg", "?1", 500, 200, 80, 100))
    into = snapshots(photos, tmp_path / "cheap")
    (face,) = read_truth(into)
    with Image.open(next((into / "snapshots").iterdir())) as image:
        x, y, w, h = face.box
        assert 40 <= h <= 120 and 0 <= x < x + w <= image.width and y + h <= image.height
    assert face.identity == "p1"
