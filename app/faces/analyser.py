"""Analyser: one picture into its faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.faces.align import SIDE, chip, scale_of, similarity, source_box
from app.faces.attributes import Attributes
from app.faces.detect import Detections, Floats
from app.faces.embed import embed_both
from app.faces.framed import take_frames
from app.faces.landmarks import Marked
from app.faces.packs.pack import ModelPack
from app.faces.quality import geometry_fit, quality, sharpness, turn_of
from app.faces.search import search
from app.faces.turned import ODD, TurnedPicture, box_back, face_back, quarters_to_stand
from app.faces.types import Box, Face, Picture, Pixels, Vector
from app.faces.view import Rectangle, View, grown, part

ENOUGH = 1.0
"""Pixels of the aligned face per pixel of the view, above which the original is asked for more."""
DETAIL = 2.0
"""And how much more: pixels of that part per pixel of the aligned face; there may be twice that,
which costs nothing."""
LEAST_DETAIL = 1.2
"""And how much is enough of it where more would mean to decode the photo once more."""


@dataclass(frozen=True, slots=True)
class _Portrait:
    """One face before it is embedded. box and landmarks: pixels of the original; chips: RGB."""

    box: Rectangle
    landmarks: Floats
    score: float
    view: View
    chip: Pixels
    mirrored: Pixels
    away: float
    points: Floats | None
    """Both as of landmarks.Marked."""
    frame: Box | None
    """Where the user drew it; None of what the machine found."""


class FaceAnalyser:
    """Finds, embeds and describes the faces of a picture with one model pack."""

    def __init__(self, pack: ModelPack) -> None:
        self._pack = pack

    @property
    def pack(self) -> ModelPack:
        """What it looks with."""
        return self._pack

    def analyse(self, picture: Picture, frames: Sequence[Box] = ()) -> list[Face]:
        """The faces of the picture, the surest first; signed with the pack and its version.

        `frames` are where the user drew faces: each comes last and as it was drawn, in place of
        what was found there.
        """
        portraits = self._portraits(picture, frames)
        quarters = self._quarters(portraits)
        if not quarters:
            return self._faces(portraits, picture)
        standing = TurnedPicture(picture, quarters)
        turned = [box_back(frame, 4 - quarters) for frame in frames]
        faces = self._faces(self._portraits(standing, turned), standing)
        found = len(faces) - len(frames)
        drawn = zip(faces[found:], frames, strict=True)
        return [face_back(face, quarters) for face in faces[:found]] + [
            replace(face_back(face, quarters), box=frame) for face, frame in drawn
        ]

    def _portraits(self, picture: Picture, frames: Sequence[Box]) -> list[_Portrait]:
        found, wide = search(self._pack.detector, picture, self._pack.sureness)
        beside, framed = take_frames(found, frames, self._pack.detector, picture)
        every = Detections.join([beside, framed])
        places = [None] * len(beside) + list(frames)
        portraits: dict[int, _Portrait] = {}
        # The smallest first: it asks for the most detail, and what was decoded for it serves all.
        for index in np.argsort(every.boxes[:, 2], kind="stable").tolist():
            portraits[index] = self._portray(every, index, picture, wide, places[index])
        return [portraits[index] for index in range(len(every))]

    def _quarters(self, portraits: list[_Portrait]) -> int:
        """What the user framed does not vote: where the detector saw nothing, landmarks are a
        guess."""
        if self._pack.marker is None:
            return 0
        found = [one for one in portraits if one.frame is None]
        odd = [(one.view, one.box) for one in found if one.away > ODD]
        return quarters_to_stand(self._pack.detector, self._pack.marker, odd, len(found))

    def _faces(self, portraits: list[_Portrait], picture: Picture) -> list[Face]:
        vectors = embed_both(
            self._pack.embedder,
            [portrait.chip for portrait in portraits],
            [portrait.mirrored for portrait in portraits],
        )
        return [
            self._face(portrait, vector, picture)
            for portrait, vector in zip(portraits, vectors, strict=True)
        ]

    def _portray(
        self, found: Detections, index: int, picture: Picture, wide: View, frame: Box | None
    ) -> _Portrait:
        x, y, w, h = (float(value) for value in found.boxes[index])
        box, landmarks = (x, y, w, h), found.landmarks[index]
        margin = self._pack.describer.margin if self._pack.describer else 1.0
        view = _view_of(box, landmarks, picture, wide, margin)
        marked = Marked(landmarks)
        if self._pack.marker is not None:
            marked = self._pack.marker.mark(view, box, landmarks)
            landmarks = marked.landmarks
        straight, mirrored = (
            chip(view.pixels, view.points(landmarks), zoom) for zoom in self._pack.zooms
        )
        score = float(found.scores[index])
        return _Portrait(
            box, landmarks, score, view, straight, mirrored[:, ::-1], marked.away, marked.points,
            frame,
        )  # fmt: skip

    def _face(self, portrait: _Portrait, vector: Vector, picture: Picture) -> Face:
        told = Attributes()
        if self._pack.describer is not None:
            told = self._pack.describer.describe(
                portrait.view, portrait.box, portrait.landmarks, portrait.points
            )
        _, _, w, h = portrait.box
        sharp = sharpness(portrait.chip)
        turn = turn_of(told.pose, portrait.landmarks)
        return Face(
            box=portrait.frame or _box_of(portrait.box, picture),
            landmarks=_normalised(portrait.landmarks, picture),
            score=portrait.score,
            embedding=vector,
            quality=quality(
                portrait.score, min(w, h), sharp, turn, geometry_fit(portrait.landmarks)
            ),
            sharpness=sharp,
            pixels=min(w, h),
            maker=self._pack.info.maker,
            pose=told.pose,
            age=told.age,
            gender=told.gender,
            gender_confidence=told.gender_confidence,
            mouth=told.mouth,
            mouth_confidence=told.mouth_confidence,
            eyes=told.eyes,
            eyes_confidence=told.eyes_confidence,
            drawn=portrait.frame is not None,
        )


def _view_of(
    box: Rectangle, landmarks: Floats, picture: Picture, wide: View, margin: float
) -> View:
    """Pixels of a face, from as much resolution as it can use and the picture has."""
    magnified = scale_of(similarity(wide.points(landmarks)))
    if magnified <= ENOUGH or min(wide.scale) >= 1.0:
        return wide
    matrix = similarity(landmarks)
    needed = _union(source_box(matrix), grown(box, margin))
    across = max(needed[2:]) * scale_of(matrix)
    return part(
        picture, needed, max(SIDE, round(across * DETAIL)), max(SIDE, round(across * LEAST_DETAIL))
    )


def _box_of(box: Rectangle, picture: Picture) -> Box:
    x, y, w, h = box
    return Box(x / picture.width, y / picture.height, w / picture.width, h / picture.height)


def _normalised(landmarks: Floats, picture: Picture) -> Floats:
    size = np.array([picture.width, picture.height], np.float32)
    result: Floats = np.divide(landmarks, size, dtype=np.float32)
    return result


def _union(one: Rectangle, other: Rectangle) -> Rectangle:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right = max(one[0] + one[2], other[0] + other[2])
    below = max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, below - top
