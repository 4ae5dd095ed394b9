"""Backups: copies of the library are made, listed, checked and restored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.library import backups, shelf
from app.library.database import Library
from app.library.recovery import Recovery, recover_library
from app.library.restoring import Restored, restore
from app.library.rows import BackupRow
from app.paths import Paths

__all__ = [
    "Recovery", "Restored", "due", "lacking", "list_backups", "make_backup", "recover_library",
    "restore_backup", "verify_backup",
]  # fmt: skip


def make_backup(
    library: Library,
    reason: str = shelf.ASKED,
    into: Path | None = None,
    stop: shelf.Stop = shelf.go_on,
    tell: shelf.Tell = shelf.quietly,
) -> BackupRow:
    """Copy the library into its folder of backups, or `into` another, and check the copy.

    In its own folder the newest fourteen are kept. `stop` is asked often whether to end early; then
    StoppedError is raised. `tell` hears how many of how many pages are copied. Raises LibraryError
    when no good copy can be made; nothing of it stays.
    """
    return backups.back_up(library.path, reason, into, stop, tell=tell)


def list_backups(folder: Path) -> list[BackupRow]:
    """The backups in a folder, newest first; without reading them whole."""
    return shelf.listed(folder)


def verify_backup(path: Path) -> BackupRow:
    """A backup, read and checked from its first to its last byte; `problem` says what is wrong."""
    row = shelf.describe(path)
    return row if row.problem else replace(row, problem=shelf.check(path))


def due(folder: Path, has_photos: bool = False) -> bool:
    """Whether it is time for the daily backup; where the library `has_photos`, one from before
    there were any does not count."""
    return shelf.is_due(folder, has_photos=has_photos)


def lacking(folder: Path) -> str:
    """What is to be said of the backups in a folder, in a sentence; empty when all is well."""
    rows = list_backups(folder)
    bad = sum(bool(row.problem) for row in rows)
    if bad == len(rows):
        return "There is no good backup of the library yet; `kinfolk backup` makes one."
    if due(folder):
        return "The newest good backup is more than a day old; `kinfolk backup` makes one."
    return "" if not bad else "A backup is damaged; `kinfolk backup --list` says which."


def restore_backup(paths: Paths, file: Path) -> Restored:
    """Let a backup take the place of the library, which this process must not have open; as it is
    now, it becomes a restore point, or is set aside if it is damaged.

    Raises NewerLibraryError when a later Kinfolk wrote the backup, LibraryBusyError when another
    process uses the library, LibraryError when the backup is damaged or the disk refuses.
    """
    return restore(paths, file)
