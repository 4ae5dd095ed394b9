"""Truth: who the faces of a folder are, by its truth.csv, and which found face is which."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import UsageError

Box = tuple[float, float, float, float]
"""x, y, width, height in pixels of the upright picture."""

ENOUGH_OVERLAP = 0.4
"""Intersection over union from which two boxes are of one face."""
LIKE_SIZES = (0.25, 4.0)
"""Detectors draw boxes differently: areas that differ by less may be of one face."""


@dataclass(frozen=True, slots=True)
class TrueFace:
    """One row of the truth."""

    photo: str
    """The last two parts of its path, as `photo_key` gives them."""
    identity: str
    box: Box
    is_whole: bool
    is_twice: bool

    @property
    def is_named(self) -> bool:
        """Whether somebody said who it is."""
        return bool(self.identity) and not self.identity.startswith("?")


def photo_key(path: str) -> str:
    """What names a photo in the truth and in the library alike: its folder and its name."""
    return "/".join(path.replace("\\", "/").rstrip("/").split("/")[-2:])


def read_truth(folder: Path) -> list[TrueFace]:
    """The rows of the folder's truth.csv, in order.

    Raises UsageError when there is none or it lacks a column.
    """
    try:
        with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
            return [_face(row) for row in csv.DictReader(file)]
    except FileNotFoundError as error:
        raise UsageError(f"{folder} holds no truth.csv that says who is who.") from error
    except (KeyError, ValueError) as error:
        raise UsageError(f"{folder / 'truth.csv'} cannot be understood: {error}.") from error


def _face(row: dict[str, str]) -> TrueFace:
    x, y, w, h = (float(row[side] or 0) for side in "xywh")
    return TrueFace(
        photo=photo_key(row["path"].strip()),
        identity=row["identity"].strip(),
        box=(x, y, w, h),
        is_whole=row.get("kind", "photo") == "photo",
        is_twice=row.get("twice", "0") == "1",
    )


def match(truth: Sequence[TrueFace], found: Sequence[tuple[str, Box]]) -> dict[int, int]:
    """Rows of the truth -> found faces (photo key and box), one to one, the best first."""
    here: dict[str, list[int]] = defaultdict(list)
    for number, (photo, _) in enumerate(found):
        here[photo].append(number)
    pairs = [
        (worth, row, number)
        for row, face in enumerate(truth)
        for number in here[face.photo]
        if (worth := _worth(face.box, found[number][1])) is not None
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, number in sorted(pairs, reverse=True):
        if row not in matched and number not in taken:
            matched[row] = number
            taken.add(number)
    return matched


def _worth(true: Box, found: Box) -> float | None:
    """How well two boxes fit; None when they are not of one face."""
    shared = _overlap(true, found)
    if shared >= ENOUGH_OVERLAP:
        return 1 + shared
    least, most = LIKE_SIZES
    ratio = found[2] * found[3] / max(1e-9, true[2] * true[3])
    # Both ways round, so that a large box over two faces is not taken for the wrong one.
    if _holds_centre(found, true) and _holds_centre(true, found) and least <= ratio <= most:
        return shared
    return None


def _overlap(a: Box, b: Box) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(0.0, width) * max(0.0, height)
    either = a[2] * a[3] + b[2] * b[3] - both
    return both / either if either > 0 else 0.0


def _holds_centre(outer: Box, inner: Box) -> bool:
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return outer[0] <= x <= outer[0] + outer[2] and outer[1] <= y <= outer[1] + outer[3]
