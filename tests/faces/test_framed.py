"""Faces in frames that the user drew, with the real models."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from app.faces.analyser import FaceAnalyser
from app.faces.packs import ModelPack
from app.faces.search import Sureness
from app.faces.types import Box, Face
from tests.faces.pictures import ArrayPicture, six_people

BLIND = Sureness(sure=1.1, maybe=1.05)
"""A search that finds nobody, as a detector does that misses a face."""


@pytest.fixture(scope="module")
def six(analyser: FaceAnalyser) -> list[Face]:
    return analyser.analyse(ArrayPicture(six_people()))


@pytest.fixture(scope="module")
def blind(compact: ModelPack) -> FaceAnalyser:
    """An analyser that misses every face."""
    return FaceAnalyser(replace(compact, sureness=BLIND))


def as_drawn(box: Box, by: float, shift: float) -> Box:
    """A frame as a hand draws it: too large and beside."""
    return Box(
        box.x - box.w * (by - 1) / 2 + box.w * shift, box.y - box.h * (by - 1) / 2 + box.h * shift,
        box.w * by, box.h * by,
    )  # fmt: skip


@pytest.mark.parametrize(("by", "shift"), [(1.0, 0.0), (1.2, 0.05), (0.9, -0.05)])
def test_a_missed_face_is_embedded_as_if_it_had_been_found(
    six: list[Face], blind: FaceAnalyser, by: float, shift: float
) -> None:
    picture = ArrayPicture(six_people())
    assert blind.analyse(picture) == []
    frames = [as_drawn(face.box, by, shift) for face in six]
    drawn = blind.analyse(picture, frames)
    assert [face.box for face in drawn] == frames and all(face.drawn for face in drawn)
    for found, face in zip(six, drawn, strict=True):
        assert np.linalg.norm(face.embedding) == pytest.approx(1, abs=1e-5)
        assert float(face.embedding @ found.embedding) > 0.8
        assert face.quality > 0.5 * found.quality
        # A box some pixels beside moves one of the eighteen by ten years: the net is that coarse.
        assert face.age == pytest.approx(found.age, abs=12) and face.pose is not None
        is_sure = (found.gender_confidence or 0) > 0.95
        assert face.gender == found.gender or not is_sure
        assert face.maker == found.maker


def test_a_frame_takes_the_place_of_what_is_found_there(
    six: list[Face], analyser: FaceAnalyser
) -> None:
    frame = as_drawn(six[2].box, 1.1, 0.0)
    *found, drawn = analyser.analyse(ArrayPicture(six_people()), [frame])
    assert len(found) == 5 and not any(face.drawn for face in found)
    assert drawn.drawn and drawn.box == frame
    assert float(drawn.embedding @ six[2].embedding) > 0.9
    for face in found:
        assert max(float(face.embedding @ other.embedding) for other in six) > 0.999


def test_a_frame_beside_a_face_leaves_it_alone(six: list[Face], analyser: FaceAnalyser) -> None:
    """Nor is the neighbour taken for who is in the frame."""
    box = six[0].box
    beside = Box(box.x + 0.55 * box.w, box.y, box.w, box.h)
    *found, drawn = analyser.analyse(ArrayPicture(six_people()), [beside])
    assert len(found) == 6 and drawn.box == beside
    assert drawn.score < 0.3, "nobody is there"


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_frame_in_a_picture_on_its_side(quarters: int, analyser: FaceAnalyser) -> None:
    turned = np.ascontiguousarray(np.rot90(six_people(), quarters))
    found = analyser.analyse(ArrayPicture(turned))
    frame = found[0].box
    *others, drawn = analyser.analyse(ArrayPicture(turned), [frame])
    assert len(others) == 5 and drawn.box == frame
    assert float(drawn.embedding @ found[0].embedding) > 0.9
    assert drawn.landmarks == pytest.approx(found[0].landmarks, abs=0.01)


def test_where_no_model_sees_anything_a_frame_is_a_face_all_the_same(
    analyser: FaceAnalyser,
) -> None:
    hazy = Image.fromarray(six_people()).filter(ImageFilter.GaussianBlur(40))
    frames = [Box(0.2, 0.2, 0.1, 0.15), Box(0.0, 0.0, 0.01, 0.012), Box(0.9, 0.9, 0.1, 0.1)]
    faces = analyser.analyse(ArrayPicture(np.asarray(hazy)), frames)
    assert [face.box for face in faces] == frames
    for face in faces:
        assert np.linalg.norm(face.embedding) == pytest.approx(1, abs=1e-5)
        assert np.isfinite(face.landmarks).all() and 0 <= face.quality <= 1
