"""PhotoItems: the photos of a grid in arrays, so that 200,000 are no heap of objects."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import inf, isnan, nan
from typing import Any, overload

from app.library.fields import MomentField
from app.library.rows import PhotoItem

_PRINT = 64
"""Letters of a fingerprint."""
_HERE, _DATED, _OFFLINE = 1, 2, 4
_KEPT = 2048
"""Rows that are kept once made: more than any window shows at once."""
_BLUR = 2e-6
"""s."""
_moment = MomentField().python_value
Details = tuple[int, str, int, int, float | None, int, bool, bool, int, float | None, int]
"""The fields of PhotoItem; the moment as it lies in the library, and of the
stack how many are under it, or UNTOLD."""


class PhotoItems(Sequence[PhotoItem]):
    """Photos, newest first, and those without a moment last. A row is made when it is asked for.

    Order and moments are there from the beginning. The details may come later, by `fill`: until
    then a row has no fingerprint. 110 bytes a photo. To be changed by one thread at a time.
    """

    _COLUMNS = (
        ("_sizes", 8, "i"), ("_colours", 4, "i"), ("_copies", 4, "i"), ("_durations", 8, "d"),
        ("_stacks", 4, "i"),
    )  # fmt: skip
    """Name, bytes a photo and kind of the arrays of numbers."""

    def __init__(self, ids: array[int], moments: array[float]) -> None:
        """`ids` (q) and `moments` (d, seconds; NaN for none), both of length n."""
        count = len(ids)
        self._ids, self._moments = ids, moments
        self._prints = bytearray(_PRINT * count)
        self._states = bytearray(count)
        self._sizes = array("i", bytes(8 * count))
        self._colours = array("i", bytes(4 * count))
        self._copies = array("i", bytes(4 * count))
        self._durations = array("d", bytes(8 * count))
        self._stacks = array("i", bytes(4 * count))
        self._made: dict[int, PhotoItem] = {}

    @classmethod
    def of(cls, rows: Iterable[PhotoItem | Details]) -> PhotoItems:
        """Photos of which everything is known."""
        whole = [_details(row) if isinstance(row, PhotoItem) else row for row in rows]
        moments = array("d", (nan if row[4] is None else row[4] for row in whole))
        made = cls(array("q", (row[0] for row in whole)), moments)
        for place, row in enumerate(whole):
            made.fill(place, row)
        return made

    @property
    def ids(self) -> Sequence[int]:
        """Of all photos, in order."""
        return self._ids

    def fill(self, place: int, row: Details) -> None:
        """Say the details of the photo at a place."""
        letters = row[1].encode("ascii")
        if len(letters) > _PRINT:
            raise ValueError("no fingerprint is so long")
        self._prints[place * _PRINT : (place + 1) * _PRINT] = letters.ljust(_PRINT, b"\0")
        self._sizes[2 * place], self._sizes[2 * place + 1] = row[2], row[3]
        self._colours[place], self._copies[place] = row[5], row[8]
        self._durations[place] = nan if row[9] is None else row[9]
        if row[10] >= 0:
            self._stacks[place] = row[10]
        self._states[place] = _HERE | (_DATED if row[6] else 0) | (_OFFLINE if row[7] else 0)

    def stack(self, under: Mapping[int, int]) -> int:
        """Say how many photos stand under those that are on top of others, by id; gives how many
        of these are here."""
        tops = [(place, one) for place, one in enumerate(self._ids) if one in under]
        for place, one in tops if under else ():
            self._stacks[place] = under[one]
        return len(tops)

    @property
    def under(self) -> int:
        """How many photos stand under these, and are not among them."""
        return sum(self._stacks)

    def lacking(self, start: int = 0) -> int:
        """The first place from `start` on whose details are not here; -1 when there is none."""
        return self._states.find(0, start)

    # -- as a sequence ---------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> PhotoItem: ...
    @overload
    def __getitem__(self, at: slice) -> PhotoItems: ...
    def __getitem__(self, at: int | slice) -> PhotoItem | PhotoItems:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step != 1:
                raise ValueError("photos are only cut, not picked")
            return self._spliced([(start, max(start, stop))])
        place = at + len(self) if at < 0 else at
        row = self._made.get(place)
        return self._make(place) if row is None else row

    def __iter__(self) -> Iterator[PhotoItem]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _make(self, place: int) -> PhotoItem:
        state = self._states[place]
        at = place * _PRINT
        row = PhotoItem(
            id=self._ids[place],
            fingerprint=self._prints[at : at + _PRINT].rstrip(b"\0").decode("ascii"),
            width=self._sizes[2 * place],
            height=self._sizes[2 * place + 1],
            taken=self.taken(place),
            colour=self._colours[place],
            is_dated=bool(state & _DATED),
            is_offline=bool(state & _OFFLINE),
            copies=self._copies[place],
            duration=self._duration(place),
            stack=self._stacks[place],
        )
        if state:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[place] = row
        return row

    def _duration(self, place: int) -> float | None:
        """Of a video. What is not filled in yet is none."""
        duration = self._durations[place]
        return None if isnan(duration) or not self._states[place] else duration

    # -- by moment and by id ---------------------------------------------------------------

    def taken(self, place: int) -> datetime | None:
        """When the photo at a place was taken."""
        moment = self._moments[place]
        return None if isnan(moment) else _moment(moment)

    def months(self) -> list[tuple[datetime | None, int]]:
        """The months, newest first, each by its newest photo, and how many photos follow: found
        by halving, without going through the photos."""
        found: list[tuple[datetime | None, int]] = []
        dated = bisect_left(self._moments, True, key=isnan)
        start = 0
        while start < dated:
            newest = self.taken(start)
            assert newest is not None
            first = datetime(newest.year, newest.month, 1, tzinfo=UTC).timestamp()
            end = bisect_right(self._moments, -first, start, dated, key=_by_moment)
            end = max(end, start + 1)
            found.append((newest, end - start))
            start = end
        if dated < len(self):
            found.append((None, len(self) - dated))
        return found

    def is_any_dated(self, start: int, stop: int) -> bool:
        """Whether a camera wrote down when one of these photos was taken."""
        return any(state & _DATED for state in self._states[start:stop])

    def places_of(self, ids: Collection[int]) -> dict[int, int]:
        """Where the photos of these ids are, those that are here."""
        if len(ids) > 3:  # to look for each by itself would take longer than one walk
            wanted = frozenset(ids)
            return {one: place for place, one in enumerate(self._ids) if one in wanted}
        return {one: self._ids.index(one) for one in ids if one in self._ids}

    def places_of_rows(self, known: Sequence[PhotoItem]) -> list[int | None]:
        """Where these photos are: found by halving, and those whose moment is another one now, or
        that are not here, together in one walk."""
        found = [self._near(row) for row in known]
        lost = {row.id for row, place in zip(known, found, strict=True) if place is None}
        late = self.places_of(lost) if lost else {}
        return [
            late.get(row.id) if place is None else place
            for row, place in zip(known, found, strict=True)
        ]

    def _near(self, row: PhotoItem) -> int | None:
        """Where a photo is by its moment."""
        moment = MomentField().db_value(row.taken)
        if moment is not None:
            # A row tells its moment to the microsecond.
            place = bisect_left(self._moments, -moment - _BLUR, key=_by_moment)
            while place < len(self) and self._moments[place] >= moment - _BLUR:
                if self._ids[place] == row.id:
                    return place
                place += 1
        return None

    # -- others out of these ---------------------------------------------------------------

    def without(self, places: Sequence[int]) -> PhotoItems:
        """The same without the photos at these places, which are in order."""
        edges = [-1, *places, len(self)]
        return self._spliced([(a + 1, b) for a, b in pairwise(edges)])

    def with_now(self, ids: Collection[int], now: PhotoItems) -> PhotoItems:
        """The same, with the photos of these ids as they are now: those of `now`, and no others."""
        gone = sorted(self.places_of(ids).values())
        left = self.without(gone) if gone else self
        parts: list[tuple[int, int] | int] = []
        at = 0
        for number in range(len(now)):
            key = now._key_at(number)
            place = bisect_left(range(len(left)), key, at, key=left._key_at)
            parts += [(at, place), number]
            at = place
        return left._spliced([*parts, (at, len(left))], now)

    def _key_at(self, place: int) -> tuple[bool, float, int]:
        return place_in_time(self._moments[place], self._ids[place])

    def _spliced(
        self, parts: Iterable[tuple[int, int] | int], others: PhotoItems | None = None
    ) -> PhotoItems:
        """Pieces of these, from and until where, and single photos of `others`, by their place."""
        pieces = [
            (others or self, part, part + 1) if isinstance(part, int) else (self, *part)
            for part in parts
        ]

        def joined(column: str, width: int, into: Any) -> Any:
            for source, start, stop in pieces:
                if stop > start:
                    # Only bytes: nothing is made of the values.
                    into += memoryview(getattr(source, column)).cast("B")[
                        start * width : stop * width
                    ]
            return into

        ids, moments = array("q"), array("d")
        ids.frombytes(joined("_ids", 8, bytearray()))
        moments.frombytes(joined("_moments", 8, bytearray()))
        made = PhotoItems.__new__(PhotoItems)
        made._ids, made._moments, made._made = ids, moments, {}
        # First, because the details may be coming in: what is not here yet comes again.
        made._states = joined("_states", 1, bytearray())
        made._prints = joined("_prints", _PRINT, bytearray())
        for column, width, kind in self._COLUMNS:
            values: array[Any] = array(kind)
            values.frombytes(joined(column, width, bytearray()))
            setattr(made, column, values)
        return made


def _details(row: PhotoItem) -> Details:
    return (
        row.id, row.fingerprint, row.width, row.height, MomentField().db_value(row.taken),
        row.colour, row.is_dated, row.is_offline, row.copies,
        row.duration, row.stack,
    )  # fmt: skip


def place_in_time(moment: float | None, photo_id: int) -> tuple[bool, float, int]:
    """By which photos are in order: newest first, then the highest id; without a moment last."""
    if moment is None or isnan(moment):
        return True, 0.0, -photo_id
    return False, -moment, -photo_id


def _by_moment(moment: float) -> float:
    return inf if isnan(moment) else -moment
