"""Jobs: what the indexer is asked to do, and the scans that come out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.changes import Changes
from app.errors import UsageError
from app.indexing.scanner import Walk, compare, look_at_file, walk_folder
from app.library.commands.folders import absolute, add_folder, set_folder_state, was_mount
from app.library.commands.photos import ScanResult, record_scan
from app.library.database import Library
from app.library.queries.folders import files_of_size, folders, known_files
from app.library.rows import FolderRow, FolderState, SkippedFile
from app.media.formats import is_photo


@dataclass(frozen=True, slots=True)
class IndexJob:
    """Scan these folders and files and look at what is new; no paths: every folder."""

    collection_id: int
    paths: tuple[Path, ...] = ()
    folder_ids: tuple[int, ...] = ()
    cluster: bool = True


@dataclass(slots=True)
class Scanned:
    """What scanning for a job told, all its folders and files together."""

    unchanged: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def add(self, found: ScanResult, walk: Walk, changes: Changes) -> None:
        """Count one more scan in."""
        self.unchanged += found.unchanged
        self.skipped += walk.skipped + found.still_skipped
        self.changes |= changes


class Scans:
    """Holds the disk against the library, for one job."""

    def __init__(
        self,
        library: Library,
        avoid: Sequence[Path],
        check: Callable[[], None],
        changed: Callable[[Changes], None],
    ) -> None:
        self._library = library
        self._avoid = avoid
        self._check = check
        self._changed = changed

    def run(self, job: IndexJob) -> Scanned:
        """Scan all that the job names.

        Raises UsageError when a path does not exist: nothing is scanned then.
        """
        scanned = Scanned()
        paths = [absolute(path) for path in job.paths]
        for path in paths:
            if not os.path.lexists(path):
                raise UsageError(f"{path} does not exist.")
        rows = folders(self._library, job.collection_id)
        wanted = set(job.folder_ids)
        for path in paths:
            if path.is_dir():
                row = add_folder(self._library, job.collection_id, path)
                self._changed(Changes(folders=frozenset({row.id})))
                wanted.add(row.id)
        if not job.paths and not job.folder_ids:
            wanted = {row.id for row in rows}
        for row in folders(self._library, job.collection_id):
            if row.id in wanted:
                self._scan_folder(row, scanned)
        self._scan_files(job.collection_id, [p for p in paths if not p.is_dir()], scanned)
        return scanned

    def _scan_folder(self, folder: FolderRow, scanned: Scanned) -> None:
        self._changed(set_folder_state(self._library, folder.id, FolderState.SCANNING))
        state, is_mount = FolderState.WATCHING, None
        try:
            is_mount = folder.path.is_mount()
            if was_mount(self._library, folder.id) and not is_mount:
                raise FileNotFoundError("the drive is not mounted")
            walk = walk_folder(folder.path, self._avoid, self._check)
        except OSError:
            # [Note: Offline] A folder that is not there is a drive that is not connected: its
            # photos and people stay as they are.
            state, is_mount = FolderState.OFFLINE, None
        else:
            self._record(folder.collection_id, folder.id, walk, scanned, is_whole=True)
        finally:
            changes = set_folder_state(self._library, folder.id, state, is_mount=is_mount)
            self._changed(changes)

    def _scan_files(self, collection_id: int, paths: Iterable[Path], scanned: Scanned) -> None:
        """Files named one by one belong to the folder they lie in, if it is watched."""
        rows = folders(self._library, collection_id)
        walks: dict[int | None, Walk] = {}
        for path in paths:
            home = next((row.id for row in rows if row.path in path.parents), None)
            walk = walks.setdefault(home, Walk())
            if not is_photo(path):
                walk.skipped.append(SkippedFile(path, "It is not a photo that Kinfolk can open."))
                continue
            try:
                look_at_file(path, path.stat(), walk)
            except OSError as error:
                reason = f"It cannot be read: {error.strerror}."
                walk.skipped.append(SkippedFile(path, reason))
        for home, walk in walks.items():
            self._record(collection_id, home, walk, scanned, is_whole=False)

    def _record(
        self,
        collection_id: int,
        folder_id: int | None,
        walk: Walk,
        scanned: Scanned,
        is_whole: bool,
    ) -> None:
        """Take a walk into the library; a `whole` folder tells what is missing, too."""
        seen = {file.path for file in walk.seen}
        unread = {skip.path for skip in walk.skipped}
        known = [
            file
            for file in known_files(self._library, collection_id, folder_id)
            if file.path in seen or (is_whole and not unread & {file.path, *file.path.parents})
        ]
        found = compare(
            walk.seen,
            known,
            lambda sizes: files_of_size(self._library, collection_id, sizes),
            retry=not is_whole,
        )
        changes = record_scan(self._library, collection_id, folder_id, found)
        self._changed(changes)
        scanned.add(found, walk, changes)
