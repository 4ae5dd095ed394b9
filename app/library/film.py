"""Film: how the place of a face in a video tells the moment, too.

[Note: Film] To whoever compares places, a video is one long picture: its frames, one for each
thousandth of a second, below each other. So the whole part of y tells the moment and the rest tells
the place in the frame; boxes of different moments never overlap, and all that is said of faces by
fingerprint and box holds for videos as it is. In pictures the moment is 0.
"""

from __future__ import annotations

from math import floor

FILM_STEP = 1000
"""Steps a second by which moments of a video are told apart."""


def film_y(y: float, seconds: float) -> float:
    """Where a box lies that begins at `y`, 0..1, of the frame at this moment of a video."""
    return round(seconds * FILM_STEP) + min(max(y, 0.0), 0.9999)


def film_moment(y: float) -> float:
    """The moment of a video at which such a box is, s; 0 in pictures."""
    return max(0, floor(y)) / FILM_STEP


def in_frame(y: float) -> float:
    """Where such a box begins within its frame, 0..1."""
    return y - max(0, floor(y))
