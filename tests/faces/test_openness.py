"""Mouths and eyes: what is measured of 68 points, and what the pack makes of real ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.errors import ModelError
from app.faces.analyser import FaceAnalyser
from app.faces.attributes import CompactDescriber
from app.faces.landmarks import Floats, Marked
from app.faces.openness import CLOSE, OPEN, gap_of, lids_of
from app.faces.packs import ModelPack
from app.faces.packs import bundled as compact_pack
from app.faces.types import Face, Pixels
from app.faces.view import Rectangle, View
from app.paths import resources
from tests.faces.pictures import ArrayPicture, sample, six_people


def points(lips: float = 0.0, lids: float = 0.3) -> Floats:
    """68 points of which only mouth and eyes are a face's: a mouth 20 high and eyes 30 wide."""
    found = np.zeros((68, 2), np.float32)
    for first, left in ((36, 0), (42, 60)):
        high = lids * 30 / 2
        found[first : first + 6] = np.array([
            (left, 0), (left + 10, -high), (left + 20, -high),
            (left + 30, 0), (left + 20, high), (left + 10, high),
        ])  # fmt: skip
    found[51], found[57] = (45, 90), (45, 110)
    for above, below, across in ((61, 67, 40), (62, 66, 45), (63, 65, 50)):
        found[above], found[below] = (across, 100 - lips / 2), (across, 100 + lips / 2)
    return found


def test_what_is_measured_is_in_sizes_of_mouth_and_eye() -> None:
    assert gap_of(points(lips=8)) == pytest.approx(0.4)
    assert lids_of(points(lids=0.25)) == pytest.approx(0.25)
    for times in (0.1, 7.0):
        assert gap_of(points(lips=8) * np.float32(times)) == pytest.approx(0.4)
        assert lids_of(points(lids=0.25) * np.float32(times)) == pytest.approx(0.25)
    nothing = np.zeros((68, 2), np.float32)
    assert gap_of(nothing) == 0 and lids_of(nothing) == 0


@pytest.fixture
def openness(compact: ModelPack) -> CompactDescriber:
    assert isinstance(compact.describer, CompactDescriber)
    return compact.describer


def test_lips_apart_are_an_open_mouth_and_what_is_between_is_left_unsaid(
    openness: CompactDescriber,
) -> None:
    tell = openness.openness.mouth
    word, sure = tell(points(lips=8)) or ("", 0.0)
    assert word == OPEN and sure > 0.9
    word, sure = tell(points(lips=0.5)) or ("", 0.0)
    assert word == CLOSE and sure > 0.9
    assert tell(points(lips=3.6)) is None


def test_lids_painted_over_the_eyes_of_an_astronaut_close_them(analyser: FaceAnalyser) -> None:
    picture = ArrayPicture.open(sample("skimage", "astronaut.png"))
    (awake,) = analyser.analyse(picture)
    assert awake.eyes == OPEN and (awake.eyes_confidence or 0) > 0.9
    (asleep,) = analyser.analyse(ArrayPicture(_with_lids(picture.at(10_000), awake)))
    assert asleep.eyes == CLOSE and asleep.mouth == awake.mouth


def _with_lids(pixels: Pixels, face: Face) -> Pixels:
    """The picture with skin over both eyes, and a dark line of lashes at its lower edge."""
    painted = pixels.copy()
    height, width = painted.shape[:2]
    marks = face.landmarks * np.array([width, height], np.float32)
    apart = float(np.hypot(*(marks[1] - marks[0])))
    down, across = np.mgrid[:height, :width]
    for x, y in marks[:2]:
        below = painted[round(y + apart * 0.3), round(x - apart * 0.1) : round(x + apart * 0.1)]
        skin = below.mean(axis=0)
        lid = ((across - x) / (apart * 0.3)) ** 2 + ((down - y) / (apart * 0.14)) ** 2 < 1
        painted[lid] = skin
        painted[lid & (abs(down - (y + apart * 0.07)) < apart * 0.02)] = skin * 0.4
    return painted


def test_nothing_is_said_where_the_points_are_a_guess(compact: ModelPack) -> None:
    class Lost:
        def mark(self, view: View, box: Rectangle, landmarks: Floats) -> Marked:  # noqa: ARG002
            return Marked(landmarks)

    faces = FaceAnalyser(replace(compact, marker=Lost())).analyse(ArrayPicture(six_people()))
    assert len(faces) == 6
    assert all((face.mouth, face.eyes) == (None, None) for face in faces)
    assert all((face.mouth_confidence, face.eyes_confidence) == (None, None) for face in faces)
    assert all(face.gender and face.age for face in faces)


def test_a_manifest_without_a_curve_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "compact"
    shutil.copytree(resources() / "models" / "compact", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["told"]["eyes"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="eyes"):
        compact_pack.load(folder)
