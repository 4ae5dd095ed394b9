"""The one seam to OpenCV: resizing and warping of pixels, on one thread.

Imported lazily, since importing it changes the Qt environment of the process, and only processes
that look at photos pay for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from app.faces.types import Pixels, Vector


@cache
def _cv2() -> Any:
    import cv2

    cv2.setNumThreads(1)
    return cv2


def resize(pixels: Pixels, width: int, height: int) -> Pixels:
    """The image at another size; each new pixel is the mean of those it covers when smaller."""
    if pixels.shape[:2] == (height, width):
        return pixels
    cv2 = _cv2()
    smaller = width < pixels.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    result: Pixels = cv2.resize(pixels, (width, height), interpolation=how)
    return result


def shrink(pixels: Pixels, side: int) -> Pixels:
    """A square image at most `side` pixels wide: halved while that leaves enough, and the rest
    interpolated, which is several times as fast as `resize` and as good for less than a half."""
    while pixels.shape[0] >= 2 * side:
        half = pixels.shape[0] // 2
        pixels = resize(pixels[: half * 2, : half * 2], half, half)
    if pixels.shape[0] <= side:
        return pixels
    cv2 = _cv2()
    result: Pixels = cv2.resize(pixels, (side, side), interpolation=cv2.INTER_LINEAR)
    return result


def warp(pixels: Pixels, matrix: Vector, side: int) -> Pixels:
    """A square of `side` pixels, filled through `matrix`, (2, 3): from image to square pixels."""
    cv2 = _cv2()
    result: Pixels = cv2.warpAffine(
        np.ascontiguousarray(pixels), matrix, (side, side), flags=cv2.INTER_LINEAR
    )
    return result


def turn(pixels: Pixels, degrees: float) -> Pixels:
    """The image turned about its middle, counter-clockwise; where that shows what lies beyond it,
    its edge goes on."""
    cv2 = _cv2()
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    result: Pixels = cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return result


def fit(pixels: Pixels, long_side: int) -> Pixels:
    """The image with its long side made `long_side`, larger or smaller."""
    height, width = pixels.shape[:2]
    ratio = long_side / max(height, width)
    return resize(pixels, max(1, round(width * ratio)), max(1, round(height * ratio)))


def fit_nearly(pixels: Pixels, long_side: int) -> Pixels:
    """The same for an image below twice that size: interpolated."""
    height, width = pixels.shape[:2]
    ratio = long_side / max(height, width)
    return interpolate(pixels, max(1, round(width * ratio)), max(1, round(height * ratio)))


def interpolate(pixels: Pixels, width: int, height: int) -> Pixels:
    """At another size an image that is below twice that: ten times as fast as to average, and as
    good there, for eyes (46 to 55 dB beside Hamming's filter) and to find faces."""
    if pixels.shape[:2] == (height, width):
        return pixels
    result: Pixels = _cv2().resize(pixels, (width, height), interpolation=_cv2().INTER_LINEAR)
    return result


def cut_out(pixels: Pixels, left: int, top: int, wide: int, high: int) -> Pixels:
    """A part of the image; where that goes beyond it, the image's edge goes on."""
    height, width = pixels.shape[:2]
    first, last, before, after = _along(left, wide, width)
    start, end, above, below = _along(top, high, height)
    part = pixels[start:end, first:last]
    if part.shape[:2] == (high, wide):
        return part
    cv2 = _cv2()
    result: Pixels = cv2.copyMakeBorder(part, above, below, before, after, cv2.BORDER_REPLICATE)
    return result


def _along(begin: int, length: int, limit: int) -> tuple[int, int, int, int]:
    """Of a stretch along 0..limit: where what is there begins and ends, and how much is before
    and after that; of one that lies beside it the nearest pixel is there."""
    first = min(max(begin, 0), limit - 1)
    last = min(max(begin + length, 1), limit)
    before = min(max(first - begin, 0), length - (last - first))
    return first, last, before, length - (last - first) - before


def with_fourth(pixels: Pixels) -> Pixels:
    """The image with a fourth channel, (H, W, 4) uint8, whose values are of no account."""
    cv2 = _cv2()
    result: Pixels = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2RGBA)
    return result


def grey(pixels: Pixels) -> Pixels:
    """The image's luminance, (H, W) uint8."""
    cv2 = _cv2()
    result: Pixels = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    return result


def laplacian_variance(pixels: Pixels) -> float:
    """How much fine detail the image holds: the variance of its Laplacian."""
    cv2 = _cv2()
    return float(cv2.Laplacian(grey(pixels), cv2.CV_32F).var())
