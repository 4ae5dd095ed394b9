"""Copies: of the files with one content, one is the photo and the others are its copies.

[Note: Copies] The photo has the faces, and with them the decisions; a copy is a row that only says
where a file lies. When the photo's file is deleted, or away while that of a copy can be read, the
two rows change files: the photo goes on with its faces at another place. When the photo's file is
edited, they change files, too, and the row of the copy becomes a photo of its own.

Everything here is to be called within a transaction.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from app.library.anchors import box_of, pair, read
from app.library.models import Face, Person, Photo, Spare
from app.library.queries.away import AWAY, away
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState, Placed
from app.library.stacked import compare_again, mates

COPY, LOOKED = PhotoState.COPY.value, PhotoState.LOOKED.value

# CROSS and > 0 keep SQLite from going through all photos; copies are few.
_AWAY_WITH_COPIES = f"""
SELECT photo.id, photo.folder_id, photo.path, copy.id, copy.folder_id, copy.path
FROM photo AS copy CROSS JOIN photo ON photo.id = copy.copy_of_id
WHERE copy.copy_of_id > 0 AND photo.collection_id = ?
  AND (photo.folder_id IN (SELECT id FROM folder WHERE state IN {AWAY!r})
       OR photo.folder_id IN (SELECT folder_id FROM innermount WHERE is_away))
ORDER BY +copy.id
"""
# The + keeps SQLite from looking a photo up by collection, which is all of them.
_TWIN = """
SELECT id FROM photo
WHERE fingerprint = ? AND +collection_id = ? AND state = ? AND id <> ? ORDER BY id LIMIT 1
"""
_WITH_TWINS = """
SELECT id FROM photo WHERE id IN ({}) AND state = 'looked' AND fingerprint <> '' AND EXISTS (
    SELECT 1 FROM photo AS twin WHERE twin.fingerprint = photo.fingerprint
    AND twin.collection_id = photo.collection_id AND twin.state = 'looked' AND twin.id <> photo.id)
"""


def hand_over(photo: Photo, copy: Photo) -> None:
    """Let a photo go on at the place of its copy, and the row of the copy stand for its file."""
    here, there = _file(photo), _file(copy)
    Photo.update(path=nowhere(copy.path, copy.id)).where(Photo.id == copy.id).execute()
    Photo.update(**there).where(Photo.id == photo.id).execute()
    Photo.update(**here).where(Photo.id == copy.id).execute()
    for row, file in ((photo, there), (copy, here)):
        for name, value in file.items():
            setattr(row, name, value)


def _file(photo: Photo) -> dict[str, Any]:
    return {
        "folder": photo.folder_id, "path": photo.path, "size": photo.size,
        "mtime_ns": photo.mtime_ns,
    }  # fmt: skip


def nowhere(path: Path, photo_id: int) -> Path:
    """Where no file can be, as it lies within a file: for a row whose place another one takes."""
    return path / str(photo_id)


def heir(photo_id: int, without: Collection[int] = (), folder_id: int | None = None) -> Any:
    """The copy that takes the place of a photo: one that can be read, if there is any; none of
    those `without`, and none in the folder. None where there is no copy."""
    if not read("SELECT 1 FROM photo WHERE copy_of_id = ? LIMIT 1", (photo_id,)):
        return None  # as it is with most; Peewee takes its time over each statement
    now_away = away()
    copies = [
        copy
        for copy in Photo.select().where(Photo.copy_of == photo_id).order_by(Photo.id)
        if copy.id not in without and (folder_id is None or copy.folder_id != folder_id)
    ]
    reachable = [copy for copy in copies if not now_away.holds(copy.folder_id, copy.path)]
    return next(iter(reachable or copies), None)


def take_places(collection_id: int) -> set[int]:
    """Photos whose file is away while that of a copy can be read go on there; gives them."""
    rows = read(_AWAY_WITH_COPIES, (collection_id,))
    now_away = away() if rows else None
    moved: set[int] = set()
    for photo_id, folder_id, path, copy_id, copy_folder_id, copy_path in rows:
        assert now_away is not None
        if photo_id in moved or not now_away.holds(folder_id, Path(os.fsdecode(path))):
            continue
        if not now_away.holds(copy_folder_id, Path(os.fsdecode(copy_path))):
            hand_over(Photo.get_by_id(photo_id), Photo.get_by_id(copy_id))
            moved.add(photo_id)
    return moved


def lose(photo_ids: Sequence[int]) -> tuple[list[int], set[int]]:
    """The files of these rows are not there any more. Copies are forgotten, photos that have
    another copy go on there. Gives the photos of which nothing is left, and those that moved."""
    rows = {
        photo.id: photo
        for chunk in chunks(list(photo_ids))
        for photo in Photo.select().where(Photo.id.in_(chunk))
    }
    copies = {row.id for row in rows.values() if row.state == COPY}
    with_copies = _with_copies([photo_id for photo_id in rows if photo_id not in copies])
    moved = set()
    for photo_id in sorted(with_copies):
        copy = heir(photo_id, without=copies)
        if copy is not None:
            hand_over(rows[photo_id], copy)
            Photo.delete().where(Photo.id == copy.id).execute()
            moved.add(photo_id)
    delete_photos(copies)
    return [photo_id for photo_id in rows if photo_id not in copies | moved], moved


def _with_copies(photo_ids: Sequence[int]) -> set[int]:
    return {
        photo_id
        for chunk in chunks(list(photo_ids))
        for (photo_id,) in Photo.select(Photo.copy_of).where(Photo.copy_of.in_(chunk)).tuples()
    }


def delete_photos(photo_ids: Iterable[int]) -> None:
    """Remove rows of photos, with their faces."""
    gone = set(photo_ids)
    compare_again(set(mates(gone)) - gone)
    for chunk in chunks(sorted(gone)):
        Photo.delete().where(Photo.id.in_(chunk)).execute()


def twin_of(photo: Photo, fingerprint: str) -> Photo | None:
    """Another photo of the collection that has this content."""
    for (twin_id,) in read(_TWIN, (fingerprint, photo.collection_id, LOOKED, photo.id)):
        twin: Photo = Photo.get_by_id(twin_id)
        return twin
    return None


def with_twins(photo_ids: Sequence[int]) -> list[int]:
    """Of these photos, those that have a twin."""
    return [
        photo_id
        for chunk in chunks(list(photo_ids))
        for (photo_id,) in read(_WITH_TWINS.format(",".join("?" * len(chunk))), tuple(chunk))
    ]


def collapse(photo: Photo, into: Photo, fingerprint: str) -> set[int]:
    """Make a photo the copy of another one, which has the same content; gives the people touched.

    Whom the machine knew in the copy alone, it knows in the other; covers and copies go along.
    """
    mine = list(Face.select().where(Face.photo == photo).order_by(Face.id))
    theirs = list(Face.select().where(Face.photo == into).order_by(Face.id))
    people = {face.person_id for face in (*mine, *theirs) if face.person_id is not None}
    if photo.fingerprint == fingerprint:
        pairs = pair([box_of(face) for face in mine], [box_of(face) for face in theirs])
        for index, other in pairs.items():
            _leave_to(mine[index], theirs[other])
    Face.delete().where(Face.photo == photo).execute()
    Spare.delete().where(Spare.photo == photo).execute()
    Photo.update(copy_of=into.id).where(Photo.copy_of == photo.id).execute()
    Photo.update(
        state=COPY, copy_of=into.id, fingerprint=fingerprint, is_stale=False, error="", gone=None,
        pack="", pack_version="",
    ).where(Photo.id == photo.id).execute()  # fmt: skip
    return people


def _leave_to(mine: Face, other: Face) -> None:
    Person.update(cover_id=other.id).where(Person.cover_id == mine.id).execute()
    is_open = other.person_id is None and other.is_face and other.placed == Placed.MACHINE.value
    if is_open and mine.person_id is not None and mine.is_face:
        Face.update(
            person=mine.person_id, placed=mine.placed, confidence=mine.confidence, grouped=True
        ).where(Face.id == other.id).execute()
