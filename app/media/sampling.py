"""Sampling: which frames of a video are looked at, so that few are and nobody is missed.

[Note: Sampling] The frames are chosen by what is in the file alone, never by how long anything
takes: whoever looks again, with another pack or on another computer, looks at the same moments, and
what was said of a face finds it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from app.media.video import Video

DENSITY = 4.0
"""Frames that are looked at in a video of one second; in one of n seconds it is sqrt(n) times as
many: three a second in a clip of two seconds, one in two seconds in one of a minute, 2 a minute in
a film of two hours. Who is in a short clip is there on purpose; in a long film everybody who
matters comes again."""
REGULAR = 2 / 3
"""Of the most frames, how many come at regular times; the others are for changes of the scene."""
CUT = 32.0
"""Of 255: by so much the brightness of the 16 x 9 parts of a frame differs on average from the
frame before where another scene begins. Measured on 120 photos one after the other: of two, 19 in
20 differ by 40 and more, half by 67; a pan over the whole width in two seconds differs by 22 from
one glance to the next."""
STILL = 0.4
STILL_MOST = 4
"""On average and at most: by so little it differs where nothing moved; what is packed and unpacked
differs by that."""
BLANK = 3.0
"""Standard deviation of the brightness below which a frame shows nothing: the black between two
scenes, a lens cap."""
GLANCE = 0.1
"""Seconds between two frames that are compared where all are decoded."""
CLOSER = 4
"""Key frames that are compared for each regular one, where only those are decoded."""
LITTLE = 750e6
"""Pixels of all frames together, up to which all are decoded: 12 s of full HD at 30 a second."""
MUCH = 5e9
"""The same, where there are too few key frames to do with those: 80 s of it."""
_SPARSE = 1.5
"""Times the distance of two looks that key frames may be apart."""
_MOST_WAIT = 0.5
"""Seconds before the first look."""

Signature = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame that is worth a look. `moment`: s."""

    moment: float
    frame: VideoFrame
    is_cut: bool
    """Whether another scene began since the sample before."""
    is_still: bool
    """Whether it shows just what the sample before shows."""
    contrast: float
    """How much there is to be seen: standard deviation of the brightness, of 255."""


def regular_count(duration: float, most: int) -> int:
    """How many frames are looked at at regular times."""
    return max(1, min(ceil(most * REGULAR), round(DENSITY * sqrt(max(0.0, duration)))))


def samples(video: Video, most: int) -> Iterator[Sample]:
    """The frames to look at, in order of time, `most` at most.

    Where key frames lie close enough only those are decoded. Raises PhotoError when the video is
    damaged beyond that.
    """
    step = video.duration / regular_count(video.duration, most)
    pixels = video.duration * video.rate * video.width * video.height
    is_whole = pixels <= LITTLE or (pixels <= MUCH and video.key_gap() > _SPARSE * step)
    frames = video.every() if is_whole else _key_frames(video, step / CLOSER)
    if is_whole:
        yield from _Chooser(video, step, most, min(step / 2, _MOST_WAIT)).choose(frames, GLANCE)
    else:
        yield from _Chooser(video, step, most, 0.0).choose(frames, 0.0)


def _key_frames(video: Video, step: float) -> Iterator[VideoFrame]:
    """Key frames, at most one for each step."""
    last = -1.0
    for number in range(ceil(video.duration / step)):
        found = video.key(number * step, last)
        if found is not None and video.moment(found) > last:
            last = video.moment(found)
            yield found


class _Chooser:
    """Chooses frames from those that were decoded."""

    def __init__(self, video: Video, step: float, most: int, first: float) -> None:
        """`first` is when the first look is due, s."""
        self._video = video
        self._step = step
        self._most = most
        self._due = first
        self._count = 0
        self._before: Signature | None = None
        self._chosen: Signature | None = None
        self._was_cut = False

    def choose(self, frames: Iterator[VideoFrame], glance: float) -> Iterator[Sample]:
        compared = -glance
        spare: Sample | None = None
        for frame in frames:
            now = self._video.moment(frame)
            if now < self._due and now < compared + glance:
                continue
            compared = now
            sample = self._sample(frame, now)
            spare = spare or sample
            if self._is_wanted(sample):
                self._count += 1
                self._was_cut = False
                self._chosen = self._before
                while self._due <= now:
                    self._due += self._step
                yield sample
            if self._count >= self._most:
                return
        if not self._count and spare is not None:
            yield spare

    def _sample(self, frame: VideoFrame, now: float) -> Sample:
        signature = self._video.signature(frame)
        if self._before is not None:
            self._was_cut |= bool(np.abs(_parts(signature) - _parts(self._before)).mean() > CUT)
        self._before = signature
        return Sample(
            now, frame, self._was_cut, _is_still(signature, self._chosen), float(signature.std())
        )

    def _is_wanted(self, sample: Sample) -> bool:
        if sample.contrast < BLANK:
            return False
        if sample.moment >= self._due:
            return True
        # Changes may use up what is theirs evenly over time: the end has its share, too.
        share = sample.moment / max(self._video.duration, 1e-3)
        return sample.is_cut and self._count < ceil(self._most * share) + 1


def _parts(signature: Signature) -> NDArray[np.float64]:
    """(9, 16): the same, coarser, so that what only moves changes it less."""
    high, wide = signature.shape
    return np.asarray(signature.reshape(high // 4, 4, wide // 4, 4).mean(axis=(1, 3)))


def _is_still(now: Signature, before: Signature | None) -> bool:
    if before is None:
        return False
    apart = np.abs(now - before)
    return bool(apart.mean() <= STILL and apart.max() <= STILL_MOST)
