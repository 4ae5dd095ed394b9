"""The benchmark of attributes says what is true of faces made up, and runs on real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from app.errors import UsageError
from tests.benchmarks.attributes import Pairs, Told, main, pairs_of
from tests.benchmarks.test_indexing import labelled

__all__ = ["labelled"]


def told(people: list[str], vectors: list[list[float]], quality: list[float]) -> Told:
    """Faces in photos of their own, of which only this is known."""
    count = len(people)
    made = np.array(vectors, np.float32)
    return Told(
        people=np.array(people),
        photos=np.arange(count).astype(str),
        vectors=made / np.linalg.norm(made, axis=1, keepdims=True),
        quality=np.array(quality),
        age=np.full(count, np.nan),
        gender=np.array([""] * count),
        sure=np.zeros(count),
    )


def test_pairs_are_of_one_person_and_as_good_as_the_worse_face() -> None:
    faces = told(["a", "a", "a", "b"], [[1, 0], [1, 1], [0, 1], [-1, 0]], [0.9, 0.5, 0.7, 1.0])
    pairs = pairs_of(faces)
    assert pairs.cosine == pytest.approx([0.5**0.5, 0, 0.5**0.5])
    assert pairs.quality.tolist() == [0.5, 0.7, 0.5]
    # The pairs of a and b: -1, -0.71, 0.
    assert pairs.threshold == pytest.approx(0, abs=0.01)


def test_two_faces_in_one_photo_are_no_pair() -> None:
    faces = told(["a", "a", "b"], [[1, 0], [1, 1], [0, 1]], [1, 1, 1])
    faces.photos[1] = faces.photos[0]
    with pytest.raises(UsageError, match="two photos"):
        pairs_of(faces)


def test_what_is_missed_is_told_by_quality() -> None:
    quality = np.arange(100) / 100
    pairs = Pairs(np.where(quality < 0.2, 0.0, 1.0).astype(np.float32), quality, 0.5)
    parts = list(pairs.parts())
    assert [count for _, _, count, _, _ in parts] == [20] * 5
    assert [missed for *_, missed in parts] == [1.0, 0.0, 0.0, 0.0, 0.0]
    kept = dict(pairs.kept())
    assert kept[0.0] == pytest.approx(0.2)
    assert kept[0.1] == pytest.approx(1 / 9, abs=0.01) and kept[0.3] == 0


def test_it_runs(labelled: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _add_a_darker_one(labelled)
    lines = (labelled / "truth.csv").read_text().splitlines()
    people = sorted({line.split(",")[1] for line in lines[1:] if line.split(",")[1]})
    known = [
        "identity,gender,age_at_photo",
        *(f"{who},{'female' if who < 'p3' else 'male'},0-120" for who in people),
    ]
    (labelled / "people.csv").write_text("\n".join(known))
    assert main(["--photos", str(labelled), "--cache", str(tmp_path / "cache")]) == 0
    shown = capfd.readouterr().out
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in shown.splitlines()]
    age = next(row for row in rows if row and row[0] == "known as a range")
    faces = int(age[1])
    assert faces == 12 and age[2:] == ["100.0%", "0.0", "0.0"]
    # All six are women: what is said of three of them here is not true.
    share = {row[0]: row[3] for row in rows if len(row) == 4 and row[1] == str(faces // 2)}
    assert (share["female"], share["male"]) == ("100.0%", "0.0%")
    pairs = [row for row in rows if len(row) == 4 and row[3] == "0.0%" and " to 0." in row[0]]
    assert sum(int(row[1]) for row in pairs) == 6
    assert main(["--photos", str(tmp_path)]) == 1
    assert "truth.csv" in capfd.readouterr().err


def _add_a_darker_one(folder: Path) -> None:
    with Image.open(folder / "here" / "six.jpg") as image:
        ImageEnhance.Brightness(image).enhance(0.6).save(folder / "here" / "dark.jpg")
    truth = folder / "truth.csv"
    lines = truth.read_text().splitlines()
    lines += [line.replace("six.jpg", "dark.jpg") for line in lines if "six.jpg" in line]
    truth.write_text("\n".join(lines))
