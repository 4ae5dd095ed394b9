"""Attributes: where a head looks, its age, gender, mouth and eyes, as far as the pack can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.faces.calibration import Calibration
from app.faces.landmarks import roll_of
from app.faces.openness import Openness
from app.faces.raster import resize
from app.faces.session import Session, blob
from app.faces.types import Pose
from app.faces.view import Rectangle, View

Floats = NDArray[np.float32]

MOST_YEARS = 101
"""The range of the age net."""
STANDING = 35.0
"""Degrees of roll up to which the pose net is believed."""
MOST_TIMES = 1.35
"""How many times the face's box the widest crop shows."""
CLOSE_UP = 275
"""Pixels across of the part that crops are cut from: the pose net takes 224 of it, at 1.1 times
the box."""
SMALL_CLOSE_UP = 137
"""The same for the nets of age and gender, which take 64."""
LEVEL = 3.0
"""Degrees of roll beyond which a head is put upright for the nets that were taught such: 92 % of
faces that lean by 10 degrees or more are told the right gender as they are, 94 % upright."""
SIDEWAYS = 45.0
"""Degrees of yaw beyond which half of mouth and eyes is hidden, and nothing is said of them."""
BINS = 66
"""Bins of an angle, 3 degrees each from -99."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What was told of one face; None where the pack cannot tell."""

    pose: Pose | None = None
    age: float | None = None
    """Years."""
    gender: str | None = None
    """'female' or 'male'."""
    gender_confidence: float | None = None
    mouth: str | None = None
    """'open' or 'close'; the same of the eyes."""
    mouth_confidence: float | None = None
    eyes: str | None = None
    eyes_confidence: float | None = None


class Describer(Protocol):
    """Tells the attributes of a face."""

    @property
    def margin(self) -> float:
        """How many times the face's box a view has to show."""

    def describe(
        self, view: View, box: Rectangle, landmarks: Floats, points: Floats | None = None
    ) -> Attributes:
        """Of the face in `box`, with landmarks (5, 2) and, where they are known, the usual 68
        `points` (68, 2), all in pixels of the original."""


class CompactDescriber:
    """The compact pack's nets: Hopenet for pose, two SSR-Nets for age and gender, one for eyes."""

    margin = 1.3
    """How many times the face's box a view has to show."""

    def __init__(
        self,
        sessions: Mapping[str, Session],
        models: Mapping[str, Mapping[str, Any]],
        told: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """`models` and `told` are what the manifest says by these names."""
        self._sessions = sessions
        self._models = models
        self._gender = Calibration.of(told["gender"])
        self.openness = Openness(sessions["eye"], models["eye"], told)

    def describe(
        self, view: View, box: Rectangle, landmarks: Floats, points: Floats | None = None
    ) -> Attributes:
        """Of the face in `box`, in pixels of the original."""
        x, y, w, h = box
        centre, side = (x + w / 2, y + h / 2), max(w, h) * MOST_TIMES
        # Cut and made smaller once: what each net sees is cut out of that.
        view = view.close_up(centre, side, CLOSE_UP)
        small = view.close_up(centre, side, SMALL_CLOSE_UP)  # mostly half of that
        roll = roll_of(landmarks)
        upright = small
        if abs(roll) > LEVEL:
            upright = small.levelled(roll)
            points = None if points is None else small.level(points, roll)
        age = float(ssr(self._run("age", upright, box)).mean()) * MOST_YEARS
        male = float(ssr(self._run("gender", upright, box)).mean())
        gender, confidence = self._gender.tell(male, "male", "female")
        pose = self._pose(view, box, roll)
        mouth = eyes = None
        if points is not None and abs(pose.yaw) <= SIDEWAYS:
            mouth, eyes = self.openness.mouth(points), self.openness.eyes(upright, points)
        return Attributes(
            pose=pose,
            age=round(min(max(age, 0.0), float(MOST_YEARS)), 1),
            gender=gender,
            gender_confidence=confidence,
            mouth=mouth[0] if mouth else None,
            mouth_confidence=mouth[1] if mouth else None,
            eyes=eyes[0] if eyes else None,
            eyes_confidence=eyes[1] if eyes else None,
        )

    def _pose(self, view: View, box: Rectangle, roll: float) -> Pose:
        told = self._run("pose", view, box)
        pitch, yaw, net_roll = (expected_angle(told[name][0]) for name in ("pitch", "yaw", "roll"))
        # taught on heads that stand; of one that lies, the line of the eyes knows more
        return Pose(pitch, yaw, net_roll if abs(roll) < STANDING else roll)

    def _run(self, name: str, view: View, box: Rectangle) -> dict[str, Floats]:
        wants = self._models[name]["input"]
        x, y, w, h = box
        side = int(wants["size"])
        images = []
        for times in wants.get("crops") or [wants["crop"]]:
            crop = view.square((x + w / 2, y + h / 2), max(w, h) * abs(float(times)))
            image = resize(crop, side, side)
            images.append(image if times > 0 else image[:, ::-1])  # a minus means the mirror
        return self._sessions[name].run(blob(images, wants))


def expected_angle(bins: Floats) -> float:
    """An angle in degrees out of Hopenet's 66 bins (Ruiz and others, 2018)."""
    shares = np.exp(bins - bins.max())
    shares /= shares.sum()
    return float(shares @ np.arange(BINS, dtype=np.float32)) * 3.0 - 99.0


def ssr(answer: Mapping[str, Floats]) -> Floats:
    """The numbers, (N,), that an SSR-Net tells, 0..1 (Yang and others, 2018).

    Each stage divides the bin of the one before; its width and its bins' places are adjusted.
    """
    total = np.zeros(len(answer["prob_stage_1"]), np.float32)
    width = np.ones_like(total)
    for stage in (1, 2, 3):
        shares = answer[f"prob_stage_{stage}"]
        bins = shares.shape[1]
        places = np.arange(bins, dtype=np.float32) + answer[f"index_offset_stage{stage}"]
        width = width * bins * (1 + answer[f"stage{stage}_delta_k"][:, 0])
        total = total + (shares * places).sum(axis=1) / width
    return total
