"""Openness: whether a mouth and eyes are open, by the 68 points of a face and a net for eyes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.faces.calibration import Calibration
from app.faces.raster import grey, resize
from app.faces.session import Session
from app.faces.view import View

Floats = NDArray[np.float32]

OPEN, CLOSE = "open", "close"
"""As the cloud service says it."""
EYES = (slice(36, 42), slice(42, 48))
"""Of the usual 68 points, each from corner to corner and back below."""

Told = tuple[str, float] | None
"""Open or close and how sure, 0.5..1; None where it cannot be told."""


class Openness:
    """Tells of a face whose 68 points are known whether its mouth and its eyes are open."""

    def __init__(
        self,
        session: Session,
        model: Mapping[str, Any],
        told: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """`told` is what the manifest says of `mouth` and `eyes`: how what is measured becomes a
        probability, and how sure it has to be."""
        self._session = session
        self._input = model["input"]
        self._lids = float(model["lids"])
        self._curves = {name: Calibration.of(told[name]) for name in ("mouth", "eyes")}
        self._least = {name: float(told[name]["least"]) for name in ("mouth", "eyes")}

    def mouth(self, points: Floats) -> Told:
        """Of the mouth, by how far apart the lips are."""
        return self._tell("mouth", gap_of(points))

    def eyes(self, view: View, points: Floats) -> Told:
        """Of both eyes together, by the net and by how far apart the lids are, in one mind.

        Neither alone will do: the net takes dark glasses for closed eyes, and narrow eyes have lids
        as near as closed ones.
        """
        images = [self._eye(view, points[some]) for some in EYES]
        told = self._session.run(np.stack(images)[:, None])["state"]
        net = float((told[:, 1] - told[:, 0]).mean())
        return self._tell("eyes", net + self._lids * lids_of(points))

    def _eye(self, view: View, eye: Floats) -> Floats:
        """Grey 0..1, (24, 24)."""
        size, crop = int(self._input["size"]), float(self._input["crop"])
        x, y = (float(value) for value in eye[[1, 2, 4, 5]].mean(axis=0))
        side = max(1.0, float(np.hypot(*(eye[3] - eye[0]))) * crop)
        image = resize(view.square((x, y), side), size, size)
        result: Floats = grey(image).astype(np.float32) / np.float32(self._input["deviation"][0])
        return result

    def _tell(self, name: str, value: float) -> Told:
        word, sure = self._curves[name].tell(value, OPEN, CLOSE)
        return (word, sure) if sure >= self._least[name] else None


def gap_of(points: Floats) -> float:
    """How far the lips are apart, (68, 2): the mean of three distances across the mouth, in
    heights of the whole mouth."""
    across = _apart(points, (61, 62, 63), (67, 66, 65)).mean()
    return float(across / max(float(_apart(points, (51,), (57,))[0]), 1e-6))


def lids_of(points: Floats) -> float:
    """How far the lids are apart in widths of the eye, (68, 2): the mean of both eyes' aspect
    ratios (Soukupová and Čech, 2016)."""
    ratios = []
    for first in (36, 42):
        above, below = (first + 1, first + 2), (first + 5, first + 4)
        wide = float(_apart(points, (first,), (first + 3,))[0])
        ratios.append(float(_apart(points, above, below).mean()) / max(wide, 1e-6))
    return sum(ratios) / 2


def _apart(points: Floats, some: tuple[int, ...], others: tuple[int, ...]) -> Floats:
    """Distances between points, pair by pair."""
    away = points[list(some)] - points[list(others)]
    result: Floats = np.hypot(away[:, 0], away[:, 1])
    return result
