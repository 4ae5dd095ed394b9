"""One look of a detector: decoding, merging, and boxes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.faces.detect import CenterFace, Detections, decode, frame, merge, overlaps, pad
from app.faces.session import open_session
from app.faces.types import Box
from app.paths import resources
from tests.faces.pictures import six_people

INPUT = {"colour": "RGBX", "bytes": True, "multiple": 32}
sides = st.floats(0.01, 0.5)
places = st.floats(0, 0.5)
boxes = st.builds(Box, places, places, sides, sides)


class FakeDetectorSession:
    """Answers with one face, whatever it is shown, and remembers what that was."""

    def __init__(self) -> None:
        self.shown: tuple[int, ...] = ()

    def run(self, image: np.ndarray) -> dict[str, np.ndarray]:
        self.shown = image.shape
        high, wide = image.shape[1] // 4, image.shape[2] // 4
        answer = {
            name: np.zeros((1, channels, high, wide), np.float32)
            for name, channels in (("heat", 1), ("scale", 2), ("offset", 2), ("landmarks", 10))
        }
        answer["heat"][0, 0, 5, 10] = 0.9
        answer["scale"][0, :, 5, 10] = np.log([10.0, 5.0])  # 40 pixels high, 20 wide
        answer["offset"][0, :, 5, 10] = (0.25, -0.5)
        answer["landmarks"][0, 0::2, 5, 10] = 0.25  # every y
        answer["landmarks"][0, 1::2, 5, 10] = 0.75  # every x
        return answer


def test_a_cell_becomes_a_box_with_landmarks_in_pixels() -> None:
    session = FakeDetectorSession()
    found = CenterFace(session, INPUT).find(np.zeros((50, 70, 3), np.uint8), 0.5)

    assert session.shown == (1, 64, 96, 4)
    centre_x, centre_y = (10 - 0.5 + 0.5) * 4, (5 + 0.25 + 0.5) * 4
    assert found.boxes[0] == pytest.approx([centre_x - 10, centre_y - 20, 20, 40])
    assert found.landmarks[0] == pytest.approx(
        np.tile([centre_x - 10 + 15, centre_y - 20 + 10], (5, 1))
    )
    assert found.scores[0] == pytest.approx(0.9)


def test_the_fourth_channel_of_what_the_detector_takes_counts_for_nothing() -> None:
    path = resources() / "models" / "compact" / "detector.onnx"
    session = open_session(path, path.read_bytes())
    image = frame(six_people(), 32)
    assert image.shape == (1, 896, 1280, 4) and image.dtype == np.uint8
    assert (image[0, :886, :, :3] == six_people()).all() and not image[0, 886:, :, :3].any()
    answer = session.run(image)
    image[..., 3] = np.random.default_rng(3).integers(0, 256, image.shape[:3])
    again = session.run(image)
    assert all((again[name] == told).all() for name, told in answer.items())


def test_what_is_below_the_threshold_or_not_finite_is_no_face() -> None:
    answer = {
        name: value[0]
        for name, value in FakeDetectorSession().run(np.zeros((1, 64, 64, 4))).items()
    }
    maps = (answer["scale"], answer["offset"], answer["landmarks"])
    assert len(decode(answer["heat"][0], *maps, 0.95)) == 0
    answer["offset"][0, 5, 10] = np.nan
    assert len(decode(answer["heat"][0], *maps, 0.5)) == 0


def test_padding_keeps_the_picture_where_it_was() -> None:
    image = np.full((33, 64, 3), 7, np.uint8)
    padded = pad(image, 32)
    assert padded.shape == (64, 64, 3)
    assert (padded[:33] == 7).all() and (padded[33:] == 0).all()
    assert pad(padded, 32) is padded


@given(boxes, boxes)
def test_overlap_is_a_share_and_does_not_care_who_comes_first(one: Box, other: Box) -> None:
    share = one.iou(other)
    assert 0 <= share <= 1 + 1e-9
    assert share == pytest.approx(other.iou(one))
    assert one.iou(one) == pytest.approx(1)
    as_array = np.array([other.x, other.y, other.w, other.h])
    many = overlaps(np.array([one.x, one.y, one.w, one.h]), as_array[None])
    assert many[0] == pytest.approx(share, abs=1e-6)


@given(st.lists(st.tuples(boxes, st.integers(1, 10)), max_size=12))
def test_merging_keeps_the_surest_and_no_two_that_overlap(given_: list[tuple[Box, float]]) -> None:
    count = len(given_)
    found = Detections(
        np.array([(b.x, b.y, b.w, b.h) for b, _ in given_], np.float32).reshape(count, 4),
        np.array([score for _, score in given_], np.float32) / np.float32(10),
        np.zeros((count, 5, 2), np.float32),
    )
    kept = merge(found)
    assert list(kept.scores) == sorted(kept.scores, reverse=True)
    for index in range(len(kept)):
        others = np.delete(kept.boxes, index, axis=0)
        assert (overlaps(kept.boxes[index], others) <= 0.3 + 1e-5).all()
    if count:
        assert kept.scores[0] == found.scores.max()
        for box, score in zip(found.boxes, found.scores, strict=True):  # nobody is just lost
            nearest = overlaps(box, kept.boxes)
            assert ((nearest > 0.3 - 1e-5) & (kept.scores >= score)).any() or (
                np.isclose(nearest, 1).any()
            )
