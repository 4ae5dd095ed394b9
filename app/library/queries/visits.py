"""Visits: who came when. One person seen again and again within a time is one visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.library.database import Library
from app.library.fields import MomentField
from app.library.rows import PhotoState

WINDOW = timedelta(minutes=30)
"""Who is not seen for longer has left, and comes again."""
CLEAR_ENOUGH = 0.2
"""Quality from which a face that is like nobody else's counts as somebody who was seen once. The
founding rule asks as much of a high-definition face."""

_SIGHTINGS = """
SELECT face.person_id, face.id, person.key, person.name, photo.id, photo.taken
FROM photo JOIN face ON face.photo_id = photo.id LEFT JOIN person ON person.id = face.person_id
WHERE photo.collection_id = ? AND photo.state = ? AND photo.taken IS NOT NULL AND face.is_face
    AND CASE WHEN person.id IS NULL THEN face.quality >= ? ELSE NOT person.hidden END
ORDER BY face.person_id, CASE WHEN person.id IS NULL THEN face.id END, photo.taken
"""


class By(StrEnum):
    """How long the times are that visits are counted by."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Visit:
    """One person, seen without a longer break."""

    person_id: int | None
    """None for a face that is like nobody else's."""
    face_id: int
    """The first face seen."""
    key: str
    """Of the person; empty when there is none."""
    name: str
    begin: datetime
    end: datetime
    photo_count: int
    is_new: bool
    """Whether this person was never seen before in this collection."""

    @property
    def who(self) -> tuple[int | None, int]:
        """The same for all visits of one person."""
        return (None, self.face_id) if self.person_id is None else (self.person_id, 0)


@dataclass(frozen=True, slots=True)
class Visitors:
    """Who came within a time; a visit counts where it begins."""

    begin: datetime
    end: datetime
    people: int
    """Different people."""
    new: int
    """Those of them who were never seen before."""
    visits: int

    @property
    def returning(self) -> int:
        """Those who were seen before."""
        return self.people - self.new


def visits(
    library: Library,
    collection_id: int,
    window: timedelta = WINDOW,
    without: Iterable[int] = (),
) -> list[Visit]:
    """Every visit to a collection, in order of time, but for those of people who are hidden or
    among `without` (row ids), such as staff. A face that is like nobody else's, and clear enough
    to tell, is somebody who was seen once."""
    values = (collection_id, PhotoState.LOOKED.value, CLEAR_ENOUGH)
    left_out = set(without)
    rows = (row for row in library.rows(_SIGHTINGS, values) if row[0] not in left_out)
    found = list(_visits(rows, window))
    return sorted(found, key=lambda visit: (visit.begin, visit.face_id))


def _visits(rows: Iterable[tuple[object, ...]], window: timedelta) -> Iterator[Visit]:
    """Of sightings by person and time."""
    read = MomentField().python_value
    now: Visit | None = None
    photos: set[object] = set()
    for person_id, face_id, key, name, photo_id, taken in rows:
        moment = read(taken)  # type: ignore[arg-type]
        assert moment is not None and isinstance(face_id, int)
        is_same = now is not None and person_id is not None and person_id == now.person_id
        if now is not None and is_same and moment - now.end <= window:
            photos.add(photo_id)
            now = Visit(
                now.person_id, now.face_id, now.key, now.name, now.begin, moment, len(photos),
                now.is_new,
            )  # fmt: skip
            continue
        if now is not None:
            yield now
        photos = {photo_id}
        now = Visit(
            person_id, face_id, str(key or ""), str(name or ""), moment, moment, 1,  # type: ignore[arg-type]
            is_new=not is_same,
        )  # fmt: skip
    if now is not None:
        yield now


def counted(found: Sequence[Visit], by: By) -> list[Visitors]:
    """Visits in order of time, counted by hours or days.

    Days are told without a gap from the first to the last; hours within each day that saw anybody.
    """
    groups: dict[datetime, list[Visit]] = {}
    for visit in found:
        groups.setdefault(_begin(visit.begin, by), []).append(visit)
    length = timedelta(hours=1) if by is By.HOUR else timedelta(days=1)
    return [_count(groups.get(begin, []), begin, begin + length) for begin in _times(groups, by)]


def total(found: Sequence[Visit]) -> Visitors | None:
    """All of them together; None when nobody came."""
    if not found:
        return None
    return _count(found, found[0].begin, max(visit.end for visit in found))


def _begin(moment: datetime, by: By) -> datetime:
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if by is By.HOUR else hour.replace(hour=0)


def _times(groups: Iterable[datetime], by: By) -> Iterator[datetime]:
    times = sorted(groups)
    if not times:
        return
    step = timedelta(hours=1) if by is By.HOUR else timedelta(days=1)
    for first, following in zip(times, [*times[1:], None], strict=True):
        yield first
        between = first + step
        while (
            following is not None
            and between < following
            and (by is By.DAY or between.date() == first.date() == following.date())
        ):
            yield between
            between += step


def _count(found: Sequence[Visit], begin: datetime, end: datetime) -> Visitors:
    people = {visit.who for visit in found}
    new = {visit.who for visit in found if visit.is_new}
    return Visitors(begin, end, len(people), len(new), len(found))
