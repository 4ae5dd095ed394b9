"""Collections and folders come and go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.census import take_census
from app.library.collecting import named, proper_name
from app.library.copies import hand_over, heir, take_places
from app.library.database import Library
from app.library.models import Collection, Face, Folder, InnerMount, Photo
from app.library.queries.away import AWAY
from app.library.queries.shapes import collection_row, folder_row
from app.library.rows import CollectionRow, FolderRow, FolderState, PhotoState
from app.library.volumes import is_mounted, is_root, mount_of
from app.settings import KINDS


def create_collection(library: Library, name: str, kind: str = "album") -> CollectionRow:
    """Make a collection of one of the kinds in `settings.KINDS`, with the settings of that.

    Raises UsageError when the name is empty, or another has it.
    """

    def work() -> CollectionRow:
        own = dict(KINDS[kind])
        made = Collection.create(name=proper_name(name), kind=kind, settings=own)
        return collection_row(made)

    return library.write(work)


def ensure_collection(library: Library, name: str) -> CollectionRow:
    """The collection of this name, made if need be."""
    return library.write(
        lambda: collection_row(named(name) or Collection.create(name=proper_name(name)))
    )


def add_folder(library: Library, collection_id: int, path: Path) -> FolderRow:
    """Let a collection watch a folder. A folder within a watched one is watched already: then
    the row of that one is given back. Folders within the new one become part of it, but for those
    that cannot be read now: they do once they are back.

    Raises UsageError when it is not a folder that can be read.
    """
    wanted = absolute(path)
    if not wanted.is_dir():
        raise UsageError(f"{path} is not a folder.")
    if not os.access(wanted, os.R_OK | os.X_OK):
        raise UsageError(f"You may not read the folder {path}.")

    def work() -> FolderRow:
        folders = list(Folder.select().where(Folder.collection == collection_id))
        for known in folders:
            if wanted == known.path or known.path in wanted.parents:
                return folder_row(known)
        mount = mount_of(wanted)
        made = Folder.create(
            collection=collection_id, path=wanted, mount=mount, is_mount=is_root(wanted, mount)
        )
        for inner in folders:
            if wanted in inner.path.parents and _is_there(inner):
                _absorb(inner, made)
        _adopt_loose_photos(collection_id, made)
        return folder_row(made)

    return library.write(work)


def watch_again(library: Library, collection_id: int, path: Path) -> None:
    """Let a collection watch a folder that it watched before, also one that cannot be read now:
    that is offline until it can."""

    def away() -> None:
        if not Folder.select().where(Folder.collection == collection_id, Folder.path == path):
            Folder.create(collection=collection_id, path=path, state=FolderState.OFFLINE)

    try:
        add_folder(library, collection_id, path)
    except (UsageError, OSError):
        library.write(away)


def absorb_folders(library: Library, collection_id: int) -> Changes:
    """Folders that lie within others, and were away when those were added, become part of them."""

    def work() -> Changes:
        folders = [
            row
            for row in Folder.select().where(Folder.collection == collection_id)
            if _is_there(row)
        ]
        touched: set[int] = set()
        for inner in folders:
            around = [row for row in folders if row.path in inner.path.parents]
            outer = min(around, key=lambda row: len(row.path.parts), default=None)
            if outer is not None:
                _absorb(inner, outer)
                touched |= {inner.id, outer.id}
        return Changes(folders=frozenset(touched))

    return library.write(work)


def _is_there(folder: Folder) -> bool:
    is_there = folder.state not in AWAY and os.path.isdir(folder.path)  # noqa: PTH112 - never raises
    return is_there and (folder.mount is None or is_mounted(folder.mount))


def _absorb(inner: Folder, outer: Folder) -> None:
    """Make the photos of a folder those of the one that it lies in, its volumes known there."""
    Photo.update(folder=outer).where(Photo.folder == inner).execute()
    places = [(row.path, row.mount) for row in inner.inner]
    if inner.mount is not None and inner.mount != outer.mount:
        places.append((inner.path, inner.mount))
    for path, mount in places:
        InnerMount.insert(folder=outer, path=path, mount=mount).on_conflict("IGNORE").execute()
    inner.delete_instance()


def remove_folder(library: Library, folder_id: int) -> Changes:
    """Forget a folder with its photos and faces; the files on the disk stay, and what the user
    said of them is kept for the day the folder comes back. Photos that have a copy elsewhere stay
    by that copy."""

    def work() -> Changes:
        kept = _with_copies_elsewhere(folder_id)
        for photo_id in kept:
            copy = heir(photo_id, folder_id=folder_id)
            if copy is not None:
                hand_over(Photo.get_by_id(photo_id), copy)
        photos = Photo.select(Photo.id).where(Photo.folder == folder_id)
        people = _people_of(photos)
        here = Photo.select(Photo.id).where(Photo.folder == folder_id)
        Photo.update(compared=False).where(Photo.stack.in_(here)).execute()
        Photo.delete().where(Photo.folder == folder_id).execute()
        Folder.delete().where(Folder.id == folder_id).execute()
        take_census(library, people)
        return Changes(
            people=frozenset(people), photos=frozenset(kept), folders=frozenset({folder_id}),
            regrouped=True,
        )  # fmt: skip

    return library.write(work)


def _with_copies_elsewhere(folder_id: int) -> list[int]:
    copy = Photo.alias()
    query = (
        Photo.select(Photo.id)
        .join(copy, on=(copy.copy_of == Photo.id))
        .where(Photo.folder == folder_id, copy.folder.is_null() | (copy.folder != folder_id))
        .distinct()
    )
    return [photo_id for (photo_id,) in query.tuples()]


def drop_moved_folder(library: Library, folder_id: int) -> Changes:
    """Stop watching a folder that is not there any more and whose photos are all elsewhere now;
    nothing happens while one of them is left."""

    def work() -> Changes:
        here = Photo.folder == folder_id
        states = (PhotoState.LOOKED.value, PhotoState.COPY.value)
        folder = Folder.get_or_none(
            Folder.id == folder_id, Folder.state == FolderState.MISSING.value
        )
        if folder is None or Photo.select().where(here, Photo.state.in_(states)).exists():
            return Changes()
        Photo.delete().where(here, Photo.state != PhotoState.GONE.value, Photo.pack == "").execute()
        folder.delete_instance()
        return Changes(folders=frozenset({folder_id}))

    return library.write(work)


def set_folder_state(library: Library, folder_id: int, state: FolderState) -> Changes:
    """Note how a folder stands. Where its photos cannot be read any more, those that have a copy
    which can be go on as that copy."""

    def work() -> Changes:
        Folder.update(state=state.value).where(Folder.id == folder_id).execute()
        moved = _take_places(folder_id) if state.is_away else set()
        return Changes(folders=frozenset({folder_id}), photos=frozenset(moved))

    return library.write(work)


def note_volumes(
    library: Library, folder_id: int, mount: Path, inner: Sequence[tuple[Path, Path, bool]]
) -> Changes:
    """Note on which volume a folder lies, by its mount point, and where within it others begin:
    path, mount point and whether that volume is away."""

    def work() -> Changes:
        folder = Folder.get_or_none(Folder.id == folder_id)
        if folder is None:  # it was removed meanwhile
            return Changes()
        folder.mount, folder.is_mount = mount, is_root(folder.path, mount)
        folder.save(only=[Folder.mount, Folder.is_mount])
        InnerMount.delete().where(InnerMount.folder == folder_id).execute()
        for path, other, is_away in inner:
            InnerMount.insert(
                folder=folder_id, path=path, mount=other, is_away=is_away
            ).on_conflict("IGNORE").execute()
        moved = _take_places(folder_id) if any(is_away for *_, is_away in inner) else set()
        return Changes(folders=frozenset({folder_id}), photos=frozenset(moved))

    return library.write(work)


def _take_places(folder_id: int) -> set[int]:
    folder = Folder.get_or_none(Folder.id == folder_id)
    return set() if folder is None else take_places(folder.collection_id)


def absolute(path: Path) -> Path:
    """The path from the root, without . and .., symbolic links left as they are."""
    return Path(os.path.normpath(path.expanduser().absolute()))


def _adopt_loose_photos(collection_id: int, folder: Folder) -> None:
    loose = Photo.select().where(Photo.collection == collection_id, Photo.folder.is_null())
    inside = [photo.id for photo in loose if folder.path in photo.path.parents]
    for start in range(0, len(inside), 900):
        Photo.update(folder=folder).where(Photo.id.in_(inside[start : start + 900])).execute()


def _people_of(photos: pw.ModelSelect) -> Iterable[int]:
    query = Face.select(Face.person).where(Face.photo.in_(photos), Face.person.is_null(False))
    return {person_id for (person_id,) in query.distinct().tuples()}
