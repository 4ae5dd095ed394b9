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
    """The compact pack's embedder: a face and its mirror image, added."""

    def __init__(
        self, session: Session, conventions: Mapping[str, Any], dimensions: int, mirror: bool = True
    ) -> None:
        self._session = session
        self._conventions = conventions
        self._dimensions = dimensions
        self._mirror = mirror

    def embed(self, chips: list[Pixels]) -> Vectors:
        """One vector for each face, of length 1."""
        parts = [self._some(chips[start : start + BATCH]) for start in range(0, len(chips), BATCH)]
        return np.concatenate([np.zeros((0, self._dimensions), np.float32), *parts])

    def _some(self, chips: list[Pixels]) -> Vectors:
        images = [*chips, *(chip[:, ::-1] for chip in chips)] if self._mirror else chips
        answer = unit(self._session.run(blob(images, self._conventions))["embedding"])
        return unit(answer[: len(chips)] + answer[len(chips) :]) if self._mirror else answer


def unit(vectors: Vectors) -> Vectors:
    """The vectors (N, D), each of length 1, whatever they were before."""
    plain = np.nan_to_num(vectors.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    plain[lengths[:, 0] < 1e-9] = 1.0
    result: Vectors = plain / np.linalg.norm(plain, axis=1, keepdims=True)
    return result
