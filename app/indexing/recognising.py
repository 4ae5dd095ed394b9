"""Recognising: the files seen held against the files known: added, changed, moved, copied, gone."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from app.errors import PhotoError
from app.indexing.clouds import find_moved, sort_in_cloud
from app.library.commands.photos import ScanResult, SeenFile
from app.library.queries.folders import KnownFile
from app.library.rows import PhotoState, SkippedFile
from app.media.files import is_video_file, opened_file, read_file
from app.media.fingerprint import fingerprint, video_fingerprint
from app.media.formats import developed_stem, is_raw_name

_FIRST = (PhotoState.LOOKED, PhotoState.SKIPPED, PhotoState.PENDING, PhotoState.GONE)
"""Of several lost photos with one content, a file is the first in this order; or else a copy."""

_KNOWN = (PhotoState.LOOKED, PhotoState.GONE, PhotoState.COPY)
"""What has the content that its fingerprint says, also where its faces were erased."""


@dataclass(slots=True)
class _Open:
    """A file of which size and time do not tell what it is."""

    file: SeenFile
    before: KnownFile | None
    """What was at its path."""
    content: str = ""
    """Its fingerprint, if a photo of the same size is known."""
    is_beside: bool = False
    """Whether it is a raw file beside the picture that the camera made of it."""


def compare(
    seen: Sequence[SeenFile],
    known: Sequence[KnownFile],
    alike: Callable[[set[int]], Sequence[KnownFile]],
    retry: bool = False,
    is_away: Callable[[Path], bool] = lambda _: False,
    check: Callable[[], None] = lambda: None,
    downloads: bool = False,
) -> ScanResult:
    """What is different between the files seen and the files known; known and not seen is missing.

    A file that could not be looked at before is left so, unless it changed or `retry` is set. A
    raw file beside its picture is not added, unless `retry` is set: the picture is the photo.

    `alike` gives the photos anywhere in the collection of one of these sizes, to tell a moved file
    or a copy from a new one. `is_away` tells of a path whether nothing there can be read now: what
    is away has not moved. `check` is called before a file is read and may raise to stop it all.
    What is in the cloud is never read, unless `downloads` says that it may.
    """
    result = ScanResult()
    by_path = {file.path: file for file in known}
    beside = set() if retry else _beside_pictures(seen, by_path)
    unsure: list[_Open] = []
    clouds: list[SeenFile] = []
    for file in seen:
        before = by_path.pop(file.path, None)
        if file.is_in_cloud:
            is_new = not sort_in_cloud(before, file, result)
            clouds += [file] if is_new and file.path not in beside else []
        elif before is None or _is_other(before, file):
            unsure.append(_Open(file, before, is_beside=before is None and file.path in beside))
        elif before.state is PhotoState.GONE:
            _come_back(before, file, result)
        elif before.state is PhotoState.SKIPPED:
            _stay_skipped(before, file, retry, result)
        else:
            result.unchanged += before.state in (PhotoState.LOOKED, PhotoState.COPY)
    result.missing = [f.id for f in by_path.values() if f.state is not PhotoState.GONE]
    if unsure:
        _Recognition(unsure, alike, is_away, check, result, downloads).run()
    missing = set(result.missing)
    find_moved(clouds, alike, lambda file: _is_lost(file, missing, is_away), result)
    return result


def _is_other(before: KnownFile, file: SeenFile) -> bool:
    """Whether a file may be another than the one known. What was in the cloud has come."""
    is_same = (before.size, before.mtime_ns) == (file.size, file.mtime_ns)
    return not is_same or before.state is PhotoState.CLOUD


def _beside_pictures(seen: Sequence[SeenFile], known: Mapping[Path, KnownFile]) -> set[Path]:
    """The raw files that lie beside a picture of the same name; one that could not be opened is
    none."""
    raws = [file.path for file in seen if is_raw_name(file.path)]
    if not raws:
        return set()
    pictures = {
        (file.path.parent, developed_stem(file.path))
        for file in seen
        if file.path not in known or known[file.path].state is not PhotoState.SKIPPED
    }
    return {path for path in raws if (path.parent, path.stem.lower()) in pictures}


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


class _Recognition:
    """Tells by content what the files are that size and time say nothing of."""

    def __init__(
        self,
        unsure: Sequence[_Open],
        alike: Callable[[set[int]], Sequence[KnownFile]],
        is_away: Callable[[Path], bool],
        check: Callable[[], None],
        result: ScanResult,
        downloads: bool,
    ) -> None:
        self._unsure = unsure
        self._downloads = downloads
        self._is_away = is_away
        self._check = check
        self._result = result
        self._by_content: defaultdict[str, list[KnownFile]] = defaultdict(list)
        self._sizes: set[int] = set()
        for known in alike({one.file.size for one in unsure}):
            if known.fingerprint and (known.pack or known.state in _KNOWN):
                self._by_content[known.fingerprint].append(known)
                self._sizes.add(known.size)
        self._lost = set(result.missing)
        self._taken = set(result.returned)
        self._moved: set[int] = set()

    def run(self) -> None:
        """Sort every file into the result."""
        new: list[_Open] = []
        displaced: set[int] = set()
        left = [one for one in self._unsure if not self._is_touched(one)]
        # What was at the path of a file that is another one now has lost its place.
        self._lost |= {one.before.id for one in left if one.before is not None}
        for one in left:
            if not self._has_moved_here(one):
                new.append(one)
            elif one.before is not None and one.before.state is not PhotoState.GONE:
                displaced.add(one.before.id)
        for one in new:
            self._sort_rest(one)
        self._result.missing += sorted(displaced - self._moved)

    def _is_touched(self, one: _Open) -> bool:
        """Whether only the time of the file is another one."""
        before, result = one.before, self._result
        if one.file.size in self._sizes:
            self._check()
            one.content = _content(one.file.path, self._downloads)
        if before is None or not one.content or before.fingerprint != one.content:
            return False
        if before.state is PhotoState.GONE:
            result.returned.append(before.id)
            self._taken.add(before.id)
        elif before.state not in (PhotoState.LOOKED, PhotoState.COPY):
            return False
        result.touched.append((before.id, one.file))
        result.unchanged += 1
        return True

    def _has_moved_here(self, one: _Open) -> bool:
        """Whether the file is a photo that lay elsewhere and does so no more."""
        lost = [known for known in self._by_content.get(one.content, ()) if self._is_lost(known)]
        if not lost:
            return False
        origin = min(lost, key=_order)
        self._taken.add(origin.id)
        self._moved.add(origin.id)
        self._result.moved.append((origin.id, one.file))
        if origin.id in self._result.missing:
            self._result.missing.remove(origin.id)
        return True

    def _is_lost(self, known: KnownFile) -> bool:
        return known.id not in self._taken and _is_lost(known, self._lost, self._is_away)

    def _sort_rest(self, one: _Open) -> None:
        """Sort a file that is a copy, an edited photo or one never seen."""
        before, result = one.before, self._result
        is_known = before is not None and before.state is not PhotoState.GONE
        if before is not None and is_known and before.id not in self._moved:
            result.changed.append((before.id, one.file))
            return
        original = self._original(one.content)
        if original is None:
            result.added += [] if one.is_beside else [one.file]
        else:
            result.copies.append((original, one.file))

    def _original(self, content: str) -> int | None:
        """The photo that stands for this content."""
        known = self._by_content.get(content, ()) if content else ()
        for photo in known:
            if photo.state is PhotoState.COPY:
                return photo.copy_of
            if photo.id in self._moved or (
                photo.state is PhotoState.LOOKED and photo.id not in self._lost
            ):
                return photo.id
        return None


def _is_lost(known: KnownFile, lost: Set[int], is_away: Callable[[Path], bool]) -> bool:
    """Whether a photo is not where it was, so that it may lie elsewhere."""
    if known.id in lost or known.state is PhotoState.GONE:
        return True
    return not is_away(known.path) and _is_absent(known.path)


def _order(known: KnownFile) -> tuple[int, int]:
    place = _FIRST.index(known.state) if known.state in _FIRST else len(_FIRST)
    return place, known.id


def _is_absent(path: Path) -> bool:
    """Whether there is no file; one that cannot be asked for is none that is absent."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _content(path: Path, downloads: bool) -> str:
    try:
        if is_video_file(path, downloads):
            with opened_file(path, downloads) as file:
                return video_fingerprint(file, os.fstat(file.fileno()).st_size)
        return fingerprint(read_file(path, from_cloud=downloads).data)
    except (PhotoError, OSError):
        return ""
