"""The doctor of the small pictures: every file of the cache is held against the library."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from app.library.checks.check import Finding, told
from app.library.database import Library
from app.library.queries.pictures import Expected, beginnings, expected
from app.media.audit import Kept, is_sound, kept_in, open_folders, shards, shows, stray_files
from app.media.thumbnails import ThumbnailCache

_THREADS = min(4, os.cpu_count() or 1)
_WRITING_SECONDS = 3600
"""While photos are looked at, the place of a picture that is younger may not be stored yet."""
Told = Callable[[int, int], None]
"""Hears how far the work is: done, and of how many."""


class _Ill(Enum):
    """What can be wrong with a small picture; each with its sentences."""

    FORGOTTEN = (
        "1 small picture of somebody who was to be forgotten is still there.",
        "{} small pictures of people who were to be forgotten are still there.",
    )
    ORPHAN = (
        "1 small picture is of no photo or face that the library knows.",
        "{} small pictures are of no photo or face that the library knows.",
    )
    DAMAGED = ("1 small picture is damaged.", "{} small pictures are damaged.")
    MISPLACED = (
        "1 file in the cache is no small picture that is ever looked for.",
        "{} files in the cache are no small pictures that are ever looked for.",
    )
    UNFINISHED = (
        "1 small picture was never written to its end.",
        "{} small pictures were never written to their end.",
    )
    OPEN = (
        "1 small picture or its folder can be read by others.",
        "{} small pictures or their folders can be read by others.",
    )


@dataclass(slots=True)
class PictureHealth:
    """What was found in the cache."""

    findings: list[Finding] = field(default_factory=list)
    missing: int = 0
    """Pictures that are made when they are looked at."""


class PictureDoctor:
    """Looks at every small picture; with `repair`, what is wrong is erased or closed: all of it
    can be made again from the photos."""

    def __init__(
        self, library: Library, thumbnails: ThumbnailCache, *, repair: bool, is_alone: bool
    ) -> None:
        """Unless `is_alone`, somebody is indexing, and of whom a new picture is may not be known
        yet."""
        self._library = library
        self._thumbnails = thumbnails
        self._folder = thumbnails.folder
        self._repair = repair
        self._is_alone = is_alone
        self._count: Counter[_Ill] = Counter()
        self._left: Counter[_Ill] = Counter()
        self._missing = 0

    def look(self, tell: Told) -> PictureHealth:
        """Look at all of them.

        Raises whatever `tell` raises, between two pictures.
        """
        for path in stray_files(self._folder):
            self._erase(path, _Ill.MISPLACED)
        for path in open_folders(self._folder):
            self._close(path, 0o700)
        places = sorted({*shards(self._folder), *beginnings(self._library)})
        total = sum(1 for shard in places for _ in kept_in(self._folder, shard))
        done = 0
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="pictures") as pool:
            for shard in places:
                tell(done, total)
                done += self._look_at(shard, pool)
        return PictureHealth(list(self._findings()), self._missing)

    def _look_at(self, shard: str, pool: ThreadPoolExecutor) -> int:
        """Look at the files of one folder; gives their number."""
        known = expected(self._library, shard)
        count = 0
        there: set[Path] = set()
        sound: list[Path] = []
        for kept in kept_in(self._folder, shard):
            count += 1
            ill = self._ill(kept, known)
            if ill is not None:
                self._erase(kept.path, ill)
                continue
            there.add(kept.path)
            if kept.is_open:
                self._close(kept.path, 0o600)
            if not kept.is_fresh:
                sound.append(kept.path)
        for path, is_good in zip(sound, pool.map(is_sound, sound), strict=True):
            if not is_good:
                self._erase(path, _Ill.DAMAGED)
        self._missing += self._lacking(known, there)
        return count

    def _ill(self, kept: Kept, known: Expected) -> _Ill | None:
        if not self._is_alone and kept.modified > time.time() - _WRITING_SECONDS:
            return None  # the work that it is part of may be under way
        if kept.is_fresh:
            return _Ill.UNFINISHED
        if not kept.fingerprint:
            return _Ill.MISPLACED
        here = shows(kept, known.faces.get(kept.fingerprint, ()))
        banned = shows(kept, known.forgotten.get(kept.fingerprint, ()))
        if banned > here:
            return _Ill.FORGOTTEN
        is_known = here > 0 if kept.box is not None else kept.fingerprint in known.photos
        return None if is_known else _Ill.ORPHAN

    def _lacking(self, known: Expected, there: set[Path]) -> int:
        """How many pictures of what the album shows are not there."""
        shown = [one for one, is_shown in known.photos.items() if is_shown and one.isalnum()]
        photos = [self._thumbnails.photo_path(fingerprint) for fingerprint in shown]
        faces = {
            self._thumbnails.face_path(fingerprint, box)
            for fingerprint in shown
            for box in known.faces.get(fingerprint, ())
        }
        return len({*photos, *faces} - there)

    def _erase(self, path: Path, ill: _Ill) -> None:
        self._count[ill] += 1
        self._left[ill] += not (self._repair and _tried(lambda: path.unlink(missing_ok=True)))

    def _close(self, path: Path, mode: int) -> None:
        self._count[_Ill.OPEN] += 1
        self._left[_Ill.OPEN] += not (self._repair and _tried(lambda: path.chmod(mode)))

    def _findings(self) -> Iterator[Finding]:
        for ill in _Ill:
            count = self._count[ill]
            if count:
                yield Finding("pictures", told(*ill.value)(count), mended=not self._left[ill])


def _tried(work: Callable[[], object]) -> bool:
    try:
        work()
    except OSError:
        return False
    return True
