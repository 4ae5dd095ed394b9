"""Lanes: who appears in a video, and when. Plain data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.library.rows import FaceRow

NEAR = 0.04
"""Seconds from its moment for which a face is still where its frame shows it: one frame."""
_JOINED = 0.5
"""Seconds between two appearances that are shown as one."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lane:
    """One person in a video, or a face that is with nobody."""

    person_id: int | None
    name: str
    """Empty where there is none."""
    is_stranger: bool
    faces: tuple[FaceRow, ...]
    """In the order of their moments."""
    spans: tuple[Span, ...]
    """From when until when they are there, s; apart from each other."""

    @property
    def cover(self) -> FaceRow:
        """The clearest of the faces."""
        return max(self.faces, key=lambda face: face.quality)

    @property
    def seconds(self) -> float:
        """For how long they are there."""
        return sum(end - begin for begin, end in self.spans)

    def face_near(self, moment: float, within: float) -> FaceRow | None:
        """The face whose moment is nearest, if it is not further away than this."""
        nearest = min(self.faces, key=lambda face: abs(face.moment - moment))
        return nearest if abs(nearest.moment - moment) <= within else None

    def is_there(self, moment: float) -> bool:
        """Whether they are there then."""
        return any(begin - NEAR <= moment <= end + NEAR for begin, end in self.spans)


def lanes_of(faces: Sequence[FaceRow], strangers: Collection[int], duration: float) -> list[Lane]:
    """A lane for each person: those with a name first, strangers (by the ids of faces) last, and
    among them those first who are there for longer."""
    by_whom: dict[tuple[str, int], list[FaceRow]] = {}
    for face in faces:
        key = ("face", face.id) if face.person_id is None else ("person", face.person_id)
        by_whom.setdefault(key, []).append(face)
    lanes = [_lane(sorted(some, key=_moment), strangers, duration) for some in by_whom.values()]
    return sorted(lanes, key=_order)


def moments_of(faces: Sequence[FaceRow]) -> list[float]:
    """The moments at which there are faces, each once."""
    return sorted({face.moment for face in faces})


def faces_at(faces: Sequence[FaceRow], moment: float) -> list[FaceRow]:
    """The faces that the frame of a moment shows."""
    return [face for face in faces if abs(face.moment - moment) <= NEAR]


def joined(spans: Sequence[Span], duration: float) -> tuple[Span, ...]:
    """Spans within the video, those that meet as one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        begin, end = max(0.0, begin), min(max(begin, end), max(duration, 0.0))
        if found and begin <= found[-1][1] + _JOINED:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((min(begin, end), end))
    return tuple(found)


def _lane(faces: Sequence[FaceRow], strangers: Collection[int], duration: float) -> Lane:
    first = faces[0]
    spans = [span for face in faces for span in face.seen or ((face.moment, face.moment),)]
    return Lane(
        first.person_id,
        first.person_name,
        all(face.id in strangers for face in faces),
        tuple(faces),
        joined(spans, duration),
    )


def _moment(face: FaceRow) -> float:
    return face.moment


def _order(lane: Lane) -> tuple[bool, bool, float, int]:
    return lane.is_stranger, not lane.name, -lane.seconds, lane.faces[0].id
