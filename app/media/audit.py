"""Audit: the files in the cache of small pictures, one by one: what each is, and whether whole."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from app.media.orientation import Area
from app.media.thumbnails import FRESH, KINDS, has_both_ends, overlap

SAME_PLACE = 0.3
"""Intersection over union from which a crop shows the face that is there, by whichever maker."""
_NAME = re.compile(r"(?P<print>[0-9A-Za-z]+)(?:_(?P<box>-?\d+--?\d+-\d+-\d+))?\.jpg")
_SIDE = re.compile(r"(?:^|(?<=\d)-)(-?\d+)")
_DRAFT = (64, 64)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the cache."""

    path: Path
    fingerprint: str
    """Of the photo; empty where the name says none, or the file lies where it would not be
    looked for."""
    box: Area | None
    """Of the face; None of a whole photo."""
    is_fresh: bool
    """Whether it was still being written."""
    is_open: bool
    """Whether others than its owner may read it."""
    modified: float
    """Seconds since 1970."""


def shards(folder: Path) -> list[str]:
    """The names of the folders in which small pictures lie, of photos and faces alike."""
    names = {
        entry.name
        for kind in KINDS
        for entry in _entries(folder / kind)
        if entry.is_dir(follow_symlinks=False)
    }
    return sorted(names)


def kept_in(folder: Path, shard: str) -> Iterator[Kept]:
    """Every file of one of these folders, in any depth."""
    for kind in KINDS:
        yield from (_kept(entry, kind, shard) for entry in _files(folder / kind / shard))


def stray_files(folder: Path) -> Iterator[Path]:
    """What lies beside those folders, where nothing is kept."""
    for kind in KINDS:
        for entry in _entries(folder / kind):
            if not entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)


def open_folders(folder: Path) -> Iterator[Path]:
    """The folders of the cache that others than their owner may read."""
    for kind in KINDS:
        for place in (folder / kind, *(Path(entry.path) for entry in _entries(folder / kind))):
            if place.is_dir() and not place.is_symlink() and is_open(place.stat().st_mode):
                yield place


def is_open(mode: int) -> bool:
    """Whether others than the owner may do anything with a file of this mode."""
    return os.name == "posix" and bool(stat.S_IMODE(mode) & 0o077)


def is_sound(path: Path) -> bool:
    """Whether a small picture can be shown: both its ends are there, and it can be decoded."""
    try:
        if not has_both_ends(path):
            return False
        with Image.open(path, formats=["JPEG"]) as image:
            image.draft("RGB", _DRAFT)  # an eighth of the pixels: what is damaged is told as well
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def shows(kept: Kept, boxes: Sequence[Area]) -> float:
    """How much a crop shows one of the faces at these places, 0..1; 0 when none of them."""
    if kept.box is None:
        return 0.0
    most = max((overlap(box, kept.box) for box in boxes), default=0.0)
    return most if most > SAME_PLACE else 0.0


def _kept(entry: os.DirEntry[str], kind: str, shard: str) -> Kept:
    status = entry.stat(follow_symlinks=False)
    path = Path(entry.path)
    name = _NAME.fullmatch(entry.name)
    fingerprint, box = "", None
    if name is not None and stat.S_ISREG(status.st_mode) and path.parent.name == shard:
        is_crop = name["box"] is not None
        if name["print"][:2] == shard and is_crop == (kind == "faces"):
            fingerprint = name["print"]
        if is_crop:
            sides = [int(side) / 10_000 for side in _SIDE.findall(name["box"])]
            box = (sides[0], sides[1], sides[2], sides[3])
    return Kept(
        path, fingerprint, box, path.suffix == FRESH,
        stat.S_ISREG(status.st_mode) and is_open(status.st_mode), status.st_mtime,
    )  # fmt: skip


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield entry


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
