"""Dataset: faces with the truth about them, wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NOBODY = -1
"""In `people`: nobody said who this is. In labels: left alone."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """n found faces as columns, in order of path; and m faces of named people not found."""

    name: str
    vectors: NDArray[np.float32]
    """(n, d), each of length 1."""
    photos: NDArray[np.int64]
    """(n,): number of the photo."""
    people: NDArray[np.int64]
    """(n,): number of the person by the truth, from 0; NOBODY when nobody said."""
    quality: NDArray[np.float32]
    """(n,): 0..1, as the program measures it."""
    pixels: NDArray[np.float32]
    """(n,): shorter side of the face, px."""
    pose: NDArray[np.float32]
    """(n, 3): pitch, yaw, roll in degrees; NaN when not known."""
    taken: NDArray[np.float64]
    """(n,): when the photo was taken, s since 1970; NaN when not known."""
    in_truth: NDArray[np.bool_]
    """(n,): whether the truth has this face at all, named or not."""
    twice: NDArray[np.bool_]
    """(n,): whether its photo may show one person twice: a mirror, a poster."""
    whole: NDArray[np.bool_]
    """(n,): whether its picture is a whole photo and not a crop."""
    missed: NDArray[np.int64]
    """(m,): people of the faces that were not found."""
    missed_whole: NDArray[np.bool_]
    """(m,): whether those are in whole photos."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """Of the pack that made the vectors, by name."""

    def __len__(self) -> int:
        return len(self.people)


def some_faces(data: Dataset, rows: NDArray[np.int64], name: str = "") -> Dataset:
    """Some of the faces, in the order of `rows`; none counts as not found."""
    return Dataset(
        name=name or data.name,
        missed=np.empty(0, np.int64),
        missed_whole=np.empty(0, np.bool_),
        thresholds=data.thresholds,
        **{column: getattr(data, column)[rows] for column in PER_FACE},
    )


def some_people(data: Dataset, faces: int, seed: int) -> Dataset:
    """About so many faces: people drawn at random with all of theirs, and strangers alike."""
    if len(data) <= faces:
        return data
    # A face nobody named stands for a person of its own here.
    owner = np.where(data.people >= 0, data.people, data.people.max() + 1 + np.arange(len(data)))
    drawn = np.random.default_rng(seed).permutation(np.unique(owner))
    sizes = np.bincount(owner)[drawn]
    kept = drawn[: int(np.searchsorted(np.cumsum(sizes), faces, side="right"))]
    return some_faces(data, np.flatnonzero(np.isin(owner, kept)))


PER_FACE = (
    "vectors", "photos", "people", "quality", "pixels", "pose", "taken", "in_truth", "twice",
    "whole",
)  # fmt: skip
