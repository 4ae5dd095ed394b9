"""Embed: aligned faces into vectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.faces.session import Session, blob
from app.faces.types import Pixels

Vectors = NDArray[np.float32]

BATCH = 8
"""Faces at a time: a photo of a hundred people must not need a hundred times the memory."""


class Embedder(Protocol):
    """Turns aligned faces into vectors."""

    def embed(self, chips: list[Pixels]) -> Vectors:
        """One vector for each (112, 112, 3) uint8 RGB face: (N, D) float32, each of length 1."""


class OnnxEmbedder:
    """The compact pack's embedder."""

    def __init__(self, session: Session, conventions: Mapping[str, Any], dimensions: int) -> None:
        self._session = session
        self._conventions = conventions
        self._dimensions = dimensions

    def embed(self, chips: list[Pixels]) -> Vectors:
        """One vector for each face, of length 1."""
        parts = [np.zeros((0, self._dimensions), np.float32)]
        for start in range(0, len(chips), BATCH):
            images = blob(chips[start : start + BATCH], self._conventions)
            parts.append(self._session.run(images)["embedding"])
        return unit(np.concatenate(parts))


def embed_both(embedder: Embedder, faces: list[Pixels], mirrored: list[Pixels]) -> Vectors:
    """One vector for each face, seen as it is and in the mirror: (N, D) float32, of length 1.

    The two lists are alike, the second already mirrored; they may differ in zoom.
    """
    vectors = embedder.embed([*faces, *mirrored])
    return unit(vectors[: len(faces)] + vectors[len(faces) :])


def unit(vectors: Vectors) -> Vectors:
    """The vectors (N, D), each of length 1, whatever they were before."""
    plain = np.nan_to_num(vectors.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    plain[lengths[:, 0] < 1e-9] = 1.0
    result: Vectors = plain / np.linalg.norm(plain, axis=1, keepdims=True)
    return result
