"""backup, restore, and the doctor of a library that cannot be opened."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli import shapes
from app.cli.output import Answer, plain, table
from app.errors import DamagedLibraryError, UsageError
from app.indexing.chores import Chores
from app.indexing.house import House
from app.library.commands.backups import (
    Recovery,
    list_backups,
    recover_library,
    restore_backup,
)
from app.library.commands.folders import absolute
from app.library.rows import BackupRow
from app.paths import Paths

Json = dict[str, Any]
_KIB = 1024
NOT_OPEN = 3
"""The exit status where the library cannot be opened."""


def backup(house: House, arguments: argparse.Namespace) -> Answer:
    """Make a backup of the library, in DIR or among its own; --list shows those there are."""
    into = None if arguments.into is None else absolute(Path(arguments.into))
    row = Chores(house.library).back_up(into=into)
    return Answer({"Backup": _shape(row)}, [f"Backed up to {plain(row.path)}: {_facts(row)}."])


def backups(paths: Paths, arguments: argparse.Namespace) -> Answer:
    """The backups there are, newest first; with no need to open the library."""
    folder = paths.backups if arguments.into is None else absolute(Path(arguments.into))
    rows = list_backups(folder)
    lines = [
        (number, shapes.moment(row.at), row.reason, _size(row.size), row.problem or _facts(row))
        for number, row in enumerate(rows, 1)
    ]
    shown = table(lines) if lines else ["There is no backup yet; `kinfolk backup` makes one."]
    return Answer({"Backups": [_shape(row) for row in rows]}, shown)


def restore(paths: Paths, arguments: argparse.Namespace) -> Answer:
    """Let a backup take the place of the library; as it is now, it becomes a backup itself, or is
    set aside if it is damaged."""
    done = restore_backup(paths, _file(paths, arguments.backup))
    row = done.backup
    lines = [f"Restored the backup of {shapes.moment(row.at)}: {_facts(row)}."]
    if done.has_restore_point:
        lines.append(
            "The library as it was before is the newest but one of `kinfolk backup --list`."
        )
    elif done.set_aside is not None:
        lines.append(_told_aside(done.set_aside))
    return Answer({"Restored": _shape(row)}, lines)


def repair_damage(
    paths: Paths, arguments: argparse.Namespace, error: DamagedLibraryError
) -> Answer:
    """What the doctor says of a library that is damaged; with --repair it is brought back."""
    if not arguments.repair:
        document: Json = {
            "Healthy": False,
            "Problems": [{"Where": "library", "Problem": str(error)}],
            "Notes": [],
        }
        return Answer(document, [f"library: {error}"], NOT_OPEN)
    recovery = recover_library(paths)
    return Answer({"Recovered": _recovered(recovery)}, _told(recovery))


def after(first: Answer, second: Answer) -> Answer:
    """Two answers as one."""
    return Answer(
        first.document | second.document, [*first.lines, *second.lines],
        max(first.status, second.status),
    )  # fmt: skip


def _file(paths: Paths, text: str) -> Path:
    """The backup of this number in the list, or at this path.

    Raises UsageError when there is none.
    """
    rows = list_backups(paths.backups)
    path = absolute(Path(text))
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(rows):
        return rows[int(text) - 1].path
    if not path.is_file():
        raise UsageError(f"{text} is no backup; `kinfolk backup --list` shows those there are.")
    return path


def _told(recovery: Recovery) -> Sequence[str]:
    lines = []
    if recovery.set_aside is not None:
        lines.append(_told_aside(recovery.set_aside))
    if recovery.backup is not None:
        at = shapes.moment(recovery.backup.at)
        lines.append(f"The backup of {at} was restored: {_facts(recovery.backup)}.")
    elif recovery.is_new:
        lines.append(
            "There is no good backup, so a new library was begun; `kinfolk index` looks at your "
            "photos again."
        )
    else:
        lines.append("The library itself could be mended.")
    if recovery.said_again:
        lines.append(f"{_count(recovery.said_again, 'thing')} that you said since was said again.")
    if recovery.unsaid:
        lines.append(
            f"{_count(recovery.unsaid, 'thing')} of that could not be carried out; the log has it."
        )
    return lines


def _told_aside(path: Path) -> str:
    return f"The damaged library was set aside as {plain(path)}."


def _recovered(recovery: Recovery) -> Json:
    backup = recovery.backup
    aside = recovery.set_aside
    return {
        "SetAside": None if aside is None else aside.as_uri(),
        "Backup": None if backup is None else _shape(backup),
        "IsNew": recovery.is_new,
        "SaidAgain": recovery.said_again,
        "Unsaid": recovery.unsaid,
    }


def _shape(row: BackupRow) -> Json:
    return {
        "URI": row.path.as_uri(),
        "CreateTime": shapes.moment(row.at),
        "Reason": row.reason,
        "Size": row.size,
        "Photos": row.photos,
        "People": row.people,
        "Decisions": row.words,
        "Problem": row.problem,
    }


def _facts(row: BackupRow) -> str:
    people = "1 person" if row.people == 1 else f"{row.people} people"
    return f"{_count(row.photos, 'photo')}, {people}, {_count(row.words, 'thing')} said"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _size(size: int) -> str:
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KiB"
    return f"{size / _KIB / _KIB:.1f} MiB"
