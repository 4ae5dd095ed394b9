"""Clouds: of files that are not on this disk, what can be told without reading them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from app.library.commands.photos import ScanResult, SeenFile
from app.library.queries.folders import KnownFile
from app.library.rows import PhotoState, SkippedFile

_Sign = tuple[int, int]
"""Size in bytes, and time of the last change in ns: both stay when a file is moved."""


def sort_in_cloud(before: KnownFile | None, file: SeenFile, result: ScanResult) -> bool:
    """Sort a file that is in the cloud by what was known at its path; False where that tells
    nothing, so that it is new there.

    What was looked at stays as it is, whatever else the file may be by now: that will be seen when
    it is on this disk again.
    """
    if before is None:
        return False
    is_same = (before.size, before.mtime_ns) == (file.size, file.mtime_ns)
    if before.state is PhotoState.GONE:
        if not (is_same and before.fingerprint):
            return False
        result.returned.append(before.id)
        result.unchanged += 1
    elif before.state is PhotoState.SKIPPED and is_same:
        result.still_skipped.append(SkippedFile(before.path, before.error))
    elif before.state in (PhotoState.PENDING, PhotoState.SKIPPED):
        result.evicted.append((before.id, file))
    elif before.state is PhotoState.CLOUD:
        if not is_same:
            result.evicted.append((before.id, file))
    else:
        result.unchanged += 1
    return True


def find_moved(
    new: Sequence[SeenFile],
    alike: Callable[[set[int]], Sequence[KnownFile]],
    is_lost: Callable[[KnownFile], bool],
    result: ScanResult,
) -> None:
    """Of new files in the cloud, those that have the size and the time of one lost photo, and of
    no other, are that photo, moved. The others are new."""
    if not new:
        return
    lost: defaultdict[_Sign, list[KnownFile]] = defaultdict(list)
    taken = {*result.returned, *(photo_id for photo_id, _ in result.moved)}
    for known in alike({file.size for file in new}):
        if known.fingerprint and known.id not in taken and is_lost(known):
            lost[known.size, known.mtime_ns].append(known)
    counted = Counter(_signs(new))
    for file, sign in zip(new, _signs(new), strict=True):
        origins = lost[sign]
        if len(origins) == 1 and counted[sign] == 1:
            result.moved.append((origins[0].id, file))
            if origins[0].id in result.missing:
                result.missing.remove(origins[0].id)
        else:
            result.clouds.append(file)


def _signs(files: Iterable[SeenFile]) -> list[_Sign]:
    return [(file.size, file.mtime_ns) for file in files]
