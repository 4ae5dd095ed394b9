"""Told: what the program said of labelled faces, and what is true of them."""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import UsageError
from app.paths import Paths
from tests.benchmarks.data import looked_at
from tests.benchmarks.truth import TrueFace, match, photo_key, read_truth

NAMED = ("gender", "mouth", "eyes")
"""What is told in a word and with a confidence."""

_WORDS = """
SELECT path, x * width, y * height, w * width, h * height, quality, age, embedding,
       gender, gender_confidence, mouth, mouth_confidence, eyes, eyes_confidence
FROM face JOIN photo ON photo.id = photo_id ORDER BY path, x
"""


@dataclass(frozen=True, slots=True)
class Told:
    """n labelled faces, and what was told of them."""

    people: NDArray[np.str_]
    photos: NDArray[np.str_]
    vectors: NDArray[np.float32]
    """(n, d), of length 1."""
    quality: NDArray[np.float64]
    age: NDArray[np.float64]
    """Years; NaN where not told."""
    words: dict[str, NDArray[np.str_]]
    """By NAMED; empty where not told."""
    sure: dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of a person; None where nobody knows."""

    gender: str | None
    ages: tuple[float, float] | None
    """Between which they were when the photo was taken."""


def read_told(photos: Path, cache: Path) -> tuple[Told, list[TrueFace]]:
    """The named faces that the program finds, and the row of the truth that each is.

    Raises UsageError when there is none.
    """
    truth = read_truth(photos)
    database = Paths.under(looked_at(photos, cache)).database
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        rows = opened.execute(_WORDS).fetchall()
    keys = [photo_key(bytes(row[0]).decode("utf-8", "surrogateescape")) for row in rows]
    found = match(truth, [(key, row[1:5]) for key, row in zip(keys, rows, strict=True)])
    pairs = [(truth[row], number) for row, number in found.items() if truth[row].is_named]
    if not pairs:
        raise UsageError(f"No face of {photos} is one that its truth.csv names.")
    told = [rows[number] for _, number in pairs]
    vectors = np.stack([np.frombuffer(row[7], "<f2") for row in told]).astype(np.float32)
    faces = Told(
        people=np.array([face.identity for face, _ in pairs]),
        photos=np.array([face.photo for face, _ in pairs]),
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        quality=np.array([row[5] for row in told], np.float64),
        age=np.array([row[6] for row in told], np.float64),
        words={
            name: np.array([row[8 + 2 * n] or "" for row in told]) for n, name in enumerate(NAMED)
        },
        sure={
            name: np.array([row[9 + 2 * n] or 0.0 for row in told], np.float64)
            for n, name in enumerate(NAMED)
        },
    )
    return faces, [face for face, _ in pairs]


def read_people(path: Path) -> dict[str, Known]:
    """What a people.csv tells; nothing where there is none."""
    if not path.exists():
        return {}
    found: dict[str, Known] = defaultdict(lambda: Known(None, None))
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            low, _, high = row["age_at_photo"].partition("-")
            ages = (float(low), float(high or low)) if low else None
            found[row["identity"]] = Known(row["gender"] or None, ages)
    return found


def read_opened(path: Path, faces: list[TrueFace]) -> dict[str, NDArray[np.str_]]:
    """What a file with the columns path, x, y, w, h, mouth, eyes says of each of these faces: open,
    close, or nothing where it is unclear or not labelled; nothing at all where there is no file."""
    found = {name: np.full(len(faces), "", dtype="<U8") for name in ("mouth", "eyes")}
    if not path.exists():
        return found
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    boxes = [
        (photo_key(row["path"]), tuple(float(row[side]) for side in "xywh"))
        for row in rows
    ]  # fmt: skip
    for number, row in match(faces, [(key, (x, y, w, h)) for key, (x, y, w, h) in boxes]).items():
        for name, said in found.items():
            said[number] = rows[row][name]
    return found
