"""Pictures made of arrays, for the tests of the faces room: no file, no media room."""

from __future__ import annotations

import importlib.util
from math import ceil, floor
from pathlib import Path

import numpy as np
from PIL import Image

from app.faces.types import Box, Pixels


class ArrayPicture:
    """An upright RGB array as a faces.types.Picture."""

    def __init__(self, pixels: Pixels) -> None:
        self._image = Image.fromarray(pixels)
        self.width, self.height = self._image.size
        self.parts_asked = 0

    @classmethod
    def open(cls, path: Path) -> ArrayPicture:
        with Image.open(path) as image:
            return cls(np.asarray(image.convert("RGB")))

    def at(self, long_side: int) -> Pixels:
        ratio = min(1.0, long_side / max(self._image.size))
        width, height = (max(1, round(side * ratio)) for side in self._image.size)
        how = Image.Resampling.BILINEAR
        return np.asarray(self._image.resize((width, height), how, reducing_gap=2.0))

    def cut(
        self,
        box: Box,
        long_side: int,
        least: int | None = None,  # noqa: ARG002
    ) -> tuple[Pixels, tuple[float, float, float, float]]:
        left, top = floor(box.x * self.width), floor(box.y * self.height)
        right, below = ceil((box.x + box.w) * self.width), ceil((box.y + box.h) * self.height)
        self.parts_asked += (right - left, below - top) != self._image.size
        image = self._image.crop((left, top, right, below))
        while max(image.size) >= 2 * long_side:
            image = image.reduce(2)
        w, h = self.width, self.height
        return np.asarray(image), (left / w, top / h, (right - left) / w, (below - top) / h)


def sample(package: str, *parts: str) -> Path:
    """A sample photo that an installed package ships; the package is not imported."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent.joinpath("data", *parts)


def six_people() -> Pixels:
    """insightface's t1.jpg, (886, 1280, 3): six people."""
    with Image.open(sample("insightface", "images", "t1.jpg")) as image:
        return np.asarray(image.convert("RGB"))
