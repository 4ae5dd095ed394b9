"""Shapes: which columns make a row, and how a tuple of them becomes one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee as pw

from app.library.dated import DATED
from app.library.models import Collection, Face, Folder, Person, Photo
from app.library.rows import (
    CollectionRow,
    FaceRow,
    FolderRow,
    FolderState,
    PersonKind,
    PersonRow,
    PhotoState,
    Placed,
)

if TYPE_CHECKING:
    from app.library.queries.away import Away
    from app.library.queries.items import Details, PhotoItems
    from app.library.rows import PhotoRow

UNTOLD = -1
"""Photos that stand under one, where that is not the matter of whoever reads its details."""
SHOWN = (PhotoState.LOOKED.value,)
"""The states of a photo that the album shows."""

FACE = (
    Face.id, Face.photo, Photo.fingerprint, Face.x, Face.y, Face.w, Face.h, Face.score,
    Face.quality, Face.sharpness, Face.pixels, Face.pitch, Face.yaw, Face.roll, Face.age,
    Face.gender, Face.gender_confidence, Person.id, Person.key, Person.name, Face.confidence,
    Face.placed, Face.drawn, Face.mouth, Face.mouth_confidence, Face.eyes, Face.eyes_confidence,
    Face.seen,
)  # fmt: skip

FACE_NAMES = tuple(field.name for field in fields(FaceRow))
"""The columns FACE are the fields of FaceRow, in order."""
_NAME, _PLACED, _DRAWN, _SEEN = map(FACE_NAMES.index, ("person_name", "placed", "drawn", "seen"))

ITEM = (
    Photo.id, Photo.fingerprint, Photo.width, Photo.height, Photo.taken, Photo.colour,
    Photo.taken_from.in_(DATED), Photo.duration, Photo.stack, Photo.folder,
)  # fmt: skip
"""The fields of PhotoItem, but that the stack is the photo on top; the last column, the folder,
tells whether the photo is offline, and the copies follow."""

PERSON = (
    Person.id, Person.key, Person.name, Person.kind, Person.hidden, Person.face_count,
    Person.photo_count, Person.created, Person.updated, Person.gender, Person.average_age,
    Person.min_age, Person.max_age, Person.cover_id, Person.birth_year,
    Person.last_seen, Person.staff, Person.video_count,
)  # fmt: skip


def select_faces() -> Any:
    """Faces that are faces, of photos that are shown, with their photo and person."""
    return (
        Face.select(*FACE)
        .join(Photo, on=(Face.photo == Photo.id))
        .join(Person, pw.JOIN.LEFT_OUTER, on=(Face.person == Person.id))
        .where(Face.is_face, Photo.state.in_(SHOWN))
    )


def is_unnamed() -> Any:
    """The condition that a face waits for a name; for queries that join Person as select_faces."""
    alone = Face.person.is_null() & (Face.placed == Placed.MACHINE.value)
    return alone | ((Person.name == "") & ~Person.hidden)


def is_stranger() -> Any:
    """Of faces that belong to nobody, by the user's word."""
    return Face.person.is_null() & Face.is_face & (Face.placed == Placed.USER.value)


def face_row(values: tuple[Any, ...]) -> FaceRow:
    """The row of the columns FACE."""
    row = list(values)
    row[_NAME], row[_PLACED] = row[_NAME] or "", Placed(row[_PLACED])
    row[_DRAWN] = bool(row[_DRAWN])
    row[_SEEN] = tuple(map(tuple, json.loads(row[_SEEN]))) if row[_SEEN] else ()
    return FaceRow(*row)


def face_rows(query: Any) -> list[FaceRow]:
    """The rows of a query over FACE."""
    # Of many faces Peewee's own way to values takes half of the time, and keeps them all.
    return [face_row(values) for values in Face._meta.database.execute(query)]


def items(query: Any, is_folded: bool = False) -> PhotoItems:
    """The rows of a query over ITEM, which gives them newest first; `is_folded`: of those that
    stand in one stack only the best."""
    from app.library.queries.items import PhotoItems

    rows = list(with_tops(query))
    if not is_folded:
        return PhotoItems.of(row for row, _ in rows)
    from app.library.queries.stacks import fold

    folded = fold({row[0]: top for row, top in rows if top is not None})
    return PhotoItems.of(
        (*row[:-1], folded.under.get(row[0], 0)) for row, _ in rows if row[0] not in folded.hidden
    )


def details(query: Any) -> Iterator[Details]:
    """The rows of a query over ITEM as PhotoItems takes them, without what stands under them."""
    return (row for row, _ in with_tops(query))


def with_tops(query: Any) -> Iterator[tuple[Details, int | None]]:
    """As `details`, each with the photo on top of its stack."""
    from app.library.queries.away import away

    now_away = away()
    inner = now_away.inner_ids()
    copies = copy_counts()
    # Of many photos Peewee's own way to values takes a third of the time.
    for *row, duration, top, folder_id in Photo._meta.database.execute(query):
        is_offline = folder_id in now_away.folders or row[0] in inner
        yield (*row, is_offline, copies.get(row[0], 0), duration, UNTOLD), top


def copy_counts() -> dict[int, int]:
    """How many copies the photos have that have any."""
    query = Photo.select(Photo.copy_of, pw.fn.COUNT(Photo.id)).where(Photo.copy_of.is_null(False))
    return dict(query.group_by(Photo.copy_of).tuples())


def person_rows(query: Any) -> list[PersonRow]:
    """The rows of a query over PERSON, covers fetched in one go."""
    found = list(query.tuples())
    covers = covers_of(values[13] for values in found)
    return [
        PersonRow(
            id=values[0], key=values[1], name=values[2], kind=PersonKind(values[3]),
            hidden=bool(values[4]), face_count=values[5], photo_count=values[6],
            cover=covers.get(values[13]), created=values[7], updated=values[8], gender=values[9],
            average_age=values[10], min_age=values[11], max_age=values[12],
            birth_year=values[14], last_seen=values[15], staff=bool(values[16]),
            video_count=values[17],
        )
        for values in found
    ]  # fmt: skip


def covers_of(face_ids: Iterable[int | None]) -> dict[int, FaceRow]:
    """Faces by id."""
    wanted = [face_id for face_id in face_ids if face_id is not None]
    return {
        row.id: row
        for chunk in chunks(wanted)
        for row in face_rows(select_faces().where(Face.id.in_(chunk)))
    }


def chunks(values: list[Any], size: int = 900) -> Iterator[list[Any]]:
    """Slices short enough for one SQL statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def photo_row(photo: Photo, now_away: Away | None = None) -> PhotoRow:
    """The row of a photo; `now_away` saves asking for each of many."""
    from app.library.queries.away import away
    from app.library.rows import PhotoRow, Shot

    copies = Photo.select(Photo.path).where(Photo.copy_of == photo)
    return PhotoRow(
        id=photo.id, collection_id=photo.collection_id, folder_id=photo.folder_id,
        path=photo.path, state=PhotoState(photo.state), error=photo.error,
        fingerprint=photo.fingerprint, size=photo.size,
        modified=from_ns(photo.mtime_ns), width=photo.width, height=photo.height,
        orientation=photo.orientation, content_type=photo.content_type, taken=photo.taken,
        taken_from=photo.taken_from, camera=photo.camera,
        face_count=photo.faces.where(Face.is_face).count(),
        is_offline=(now_away or away()).holds(photo.folder_id, photo.path),
        copies=tuple(path for (path,) in copies.order_by(Photo.path).tuples()),
        note=photo.note, duration=photo.duration, motion=_motion(photo),
        motion_at=photo.motion_at, stack_id=photo.stack_id,
        shot=Shot(*(getattr(photo, field.name) for field in fields(Shot))),
    )  # fmt: skip


def _motion(photo: Photo) -> Path | None:
    """The file that has the moving part of a photo."""
    found = Photo.select(Photo.path).where(Photo.still == photo, Photo.id != photo).first()
    if found is not None:
        return Path(found.path)
    return None if photo.motion_at is None else Path(photo.path)


def from_ns(nanoseconds: int) -> datetime:
    """A file time as a local datetime; a senseless one becomes 1970."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    try:
        # never rounded up: a query for this second has to find it
        return datetime.fromtimestamp(seconds).replace(microsecond=rest // 1000)
    except (OverflowError, OSError, ValueError):
        return datetime(1970, 1, 1)


# CROSS, > 0 and + keep SQLite from going through all photos; copies are few.
_BY_COPY_ALONE = """
SELECT COUNT(DISTINCT copy.copy_of_id) FROM photo AS copy
CROSS JOIN photo ON photo.id = copy.copy_of_id
WHERE copy.copy_of_id > 0 AND +copy.folder_id = ? AND photo.folder_id IS NOT ?
"""


def folder_row(folder: Folder, counted: bool = True) -> FolderRow:
    """The row of a folder, with the number of photos that are shown and lie there, be it as a
    copy; unless `counted`, with 0."""
    count = 0
    if counted:
        count = Photo.select().where(Photo.folder == folder, Photo.state.in_(SHOWN)).count()
        values = (folder.id, folder.id)
        count += Photo._meta.database.execute_sql(_BY_COPY_ALONE, values).fetchone()[0]
    return FolderRow(folder.id, folder.collection_id, folder.path, FolderState(folder.state), count)


def collection_row(collection: Collection) -> CollectionRow:
    """The row of a collection."""
    return CollectionRow(collection.id, collection.name, collection.created, collection.kind)
