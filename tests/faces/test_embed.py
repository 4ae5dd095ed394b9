"""Embedding through the seam: batches, colour order, and vectors of length 1."""

from __future__ import annotations

import numpy as np
import pytest

from app.faces.embed import BATCH, OnnxEmbedder, embed_both, unit
from app.faces.session import blob

INPUT = {"colour": "BGR", "mean": [127.5] * 3, "deviation": [128] * 3}


class FakeEmbedderSession:
    """Each face's vector is the mean of its left half, per channel; remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def run(self, image: np.ndarray) -> dict[str, np.ndarray]:
        self.batches.append(len(image))
        return {"embedding": image[..., :56].mean(axis=(2, 3))}


def face(red: int, green: int, blue: int) -> np.ndarray:
    return np.full((112, 112, 3), (red, green, blue), np.uint8)


def test_a_batch_is_as_the_manifest_says() -> None:
    batch = blob([face(255, 127, 0)], INPUT)
    assert batch.shape == (1, 3, 112, 112) and batch.dtype == np.float32
    assert batch[0, :, 0, 0] == pytest.approx([-127.5 / 128, -0.5 / 128, 127.5 / 128])


def test_many_faces_go_in_batches_and_come_back_in_order() -> None:
    session = FakeEmbedderSession()
    faces = [face(10 * index, 200, 40) for index in range(BATCH * 2 + 3)]
    vectors = OnnxEmbedder(session, INPUT, 3).embed(faces)
    assert session.batches == [BATCH, BATCH, 3]
    alone = OnnxEmbedder(session, INPUT, 3).embed([faces[-1]])
    assert vectors[-1] == pytest.approx(alone[0])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


def test_no_face_makes_no_vector_and_no_run() -> None:
    session = FakeEmbedderSession()
    assert OnnxEmbedder(session, INPUT, 3).embed([]).shape == (0, 3)
    assert session.batches == []


def test_a_face_and_its_mirror_image_count_alike() -> None:
    half = face(250, 20, 20)
    half[:, :56] = (20, 20, 250)
    embedder = OnnxEmbedder(FakeEmbedderSession(), INPUT, 3)
    mirrored = half[:, ::-1]
    one = embed_both(embedder, [half], [mirrored])
    other = embed_both(embedder, [mirrored], [half])
    assert one == pytest.approx(other)
    assert not np.allclose(one, embedder.embed([half]))


def test_whatever_a_model_answers_vectors_are_finite_and_of_length_1() -> None:
    odd = np.array([[0, 0], [np.nan, 1], [np.inf, 0], [3, 4]], np.float32)
    vectors = unit(odd)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert vectors[3] == pytest.approx([0.6, 0.8])
