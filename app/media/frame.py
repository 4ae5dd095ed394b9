"""Frame: one picture of a video, which can be asked for at any scale as a photo can."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from app.media.orientation import Area
from app.media.read import AreaLike, Pixels, inside
from app.media.tone import Tone

_GAP = 1.5
"""As in read.py: what goes beyond this in whole steps is averaged away before the filter."""


class Frame:
    """A frame, upright and in memory. `moment` is when it is shown, s from the first frame on.

    Its brightness is put right only in what is asked for, which is less.
    """

    def __init__(self, image: Image.Image, moment: float, tone: Tone, is_cut: bool = False) -> None:
        self.moment = moment
        self.is_cut = is_cut
        """Whether it shows another scene than the one before."""
        self.width = image.width
        """Pixels."""
        self.height = image.height
        self._tone = tone
        self._halves = [image]

    def at(self, long_side: int) -> Pixels:
        """The whole image, its long side exactly min(long_side, the frame's)."""
        scale = min(1.0, long_side / max(self.width, self.height))
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        return self._resized((0.0, 0.0, 1.0, 1.0), size)

    def region(self, box: AreaLike, long_side: int, least: int | None = None) -> Pixels:  # noqa: ARG002
        """What lies inside the frame of one part of it, its long side at most `long_side`, never
        enlarged. Raises ValueError when the box lies outside."""
        area = inside(box)
        full = area[2] * self.width, area[3] * self.height
        scale = min(1.0, long_side / max(full))
        return self._resized(area, (max(1, round(full[0] * scale)), max(1, round(full[1] * scale))))

    def cut(
        self,
        box: AreaLike,
        long_side: int,
        least: int | None = None,  # noqa: ARG002
    ) -> tuple[Pixels, Area]:
        """Like `region`, for those who scale by themselves, as Photo.cut is: whole pixels, the
        long side at least `long_side` where there is as much, and below its double."""
        x, y, w, h = inside(box)
        full = max(w * self.width, h * self.height)
        times = max(0, math.floor(math.log2(max(full / long_side, 1.0))))
        small, (across, down) = self._halved(times)
        left, top = math.floor(x * across), math.floor(y * down)
        right = max(left + 1, min(small.width, math.ceil((x + w) * across)))
        below = max(top + 1, min(small.height, math.ceil((y + h) * down)))
        shown = (left / across, top / down, (right - left) / across, (below - top) / down)
        return self._pixels(small.crop((left, top, right, below))), shown

    def _resized(self, area: Area, size: tuple[int, int]) -> Pixels:
        x, y, w, h = area
        times = 0
        while w * self.width / 2 ** (times + 1) >= size[0] * _GAP:
            times += 1
        small, (across, down) = self._halved(times)
        box = (
            x * across,
            y * down,
            min(small.width, (x + w) * across),
            min(small.height, (y + h) * down),
        )
        if size != small.size or box != (0.0, 0.0, *small.size):
            small = small.resize(size, Image.Resampling.HAMMING, box, reducing_gap=_GAP)
        return self._pixels(small)

    def _halved(self, times: int) -> tuple[Image.Image, tuple[float, float]]:
        """All of it, halved so often, and how many of these pixels it fills."""
        while len(self._halves) <= times:
            self._halves.append(self._halves[-1].reduce(2))
        return self._halves[times], (self.width / 2.0**times, self.height / 2.0**times)

    def _pixels(self, image: Image.Image) -> Pixels:
        return self._tone.shown(np.array(image))


def uncombed(pixels: Pixels) -> Pixels:
    """An interlaced frame (H, W, 3) with its second field brought between the lines of the first:
    what stands still keeps its lines, what moved between the two loses its comb."""
    lines = pixels[1:-1:2]
    above, below = pixels[0:-2:2][: len(lines)], pixels[2::2][: len(lines)]
    smooth = pixels.copy()
    smooth[1:-1:2] = np.clip(lines, np.minimum(above, below), np.maximum(above, below))
    return smooth
