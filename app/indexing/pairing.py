"""Pairing: which films lie beside the photo whose moving part they are."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.changes import Changes
from app.library.commands.motion import record_motions
from app.library.commands.photos import ScanResult, SeenFile
from app.library.database import Library
from app.library.motion import STILLS
from app.library.queries.folders import KnownFile, files_at
from app.library.queries.motion import Stray, stem_of, strays
from app.library.rows import PhotoState
from app.media.live import is_live_pair

_STILLS = (".heic", ".heif", ".jpg", ".jpeg")
"""The better one first, where there are several."""
_FILMS = (".mov", ".mp4")
_BOTH = frozenset((*_STILLS, *_FILMS))
_FILM_STATES = frozenset(PhotoState) - {PhotoState.GONE, PhotoState.CLOUD}


@dataclass(slots=True)
class _Verdict:
    pairs: list[tuple[int, int]] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def pair_up(
    library: Library,
    collection_id: int,
    seen: Sequence[SeenFile],
    found: ScanResult,
    known: Sequence[KnownFile],
    is_whole: bool,
    check: Callable[[], None],
) -> Changes:
    """Tell Live Photos among the files of a scan that was recorded just now.

    Files are read only where one of two was `found` to be new, moved or another one; `known` is
    what was known before the scan. With `is_whole` all that lies beside a file was seen, too.
    `check` is called before files are read and may raise to stop.
    """
    stirred = _stirred(found, known)
    paths = [file.path for file in seen] if stirred else []
    if not is_whole:
        beside = [partner for path in paths for partner in _partners(path)]
        paths += [row.path for row in files_at(library, collection_id, beside)]
    asked = {
        film: stills
        for film, stills in _beside(paths).items()
        if film in stirred or not stirred.isdisjoint(stills)
    }
    verdict = _Verdict()
    _relink(library, collection_id, strays(library, collection_id), asked, verdict)
    _judge(library, collection_id, asked, verdict, check)
    return record_motions(library, verdict.pairs, verdict.alone)


def moving_parts(
    paths: Sequence[Path], wanted: Collection[Path], check: Callable[[], None]
) -> set[Path]:
    """Those of the `wanted` films that are moving parts of photos among `paths`, by what is in the
    files. `check` is called before files are read and may raise to stop."""
    found: set[Path] = set()
    for film, stills in _beside(paths).items():
        if film in wanted:
            check()
            if any(is_live_pair(still, film) for still in stills):
                found.add(film)
    return found


def _stirred(found: ScanResult, known: Sequence[KnownFile]) -> set[Path]:
    """The files that are not as they were, and the films that still wait to be looked at: the scan
    that found them may have been stopped before they were asked about."""
    files = list(found.added)
    for several in (found.copies, found.changed, found.touched, found.moved):
        files += [file for _, file in several]
    returned = set(found.returned)
    again = {
        file.path
        for file in known
        if file.id in returned
        or (file.state is PhotoState.PENDING and _split(file.path)[1] in _FILMS)
    }
    found_now = {file.path for file in files if _split(file.path)[1] in _BOTH}
    return again | found_now


def _split(path: Path) -> tuple[str, str]:
    return stem_of(os.fspath(path))


def _beside(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The films of these, each with the pictures of the same name beside it."""
    films: defaultdict[str, list[Path]] = defaultdict(list)
    others: list[Path] = []
    for path in dict.fromkeys(paths):
        stem, suffix = _split(path)
        if suffix in _FILMS:
            films[stem].append(path)
        elif suffix in _STILLS:
            others.append(path)
    found: defaultdict[Path, list[Path]] = defaultdict(list)
    for still in others if films else ():
        for film in films.get(_split(still)[0], ()):
            found[film].append(still)
    return found


def _partners(path: Path) -> list[Path]:
    """Where the other part of a photo that moves would lie, as cameras name it."""
    suffixes = {True: _STILLS, False: _FILMS}[_split(path)[1] in _FILMS]
    return [path.with_suffix(one) for suffix in suffixes for one in (suffix, suffix.upper())]


def _relink(
    library: Library,
    collection_id: int,
    found: Sequence[Stray],
    asked: dict[Path, list[Path]],
    verdict: _Verdict,
) -> None:
    """Moving parts whose photo is elsewhere now: where another file of its content lies beside
    them, they are its. The others are asked about, or alone."""
    for motion in found:
        rows = files_at(library, collection_id, _partners(motion.path))
        same = [row for row in rows if _is_same(row, motion)]
        if same:
            verdict.pairs.append((motion.id, same[0].id))
        elif rows:
            asked.setdefault(motion.path, [row.path for row in rows])
        else:
            verdict.alone.append(motion.id)


def _is_same(row: KnownFile, motion: Stray) -> bool:
    if row.state not in STILLS or motion.still_id is None:
        return False
    return row.copy_of == motion.still_id or row.id == motion.copy_of


def _judge(
    library: Library,
    collection_id: int,
    asked: dict[Path, list[Path]],
    verdict: _Verdict,
    check: Callable[[], None],
) -> None:
    paths = [*asked, *(still for stills in asked.values() for still in stills)]
    rows = {row.path: row for row in files_at(library, collection_id, paths)}
    settled = {film_id for film_id, _ in verdict.pairs}
    for film_path, still_paths in asked.items():
        film = rows.get(film_path)
        if film is None or film.state not in _FILM_STATES or film.id in settled:
            continue
        check()
        stills = sorted((rows[path] for path in still_paths if path in rows), key=_order)
        fitting = (one for one in stills if one.state in STILLS)
        still = next((one for one in fitting if is_live_pair(one.path, film.path)), None)
        if still is not None:
            verdict.pairs.append((film.id, still.id))
        elif film.state is PhotoState.MOTION:
            verdict.alone.append(film.id)


def _order(row: KnownFile) -> tuple[int, int]:
    return _STILLS.index(_split(row.path)[1]), row.id
