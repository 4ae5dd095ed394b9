"""Gathering: what the library knows of the photos that are to be exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.indexing.export.order import Order
from app.library.database import Library
from app.library.queries.exports import PhotoFiles, Shown, people_in, photo_files
from app.library.queries.people import people_by_id
from app.library.rows import PersonRow

ALL = "Photos"
_LAST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """Photos, newest first as they were asked for, and who is in each."""

    photos: Sequence[PhotoFiles]
    people: Mapping[int, tuple[Shown, ...]]
    """Photo -> who is in it; hidden people only if they were asked for."""
    subjects: Sequence[PersonRow]
    """Those whom it is about."""

    @property
    def title(self) -> str:
        """What a sheet or an album of this is called."""
        names = [one.name or "Somebody" for one in self.subjects]
        return listed(names[:_LAST_NAMES], len(names) > _LAST_NAMES) or ALL

    def names_in(self, photo: PhotoFiles) -> list[str]:
        """The names of those in a photo, from left to right."""
        return [one.name for one in self.people.get(photo.id, ()) if one.name]

    def oldest_first(self) -> list[PhotoFiles]:
        """As an album is leafed through; those without a date come last."""
        return sorted(
            self.photos, key=lambda one: (one.taken is None, one.taken or datetime.min, one.id)
        )


def gather(library: Library, order: Order) -> Gathered:
    """All of it."""
    asked = set(order.people)
    people = {
        photo_id: tuple(one for one in shown if not one.hidden or one.id in asked)
        for photo_id, shown in people_in(library, order.photos).items()
    }
    rows = {row.id: row for row in people_by_id(order.people)}
    return Gathered(
        photo_files(library, order.photos),
        people,
        [rows[one] for one in dict.fromkeys(order.people) if one in rows],
    )


def listed(names: Sequence[str], goes_on: bool = False) -> str:
    """Anna, Ben and Carl."""
    if goes_on:
        return f"{', '.join(names)} and others"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
