"""Visits: who came when. One person seen again and again within a time is one visit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.library.database import Library
from app.library.fields import MomentField
from app.library.queries.columns import FRAME
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState, Placed

WINDOW = timedelta(minutes=30)
"""Who is not seen for longer has left, and comes again."""

# CROSS: the photos of a time are found by index, and their faces by theirs.
_SIGHTINGS = f"""
SELECT photo.taken, face.person_id, face.id, photo.id, face.quality,
    face.person_id IS NULL AND face.placed = ?,
    COALESCE(person.hidden OR person.staff, 0),
    face.person_id IS NULL OR (person.name = '' AND person.face_count <= ?), {FRAME}
FROM photo CROSS JOIN face ON face.photo_id = photo.id
    LEFT JOIN person ON person.id = face.person_id
WHERE photo.collection_id = ? AND photo.state = ? AND face.is_face
    AND photo.taken >= ? AND photo.taken < ?
ORDER BY photo.taken, face.id
"""
_FIRST_SEEN = """
SELECT face.person_id, MIN(photo.taken) FROM face CROSS JOIN photo ON photo.id = face.photo_id
WHERE face.person_id IN ({}) AND face.is_face AND photo.collection_id = ? AND photo.state = ?
GROUP BY face.person_id
"""
_CALLED = "SELECT id, key, name FROM person WHERE id IN ({})"
_FIRST, _LAST = -1e12, 1e12
"""s: before and after all photos."""


class By(StrEnum):
    """How long the times are that visits are counted by."""

    HOUR = "hour"
    DAY = "day"

    @property
    def length(self) -> timedelta:
        """How long one is."""
        return timedelta(hours=1) if self is By.HOUR else timedelta(days=1)


class Sighting(NamedTuple):
    """A face that was seen."""

    taken: datetime
    who: int
    """Row id of the person; minus that of the face for one that is like nobody else's."""
    face_id: int
    photo_id: int
    quality: float
    is_stranger: bool
    """Whether the user said that it is nobody they know: it surely is somebody of its own."""
    is_left_out: bool
    """Whether this is no visitor: hidden, or staff."""
    is_doubtful: bool
    """Whether it is a lone face, or with somebody without a name who has few faces."""
    frame: int = 0
    """The photo, or the frame of a video, in which it is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What faces that are not clear are held to be."""

    same: Mapping[int, int] = field(default_factory=dict)
    """Who -> who it probably is, as `Sighting.who` names them."""
    unclear: frozenset[int] = frozenset()
    """Those who are too unclear to say who they are, or whether they are anybody seen before."""


NOBODY_JUDGED = Judged()


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
    unclear: int = 0
    """Faces that were too unclear to say who: they are nobody of these."""

    @property
    def returning(self) -> int:
        """Those who were seen before."""
        return self.people - self.new


def sightings(
    library: Library, collection_id: int, since: datetime | None = None,
    until: datetime | None = None, few: int = 3,
) -> list[Sighting]:  # fmt: skip
    """Every face seen from one moment to before another, in order of time. Who has at most `few`
    faces and no name is doubtful."""
    values = (
        Placed.USER.value, few, collection_id, PhotoState.LOOKED.value,
        _FIRST if since is None else MomentField().db_value(since),
        _LAST if until is None else MomentField().db_value(until),
    )  # fmt: skip
    return [
        Sighting(
            moment_of(taken), -face_id if person_id is None else person_id, face_id, photo_id,
            quality, bool(stranger), bool(left_out), bool(doubtful), frame,
        )
        for taken, person_id, face_id, photo_id, quality, stranger, left_out, doubtful, frame
        in library.rows(_SIGHTINGS, values)
    ]  # fmt: skip


def moment_of(seconds: float) -> datetime:
    """A moment as `MomentField` has it, of a row that surely has one."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def first_seen(
    library: Library, collection_id: int, people: Collection[int]
) -> dict[int, datetime]:
    """Person -> when they were first seen in a collection, whatever is held to be them."""
    return {
        person: moment_of(taken)
        for chunk in chunks(sorted(people))
        for person, taken in library.sql(
            _FIRST_SEEN.format(",".join("?" * len(chunk))),
            (*chunk, collection_id, PhotoState.LOOKED.value),
        )
        if taken is not None
    }


def visits(
    library: Library,
    collection_id: int,
    window: timedelta = WINDOW,
    without: Iterable[int] = (),
    since: date | None = None,
    until: date | None = None,
    seen: Sequence[Sighting] | None = None,
    judged: Judged = NOBODY_JUDGED,
) -> list[Visit]:
    """Every visit to a collection that began from one day to another, in order of time, but for
    those of people who are hidden, staff or among `without` (row ids).

    `seen` are the sightings of that time, and of the days that a visit at its beginning may reach
    back to, where they are at hand; `judged` tells which of them are somebody else, or nobody.
    """
    if seen is None:
        seen = sightings(library, collection_id, *reach(since, until, window))
    left_out = {*without, *(one.who for one in seen if one.is_left_out)}
    by_who: dict[int, list[Sighting]] = {}
    for one in seen:
        who = judged.same.get(one.who, one.who)
        if who not in left_out and one.who not in judged.unclear:
            by_who.setdefault(who, []).append(one)
    first = _first(library, collection_id, by_who, judged)
    called = _called(library, by_who)
    found = [
        visit
        for who, some in by_who.items()
        for visit in _visits(who, some, window, first.get(who), called.get(who, ("", "")))
        if (since is None or visit.begin.date() >= since)
        and (until is None or visit.begin.date() <= until)
    ]
    return sorted(found, key=lambda visit: (visit.begin, visit.face_id))


def reach(
    since: date | None, until: date | None, window: timedelta
) -> tuple[datetime | None, datetime | None]:
    """Between which moments faces are wanted to know the visits that begin on some days: those of
    whole days, and as far back as one could tell that a visit had begun before."""
    midnight = datetime.min.time()
    begin = None
    if since is not None:
        back = min(window, datetime.combine(since, midnight) - datetime.min)
        begin = datetime.combine((datetime.combine(since, midnight) - back).date(), midnight)
    end = None
    if until is not None and until < date.max:
        end = datetime.combine(until + timedelta(days=1), midnight)
    return begin, end


def _first(
    library: Library, collection_id: int, by_who: Mapping[int, Sequence[Sighting]], judged: Judged
) -> dict[int, datetime]:
    """When everybody was first seen, and be it as somebody who is probably the same."""
    people = {who for who in (*by_who, *judged.same) if who >= 0}
    found = first_seen(library, collection_id, people)
    for who, same in judged.same.items():
        if who in found and same in by_who:
            found[same] = min(found[who], found.get(same, found[who]))
    return found


def _called(library: Library, by_who: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Person -> key and name."""
    return {
        number: (key, name)
        for chunk in chunks(sorted(who for who in by_who if who >= 0))
        for number, key, name in library.sql(_CALLED.format(",".join("?" * len(chunk))), (*chunk,))
    }


def _visits(
    who: int,
    seen: Sequence[Sighting],
    window: timedelta,
    first: datetime | None,
    called: tuple[str, str],
) -> Iterator[Visit]:
    """Of the sightings of one person, in order of time."""
    person = who if who >= 0 else None
    begin = 0
    for at, one in enumerate(seen):
        following = seen[at + 1] if at + 1 < len(seen) else None
        if following is not None and following.taken - one.taken <= window:
            continue
        some = seen[begin : at + 1]
        is_new = begin == 0 and (first is None or first >= some[0].taken)
        yield Visit(
            person, -who if person is None else some[0].face_id, *called, some[0].taken, one.taken,
            len({sighting.photo_id for sighting in some}), is_new,
        )  # fmt: skip
        begin = at + 1


def counted(found: Sequence[Visit], by: By, unclear: Iterable[datetime] = ()) -> list[Visitors]:
    """Visits in order of time, counted by hours or days; `unclear` is when faces were seen of whom
    nobody can say who they are.

    Days are told without a gap from the first to the last; hours within each day that saw anybody.
    """
    groups: dict[datetime, list[Visit]] = {}
    for visit in found:
        groups.setdefault(begin_of(visit.begin, by), []).append(visit)
    doubts: dict[datetime, int] = {}
    for moment in unclear:
        at = begin_of(moment, by)
        doubts[at] = doubts.get(at, 0) + 1
    times = without_gaps({*groups, *doubts}, by)
    return [_count(groups.get(at, []), at, at + by.length, doubts.get(at, 0)) for at in times]


def total(found: Sequence[Visit], unclear: Sequence[datetime] = ()) -> Visitors | None:
    """All of them together; None when nobody came."""
    if not found and not unclear:
        return None
    moments = [*(visit.begin for visit in found), *unclear]
    ends = [*(visit.end for visit in found), *unclear]
    return _count(found, min(moments), max(ends), len(unclear))


def begin_of(moment: datetime, by: By) -> datetime:
    """When the hour or the day began."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if by is By.HOUR else hour.replace(hour=0)


def without_gaps(begins: Iterable[datetime], by: By) -> Iterator[datetime]:
    """The days from the first to the last, or the hours between those of each day."""
    times = sorted(begins)
    if not times:
        return
    for first, following in zip(times, [*times[1:], None], strict=True):
        yield first
        between = first + by.length
        while (
            following is not None
            and between < following
            and (by is By.DAY or between.date() == first.date() == following.date())
        ):
            yield between
            between += by.length


def _count(found: Sequence[Visit], begin: datetime, end: datetime, unclear: int) -> Visitors:
    people = {visit.who for visit in found}
    new = {visit.who for visit in found if visit.is_new}
    return Visitors(begin, end, len(people), len(new), len(found), unclear)
