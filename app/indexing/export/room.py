"""Room: whether an export may go into a folder, and whether it fits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.errors import KnownError, UsageError
from app.indexing.export.copying import make_folders, shown
from app.indexing.export.order import Order, Way
from app.indexing.export.plan import Item
from app.indexing.export.record import Record
from app.library.database import Library
from app.library.queries.away import is_within
from app.library.queries.folders import folders

_SPARE = 32_000_000
"""Bytes that are left free: a disk that is full to the last harms whoever else writes to it."""
_OWN = ("backups", "cache", "models", "logs")
"""What a library's folder has in it: whoever has that among their pictures exports beside these."""
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


class WatchedError(UsageError):
    """It would go where Kinfolk watches."""


def demand_folder(into: Path) -> None:
    """Make the folder if it is not there.

    Raises KnownError when that cannot be, UsageError when nothing may be written there.
    """
    make_folders(Path(into.anchor), into)
    if not os.access(into, os.W_OK | os.X_OK):
        raise UsageError(f"You may not write into “{shown(into)}”.")


def demand_unwatched(library: Library, order: Order, places: Iterable[str] = ("",)) -> None:
    """Raises UsageError when one of these places within the folder lies where Kinfolk watches, and
    that was not allowed, or lies in the library itself."""
    watched = [Path(os.path.realpath(one.path)) for one in folders(library, counted=False)]
    home = Path(os.path.realpath(library.path.parent))
    own = [home / name for name in _OWN]
    for place in places:
        real = Path(os.path.realpath(order.into / place))
        if real == home or is_within(real, own):
            raise UsageError(f"“{shown(order.into)}” is a folder of Kinfolk's own; choose another.")
        if not order.into_watched and is_within(real, watched):
            raise WatchedError(
                f"“{shown(real)}” lies in a folder that Kinfolk watches: what is exported there "
                "comes back as copies. Choose another folder."
            )


def demand_room(into: Path, size: int) -> None:
    """Raises KnownError when so many bytes do not fit."""
    free = free_bytes(into)
    if free is not None and size and size + _SPARE > free:
        raise KnownError(
            f"This takes {told_size(size)}, and “{shown(into)}” has {told_size(free)} left. "
            "Make room there, or choose another folder."
        )


def demand_links(order: Order, items: Sequence[Item]) -> None:
    """Raises UsageError when files cannot be hard links in the folder, and must not be copies."""
    if order.way is not Way.HARDLINK or order.falls_back:
        return
    here = order.into.stat().st_dev
    for item in items:
        for source in item.sources:
            try:
                there = source.stat().st_dev
            except (OSError, ValueError):
                continue
            if there != here:
                raise UsageError(
                    f"“{shown(order.into)}” is on another drive than “{shown(source)}”, and no "
                    "file has a name on two drives. Use --as copy."
                )
            break


def free_bytes(into: Path) -> int | None:
    """How much fits into a folder that may not be there yet; None where nobody knows."""
    for folder in (into, *into.parents):
        if folder.is_dir():
            try:
                return shutil.disk_usage(folder).free
            except OSError:
                return None
    return None


def lacking(items: Sequence[Item], record: Record, way: Way) -> list[Item]:
    """The files that are not there as they should be."""
    return [item for item in items if not is_done(item, record, way)]


def is_done(item: Item, record: Record, way: Way) -> bool:
    """Whether an earlier export has put this file there, in the same way, and all is as it was."""
    entry = record.entry(item.path)
    if entry is None or entry.key != item.key or not record.is_whole(entry):
        return False
    if entry.way != way.value:
        return False
    return bool(item.fingerprint) or entry.source_at == _time(item.sources[0])


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return -1


def told_size(size: float) -> str:
    """12.3 MB."""
    step = 0
    while size >= 1000 and step < len(_UNITS) - 1:
        size, step = size / 1000, step + 1
    return f"{size:.1f} {_UNITS[step]}" if step else f"{size:.0f} {_UNITS[step]}"
