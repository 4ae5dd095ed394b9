"""Scanner: the photos that lie below a folder, and the volumes that begin there."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from app.library.commands.photos import SeenFile
from app.library.rows import SkippedFile
from app.library.volumes import is_mounted, mount_of
from app.media.formats import is_album_file
from app.media.placeholder import is_in_cloud, stands_for

logger = logging.getLogger(__name__)

PASSED_OVER = frozenset({"@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found"})
"""Folders in which systems keep things that are nobody's photos; hidden folders are too."""


@dataclass(slots=True)
class Walk:
    """The photos below some folders and files, and what could not be read."""

    seen: list[SeenFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    inner: list[tuple[Path, Path]] = field(default_factory=list)
    """Where another volume is mounted or linked to, and the mount point of that volume."""


def walk_folder(
    folder: Path, avoid: Sequence[Path], check: Callable[[], None], downloads: bool = False
) -> Walk:
    """Every photo below `folder`, links followed, each folder entered once.

    `avoid` are folders not to enter: the library's own. `check` is called often and may raise to
    stop the walk. With `downloads`, what is in the cloud is as good as on the disk. Raises
    FileNotFoundError or OSError when `folder` itself cannot be read.
    """
    walk = Walk()
    os.scandir(folder).close()
    entered: set[tuple[int, int]] = set()
    home = mount_of(folder)
    todo = [folder]
    while todo:
        check()
        here = todo.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in entered or here in avoid:
                continue
            entered.add((status.st_dev, status.st_ino))
            if here != folder:
                _note_volume(here, home, walk)
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            walk.skipped.append(SkippedFile(here, f"The folder cannot be read: {error.strerror}."))
            continue
        todo += reversed(list(_sort_entries(found, walk, downloads)))
    return walk


def _note_volume(folder: Path, home: Path, walk: Walk) -> None:
    """Put a place into `walk` where another volume begins than the one the scan started on."""
    if folder.is_symlink():
        mount = mount_of(folder)
        if mount != home:
            walk.inner.append((folder, mount))
    elif is_mounted(folder):
        walk.inner.append((folder, folder))


def _sort_entries(
    entries: Sequence[os.DirEntry[str]], walk: Walk, downloads: bool
) -> Iterator[Path]:
    """Put the photos among the entries into `walk`; gives the folders among them."""
    names = {entry.name for entry in entries}
    for entry in entries:
        path = Path(entry.path)
        try:
            if entry.is_dir():
                if not entry.name.startswith(".") and entry.name not in PASSED_OVER:
                    yield path
            elif is_album_file(path):
                walk.seen.append(file_at(path, entry.stat(), downloads))
            else:
                _note_stub(path, entry, names, walk)
        except OSError as error:
            if is_album_file(path):
                walk.skipped.append(SkippedFile(path, f"It cannot be read: {error.strerror}."))


def _note_stub(path: Path, entry: os.DirEntry[str], beside: Set[str], walk: Walk) -> None:
    """Put into `walk` the photo for which a cloud drive has left a stub, unless it is beside it;
    reading the stub cannot fetch the photo, whatever was allowed."""
    photo = stands_for(path)
    if photo is not None and is_album_file(photo) and photo.name not in beside:
        status = entry.stat()
        walk.seen.append(SeenFile(photo, status.st_size, status.st_mtime_ns, is_in_cloud=True))


def file_at(path: Path, status: os.stat_result, downloads: bool = False) -> SeenFile:
    """A file as the disk shows it. Whether it is one, and no pipe or device, a worker will tell:
    so it is listed with the other files that were skipped. With `downloads` it does not count
    whether it is in the cloud."""
    is_cloud = not downloads and is_in_cloud(status)
    return SeenFile(path, status.st_size, status.st_mtime_ns, is_cloud)
