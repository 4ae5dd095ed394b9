"""The eight EXIF orientations, and the one canonical space: the upright image."""

from __future__ import annotations

from PIL import Image

Area = tuple[float, float, float, float]
"""x, y, width, height; normalised 0..1."""

UPRIGHT = 1
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def known(value: object) -> int:
    """An EXIF orientation 1..8; anything else counts as upright."""
    return value if isinstance(value, int) and value in _TURNS else UPRIGHT


def lies_down(orientation: int) -> bool:
    """Whether width and height change places on the way to upright."""
    return orientation >= 5


def turn(image: Image.Image, orientation: int) -> Image.Image:
    """The stored image made upright."""
    method = _TURNS.get(orientation)
    return image if method is None else image.transpose(method)


def stored_area(area: Area, orientation: int) -> Area:
    """Where an area of the upright image lies in the image as it is stored."""
    x, y, w, h = area
    right, below = 1 - x - w, 1 - y - h
    return {
        2: (right, y, w, h),
        3: (right, below, w, h),
        4: (x, below, w, h),
        5: (y, x, h, w),
        6: (y, right, h, w),
        7: (below, right, h, w),
        8: (below, x, h, w),
    }.get(orientation, area)


def upright_area(area: Area, orientation: int) -> Area:
    """Where an area of the image as it is stored lies in the upright image."""
    back = {6: 8, 8: 6}.get(orientation, orientation)
    return stored_area(area, back)
