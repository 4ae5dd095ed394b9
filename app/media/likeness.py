"""Likeness: what a picture looks like in 64 bits, how sharp it is, and whether two show the same.

[Note: Two looks] The bits are few enough to be held against those of every other photo, and tell
of two pictures whether they may be alike. Among very many photos some are alike by chance: where
nothing else speaks for it, the edges in the two small pictures have to agree as well. How well both
tell is measured by tests/benchmarks/stacks.py; docs/stacks.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # whoever only asks for names needs neither
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from app.media.read import Pixels

_SIDE = 32
"""Pixels to which a picture is made smaller before it is told in waves."""
_WAVES = 8
"""Waves in each direction: the slow ones, which neither scaling nor compressing changes."""
_EDGES = 24
"""Pixels to which a picture is made smaller before its edges are told."""
_BLURRED, _CRISP = 8.0, 10_000.0
"""Variance of the Laplacian of a picture that is out of focus, and of a crisp one, in its sharpest
parts."""
_TILES = 8
"""The sharpness of a picture is that of the sharpest quarter of so many times so many parts: what
is behind somebody may be blurred."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a picture looks like."""

    likeness: int
    """64 bits, signed."""
    sharpness: float
    """0..1."""


def appearance_of(pixels: Pixels) -> Appearance:
    """Both of an upright small picture, (H, W, 3) uint8 RGB."""
    from PIL import Image

    grey = Image.fromarray(pixels).convert("L")
    return Appearance(_likeness(grey), _sharpness(grey))


def appearance_in(path: Path) -> Appearance | None:
    """Both of a small picture in a file; None where there is none, or it is damaged."""
    grey = _open_grey(path)
    return None if grey is None else Appearance(_likeness(grey), _sharpness(grey))


def edges_in(path: Path) -> NDArray[np.float32] | None:
    """The edges (m,) float32 of length 1 in a small picture in a file, to be multiplied with those
    of another one: 1 where they are the same. None where there is none, or it is damaged."""
    grey = _open_grey(path, 4 * _EDGES)
    return None if grey is None else _edges(grey)


def _open_grey(path: Path, least: int = 0) -> Image | None:
    """A picture in grey; with `least`, decoded no larger than needed for so many pixels."""
    from PIL import Image

    try:
        with Image.open(path) as image:
            if least:
                image.draft("L", (least, least))
            return image.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _shrunk(grey: Image, side: int) -> NDArray[np.float32]:
    import numpy as np
    from PIL import Image

    return np.asarray(grey.resize((side, side), Image.Resampling.BOX), np.float32)


def _likeness(grey: Image) -> int:
    """The signs of the slowest 8 x 8 waves of the discrete cosine transform of 32 x 32 pixels,
    against their median (Zauner, Implementation and Benchmarking of Perceptual Image Hash
    Functions, 2010)."""
    import numpy as np

    step = np.arange(_SIDE)
    waves = np.cos(np.pi * (2 * step + 1) * np.arange(_WAVES)[:, None] / (2 * _SIDE))
    told = (waves @ _shrunk(grey, _SIDE) @ waves.T).ravel()
    return int(np.packbits(told > np.median(told[1:])).view(">i8")[0])


def _edges(grey: Image) -> NDArray[np.float32]:
    import numpy as np

    found = _laplacian(_shrunk(grey, _EDGES)).ravel()
    found = found - found.mean()
    length = float(np.linalg.norm(found))
    return found / length if length > 1.0 else np.zeros_like(found)


def _sharpness(grey: Image) -> float:
    """The variance of the Laplacian (Pech-Pacheco and others, 2000) in the sharpest parts, on a
    logarithmic scale."""
    import numpy as np

    pixels = np.asarray(grey, np.int16)
    if min(pixels.shape) < 4 * _TILES:
        return 0.0
    edges = _laplacian(pixels)
    rows, columns = (side // _TILES for side in edges.shape)
    parts = edges[: rows * _TILES, : columns * _TILES].reshape(_TILES, rows, _TILES, columns)
    told = np.sort(parts.var(axis=(1, 3), dtype=np.float32).ravel())
    best = max(1.0, float(told[-(told.size // 4) :].mean()))
    share = np.log(best / _BLURRED) / np.log(_CRISP / _BLURRED)
    return float(np.clip(share, 0.0, 1.0))


def _laplacian(grey: NDArray[Any]) -> NDArray[Any]:
    """How much each pixel differs from its four neighbours."""
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    told: NDArray[Any] = grey[1:-1, 1:-1] * 4 - around
    return told
