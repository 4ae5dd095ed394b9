"""Tone: videos with more brightness than a screen has, shown as a usual one shows them."""

from __future__ import annotations

import functools
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_WHITE = 203.0
"""Nits of white paper in HDR video (ITU-R BT.2408): what is brighter is a light or a reflection."""
_PEAK = 1000.0
"""Nits that phones master for; brighter is white."""
_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    np.float32,
)
"""Linear light of BT.2020 as that of BT.709 (ITU-R BT.2087)."""


class Tone(Enum):
    """How brightness is written down in a video."""

    USUAL = 0
    PQ = 16
    """SMPTE ST 2084: HDR10, Dolby Vision. The values are FFmpeg's numbers."""
    HLG = 18
    """ARIB STD-B67: phones."""

    @classmethod
    def of(cls, transfer: int) -> Tone:
        """By FFmpeg's number of the transfer function."""
        return {16: cls.PQ, 18: cls.HLG}.get(transfer, cls.USUAL)

    def shown(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Pixels (H, W, 3) uint8 as they are written down, as sRGB."""
        if self is Tone.USUAL:
            return pixels
        light = _light(self)[pixels] @ _TO_709.T
        index = np.clip(light * (len(_SRGB) - 1), 0, len(_SRGB) - 1).astype(np.int32)
        result: NDArray[np.uint8] = _SRGB[index]
        return result


@functools.cache
def _light(tone: Tone) -> Floats:
    """(256,): linear light of each value, 0..1, with the lights bent down below 1."""
    value = np.arange(256, dtype=np.float64) / 255
    nits = _pq(value) if tone is Tone.PQ else _hlg(value)
    light = nits / _WHITE
    # Reinhard's curve, extended so that the peak is just white (Reinhard and others, 2002, eq. 4).
    most = _PEAK / _WHITE
    bent = light * (1 + light / most**2) / (1 + light)
    # It halves what is white: the paper is put back at 80 % of the light.
    return np.minimum(1.0, bent * 1.6).astype(np.float32)


def _pq(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nits by SMPTE ST 2084."""
    power = value ** (1 / 78.84375)
    return np.asarray(
        10_000
        * (np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power))
        ** (1 / 0.1593017578125)
    )


def _hlg(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nits by ARIB STD-B67 on a screen of 1000, grey as grey."""
    scene = np.where(
        value <= 0.5, value**2 / 3, (np.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    return np.asarray(_PEAK * scene**1.2)


_SRGB = np.round(
    255
    * np.where(
        (step := np.arange(4096) / 4095) <= 0.0031308,
        12.92 * step,
        1.055 * step ** (1 / 2.4) - 0.055,
    )
).astype(np.uint8)
