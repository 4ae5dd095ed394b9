"""Small videos for the tests, made by ffmpeg out of frames that tell their number."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

WIDTH, HEIGHT, RATE = 320, 192, 25
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p")
CODECS = {
    ".mp4": H264,
    ".mov": H264,
    ".mkv": H264,
    ".avi": ("-c:v", "mpeg4", "-q:v", "2"),
    ".webm": ("-c:v", "libvpx", "-b:v", "2M", "-deadline", "realtime", "-cpu-used", "8"),
    ".mts": H264,
    ".mpg": ("-c:v", "mpeg2video", "-q:v", "2"),
    ".wmv": ("-c:v", "wmv2", "-q:v", "2"),
    ".3gp": H264,
}
_BITS = 8
_BLOCK = 32


def numbered(number: int) -> Pixels:
    """A frame: red, green, blue and grey quarters, and its number in black and white blocks."""
    frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    half, middle = HEIGHT // 2, WIDTH // 2
    frame[:half, :middle] = (200, 30, 30)
    frame[:half, middle:] = (30, 200, 30)
    frame[half:, :middle] = (30, 30, 200)
    frame[half:, middle:] = (128, 128, 128)
    for bit in range(_BITS):
        left = bit * _BLOCK + _BLOCK
        frame[half - 16 : half + 16, left : left + _BLOCK] = 255 * (number >> bit & 1)
    return frame


def number_of(frame: Pixels) -> int:
    """The number that an upright frame of this size tells."""
    row = frame[HEIGHT // 2 - 6 : HEIGHT // 2 + 6].mean(axis=(0, 2))
    middles = [bit * _BLOCK + _BLOCK + _BLOCK // 2 for bit in range(_BITS)]
    return sum((row[at - 4 : at + 4].mean() > 128) << bit for bit, at in enumerate(middles))


def film(
    path: Path,
    frames: Iterable[Pixels],
    rate: float = RATE,
    options: Sequence[str] = (),
    turn: int = 0,
) -> Path:
    """A video of these frames, of the kind that its name says; to be `turn`ed when it is shown,
    degrees clockwise, as a telephone writes it."""
    shown = list(frames)
    height, width = shown[0].shape[:2]
    command = [
        "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
        f"{width}x{height}", "-r", str(rate), "-i", "-", *CODECS[path.suffix], *options, str(path),
    ]  # fmt: skip
    raw = b"".join(np.ascontiguousarray(frame).tobytes() for frame in shown)
    subprocess.run(command, input=raw, check=True, timeout=120)
    if turn:
        lying = path.with_name(f"lying-{path.name}")
        path.rename(lying)
        ffmpeg("-i", str(lying), "-c", "copy", "-metadata:s:v:0", f"rotate={360 - turn}", str(path))
        lying.unlink()
    return path


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg, which must succeed."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True, timeout=120)
