"""Named photos: whose names a photo has, for those who tell other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee as pw

from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.away import away
from app.library.queries.shapes import SHOWN, chunks
from app.library.rows import PhotoState

_AT_ONCE = 400
"""Photos that are read in one go."""


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A face of somebody who has a name and is not hidden."""

    person_id: int
    name: str
    box: tuple[float, float, float, float]
    """x, y, width, height, 0..1 of the upright image; see film.py for videos."""


@dataclass(frozen=True, slots=True)
class NamedPhoto:
    """A file of a photo, and the people in it who have names."""

    path: Path
    width: int
    """Pixels of the upright image."""
    height: int
    orientation: int
    is_video: bool
    is_away: bool
    """Whether it cannot be read now."""
    faces: tuple[NamedFace, ...]


def photo_files(
    library: Library, collection_id: int, photo_ids: Sequence[int] | None = None
) -> list[int]:
    """The ids of the photos of a collection that were looked at, or of some of them; and of the
    copies of these, which are files of their own."""
    shown = Photo.select(Photo.id).where(Photo.state.in_(SHOWN), Photo.collection == collection_id)
    copies = Photo.select(Photo.id).where(
        Photo.state == PhotoState.COPY.value, Photo.collection == collection_id
    )
    if photo_ids is None:
        return sorted(row[0] for query in (shown, copies) for row in query.tuples())
    found: set[int] = set()
    for chunk in chunks(list(photo_ids)):
        for query in (
            shown.where(Photo.id.in_(chunk)),
            copies.where(Photo.copy_of.in_(chunk)),
        ):
            found.update(row[0] for row in query.tuples())
    return sorted(found)


def named_photos(library: Library, photo_ids: Sequence[int]) -> Iterator[NamedPhoto]:
    """These files with the people in them, in order; those that are not there any more are left
    out. Read in pieces, so that names are those of the moment."""
    for start in range(0, len(photo_ids), _AT_ONCE):
        yield from _read(list(photo_ids[start : start + _AT_ONCE]))


def _read(ids: list[int]) -> list[NamedPhoto]:
    columns = (
        Photo.id, Photo.copy_of, Photo.path, Photo.width, Photo.height, Photo.orientation,
        Photo.duration, Photo.folder,
    )  # fmt: skip
    rows = list(Photo.select(*columns).where(Photo.id.in_(ids)).order_by(Photo.id).tuples())
    stand_ins = {row[0]: row[1] or row[0] for row in rows}
    faces = _faces({*stand_ins.values()})
    facts = _facts([of for photo_id, of in stand_ins.items() if of != photo_id])
    now_away = away()
    found = []
    for photo_id, _, path, width, height, orientation, duration, folder in rows:
        stand_in = stand_ins[photo_id]
        width, height, orientation = facts.get(stand_in, (width, height, orientation))
        found.append(
            NamedPhoto(
                path, width, height, orientation, duration is not None,
                now_away.holds(folder, path), tuple(faces.get(stand_in, ())),
            )
        )  # fmt: skip
    return found


def _facts(photo_ids: list[int]) -> dict[int, tuple[int, int, int]]:
    """Width, height and orientation of the photos for which copies stand: these were looked at."""
    query = Photo.select(Photo.id, Photo.width, Photo.height, Photo.orientation)
    rows = query.where(Photo.id.in_(photo_ids)).tuples() if photo_ids else ()
    return {row[0]: row[1:] for row in rows}


def _faces(photo_ids: set[int]) -> dict[int, list[NamedFace]]:
    found: dict[int, list[NamedFace]] = {}
    for chunk in chunks(sorted(photo_ids)):
        for photo_id, person_id, name, *box in _named_faces(chunk):
            face = NamedFace(person_id, name, (box[0], box[1], box[2], box[3]))
            found.setdefault(photo_id, []).append(face)
    return found


def _named_faces(photo_ids: Sequence[int]) -> Any:
    query = (
        Face.select(Face.photo, Person.id, Person.name, Face.x, Face.y, Face.w, Face.h)
        .join(Person, pw.JOIN.INNER, on=(Face.person == Person.id))
        .where(Face.photo.in_(list(photo_ids)), Face.is_face, Person.name != "", ~Person.hidden)
        .order_by(Face.id)
    )
    return query.tuples()
