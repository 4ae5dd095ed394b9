"""Pictures made of arrays, for the tests of the faces room: no file, no media room."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
from PIL import Image

from app.faces.types import Box, Pixels


class ArrayPicture:
    """An upright RGB array as a faces.types.Picture."""

    def __init__(self, pixels: Pixels) -> None:
        self._image = Image.fromarray(pixels)
        self.width, self.height = self._image.size
        self.regions_asked = 0

    @classmethod
    def open(cls, path: Path) -> ArrayPicture:
        with Image.open(path) as image:
            return cls(np.asarray(image.convert("RGB")))

    def at(self, long_side: int) -> Pixels:
        return _reduced(self._image, long_side)

    def region(self, box: Box, long_side: int, least: int | None = None) -> Pixels:  # noqa: ARG002
        self.regions_asked += 1
        left, top = round(box.x * self.width), round(box.y * self.height)
        right, below = round((box.x + box.w) * self.width), round((box.y + box.h) * self.height)
        return _reduced(self._image.crop((left, top, right, below)), long_side)


def _reduced(image: Image.Image, long_side: int) -> Pixels:
    ratio = min(1.0, long_side / max(image.size))
    width, height = (max(1, round(side * ratio)) for side in image.size)
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0))


def sample(package: str, *parts: str) -> Path:
    """A sample photo that an installed package ships; the package is not imported."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent.joinpath("data", *parts)


def six_people() -> Pixels:
    """insightface's t1.jpg, (886, 1280, 3): six people."""
    with Image.open(sample("insightface", "images", "t1.jpg")) as image:
        return np.asarray(image.convert("RGB"))
