"""Questions of whoever takes photos out: their files, and who is in them; for very many at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee as pw

from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.away import away
from app.library.queries.shapes import SHOWN

_FIELDS = (
    "id", "path", "fingerprint", "size", "width", "height", "content_type", "taken", "duration",
)  # fmt: skip
_AT_ONCE = 5000
"""Photos that are asked for in one go."""


@dataclass(frozen=True, slots=True)
class PhotoFiles:
    """A photo, and all files that are of it."""

    id: int
    path: Path
    fingerprint: str
    size: int
    width: int
    height: int
    content_type: str
    taken: datetime | None
    duration: float | None
    is_offline: bool
    copies: tuple[Path, ...] = ()
    """Other files with the same content."""
    motion: Path | None = None
    """The file of the moving part of it."""

    @property
    def is_video(self) -> bool:
        """Whether it is a video, and no picture."""
        return self.content_type.startswith("video/")


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who is in a photo."""

    id: int
    key: str
    name: str
    """Empty for somebody without one."""
    hidden: bool


def photo_files(library: Library, photo_ids: Sequence[int]) -> list[PhotoFiles]:
    """The photos of these that are shown, in the order asked for."""
    now_away = away()
    found: dict[int, PhotoFiles] = {}
    for asked in _pieces(photo_ids):
        copies = _paths(Photo.copy_of, asked)
        motions = _paths(Photo.still, asked)
        columns = [*(getattr(Photo, name) for name in _FIELDS), Photo.folder]
        query = Photo.select(*columns).where(Photo.id.in_(asked), Photo.state.in_(SHOWN))
        for *values, folder_id in query.tuples():
            number, path = values[0], values[1]
            others = [one for one in motions.get(number, ()) if one != path]
            found[number] = PhotoFiles(
                **dict(zip(_FIELDS, values, strict=True)),
                is_offline=now_away.holds(folder_id, path),
                copies=tuple(copies.get(number, ())),
                motion=others[0] if others else None,
            )
    return [found[one] for one in photo_ids if one in found]


def people_in(library: Library, photo_ids: Sequence[int]) -> dict[int, tuple[Shown, ...]]:
    """Photo -> everybody in it whom it is known to show, from left to right, each once."""
    found: dict[int, dict[int, Shown]] = {}
    for asked in _pieces(photo_ids):
        query = (
            Face.select(Face.photo, Person.id, Person.key, Person.name, Person.hidden)
            .join(Person, on=(Face.person == Person.id))
            .where(Face.photo.in_(asked), Face.is_face)
            .order_by(Face.photo, Face.x)
        )
        for photo_id, *values in query.tuples():
            one = Shown(*values)
            found.setdefault(photo_id, {}).setdefault(one.id, one)
    return {photo_id: tuple(people.values()) for photo_id, people in found.items()}


def _pieces(photo_ids: Sequence[int]) -> list[Any]:
    """One value instead of thousands: Peewee takes longer over them than SQLite over the rows."""
    texts = [
        json.dumps(list(photo_ids[at : at + _AT_ONCE])) for at in range(0, len(photo_ids), _AT_ONCE)
    ]
    return [pw.SQL("(SELECT value FROM json_each(?))", (text,)) for text in texts]


def _paths(field: Any, asked: Any) -> dict[int, list[Path]]:
    """Photo -> the files that say by this field that they are of it, by path."""
    found: dict[int, list[Path]] = {}
    query = Photo.select(field, Photo.path).where(field.in_(asked)).order_by(Photo.path)
    for photo_id, path in query.tuples():
        found.setdefault(photo_id, []).append(path)
    return found
