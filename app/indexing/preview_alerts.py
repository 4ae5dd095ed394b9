"""How many alerts a camera's photos would have raised with other settings.

[Note: Another month] The photos of the last days are judged once more in the order in which they
were written, as the porter does it, with the settings as they are and as they would be. Whom a
camera knows is as it is now, so the first number need not be that of the alerts there were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.clustering.linkage import closeness
from app.clustering.thresholds import Thresholds
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Judgement, Verdict
from app.indexing.camera.seeing import View, judged, rules_of
from app.indexing.preview_effect import AlertsEffect
from app.library.database import Library
from app.library.queries.cameras import (
    CameraFace,
    faces_seen,
    known_people,
    recognised,
    written_since,
)
from app.settings import Settings

Check = Callable[[], None]


def alerts_effect(
    library: Library,
    collection_id: int,
    maker: tuple[str, str],
    limits: Thresholds,
    settings: tuple[Settings, Settings],
    days: int,
    check: Check,
) -> AlertsEffect:
    """How many alerts the photos of so many days would have raised, with the first settings and
    with the second."""
    since = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)
    photos = written_since(library, collection_id, since)
    faces, vectors = faces_seen(library, photos, *maker)
    check()
    people = known_people(library, recognised(library, collection_id), *maker)
    circle = Circle(people, limits)
    month = _Month(faces, vectors, circle.likenesses(vectors), circle, limits)
    before, after = (_Replay(month, one, check).alerts() for one in settings)
    return AlertsEffect(days, len(photos), before, after)


@dataclass(frozen=True, slots=True)
class _Month:
    """What a camera saw, n faces in order of time."""

    faces: Sequence[CameraFace]
    vectors: NDArray[np.float32]
    likenesses: NDArray[np.float32]
    circle: Circle
    limits: Thresholds

    def part(self, first: int, end: int) -> View:
        """Those from one to before another."""
        return View(self.faces[first:end], self.vectors[first:end], self.likenesses[first:end])


@dataclass(slots=True)
class _Alert:
    """An alert that would have been raised."""

    began: datetime
    rows: list[int] = field(default_factory=list)


class _Replay:
    """The month once more with some settings."""

    def __init__(self, month: _Month, settings: Settings, check: Check) -> None:
        self._month = month
        self._settings = settings
        self._check = check
        self._within = timedelta(seconds=settings.stranger_seconds)
        self._alerts: list[_Alert] = []
        self._seen: list[tuple[datetime, int]] = []
        """Who was known for sure, and when."""
        self._moments = np.array([face.at for face in month.faces], "datetime64[us]")

    def alerts(self) -> int:
        """How many there would have been."""
        faces = self._month.faces
        photos = [row for row, face in enumerate(faces)
                  if row == 0 or face.photo_id != faces[row - 1].photo_id]  # fmt: skip
        waiting: list[tuple[datetime, int]] = []
        for row in photos:
            self._check()
            at = faces[row].at
            for due in [one for one in waiting if one[0] <= at]:
                waiting.remove(due)
                self._consider(due[1], True)
            if self._consider(row, False):
                waiting.append((at + self._within, row))
        for _, row in waiting:
            self._consider(row, True)
        return len(self._alerts)

    def _consider(self, start: int, is_final: bool) -> bool:
        """See who is in the photo that begins at a row; gives whether that is to be decided
        later, by what was seen until then."""
        faces = self._month.faces
        at, photo = faces[start].at, faces[start].photo_id
        first = int(np.searchsorted(self._moments, np.datetime64(at - self._within)))
        end = int(np.searchsorted(self._moments, np.datetime64(at + self._within), "right"))
        if not is_final:  # what is yet to come is not seen
            end = max(row + 1 for row in range(start, end) if faces[row].photo_id == photo)
        view = self._month.part(first, end)
        here = [row for row, face in enumerate(view.faces) if face.photo_id == photo]
        found = judged(self._month.circle, view, here, rules_of(self._settings), self._month.limits)
        done = [self._act(first, row, found[row], is_final) for row in here]
        return any(done)

    def _act(self, first: int, row: int, told: tuple[Judgement, list[int]], is_final: bool) -> bool:
        found, rows = told[0], [first + one for one in told[1]]
        face = self._month.faces[first + row]
        if found.verdict is Verdict.KNOWN:
            self._seen.append((face.at, found.like.person_id))
        elif found.verdict is not Verdict.IGNORED and not self._is_counted(first + row, rows):
            if found.verdict is Verdict.UNCLEAR and not is_final:
                return True
            was_there = found.verdict is Verdict.UNCLEAR and any(
                abs(at - face.at) <= self._within and person == found.like.person_id
                for at, person in self._seen
            )
            if found.verdict in (Verdict.STRANGER, Verdict.UNCLEAR) and not was_there:
                self._alerts.append(_Alert(face.at, rows))
        return False

    def _is_counted(self, row: int, rows: list[int]) -> bool:
        """Whether an alert of the last minutes is about the same stranger."""
        faces, vectors = self._month.faces, self._month.vectors
        within = timedelta(minutes=self._settings.alert_minutes)
        photo = faces[row].photo_id
        best, alike = None, self._month.limits.merge_average
        for alert in self._alerts:
            if abs(alert.began - faces[row].at) > within:
                continue
            if any(faces[one].photo_id == photo and one != row for one in alert.rows):
                continue  # who is in the same photo as that stranger is somebody else
            close = float(closeness(vectors[rows], vectors[alert.rows]).max())
            best, alike = (alert, close) if close >= alike else (best, alike)
        if best is not None:
            best.rows.append(row)
        return best is not None
