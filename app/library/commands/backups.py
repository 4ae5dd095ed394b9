"""Backups: copies of the library are made, listed and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.library import backups
from app.library.database import Library
from app.library.rows import BackupRow


def make_backup(
    library: Library,
    reason: str = backups.ASKED,
    into: Path | None = None,
    stop: backups.Stop = backups.go_on,
) -> BackupRow:
    """Copy the library into its folder of backups, or `into` another, and check the copy.

    In its own folder the newest fourteen are kept. `stop` is asked often whether to end early; then
    StoppedError is raised. Raises LibraryError when no good copy can be made; nothing of it stays.
    """
    return backups.back_up(library.path, reason, into, stop)


def list_backups(folder: Path) -> list[BackupRow]:
    """The backups in a folder, newest first; without reading them whole."""
    return backups.listed(folder)


def verify_backup(path: Path) -> BackupRow:
    """A backup, read and checked from its first to its last byte; `problem` says what is wrong."""
    row = backups.describe(path)
    return row if row.problem else replace(row, problem=backups.check(path))


def due(folder: Path) -> bool:
    """Whether it is time for the daily backup."""
    return backups.is_due(folder)
