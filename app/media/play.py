"""Play: the frames of a video one after the other, each as soon as it is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.media.read import Pixels
from app.media.video import Video


def frames_from(
    path: Path,
    seconds: float,
    long_side: int,
    begin: int = 0,
    max_megapixels: int = 1000,
) -> Iterator[tuple[float, Pixels]]:
    """The frames (H, W, 3) uint8 RGB of a video from a moment on, upright, each with when it is
    shown, s from the first one on. Their long side is at most `long_side`.

    The video may lie within a file, from byte `begin` on. Sound is not decoded. Raises PhotoError
    with the reason.
    """
    with Video(path, max_megapixels, begin) as video:
        before = None
        for frame in video.every(seconds):
            moment = video.moment(frame)
            if moment <= seconds:
                before = frame  # it may be shown still
                continue
            if before is not None:
                yield seconds, video.picture(before, long_side=long_side).at(long_side)
                before = None
            yield moment, video.picture(frame, long_side=long_side).at(long_side)
        if before is not None:
            yield seconds, video.picture(before, long_side=long_side).at(long_side)
