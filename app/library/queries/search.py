"""The search: which photos show these people, at these times, in this place."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import peewee as pw

from app.library.database import Library
from app.library.models import Face, Folder, Person, Photo
from app.library.queries.away import below
from app.library.queries.items import PhotoItems
from app.library.queries.shapes import ITEM, SHOWN, chunks, items
from app.library.rows import PhotoSearch, Placed

_SEPARATOR = os.fsencode(os.sep)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which photos were taken."""

    year: int
    month: int
    photo_count: int


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory that holds photos, in itself or below."""

    path: Path
    photo_count: int
    """With those below."""
    is_folder: bool
    """Whether the collection watches it; the others lie in such a folder or stand alone."""


def search_photos(
    library: Library, collection_id: int, search: PhotoSearch, is_folded: bool = False
) -> PhotoItems:
    """The photos that meet every condition, newest first; `is_folded`: of those in one stack only
    the best.

    Merged people count as who they are now. Somebody who is not there any more is in no photo.
    """
    query = Photo.select(*ITEM).where(*conditions(library, collection_id, search))
    return items(query.order_by(Photo.taken.desc(), Photo.id.desc()), is_folded)


def count_photos(library: Library, collection_id: int, search: PhotoSearch) -> int:
    """How many photos meet every condition."""
    query = Photo.select().where(*conditions(library, collection_id, search))
    return int(query.count())


def settled(library: Library, search: PhotoSearch) -> PhotoSearch:
    """The same search by the people whom merges have left, each named once in a condition."""
    asked = {*search.all_of, *search.any_of, *search.none_of}
    now = _where_merged(asked)

    def left(ids: Iterable[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(now.get(one, one) for one in ids))

    return replace(
        search,
        all_of=left(search.all_of),
        any_of=left(search.any_of),
        none_of=left(search.none_of),
    )


def day_span(text: str) -> tuple[date, date] | None:
    """The first and the last day of 2019, 2019-06 or 2019-06-14; None for anything else."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:  # there is no such month or day
        return None


def months(library: Library, collection_id: int) -> list[Month]:
    """The months in which the photos were taken, newest first."""
    rows = library.sql(
        "SELECT strftime('%Y', taken, 'unixepoch') AS year,"
        " strftime('%m', taken, 'unixepoch') AS month, COUNT(*) FROM photo"
        f" WHERE collection_id = ? AND state IN ({_marks(SHOWN)}) AND taken IS NOT NULL"
        " GROUP BY year, month ORDER BY year DESC, month DESC",
        (collection_id, *SHOWN),
    )
    # SQLite has no word for a month outside of the years 0 to 9999.
    return [Month(int(year), int(month), count) for year, month, count in rows if year is not None]


def directories(library: Library, collection_id: int) -> list[Directory]:
    """The folders of the collection and the directories below that hold photos, by path."""
    folders = {
        os.fsencode(path)
        for (path,) in Folder.select(Folder.path).where(Folder.collection == collection_id).tuples()
    }
    # SQLite cuts off what follows the last separator: to go through hundreds of thousands of paths
    # here would hold up other threads. Of bytes that are no text it may leave some.
    rows = library.sql(
        "WITH shown AS (SELECT CAST(path AS TEXT) AS path FROM photo"
        f" WHERE collection_id = ? AND state IN ({_marks(SHOWN)}))"
        " SELECT CAST(RTRIM(path, REPLACE(path, ?, '')) AS BLOB) AS above, COUNT(*)"
        " FROM shown GROUP BY above",
        (collection_id, *SHOWN, os.sep),
    )
    held: Counter[bytes] = Counter()
    for above, count in rows:
        held[_parent(above)] += count
    total: Counter[bytes] = Counter()
    for directory, count in held.items():
        for one in _up_to_folder(directory, folders):
            total[one] += count
    for directory in _held_by_copies(library, collection_id, folders):
        total[directory] += 1
    return [
        Directory(Path(os.fsdecode(path)), total[path], path in folders) for path in sorted(total)
    ]


def _held_by_copies(library: Library, collection_id: int, folders: set[bytes]) -> list[bytes]:
    """The directories that hold a photo as a copy alone, once for each such photo."""
    rows = library.sql(
        "SELECT photo.id, photo.path, copy.path FROM photo AS copy"
        " JOIN photo ON photo.id = copy.copy_of_id"
        " WHERE copy.copy_of_id IS NOT NULL AND photo.collection_id = ?"
        f" AND photo.state IN ({_marks(SHOWN)})",
        (collection_id, *SHOWN),
    )
    held: dict[int, set[bytes]] = {}
    found: list[bytes] = []
    for photo_id, path, copy in rows:
        known = held.setdefault(photo_id, set(_up_to_folder(_parent(path), folders)))
        new = [one for one in _up_to_folder(_parent(copy), folders) if one not in known]
        known.update(new)
        found += new
    return found


def conditions(library: Library, collection_id: int, search: PhotoSearch) -> list[Any]:
    """What Peewee asks of each photo of such a search."""
    search = settled(library, search)
    found: list[Any] = [Photo.collection == collection_id, Photo.state.in_(SHOWN)]
    found += [Photo.id.in_(_photos_of([one])) for one in search.all_of]
    if search.any_of:
        found.append(Photo.id.in_(_photos_of(search.any_of)))
    if search.none_of:
        found.append(Photo.id.not_in(_photos_of(search.none_of)))
    if search.only:
        found.append(_shows_nobody_but([*search.all_of, *search.any_of]))
    if search.since is not None:
        found.append(Photo.taken >= datetime.combine(search.since, time.min))
    if search.until is not None and search.until < date.max:
        found.append(Photo.taken < datetime.combine(search.until + timedelta(1), time.min))
    elif search.until is not None:
        found.append(Photo.taken.is_null(False))
    if search.folder is not None:
        found.append(_is_below(collection_id, search.folder))
    return found


def _photos_of(person_ids: Sequence[int]) -> Any:
    return Face.select(Face.photo).where(Face.person.in_(list(person_ids)), Face.is_face)


def _shows_nobody_but(person_ids: Sequence[int]) -> Any:
    """No face is anybody else's, nor one that nobody has said anything of."""
    other = Face.alias()
    is_stranger = other.person.is_null() & (other.placed != Placed.USER.value)
    is_somebody = other.person.is_null(False)
    if person_ids:
        is_somebody &= other.person.not_in(list(person_ids))
    faces = other.select(other.photo).where(other.photo == Photo.id, other.is_face)
    return ~pw.fn.EXISTS(faces.where(is_stranger | is_somebody))


def _is_below(collection_id: int, folder: Path) -> Any:
    """The photo lies there, or a copy of it does."""
    first, after = below(folder)
    file = Photo.alias()
    there = file.select(pw.fn.COALESCE(file.copy_of, file.id)).where(
        file.collection == collection_id, file.path >= first, file.path < after
    )
    return Photo.id.in_(there)


def _where_merged(person_ids: Iterable[int]) -> dict[int, int]:
    """Person -> who it was merged into in the end, for those who were merged."""
    ends: dict[int, int] = {}
    asked = set(person_ids)
    step = {one: one for one in asked}
    while step:
        into = {
            one: target
            for chunk in chunks(sorted(set(step.values())))
            for one, target in Person.select(Person.id, Person.merged_into)
            .where(Person.id.in_(chunk), Person.merged_into.is_null(False))
            .tuples()
        }
        step = {one: into[at] for one, at in step.items() if at in into}
        ends |= step
    return ends


def _parent(path: bytes) -> bytes:
    head, separator, _ = path.rpartition(_SEPARATOR)
    return head or separator


def _up_to_folder(directory: bytes, folders: set[bytes]) -> list[bytes]:
    """A directory and those above it up to the outermost folder it lies in; itself alone where it
    is in none."""
    way = [directory]
    while (above := _parent(way[-1])) != way[-1]:
        way.append(above)
    within = [place for place, one in enumerate(way) if one in folders]
    return way[: within[-1] + 1] if within else way[:1]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
