"""Jobs: what the indexer is asked to do, and the scans that come out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.changes import Changes
from app.errors import UsageError
from app.indexing.drives import as_noted, look_inside, standing, survey
from app.indexing.pairing import moving_parts, pair_up
from app.indexing.recognising import compare
from app.indexing.scanner import Walk, file_at, walk_folder
from app.library.commands.folders import (
    absolute,
    absorb_folders,
    add_folder,
    drop_moved_folder,
    note_volumes,
    set_folder_state,
)
from app.library.commands.photos import ScanResult, record_scan
from app.library.database import Library
from app.library.queries.away import (
    FolderPlace,
    away_paths,
    folder_places,
    is_within,
    offline_paths,
)
from app.library.queries.folders import files_of_size, folders, has_photos, known_files
from app.library.rows import FolderState, PhotoState, SkippedFile
from app.library.volumes import mount_of
from app.media.files import refusal
from app.media.formats import is_album_file, is_video_name


@dataclass(frozen=True, slots=True)
class IndexJob:
    """Scan these folders and files and look at what is new; no paths: every folder."""

    collection_id: int
    paths: tuple[Path, ...] = ()
    folder_ids: tuple[int, ...] = ()
    cluster: bool = True
    is_arrival: bool = False
    """Whether the paths are photos that a camera has just written into the one folder: they are
    taken in by themselves, before all else."""


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
        with_videos: bool = True,
        downloads: bool = False,
    ) -> None:
        """Without videos only those are seen that are in the album already. With `downloads`, what
        is in the cloud may be read, which downloads it."""
        self._with_videos = with_videos
        self._library = library
        self._avoid = avoid
        self._downloads = downloads
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
        wanted = survey(self._library, job.collection_id, self._changed) | set(job.folder_ids)
        absorbed = absorb_folders(self._library, job.collection_id)
        self._changed(absorbed)
        wanted |= absorbed.folders
        full = self._missing_with_photos(job.collection_id)
        for path in paths:
            if path.is_dir():
                row = add_folder(self._library, job.collection_id, path)
                self._changed(Changes(folders=frozenset({row.id})))
                wanted.add(row.id)
        is_all = not job.paths and not job.folder_ids
        for place in folder_places(self._library, job.collection_id):
            if place.id in wanted or is_all:
                self._scan_folder(place, scanned)
        self._scan_files(job.collection_id, [p for p in paths if not p.is_dir()], scanned)
        for folder_id in full:
            self._changed(drop_moved_folder(self._library, folder_id))
        return scanned

    def _missing_with_photos(self, collection_id: int) -> list[int]:
        return [
            place.id
            for place in folder_places(self._library, collection_id)
            if place.state is FolderState.MISSING and has_photos(self._library, place.id)
        ]

    def _scan_folder(self, place: FolderPlace, scanned: Scanned) -> None:
        state = standing(self._library, place)
        if state.is_away:
            # [Note: Offline] Of a folder that cannot be read photos and people stay as they are.
            self._changed(set_folder_state(self._library, place.id, state))
            return
        self._changed(set_folder_state(self._library, place.id, FolderState.SCANNING))
        try:
            walk = walk_folder(place.path, self._avoid, self._check, self._downloads)
            # The drive may have been taken away in the middle.
            state = standing(self._library, place)
            if state is FolderState.WATCHING:
                self._note_volumes(place, walk)
                self._record(place.collection_id, place.id, walk, scanned, is_whole=True)
        except OSError:
            state = standing(self._library, place)
        finally:
            self._changed(set_folder_state(self._library, place.id, state))

    def _note_volumes(self, place: FolderPlace, walk: Walk) -> None:
        """Note on which volume the folder lies and which begin inside; those that were there and
        are away stay known."""
        away = [inner for inner in look_inside(self._library, place) if inner.is_away]
        lost = {inner.path for inner in away}
        inner = as_noted(away) + [(*one, False) for one in walk.inner if one[0] not in lost]
        mount = mount_of(place.path)
        self._changed(note_volumes(self._library, place.id, mount, inner))

    def _scan_files(self, collection_id: int, paths: Iterable[Path], scanned: Scanned) -> None:
        """Files named one by one belong to the folder they lie in, if it is watched."""
        rows = folders(self._library, collection_id, counted=False)
        walks: dict[int | None, Walk] = {}
        for path in paths:
            home = next((row.id for row in rows if row.path in path.parents), None)
            walk = walks.setdefault(home, Walk())
            if not is_album_file(path):
                walk.skipped.append(SkippedFile(path, refusal(path)))
                continue
            try:
                walk.seen.append(file_at(path, path.stat(), self._downloads))
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
        if not self._with_videos:
            self._pass_over_videos(collection_id, folder_id, walk)
        seen = {file.path for file in walk.seen}
        unread = {skip.path for skip in walk.skipped}
        unread |= set(away_paths(self._library, collection_id))
        offline = offline_paths(self._library, collection_id)
        watched = [row.path for row in folders(self._library, collection_id, counted=False)]
        known = [
            file
            for file in known_files(self._library, collection_id, folder_id)
            if file.path in seen
            or (is_whole and not (unread and unread & {file.path, *file.path.parents}))
        ]
        found = compare(
            walk.seen,
            known,
            lambda sizes: files_of_size(self._library, collection_id, sizes),
            retry=not is_whole,
            is_away=lambda path: is_within(path, offline) or self._is_adrift(path, watched),
            check=self._check,
            downloads=self._downloads,
        )
        changes = record_scan(self._library, collection_id, folder_id, found)
        self._changed(changes)
        paired = pair_up(
            self._library, collection_id, walk.seen, found, known, is_whole, self._check
        )
        self._changed(paired)
        scanned.add(found, walk, changes | paired)

    def _pass_over_videos(self, collection_id: int, folder_id: int | None, walk: Walk) -> None:
        """Leave those alone that nobody has looked at, but for the moving parts of photos."""
        films = {file.path for file in walk.seen if is_video_name(file.path)}
        if films:
            films -= {
                file.path
                for file in known_files(self._library, collection_id, folder_id)
                if file.state is not PhotoState.PENDING
            }
            films -= moving_parts([file.path for file in walk.seen], films, self._check)
            walk.seen = [file for file in walk.seen if file.path not in films]

    @staticmethod
    def _is_adrift(path: Path, watched: Sequence[Path]) -> bool:
        """Whether not even the directory is there of a photo that lies in no folder: nobody knows
        then whether its drive is."""
        return not is_within(path, watched) and not os.path.isdir(path.parent)  # noqa: PTH112
