"""Questions about strangers: who is to be erased, and where crops of those who were may be left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.library.cleansing import Place
from app.library.database import Library
from app.library.expired import STRANGERS
from app.library.models import Collection, Expired, Photo, now
from app.library.spares import strangers_aside
from app.settings import Settings

AT_MOST_EVERY = timedelta(hours=20)
"""Strangers are erased once a day; who starts Kinfolk at about the same time every day shall not
find that it is a minute too early."""

_END = datetime(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Strangers:
    """How much erasing the strangers of a collection would take away."""

    faces: int
    people: int
    """Groups, of which faces may be left that are newer."""
    photos: int


def kept_days(library: Library, settings: Settings) -> dict[int, int]:
    """For how many days each collection keeps strangers, also one that is deleted and may come
    back; without those that keep them for ever."""
    rows = Collection.select(Collection.id, Collection.settings).order_by(Collection.id)
    days = {row.id: settings.for_collection(row.settings).stranger_days for row in rows}
    return {number: count for number, count in days.items() if count}


def moments_before(days: Mapping[int, int]) -> dict[int, datetime]:
    """For each collection, the moment so many days ago; for none, one that is yet to come."""
    moment = now()
    return {
        number: moment - timedelta(days=count) if count else _END for number, count in days.items()
    }


def strangers(library: Library, collection_id: int, limit: datetime) -> Strangers:
    """The strangers of a collection in photos that were found before a moment (UTC)."""
    rows = library.sql(STRANGERS, (collection_id, Photo.found.db_value(limit)))
    people = {person for _, _, person, *_ in rows if person is not None}
    return Strangers(len(rows), len(people), len({photo for _, photo, *_ in rows}))


def are_strangers_aside(collection_id: int, limit: datetime) -> bool:
    """Whether another pack's looks, kept beside, show any in photos found before a moment (UTC)."""
    return bool(strangers_aside(collection_id, limit))


def were_erased_lately(library: Library) -> bool:
    """Whether strangers were erased within about a day. Where the clock was set back, the last
    time seems to be yet to come, and does not count."""
    ((last,),) = library.sql("SELECT MAX(at) FROM expired")
    at: datetime | None = Expired.at.python_value(last)
    return at is not None and at <= now() < at + AT_MOST_EVERY


def expired_places(library: Library) -> list[Place]:
    """Where the faces were that are erased, and of which crops may still be there."""
    rows = library.sql(
        "SELECT collection_id, expired.fingerprint, x, y, w, h"
        " FROM expired JOIN photo ON photo.id = photo_id WHERE has_crop ORDER BY expired.id"
    )
    return [(collection, mark, (x, y, w, h)) for collection, mark, x, y, w, h in rows]
