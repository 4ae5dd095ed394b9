"""Chores: tasks that any process may do beside the one that indexes: backups, erasing, repairs.

[Note: Chores] Each is written down when it begins and when it ends, so that every Kinfolk with this
library sees it, and who does it holds a lock meanwhile (library/attendance.py): of a process that
was killed it is told that it was interrupted. Whoever wants a chore to end early writes that into
the library, where whoever does it looks now and then.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import Changes
from app.errors import KnownError, LibraryError
from app.indexing import forgetting
from app.indexing.events import Announcer, Ended, Progressed
from app.library import commands, queries
from app.library.attendance import attended, new_task_id
from app.library.database import Library
from app.library.rows import BackupRow, SkippedFile, TaskRow, TaskState, TaskType
from app.library.shelf import ASKED, Stop, StoppedError, go_on
from app.media.thumbnails import ThumbnailCache
from app.progress import Cancelled, CancelToken, Progress

if TYPE_CHECKING:
    from app.indexing.export.order import Exported, Order
    from app.indexing.export.pictures import Darkroom

logger = logging.getLogger(__name__)

TELL_EVERY = 0.1
"""Seconds between two reports to the listeners."""
WRITE_EVERY = 2.0
"""Seconds between two notes of the progress in the library."""
HEED_EVERY = 0.5
"""Seconds between two looks whether somebody wants the chore to end."""


class Chore:
    """One of them, from its begin to its end. What cannot be written down hinders nothing: a backup
    can be made of a library whose disk is full."""

    def __init__(
        self, library: Library, announcer: Announcer, kind: TaskType, task_id: str, asked: bool
    ) -> None:
        self._library = library
        self._announcer = announcer
        self._told = self._written = self._heeded = 0.0
        self._begun = time.monotonic()
        now = datetime.now(UTC).replace(tzinfo=None)
        self._row = TaskRow(
            task_id, kind, TaskState.RUNNING, 0, 0, now, None, "", started=now, is_asked=asked
        )
        self.token = CancelToken()
        self.is_known = False
        """Whether the library knows of it."""
        self.result: dict[str, object] = {}
        """What came of it, to be filled in."""

    @property
    def id(self) -> str:
        """Of the task."""
        return self._row.id

    def begin(self, collection_id: int | None) -> None:
        """Write down that it has begun, and tell."""
        row = self._row
        with contextlib.suppress(KnownError):
            commands.tasks.start_task(
                self._library, collection_id, row.type, asked=row.is_asked, task_id=row.id
            )
            self.is_known = True
        self._announce()

    def tell(self, done: int, total: int) -> None:
        """It is so far: `done` of `total` steps, of whatever size."""
        self._row = replace(self._row, done=done, total=total)
        now = time.monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            self._announce()
        if self.is_known and now - self._written >= WRITE_EVERY:
            self._written = now
            with contextlib.suppress(LibraryError):
                commands.tasks.report_task(self._library, self.id, done, total, TaskState.RUNNING)

    def skip(self, path: Path, reason: str) -> None:
        """Write down a file that was passed over."""
        self._row = replace(self._row, skip_count=self._row.skip_count + 1)
        if self.is_known:
            with contextlib.suppress(LibraryError):
                commands.tasks.note_skip(self._library, self.id, SkippedFile(path, reason))

    def is_over_wanted(self) -> bool:
        """Whether it is to end early; may be asked often."""
        now = time.monotonic()
        if self.is_known and now - self._heeded >= HEED_EVERY:
            self._heeded = now
            if queries.tasks.is_cancel_wanted(self._library, self.id):
                self.token.cancel()
        return self.token.is_cancelled

    def end(self, state: TaskState, error: str = "") -> TaskRow:
        """Write down how it ended, and tell."""
        result = {**self.result, "Seconds": round(time.monotonic() - self._begun, 3)}
        now = datetime.now(UTC).replace(tzinfo=None)
        row = replace(self._row, state=state, finished=now, error=error, result=result)
        if self.is_known:
            with contextlib.suppress(LibraryError):
                far = row.done, row.total
                row = commands.tasks.end_task(self._library, self.id, state, result, error, far)
        self._row = row
        self._announce()
        self._announcer.tell(Ended(row))
        return row

    def _announce(self) -> None:
        row = self._row
        self._announcer.tell(
            Progressed(Progress(row.id, row.type.value, row.state.value, row.done, row.total))
        )


class Chores:
    """Does them for one process."""

    def __init__(self, library: Library, announcer: Announcer | None = None) -> None:
        self._library = library
        self._announcer = announcer or Announcer()
        self._under_way: dict[str, Chore] = {}

    @property
    def ours(self) -> Collection[str]:
        """The tasks that this process does now."""
        return list(self._under_way)

    @contextlib.contextmanager
    def begin(
        self, kind: TaskType, collection_id: int | None = None, asked: bool = True
    ) -> Iterator[Chore]:
        """Do a chore of a collection, or of the whole library, within this context; what is raised
        there is how it ended."""
        chore = Chore(self._library, self._announcer, kind, new_task_id(), asked)
        with attended(self._library.path.parent, chore.id):
            self._under_way[chore.id] = chore
            try:
                chore.begin(collection_id)
                yield chore
            except (Cancelled, StoppedError, KeyboardInterrupt) as stop:
                is_wanted = chore.token.is_cancelled or isinstance(stop, KeyboardInterrupt)
                chore.end(TaskState.CANCELLED if is_wanted else TaskState.INTERRUPTED)
                raise
            except KnownError as known:
                chore.end(TaskState.FAILED, str(known))
                raise
            except BaseException:
                chore.end(TaskState.FAILED, "Something went wrong inside Kinfolk.")
                raise
            else:
                chore.end(TaskState.DONE)
            finally:
                del self._under_way[chore.id]

    def back_up(
        self,
        reason: str = ASKED,
        into: Path | None = None,
        stop: Stop = go_on,
        asked: bool = True,
    ) -> BackupRow:
        """As `make_backup`, as a task.

        Raises KnownError when somebody cancelled it, and what `make_backup` raises.
        """
        is_cancelled = False
        try:
            with self.begin(TaskType.BACKUP, asked=asked) as chore:
                try:
                    row = commands.backups.make_backup(
                        self._library, reason, into,
                        stop=lambda: stop() or chore.is_over_wanted(), tell=chore.tell,
                    )  # fmt: skip
                finally:
                    is_cancelled = chore.token.is_cancelled
                chore.result = {"Reason": reason, "Size": row.size, "Photos": row.photos}
                return row
        except StoppedError as stopped:
            if not is_cancelled:
                raise
            raise KnownError("The backup was cancelled; nothing of it stays.") from stopped

    def export(
        self,
        order: Order,
        darkroom: Darkroom,
        collection_id: int,
        stop: Stop = go_on,
        tell: Callable[[int, int], None] = lambda _, __: None,
    ) -> Exported:
        """Carry out an export, as a task; `tell` hears how far it is, too.

        Raises Cancelled when somebody wants it to end, and what `Exporter.run` raises.
        """
        from app.indexing.export.exporter import Exporter

        with self.begin(TaskType.EXPORT, collection_id) as chore:

            def check() -> None:
                if stop() or chore.is_over_wanted():
                    raise Cancelled

            def hear(done: int, total: int) -> None:
                chore.tell(done, total)
                tell(done, total)

            exporter = Exporter(self._library, darkroom, order, hear, check, chore.skip)
            done = exporter.run()
            chore.result = {"Files": done.files, "Size": done.size, "Skipped": len(done.skipped)}
            return done

    def forget(self, thumbnails: ThumbnailCache, collection_id: int, person_id: int) -> Changes:
        """As `forget_person`, as a task; which person it was is not written down."""
        with self.begin(TaskType.ERASE, collection_id) as chore:
            changes = forgetting.forget_person(self._library, thumbnails, person_id)
            chore.result = {"What": "person"}
            return changes

    def erase_faces(self, thumbnails: ThumbnailCache, collection_id: int) -> Changes:
        """As `erase_all_faces`, as a task."""
        with self.begin(TaskType.ERASE, collection_id) as chore:
            changes = forgetting.erase_all_faces(self._library, thumbnails, collection_id)
            chore.result = {"What": "faces", "People": len(changes.people)}
            return changes

    def erase_strangers(
        self, thumbnails: ThumbnailCache, limits: Mapping[int, datetime], asked: bool = True
    ) -> Changes:
        """As `erase_strangers`, as a task of the one collection, or of the library."""
        number = next(iter(limits)) if len(limits) == 1 else None
        with self.begin(TaskType.ERASE, number, asked) as chore:
            changes = forgetting.erase_strangers(self._library, thumbnails, limits)
            chore.result = {"What": "strangers", "People": len(changes.people)}
            return changes
