"""Pyramid: one image at full size, at a half, a quarter ..., to be drawn fast at any zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

_LEAST = 512
_BAND = 128
_ENOUGH = 0.98
"""An image this little smaller than it is shown is as good as one of that size."""


class Pyramid:
    """An image and its halves. Drawing takes the level nearest above what is shown, and of that
    only the part in sight, so that a frame costs what the screen costs, not what the photo does."""

    def __init__(self, levels: Sequence[QImage]) -> None:
        self._levels = list(levels)

    @classmethod
    def of(cls, image: QImage, is_wanted: Callable[[], bool] = lambda: True) -> Pyramid:
        """Make the halves of an image (RGB32). May be slow: call it in the background."""
        levels = [image]
        while is_wanted() and max(levels[-1].width(), levels[-1].height()) >= 2 * _LEAST:
            levels.append(halved(levels[-1], is_wanted))
        return cls(levels)

    @property
    def width(self) -> int:
        """Pixels of the finest level."""
        return self._levels[0].width()

    @property
    def height(self) -> int:
        """Pixels of the finest level."""
        return self._levels[0].height()

    @property
    def count(self) -> int:
        """How many levels there are."""
        return len(self._levels)

    @property
    def size_in_bytes(self) -> int:
        """Memory that all levels take."""
        return sum(level.sizeInBytes() for level in self._levels)

    def level(self, dots: float) -> QImage:
        """The smallest level that is still as wide as the dots it is shown on."""
        fine = [level for level in self._levels if level.width() >= dots * _ENOUGH]
        return fine[-1] if fine else self._levels[0]

    def is_fine_for(self, dots: float) -> bool:
        """Whether the image is as wide as the dots it is shown on."""
        return self.width >= dots * _ENOUGH

    def draw(self, painter: QPainter, picture: QRectF, sight: QRectF, is_smooth: bool) -> None:
        """Draw what is in `sight` of the image that fills `picture`."""
        part = picture & sight
        if part.isEmpty():
            return
        level = self.level(picture.width() * painter.device().devicePixelRatioF())
        across, down = level.width() / picture.width(), level.height() / picture.height()
        source = QRectF(
            (part.x() - picture.x()) * across,
            (part.y() - picture.y()) * down,
            part.width() * across,
            part.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(part, level, source)


def halved(image: QImage, is_wanted: Callable[[], bool] = lambda: True) -> QImage:
    """An image (RGB32) at half its size; each pixel is the mean of four.

    In bands, so that no thread waits for long and it can be given up between them.
    """
    width, height = max(1, image.width() // 2), max(1, image.height() // 2)
    half = QImage(width, height, QImage.Format.Format_RGB32)
    source, target = _pixels(image), _pixels(half)
    right, below = min(1, image.width() - 1), min(1, image.height() - 1)
    for top in range(0, height, _BAND):
        if not is_wanted():
            break
        rows = min(_BAND, height - top)
        band = source[2 * top : 2 * (top + rows)].astype(np.uint16)
        upper, lower = band[0::2], band[below::2]
        four = [
            part[:, start : start + 2 * width : 2][:, :width]
            for part in (upper, lower)
            for start in (0, right)
        ]
        target[top : top + rows] = (four[0] + four[1] + four[2] + four[3]) >> 2
    return half


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """The pixels of an RGB32 image, (height, width, 4), in place."""
    return np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.width(), 4)
