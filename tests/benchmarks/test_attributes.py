"""The benchmark of attributes says what is true of faces made up, and runs on real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from app.errors import UsageError
from tests.benchmarks.attributes import Pairs, main, pairs_of
from tests.benchmarks.test_indexing import labelled
from tests.benchmarks.told import NAMED, Told

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
        words={name: np.array([""] * count) for name in NAMED},
        sure={name: np.zeros(count) for name in NAMED},
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
    boxes = [line.split(",") for line in lines[1:] if line.split(",")[1].startswith("p")]
    opened = ["path,x,y,w,h,mouth,eyes"]
    opened += [",".join([row[0], *row[2:6], "open", "close"]) for row in boxes]
    (labelled / "opened.csv").write_text("\n".join(opened))
    assert main(["--photos", str(labelled), "--cache", str(tmp_path / "cache")]) == 0
    shown = capfd.readouterr().out
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in shown.splitlines()]
    age = next(row for row in rows if row and row[0] == "known as a range")
    faces = int(age[1])
    assert faces == 12 and age[2:] == ["100.0%", "0.0", "0.0"]
    # What is known here of gender, mouths and eyes is made up; it is counted all the same.
    _see_counted(rows, "gender", ("female", "male"), faces // 2)
    _see_counted(rows, "mouth", ("open",), faces)
    _see_counted(rows, "eyes", ("close",), faces)
    pairs = [row for row in rows if len(row) == 4 and row[3] == "0.0%" and " to 0." in row[0]]
    assert sum(int(row[1]) for row in pairs) == 6
    assert main(["--photos", str(tmp_path)]) == 1
    assert "truth.csv" in capfd.readouterr().err


def _see_counted(rows: list[list[str]], name: str, truths: tuple[str, ...], each: int) -> None:
    """Every answer of one question is told by how sure it was, by the truth and by quality."""
    start = next(number for number, row in enumerate(rows) if row and row[0] == name)
    end = next(number for number in range(start, len(rows)) if not rows[number])
    table = rows[start + 2 : end]
    true = {row[0]: row for row in table if row[1] == "true"}
    assert set(true) <= set(truths)
    assert all(int(row[2]) == each >= int(row[3]) for row in true.values())
    told = sum(int(row[3]) for row in true.values())
    for what in ("stated", "quality"):
        assert sum(int(row[3]) for row in table if row[1] == what) == told > 0

    def right(what: str) -> float:
        some = [row for row in table if row[1] == what]
        return sum(int(row[3]) * float(row[5].rstrip("%")) for row in some) / told

    assert right("stated") == pytest.approx(right("true"), abs=0.2)


def _add_a_darker_one(folder: Path) -> None:
    with Image.open(folder / "here" / "six.jpg") as image:
        ImageEnhance.Brightness(image).enhance(0.6).save(folder / "here" / "dark.jpg")
    truth = folder / "truth.csv"
    lines = truth.read_text().splitlines()
    lines += [line.replace("six.jpg", "dark.jpg") for line in lines if "six.jpg" in line]
    truth.write_text("\n".join(lines))
