"""Drives: which folders, and which places within them, can be read at this moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from app.changes import Changes
from app.library.commands.folders import note_volumes, set_folder_state
from app.library.database import Library
from app.library.queries.away import FolderPlace, InnerPlace, folder_places
from app.library.queries.folders import has_photos, some_files
from app.library.rows import FolderState
from app.library.volumes import is_mounted, mount_of


def standing(library: Library, place: FolderPlace) -> FolderState:
    """How a folder stands: offline, missing, or watching where it can be read."""
    is_there = place.mount is None or is_mounted(place.mount)
    try:
        with os.scandir(place.path) as entries:
            is_empty = next(entries, None) is None
    except (FileNotFoundError, NotADirectoryError):
        # Of a folder that was never read nobody knows where it lay: the careful guess is a drive.
        return FolderState.MISSING if place.mount and is_there else FolderState.OFFLINE
    except OSError:
        return FolderState.OFFLINE
    if is_empty and place.is_mount:
        # A mount point that waits for the drive to come, be it that the system mounts that itself.
        return FolderState.OFFLINE if has_photos(library, place.id) else FolderState.WATCHING
    if is_there or (not is_empty and _holds_what_it_did(library, place.collection_id, place.path)):
        return FolderState.WATCHING
    return FolderState.OFFLINE


def _holds_what_it_did(library: Library, collection_id: int, folder: Path) -> bool:
    """Whether most photos are where they were, though not on the volume that they were on: then
    the volume is mounted elsewhere, or the photos were brought to another one."""
    known = some_files(library, collection_id, folder)
    same = 0
    for file in known:
        with suppress(OSError, ValueError):
            status = file.path.stat()
            same += (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)
    return 2 * same > len(known)


def is_away(library: Library, collection_id: int, inner: InnerPlace) -> bool:
    """Whether the volume that begins at a place within a folder is not there at the moment."""
    if not is_mounted(inner.mount):
        is_link = os.path.islink(inner.path)  # noqa: PTH114 - never raises
        if inner.path != inner.mount and not is_link:
            return False  # the link was taken away: nobody can say that the volume was
        return not _holds_what_it_did(library, collection_id, inner.path)
    if inner.path != inner.mount and Path(os.path.realpath(inner.path)) != inner.mount:
        return False
    return _is_empty(inner.path)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return True


def survey(
    library: Library, collection_id: int | None, changed: Callable[[Changes], None]
) -> set[int]:
    """Note which folders and places within them are away now, in one collection or in all; gives
    the folders that must be scanned since something there is back."""
    back: set[int] = set()
    for place in folder_places(library, collection_id):
        now, was = standing(library, place), place.state
        if now.is_away:
            if now is not was:
                changed(set_folder_state(library, place.id, now))
            continue
        if was.is_away:
            changed(set_folder_state(library, place.id, now))
            back.add(place.id)
        inner = look_inside(library, place)
        if inner != place.inner:
            mount = place.mount or mount_of(place.path)
            changed(note_volumes(library, place.id, mount, as_noted(inner)))
            pairs = zip(inner, place.inner, strict=True)
            if any(before.is_away and not one.is_away for one, before in pairs):
                back.add(place.id)
    return back


def look_inside(library: Library, place: FolderPlace) -> tuple[InnerPlace, ...]:
    """The places within a folder where other volumes begin, as they stand now."""
    found: list[InnerPlace] = []
    for inner in place.inner:
        within = any(one.is_away and one.path in inner.path.parents for one in found)
        away = within or is_away(library, place.collection_id, inner)
        found.append(InnerPlace(inner.path, inner.mount, away))
    return tuple(found)


def as_noted(inner: Sequence[InnerPlace]) -> list[tuple[Path, Path, bool]]:
    """The same as it is written down."""
    return [(one.path, one.mount, one.is_away) for one in inner]
