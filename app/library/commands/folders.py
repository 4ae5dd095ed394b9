"""Collections and folders come and go."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.census import take_census
from app.library.database import Library
from app.library.models import Collection, Face, Folder, Photo
from app.library.queries.shapes import collection_row, folder_row
from app.library.rows import CollectionRow, FolderRow, FolderState


def create_collection(library: Library, name: str) -> CollectionRow:
    """Make a collection.

    Raises UsageError when the name is empty or taken.
    """
    wanted = name.strip()
    if not wanted:
        raise UsageError("A collection needs a name.")

    def work() -> CollectionRow:
        if Collection.get_or_none(Collection.name == wanted) is not None:
            raise UsageError(f"There is a collection “{wanted}” already.")
        return collection_row(Collection.create(name=wanted))

    return library.write(work)


def ensure_collection(library: Library, name: str) -> CollectionRow:
    """The collection of this name, made if need be."""
    return library.write(lambda: collection_row(Collection.get_or_create(name=name)[0]))


def delete_collection(library: Library, name: str) -> Changes:
    """Remove a collection with its people and faces; the photos on the disk stay.

    Raises UsageError when there is none of this name.
    """

    def work() -> Changes:
        found = Collection.get_or_none(Collection.name == name)
        if found is None:
            raise UsageError(f"There is no collection “{name}”.")
        found.delete_instance()
        return Changes(regrouped=True)

    return library.write(work)


def add_folder(library: Library, collection_id: int, path: Path) -> FolderRow:
    """Let a collection watch a folder. A folder within a watched one is watched already: then
    the row of that one is given back. Folders within the new one become part of it.

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
        made = Folder.create(collection=collection_id, path=wanted, is_mount=wanted.is_mount())
        for inner in folders:
            if wanted in inner.path.parents:
                Photo.update(folder=made).where(Photo.folder == inner).execute()
                inner.delete_instance()
        _adopt_loose_photos(collection_id, made)
        return folder_row(made)

    return library.write(work)


def remove_folder(library: Library, folder_id: int) -> Changes:
    """Forget a folder with its photos and faces; the files on the disk stay, and what the user
    said of them is kept for the day the folder comes back."""

    def work() -> Changes:
        photos = Photo.select(Photo.id).where(Photo.folder == folder_id)
        people = _people_of(photos)
        Photo.delete().where(Photo.folder == folder_id).execute()
        Folder.delete().where(Folder.id == folder_id).execute()
        take_census(library, people)
        return Changes(people=frozenset(people), folders=frozenset({folder_id}), regrouped=True)

    return library.write(work)


def set_folder_state(
    library: Library, folder_id: int, state: FolderState, *, is_mount: bool | None = None
) -> Changes:
    """Note how a folder stands, and whether a drive is mounted there."""

    def work() -> Changes:
        values: dict[str, object] = {"state": state.value}
        if is_mount is not None:
            values["is_mount"] = is_mount
        Folder.update(**values).where(Folder.id == folder_id).execute()
        return Changes(folders=frozenset({folder_id}))

    return library.write(work)


def was_mount(library: Library, folder_id: int) -> bool:
    """Whether a drive was mounted at the folder when it was last read."""
    found = Folder.get_or_none(Folder.id == folder_id)
    return found is not None and found.is_mount


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
