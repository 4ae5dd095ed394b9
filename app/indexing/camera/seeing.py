"""Seeing: who the faces of one photo are, by all photos around its moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Judgement, Rules, Verdict, judge, together
from app.library.queries.cameras import CameraFace
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """The faces in the photos around one moment."""

    faces: Sequence[CameraFace]
    vectors: NDArray[np.float32]
    """(n, d), of length 1."""
    likenesses: NDArray[np.float32]
    """(n, p): how alike each is to everybody whom the camera knows."""


def rules_of(settings: Settings) -> Rules:
    """What it takes to be a stranger, as the settings say it."""
    return Rules(settings.stranger_photos, settings.stranger_quality, settings.excellent_quality)


def judged(
    circle: Circle, view: View, here: Sequence[int], rules: Rules, limits: Thresholds
) -> dict[int, tuple[Judgement, list[int]]]:
    """Who the faces of one photo are, and by which rows. Two of them are two people: who is less
    like somebody than another face there is somebody else."""
    likenesses = dict.fromkeys(here, view.likenesses)
    found = {row: _judge(circle, view, row, view.likenesses, rules, limits) for row in here}
    for _ in here:
        taken: dict[int, int] = {}
        for row in sorted(here, key=lambda row: -found[row][0].like.probability):
            judgement = found[row][0]
            place = judgement.like.place
            if judgement.verdict is Verdict.KNOWN and taken.setdefault(place, row) != row:
                likenesses[row] = likenesses[row].copy()
                likenesses[row][:, place] = -1.0
                found[row] = _judge(circle, view, row, likenesses[row], rules, limits)
                break
        else:
            break
    return found


def _judge(
    circle: Circle,
    view: View,
    row: int,
    likenesses: NDArray[np.float32],
    rules: Rules,
    limits: Thresholds,
) -> tuple[Judgement, list[int]]:
    """Who one face is, and by which rows."""
    rows = together(view.vectors, row, [face.photo_id for face in view.faces], limits)
    quality = np.array([view.faces[one].quality for one in rows.tolist()], np.float32)
    return judge(circle, likenesses[rows], quality, rules), rows.tolist()
