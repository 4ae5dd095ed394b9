"""Name matching: which face a frame of another program is about.

[Note: Frames] Every program frames heads in its own way: Kinfolk's detector takes the face from
brow to chin, Picasa and Windows a square with hair, digiKam whatever was drawn by hand. Measured on
44 photos with 140 faces, framed by squares with their places shifted at random by 8 % of the face
and up to 12 % upwards: the overlap by which two detectors are compared (0.4) finds 117 of 140 in
squares of 1.3 times the size of the face and none in those of 1.6 times. By the two centres, each
in the other's frame, and sizes within 3.5 times, 140 of 140 are found up to twice the size, 137 at
2.5 times, 99 at three times; and where nearer pairs go first, none of them wrong, also when three
faces in ten were not found by the detector.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from app.media.foreign.found import ForeignName

Box = tuple[float, float, float, float]
"""x, y, w, h, normalised 0..1 to the upright photo."""

SIZES = 3.5
"""Times that a frame may be larger or smaller than the face, by the root of their areas."""


def nearness(frame: Box, face: Box) -> float | None:
    """How near the centre of a frame is to that of a face, 1 at the best, in widths and heights of
    the face; None where they cannot be of one head."""
    if min(frame[2], frame[3], face[2], face[3]) <= 0:
        return None
    ratio = math.sqrt(frame[2] * frame[3] / (face[2] * face[3]))
    if not 1 / SIZES <= ratio <= SIZES:
        return None
    (fx, fy), (x, y) = _centre(frame), _centre(face)
    if not (_is_in(fx, fy, face) and _is_in(x, y, frame)):
        return None
    return 1 - math.hypot((fx - x) / face[2], (fy - y) / face[3])


def _centre(box: Box) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def _is_in(x: float, y: float, box: Box) -> bool:
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def pair(frames: Sequence[Box], faces: Sequence[Box]) -> dict[int, int]:
    """Which frame is about which face, each once, by indices, the nearest first."""
    near = sorted(
        (
            (worth, i, j)
            for i, frame in enumerate(frames)
            for j, face in enumerate(faces)
            if (worth := nearness(frame, face)) is not None
        ),
        key=lambda entry: (-entry[0], entry[1:]),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in near:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def meant(photos: Iterable[tuple[Sequence[ForeignName], Sequence[Box]]]) -> dict[str, int]:
    """Way -> which of its readings is meant: the one by which the most faces of all these photos
    (names and faces of each) are found, the earlier one where two find as many."""
    votes: dict[str, Counter[int]] = {}
    for names, faces in photos:
        ways: dict[str, list[ForeignName]] = {}
        for name in names:
            if len(name.readings) > 1:
                ways.setdefault(name.way, []).append(name)
        for way, own in ways.items():
            counted = votes.setdefault(way, Counter())
            for number in range(len(own[0].readings)):
                counted[number] += len(pair([name.readings[number] for name in own], faces))
    return {
        way: max(sorted(counted), key=lambda number: counted[number])
        for way, counted in votes.items()
    }


def frame_of(name: ForeignName, ways: dict[str, int]) -> Box | None:
    """Where a name says the face is; None where it says only that it is in the photo."""
    return name.readings[ways.get(name.way, 0)] if name.readings else None
