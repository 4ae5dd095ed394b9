"""Best shot: which of photos that show the same stands on top of the others.

[Note: Score] Each gets points for what people look for when they keep one of several: first
of all that nobody has closed eyes, then that everybody looks here. What is not known of a face
(another pack, no eyes seen) counts the same in all photos of the stack, so that it decides nothing.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.library.anchors import read


@dataclass(frozen=True, slots=True)
class Points:
    """What one trait counts, and why."""

    most: float
    why: str


EYES = Points(3.0, "closed eyes are why a photo is taken again; shared by all faces it is about")
FACING = Points(1.5, "who looks away at that moment looks here in the next one")
CLEAR = Points(1.0, "a face that moved is blurred though the rest is not")
WHOLE = Points(1.0, "a face that the edge cuts is not to be mended")
SHARP = Points(1.0, "where there are no faces, a steady hand decides")
FIRST = Points(1.0, "what the camera wrote a date into stands before what somebody made of it")
SIZE = Points(2.0, "a copy made smaller, or cut, is never better than what it was made of")

_FACING, _AWAY = 10.0, 60.0
"""Degrees of yaw: up to the first somebody looks here, from the second on away."""
_MAIN = 3.0
"""A photo is about the faces that are at least such a part as high as its largest one."""
_EDGE = 0.005
"""A face nearer to the edge than this share of the photo is cut by it."""
_UNKNOWN = 0.75
"""Points, of 1, for what is not known of a face: most eyes are open."""


@dataclass(frozen=True, slots=True)
class ContendingFace:
    """A face, as far as it makes a photo better or worse; the box is 0..1 of the photo."""

    x: float
    y: float
    w: float
    h: float
    sharpness: float
    """0..1."""
    yaw: float | None
    """Degrees."""
    eyes: str | None
    """open, close."""
    eyes_confidence: float | None
    """0.5..1."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A photo, as far as it is better or worse than one that shows the same."""

    id: int
    width: int
    height: int
    sharpness: float
    """0..1."""
    faces: tuple[ContendingFace, ...] = ()
    is_dated: bool = True
    """Whether the camera wrote down when it was taken."""

    @property
    def about(self) -> list[ContendingFace]:
        """The faces that it is about."""
        largest = max((face.h for face in self.faces), default=0.0)
        return [face for face in self.faces if face.h * _MAIN >= largest]


def ranked(rivals: Sequence[Contender]) -> list[int]:
    """The ids of photos that show the same, the best first; of equal ones that with the lowest."""
    faces = max((len(shot.about) for shot in rivals), default=0)
    pixels = max((shot.width * shot.height for shot in rivals), default=0)
    return [shot.id for shot in sorted(rivals, key=lambda s: (-score(s, faces, pixels), s.id))]


def score(one: Contender, faces: int, pixels: int) -> float:
    """The points of a photo, where the one with the most faces is about so many, and the largest
    has so many pixels."""
    people = sum(_of_face(face) for face in one.about) / max(1, faces)
    size = 1.0
    if pixels > 0:
        size = max(0.0, 1.0 + math.log2(max(1, one.width * one.height) / pixels) / 4)
    return people + SHARP.most * one.sharpness + SIZE.most * size + FIRST.most * one.is_dated


def _of_face(face: ContendingFace) -> float:
    is_open = _UNKNOWN
    if face.eyes is not None and face.eyes_confidence is not None:
        sure = face.eyes_confidence
        is_open = sure if face.eyes == "open" else 1.0 - sure
    facing = _UNKNOWN
    if face.yaw is not None:
        facing = min(1.0, max(0.0, (_AWAY - abs(face.yaw)) / (_AWAY - _FACING)))
    is_whole = (
        face.x > _EDGE and face.y > _EDGE
        and face.x + face.w < 1 - _EDGE and face.y + face.h < 1 - _EDGE
    )  # fmt: skip
    return (
        EYES.most * is_open + FACING.most * facing + CLEAR.most * face.sharpness
        + WHOLE.most * is_whole
    )  # fmt: skip


_CONTENDERS = """
SELECT id, width, height, COALESCE(sharpness, 0), taken_from IN ('exif', 'xmp') FROM photo
WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_FACES = """
SELECT photo_id, x, y, w, h, sharpness, yaw, eyes, eyes_confidence FROM face
WHERE photo_id IN (SELECT value FROM json_each(?)) AND is_face AND NOT drawn ORDER BY id
"""


def contenders(photo_ids: Collection[int]) -> list[Contender]:
    """What is known of these photos."""
    asked = (json.dumps(sorted(photo_ids)),)
    faces: defaultdict[int, list[ContendingFace]] = defaultdict(list)
    for photo_id, *told in read(_FACES, asked):
        faces[photo_id].append(ContendingFace(*told))
    return [
        Contender(number, width, height, sharpness, tuple(faces[number]), bool(is_dated))
        for number, width, height, sharpness, is_dated in read(_CONTENDERS, asked)
    ]


def best_first(photo_ids: Iterable[int]) -> list[int]:
    """These photos, which show the same, the best first."""
    return ranked(contenders(list(photo_ids)))
