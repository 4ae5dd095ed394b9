"""Align: a face turned and scaled so that its features lie where the embedder expects them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.faces.raster import resize, warp
from app.faces.types import Pixels

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

SIDE = 112
"""Pixels of an aligned face."""
TEMPLATE = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ]
)
"""Where the five landmarks go: (5, 2), x and y (the template of ArcFace)."""


def similarity(landmarks: Floats) -> Matrix:
    """The turn, scale and shift that bring landmarks (5, 2) nearest to the template: (2, 3).

    Least squares (Umeyama 1991), in closed form: with points as complex numbers it is one line
    fit. Landmarks that all coincide give the identity, shifted.
    """
    source = landmarks[:, 0].astype(np.complex128) + 1j * landmarks[:, 1]
    target = TEMPLATE[:, 0] + 1j * TEMPLATE[:, 1]
    middle, aim = source.mean(), target.mean()
    spread = (np.abs(source - middle) ** 2).sum()
    turn = ((source - middle).conj() * (target - aim)).sum() / spread if spread > 1e-9 else 1 + 0j
    shift = aim - turn * middle
    return np.array(
        [[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]], np.float64
    )


def invert(matrix: Matrix) -> Matrix:
    """The way back through a similarity, (2, 3)."""
    back = np.linalg.inv(matrix[:, :2])
    return np.hstack([back, -back @ matrix[:, 2:]])


def scale_of(matrix: Matrix) -> float:
    """Pixels of the aligned face per pixel of the image."""
    return float(np.hypot(matrix[0, 0], matrix[1, 0]))


def source_box(matrix: Matrix) -> tuple[float, float, float, float]:
    """The part of the image that the aligned face is made of: x, y, width, height, in pixels."""
    corners = np.array([[0, 0, SIDE, SIDE], [0, SIDE, 0, SIDE], [1, 1, 1, 1]], np.float64)
    places = invert(matrix) @ corners
    low, high = places.min(axis=1), places.max(axis=1)
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def chip(pixels: Pixels, landmarks: Floats, zoom: float = 1.0) -> Pixels:
    """The aligned face, (112, 112, 3) uint8, without aliasing however large it is in `pixels`.

    `zoom` makes it larger about the middle.
    """
    matrix = similarity(landmarks) * zoom
    matrix[:, 2] += (1 - zoom) * SIDE / 2
    times = max(1, min(8, round(1 / max(scale_of(matrix), 1e-6))))
    if times == 1:
        return warp(pixels, matrix.astype(np.float32), SIDE)
    # pixel centres lie at +0.5, so a block of `times` pixels is centred on its chip pixel
    larger = matrix * times
    larger[:, 2] += (times - 1) / 2
    return resize(warp(pixels, larger.astype(np.float32), SIDE * times), SIDE, SIDE)
