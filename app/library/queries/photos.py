"""Questions about photos."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from math import nan
from pathlib import Path
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.away import away
from app.library.queries.items import Details, PhotoItems, place_in_time
from app.library.queries.shapes import (
    ITEM,
    SHOWN,
    UNTOLD,
    chunks,
    details,
    items,
    photo_row,
)
from app.library.queries.stacks import Folded, are_topless, counts_under, fold, tops
from app.library.rows import (
    Counts,
    PersonKind,
    PhotoRow,
    PhotoState,
    Placed,
    SkippedFile,
)

_AT_ONCE = 5000
"""Rows that are read in one go: other threads are kept waiting for no longer than they take."""


def _newest_first(query: Any) -> Any:
    return query.order_by(Photo.taken.desc(), Photo.id.desc())


def timeline(
    library: Library, collection_id: int, first: int | None = None, is_folded: bool = False
) -> PhotoItems:
    """Every photo of the collection, newest first; with `first`, the details of so many are read,
    and `fill_in` has those of the others. `is_folded`: of those in one stack only the best."""
    found = _tops_alone(library, collection_id) if is_folded else None
    if found is None:
        found = _everything(library, collection_id, is_folded)
    fill_in(library, found, 0, len(found) if first is None else first)
    return found


def _tops_alone(library: Library, collection_id: int) -> PhotoItems | None:
    """The photos that are on top or alone, as their notes say; None where one of those that stand
    under others would be lost by that, since its top is not shown."""
    is_top = Photo.stack.is_null() | (Photo.stack == Photo.id)
    found = PhotoItems(*_walk(_is_shown(collection_id) & is_top))
    under = counts_under(library)
    if found.stack(under) < len(under) and are_topless(
        library, collection_id, under.keys() - frozenset(found.ids)
    ):
        return None
    return found


def _everything(library: Library, collection_id: int, is_folded: bool) -> PhotoItems:
    """All photos; `is_folded`, without those that stand under others that are shown."""
    ids, moments = _walk(_is_shown(collection_id))
    folded = Folded()
    if is_folded:
        here = frozenset(ids)
        folded = fold({one: top for one, top in tops(library).items() if one in here})
        seen = [one not in folded.hidden for one in ids]
        ids, moments = array("q", compress(ids, seen)), array("d", compress(moments, seen))
    found = PhotoItems(ids, moments)
    found.stack(folded.under)
    return found


def _walk(which: Any) -> tuple[array[int], array[float]]:
    """Ids and moments of photos, newest first."""
    # The index of the shown photos answers this alone: a tenth of a second for 200,000.
    cursor = Photo._meta.database.execute(
        _newest_first(Photo.select(Photo.id, Photo.taken).where(which))
    )
    ids, moments = array("q"), array("d")
    while rows := cursor.fetchmany(_AT_ONCE):
        ids.extend(photo_id for photo_id, _ in rows)
        moments.extend(nan if taken is None else taken for _, taken in rows)
    return ids, moments


def fill_in(library: Library, photos: PhotoItems, start: int, count: int) -> None:
    """Read the details of these photos, as far as they are lacking."""
    last = min(len(photos), start + count)
    while 0 <= (start := photos.lacking(start)) < last:
        stop = min(last, start + _AT_ONCE)
        known = _details_of(photos.ids[start:stop])
        for place in range(start, stop):
            photo_id = photos.ids[place]
            # Who left meanwhile is not asked for again: word of it is on its way.
            photos.fill(place, known.get(photo_id) or _unknown(photo_id))
        start = stop


def _unknown(photo_id: int) -> Details:
    return photo_id, "", 0, 0, None, 0, True, False, 0, None, UNTOLD


def timeline_now(
    library: Library, collection_id: int, photo_ids: Iterable[int], is_folded: bool = False
) -> PhotoItems:
    """Those of these photos that the timeline of the collection shows now, newest first;
    `is_folded` as there, where all that stand in a stack with one of them are among them."""
    rows = [*_details_of(sorted(photo_ids), collection_id).values()]
    rows.sort(key=lambda row: place_in_time(row[4], row[0]))
    folded = fold(tops(library, [row[0] for row in rows])) if is_folded else Folded()
    found = PhotoItems.of(row for row in rows if row[0] not in folded.hidden)
    found.stack(folded.under)
    return found


def _details_of(photo_ids: Sequence[int], collection_id: int | None = None) -> dict[int, Details]:
    """By id. With a collection, of those that it shows."""
    # One value instead of thousands: Peewee takes longer over them than SQLite over the rows.
    asked = pw.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(photo_ids)),))
    query = Photo.select(*ITEM).where(Photo.id.in_(asked))
    if collection_id is not None:
        query = query.where(_is_shown(collection_id))
    return {row[0]: row for row in details(query)}


def _is_shown(collection_id: int) -> Any:
    return (Photo.collection == collection_id) & Photo.state.in_(SHOWN)


def photos_of(library: Library, person_ids: Sequence[int], is_folded: bool = False) -> PhotoItems:
    """The photos that show all of these people, newest first; `is_folded`: of those in one stack
    only the best."""
    query = Photo.select(*ITEM).where(Photo.state.in_(SHOWN))
    for person_id in person_ids:
        query = query.where(
            Photo.id.in_(Face.select(Face.photo).where(Face.person == person_id, Face.is_face))
        )
    return items(_newest_first(query), is_folded)


def photo(library: Library, photo_id: int) -> PhotoRow:
    """One photo.

    Raises UsageError when there is no such photo.
    """
    found = Photo.get_or_none(Photo.id == photo_id)
    if found is None:
        raise UsageError("There is no such photo any more.")
    return photo_row(found)


def photos_by_id(library: Library, photo_ids: Sequence[int]) -> list[PhotoRow]:
    """These photos, in the order asked for."""
    now_away = away()
    found = {
        row.id: photo_row(row, now_away)
        for chunk in chunks(list(photo_ids))
        for row in Photo.select().where(Photo.id.in_(chunk))
    }
    return [found[photo_id] for photo_id in photo_ids if photo_id in found]


def find_photo(library: Library, collection_id: int, path: Path) -> PhotoRow:
    """The photo at this path; where a copy lies there, the photo that stands for it.

    Raises UsageError when the library does not know it.
    """
    found = Photo.get_or_none(Photo.collection == collection_id, Photo.path == path)
    if found is None:
        raise UsageError(f"{path} is not in the library; `kinfolk index` adds it.")
    return photo_row(found.copy_of or found)


def skipped_photos(library: Library, collection_id: int) -> list[SkippedFile]:
    """The files that could not be looked at, and why."""
    query = Photo.select(Photo.path, Photo.error).where(
        Photo.collection == collection_id, Photo.state == PhotoState.SKIPPED.value
    )
    return [SkippedFile(path, error) for path, error in query.order_by(Photo.path).tuples()]


def noted_photos(library: Library, collection_id: int) -> list[SkippedFile]:
    """The photos that are shown, but not in full, and what is not shown of them."""
    query = Photo.select(Photo.path, Photo.note).where(_is_shown(collection_id), Photo.note != "")
    return [SkippedFile(path, note) for path, note in query.order_by(Photo.path).tuples()]


def cloud_photos(library: Library, collection_id: int) -> list[Path]:
    """The files that are in the cloud only, and were never looked at."""
    query = Photo.select(Photo.path).where(
        Photo.collection == collection_id, Photo.state == PhotoState.CLOUD.value
    )
    return [path for (path,) in query.order_by(Photo.path).tuples()]


def holds_photos(library: Library) -> bool:
    """Whether any photo was looked at, in whatever collection."""
    return Photo.select().where(Photo.state == PhotoState.LOOKED.value).exists()


def photo_total(library: Library, collection_id: int) -> int:
    """How many photos the collection shows."""
    return int(
        Photo.select().where(Photo.collection == collection_id, Photo.state.in_(SHOWN)).count()
    )


def counts(library: Library, collection_id: int) -> Counts:
    """The numbers beside the sidebar's entries."""
    people = dict(
        Person.select(Person.hidden, pw.fn.COUNT(Person.id))
        .where(
            Person.collection == collection_id,
            Person.merged_into.is_null(),
            Person.face_count > 0,
            Person.hidden | (Person.kind != PersonKind.SMALL.value),
        )
        .group_by(Person.hidden)
        .tuples()
    )
    by_state = dict(
        Photo.select(Photo.state, pw.fn.COUNT(Photo.id))
        .where(Photo.collection == collection_id)
        .group_by(Photo.state)
        .tuples()
    )
    erased, in_part = _erased_and_partly(library, collection_id)
    return Counts(
        people=people.get(False, 0),
        photos=sum(by_state.get(state, 0) for state in SHOWN),
        unnamed_faces=_unnamed_faces(collection_id),
        hidden_people=people.get(True, 0),
        pending=by_state.get(PhotoState.PENDING.value, 0),
        skipped=by_state.get(PhotoState.SKIPPED.value, 0),
        gone=by_state.get(PhotoState.GONE.value, 0),
        copies=by_state.get(PhotoState.COPY.value, 0),
        erased=erased,
        in_part=in_part,
        cloud=by_state.get(PhotoState.CLOUD.value, 0),
    )


def _erased_and_partly(library: Library, collection_id: int) -> tuple[int, int]:
    """The photos that were looked at, but by no pack that is known any more; and those that are
    not shown in full."""
    # In the order in which they lie: by the index it takes ten times as long, for all are shown.
    statement = (
        "SELECT COUNT(*) FILTER (WHERE pack = '' AND NOT is_stale),"
        " COUNT(*) FILTER (WHERE note <> '')"
        " FROM photo NOT INDEXED WHERE collection_id = ? AND state = ?"
    )
    ((erased, in_part),) = library.sql(statement, (collection_id, PhotoState.LOOKED.value))
    return int(erased), int(in_part)


def _unnamed_faces(collection_id: int) -> int:
    """How many faces queries.faces.unnamed_faces lists; the census has counted those in groups."""
    grouped = Person.select(pw.fn.SUM(Person.face_count)).where(
        Person.collection == collection_id,
        Person.merged_into.is_null(),
        Person.name == "",
        ~Person.hidden,
    )
    alone = (
        Face.select()
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Face.person.is_null(),
            Face.is_face,
            Face.placed == Placed.MACHINE.value,
            Photo.collection == collection_id,
            Photo.state.in_(SHOWN),
        )
    )
    return int(grouped.scalar() or 0) + int(alone.count())
