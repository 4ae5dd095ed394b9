"""Strangers are kept for a while: whom nobody has named in time is erased."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import peewee as pw

from app.changes import Changes
from app.library.camera_rows import forget_places
from app.library.census import take_census
from app.library.commands.groups import drop_empty
from app.library.database import Library
from app.library.erased import ERASED, LOOKED_AT
from app.library.expired import STRANGERS, note_expired
from app.library.models import Decision, Expired, Face, Photo, now
from app.library.queries.shapes import chunks
from app.library.queries.visit_totals import note_erased_visits
from app.library.queries.visits import Visit, visits
from app.library.spares import erase_strangers_aside

Came = Callable[[Library, int], Sequence[Visit]]
"""Gives every visit to a collection that the faces there are tell of."""


def erase_strangers(
    library: Library, limits: Mapping[int, datetime], came: Came | None = None
) -> Changes:
    """Erase the faces of strangers in photos that were found before a moment (UTC), for each of
    these collections; who they were is kept nowhere, how many came is: as `came` counts them, by
    default as the library was told to.

    The crops are the caller's to erase, and `Library.scrub` leaves no trace in the file. Done again
    with the same moments, nothing more happens.
    """

    counter = came or library.came or visits

    def work() -> Changes:
        changes, count = Changes(), 0
        for collection_id, limit in sorted(limits.items()):
            rows = library.sql(STRANGERS, (collection_id, Photo.found.db_value(limit)))
            if rows:
                changes |= _erase(library, collection_id, rows, counter)
                count += len(rows)
            count += erase_strangers_aside(collection_id, limit)
        if not count:
            return changes
        faces = "1 face" if count == 1 else f"{count} faces"
        said = f"Erased {faces} of strangers, whom nobody has named; this cannot be undone"
        return changes | Changes(said=said)

    return library.write(work)


def begin_anew(library: Library, collection_ids: list[int]) -> None:
    """Where the clock was set back, photos seem to be found in days to come: their time counts from
    now on."""
    moment = now()
    future = (Photo.found > moment) | (Photo.found.is_null() & (Photo.added > moment))
    mine = Photo.collection.in_(collection_ids)
    if Photo.select().where(mine, future).exists():
        library.write(lambda: Photo.update(found=moment).where(mine, future).execute())


def note_crops_gone(library: Library) -> None:
    """No crop of somebody who was erased is left anywhere."""
    if Expired.select().where(Expired.has_crop).exists():
        library.write(lambda: Expired.update(has_crop=False).where(Expired.has_crop).execute())


def _erase(
    library: Library, collection_id: int, rows: list[tuple[Any, ...]], came: Came
) -> Changes:
    before = came(library, collection_id)
    faces = [row[0] for row in rows]
    photos = {row[1] for row in rows}
    people = {row[2] for row in rows if row[2] is not None}
    note_expired([(photo, mark, (x, y, w, h)) for _, photo, _, mark, x, y, w, h in rows])
    places = [(mark, (x, y, w, h)) for *_, mark, x, y, w, h in rows]
    forget_places(collection_id, places, keep_sightings=True)
    for chunk in chunks(faces):
        Face.delete().where(Face.id.in_(chunk)).execute()
    _leave_alone(photos)
    # A grouping under way, and whoever keeps faces in memory, see by this that some are gone.
    Decision.create(collection=collection_id, kind=ERASED, data={})
    take_census(library, people)
    drop_empty(collection_id, people)
    note_erased_visits(library, collection_id, before, came(library, collection_id))
    return Changes(people=frozenset(people), photos=frozenset(photos), regrouped=True)


def _leave_alone(photo_ids: set[int]) -> None:
    """No other pack wants to look at photos again in which nobody is left."""
    some = pw.fn.EXISTS(Face.select(Face.id).where(Face.photo == Photo.id))
    for chunk in chunks(sorted(photo_ids)):
        Photo.update(pack="", pack_version="").where(
            Photo.id.in_(chunk), Photo.state.in_(LOOKED_AT), ~Photo.is_stale, ~some
        ).execute()
