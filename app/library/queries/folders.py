"""Questions about collections, folders and what the library knows of the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.errors import UsageError
from app.library.collecting import living_ids
from app.library.database import Library
from app.library.models import Folder, Photo
from app.library.queries.away import below
from app.library.queries.collections import collection as collection
from app.library.queries.collections import collections as collections
from app.library.queries.shapes import chunks, folder_row
from app.library.rows import FolderRow, PhotoState


def folders(
    library: Library, collection_id: int | None = None, counted: bool = True
) -> list[FolderRow]:
    """The folders of a collection, or of all there are, by path; unless `counted`, with 0 for the
    number of their photos, which takes time that grows with it."""
    query = Folder.select().order_by(Folder.path)
    if collection_id is None:
        query = query.where(Folder.collection.in_(living_ids()))
    else:
        query = query.where(Folder.collection == collection_id)
    return [folder_row(row, counted) for row in query]


def folder(library: Library, folder_id: int) -> FolderRow:
    """One folder.

    Raises UsageError when there is no such folder.
    """
    found = Folder.get_or_none(Folder.id == folder_id)
    if found is None:
        raise UsageError("There is no such folder any more.")
    return folder_row(found)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the library knows of a file on the disk."""

    id: int
    path: Path
    size: int
    mtime_ns: int
    state: PhotoState
    fingerprint: str
    pack: str
    pack_version: str
    error: str
    copy_of: int | None = None
    """The photo that stands for its content, of a copy."""


def known_files(library: Library, collection_id: int, folder_id: int | None) -> list[KnownFile]:
    """The files the library knows in one folder, or outside of any."""
    inside = Photo.folder.is_null() if folder_id is None else Photo.folder == folder_id
    return _files(Photo.collection == collection_id, inside)


_FILE_NAMES = tuple(field.name for field in fields(KnownFile))


def _files(*conditions: Any) -> list[KnownFile]:
    query = Photo.select(
        Photo.id, Photo.path, Photo.size, Photo.mtime_ns, Photo.state, Photo.fingerprint,
        Photo.pack, Photo.pack_version, Photo.error, Photo.copy_of,
    ).where(*conditions)  # fmt: skip
    return [
        KnownFile(**dict(zip(_FILE_NAMES, values, strict=True)) | {"state": PhotoState(values[4])})
        for values in query.tuples()
    ]


def files_of_size(library: Library, collection_id: int, sizes: set[int]) -> list[KnownFile]:
    """The photos of a collection that have one of these sizes in bytes."""
    return [
        file
        for chunk in chunks(sorted(sizes))
        for file in _files(Photo.collection == collection_id, Photo.size.in_(chunk))
    ]


def files_at(library: Library, collection_id: int, paths: Sequence[Path]) -> list[KnownFile]:
    """The files the library knows at these paths."""
    return [
        file
        for chunk in chunks(list(paths))
        for file in _files(Photo.collection == collection_id, Photo.path.in_(chunk))
    ]


def some_files(library: Library, collection_id: int, folder: Path) -> list[KnownFile]:
    """Fifty of the photos that lie below a folder, from all over it."""
    first, after = below(folder)
    sample = (
        Photo.select(Photo.id)
        .where(
            Photo.collection == collection_id,
            Photo.path >= first,
            Photo.path < after,
            Photo.state.in_((PhotoState.LOOKED.value, PhotoState.COPY.value)),
        )
        .order_by(Photo.fingerprint)
        .limit(50)
    )
    return _files(Photo.id.in_(sample))


def has_photos(library: Library, folder_id: int) -> bool:
    """Whether a folder holds anything that was looked at."""
    states = (PhotoState.LOOKED.value, PhotoState.COPY.value)
    return Photo.select().where(Photo.folder == folder_id, Photo.state.in_(states)).exists()


def pending_photos(library: Library, collection_id: int) -> list[tuple[int, Path]]:
    """Id and path of the photos still to be looked at, in the order they were found."""
    query = Photo.select(Photo.id, Photo.path).where(_is_waiting(collection_id))
    return [(photo_id, path) for photo_id, path in query.order_by(Photo.id).tuples()]


def pending_at(
    library: Library, collection_id: int, paths: Sequence[Path]
) -> list[tuple[int, Path]]:
    """As `pending_photos`, of the photos at these paths; without going through all the others."""
    return [
        one
        for chunk in chunks(list(paths))
        for one in Photo.select(Photo.id, Photo.path)
        .where(Photo.path.in_(chunk), _is_waiting(collection_id))
        .order_by(Photo.id)
        .tuples()
    ]


LOOSE = 0
"""Stands for the folder of photos that lie in none."""


def waiting_folders(library: Library, collection_id: int) -> set[int]:
    """The folders in which a photo is still to be looked at."""
    query = Photo.select(Photo.folder).where(_is_waiting(collection_id)).distinct()
    return {LOOSE if folder_id is None else folder_id for (folder_id,) in query.tuples()}


def cloud_folders(library: Library, collection_id: int) -> set[int]:
    """The folders in which a photo is in the cloud only, and was never looked at."""
    is_there = (Photo.collection == collection_id) & (Photo.state == PhotoState.CLOUD.value)
    query = Photo.select(Photo.folder).where(is_there).distinct()
    return {LOOSE if folder_id is None else folder_id for (folder_id,) in query.tuples()}


def cloud_count(library: Library, collection_id: int) -> int:
    """How many photos are in the cloud only, and were never looked at."""
    is_there = (Photo.collection == collection_id) & (Photo.state == PhotoState.CLOUD.value)
    return int(Photo.select().where(is_there).count())


def _is_waiting(collection_id: int) -> Any:
    is_pending = Photo.state == PhotoState.PENDING.value
    is_stale = Photo.is_stale & (Photo.state == PhotoState.LOOKED.value)
    return (Photo.collection == collection_id) & (is_pending | is_stale)
