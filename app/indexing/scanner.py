"""Scanner: the disk held against the library: added, changed, moved, gone, offline."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.library.commands.photos import ScanResult, SeenFile
from app.library.queries.folders import KnownFile
from app.library.rows import PhotoState, SkippedFile
from app.media.fingerprint import fingerprint
from app.media.formats import is_photo

logger = logging.getLogger(__name__)

PASSED_OVER = frozenset({"@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found"})
"""Folders in which systems keep things that are nobody's photos; hidden folders are too."""


@dataclass(slots=True)
class Walk:
    """The photos below some folders and files, and what could not be read."""

    seen: list[SeenFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)


def walk_folder(folder: Path, avoid: Sequence[Path], check: Callable[[], None]) -> Walk:
    """Every photo below `folder`, links followed, each folder entered once.

    `avoid` are folders not to enter: the library's own. `check` is called often and may raise to
    stop the walk. Raises FileNotFoundError or OSError when `folder` itself cannot be read.
    """
    walk = Walk()
    os.scandir(folder).close()
    entered: set[tuple[int, int]] = set()
    todo = [folder]
    while todo:
        check()
        here = todo.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in entered or here in avoid:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            walk.skipped.append(SkippedFile(here, f"The folder cannot be read: {error.strerror}."))
            continue
        todo += reversed(list(_sort_entries(found, walk)))
    return walk


def _sort_entries(entries: Sequence[os.DirEntry[str]], walk: Walk) -> Iterator[Path]:
    """Put the photos among the entries into `walk`; gives the folders among them."""
    for entry in entries:
        path = Path(entry.path)
        try:
            if entry.is_dir():
                if not entry.name.startswith(".") and entry.name not in PASSED_OVER:
                    yield path
            elif is_photo(path):
                look_at_file(path, entry.stat(), walk)
        except OSError as error:
            if is_photo(path):
                walk.skipped.append(SkippedFile(path, f"It cannot be read: {error.strerror}."))


def look_at_file(path: Path, status: os.stat_result, walk: Walk) -> None:
    """Put one file into `walk`: seen, or skipped when it is no file."""
    if stat.S_ISREG(status.st_mode):
        walk.seen.append(SeenFile(path, status.st_size, status.st_mtime_ns))
    else:
        walk.skipped.append(SkippedFile(path, "It is not a file but a pipe, socket or device."))


def compare(
    seen: Sequence[SeenFile],
    known: Sequence[KnownFile],
    lost: Callable[[set[int]], Sequence[KnownFile]],
    retry: bool = False,
) -> ScanResult:
    """What is different between the files seen and the files known; known and not seen is missing.

    A file that could not be looked at before is left so, unless it changed or `retry` is set.

    `lost` gives the photos anywhere in the collection of one of these sizes, to tell a moved file
    from a new one.
    """
    result = ScanResult()
    by_path = {file.path: file for file in known}
    new: list[SeenFile] = []
    for file in seen:
        before = by_path.pop(file.path, None)
        if before is None:
            new.append(file)
        elif (before.size, before.mtime_ns) != (file.size, file.mtime_ns):
            result.changed.append((before.id, file))
        elif before.state is PhotoState.GONE:
            _come_back(before, file, result)
        elif before.state is PhotoState.SKIPPED:
            _stay_skipped(before, file, retry, result)
        else:
            result.unchanged += before.state is PhotoState.LOOKED
    result.missing = [f.id for f in by_path.values() if f.state is not PhotoState.GONE]
    _find_moved(new, lost, result)
    return result


def _stay_skipped(before: KnownFile, file: SeenFile, retry: bool, result: ScanResult) -> None:
    if retry:
        result.changed.append((before.id, file))
    else:
        result.still_skipped.append(SkippedFile(before.path, before.error))


def _come_back(before: KnownFile, file: SeenFile, result: ScanResult) -> None:
    if before.fingerprint:
        result.returned.append(before.id)
        result.unchanged += 1
    else:
        result.changed.append((before.id, file))


def _find_moved(
    new: Sequence[SeenFile],
    lost: Callable[[set[int]], Sequence[KnownFile]],
    result: ScanResult,
) -> None:
    candidates: dict[int, list[KnownFile]] = {}
    for known in lost({file.size for file in new}) if new else ():
        if known.fingerprint and not os.path.lexists(known.path):
            candidates.setdefault(known.size, []).append(known)
    for file in new:
        origin = _origin(file, candidates.get(file.size, []))
        if origin is None:
            result.added.append(file)
        else:
            candidates[file.size].remove(origin)
            result.moved.append((origin.id, file))
            if origin.id in result.missing:
                result.missing.remove(origin.id)


def _origin(file: SeenFile, candidates: Sequence[KnownFile]) -> KnownFile | None:
    """The lost photo whose content this file has, by the content itself."""
    if not candidates:
        return None
    try:
        content = fingerprint(file.path.read_bytes())
    except OSError:
        return None
    return next((known for known in candidates if known.fingerprint == content), None)
