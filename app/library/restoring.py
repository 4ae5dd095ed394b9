"""Restoring: a backup takes the place of the library; what was there becomes a backup itself.

[Note: Restoring] The backup is copied within one transaction of the library file, so that a crash
leaves the old library or the new one. While that goes on there is no journal, so that neither is
held against the words of the other; the next to open the library writes it anew. Before that the
backup gets a newer number than the restore point: what is restored after damage is the newest.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.errors import DamagedLibraryError, LibraryError, NewerLibraryError
from app.library import backups, journal, restore_task, shelf
from app.library.attendance import attended, new_task_id
from app.library.database import WORKSHOP, unknown_steps
from app.library.places import in_use_by_nobody, put_in_place
from app.library.rows import BackupRow
from app.library.troubles import BROKEN, told
from app.paths import Paths
from app.private import make_folder, make_private, sync


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did."""

    backup: BackupRow
    """What was restored."""
    has_restore_point: bool
    """Whether the library as it was before is a backup now: only one that was sound is."""
    set_aside: Path | None
    """Where the file that was there is now, if another took its place."""


def restore(paths: Paths, file: Path) -> Restored:
    """Let a backup take the place of the library, which this process must not have open; the
    library as it is now becomes a restore point, or is set aside if it is damaged.

    Raises NewerLibraryError when a later Kinfolk wrote the backup, LibraryBusyError when another
    process uses the library, LibraryError when the backup is damaged or the disk refuses.
    """
    row = _checked(file)
    live = paths.database
    try:
        with in_use_by_nobody(paths):
            shutil.rmtree(paths.data / WORKSHOP, ignore_errors=True)  # of one who died over it
            started = restore_task.moment()
            is_sound = _make_restore_point(live, file)
            with _task(live, is_sound) as task_id:
                aside = _replace(paths, file, is_sound)
                result: dict[str, object] = {"Of": row.at.isoformat(), "Photos": row.photos}
                with closing(sqlite3.connect(live)) as library:
                    restore_task.note_done(library, task_id, started, result)
                    journal.write_all(
                        live.with_name(journal.NAME), library, journal.mark_of(library)
                    )
    except (*BROKEN, OSError) as error:
        raise told(error, live) from error
    return Restored(row, is_sound, aside)


@contextlib.contextmanager
def _task(live: Path, is_sound: bool) -> Iterator[str]:
    """Let it be seen, also later, that a backup is being restored; gives the id of the task. What
    hinders that hinders no restoring."""
    task_id = new_task_id()
    with attended(live.parent, task_id):
        if is_sound:
            with contextlib.suppress(sqlite3.Error):
                restore_task.note_begun(live, task_id, restore_task.moment())
        try:
            yield task_id
        except (*BROKEN, OSError, LibraryError) as error:
            if is_sound:
                with contextlib.suppress(sqlite3.Error):
                    restore_task.note_failed(live, task_id, str(told(error, live)))
            raise


def _replace(paths: Paths, file: Path, is_sound: bool) -> Path | None:
    """Let the backup take the place of the library; gives where that is now, if it was put
    aside."""
    live = paths.database
    copy = backups.take_in(live, file)
    record = live.with_name(journal.NAME)
    if is_sound and _pages(copy) == _pages(live):
        record.unlink(missing_ok=True)
        sync(live.parent)
        _copy_into(copy, live)
        return None
    journal.set_aside(record)
    return _put_copy(paths, copy)


def _checked(file: Path) -> BackupRow:
    row = shelf.describe(file)
    problem = row.problem or shelf.check(file)
    if problem:
        raise LibraryError(
            f"The backup {file} cannot be restored. {problem} Choose another one; "
            "`kinfolk backup --list` lists them."
        )
    later = unknown_steps(file)
    if later:
        raise NewerLibraryError(
            f"The backup {file} was made by a newer Kinfolk ({later[-1]}). "
            "Install the newest version to restore it."
        )
    return row


def _make_restore_point(live: Path, file: Path) -> bool:
    """Whether the library is sound, so that there is a restore point now."""
    if not live.exists() or not live.stat().st_size:
        return False
    try:
        backups.back_up(live, backups.RESTORE, keep=file)
    except DamagedLibraryError:
        return False
    return True


def _copy_into(copy: Path, live: Path) -> None:
    with (
        closing(sqlite3.connect(copy, isolation_level=None)) as source,
        closing(sqlite3.connect(live, timeout=30, isolation_level=None)) as library,
    ):
        library.execute("PRAGMA synchronous = full")
        library.execute("PRAGMA secure_delete = 1")
        source.backup(library)
        library.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_copy(paths: Paths, copy: Path) -> Path | None:
    workshop = paths.data / WORKSHOP
    make_folder(workshop)
    try:
        new = workshop / paths.database.name
        make_private(new)
        backups.copy_library(copy, new)
        sync(new)
        return put_in_place(new, paths.database)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _pages(path: Path) -> bytes:
    """The size of a page of the file, as its head says."""
    with path.open("rb") as file:
        return file.read(18)[16:]
