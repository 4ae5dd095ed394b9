"""Shared thumbnails: the small pictures of photos that other programs of a Linux desktop made.

Thumbnail Managing Standard 0.8.0, as freedesktop.org has it:
https://specifications.freedesktop.org/thumbnail-spec/0.8.0/

They stand in where Kinfolk has no small picture of its own and the photo cannot be read, or only
slowly. They are read and nothing else: none is ever written, for every program of this user could
read it, and it would outlive what is forgotten, erased or removed here. Windows and macOS have
nothing of the kind.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes

SIZES = {"normal": 128, "large": 256, "x-large": 512, "xx-large": 1024}
"""Folder -> pixels of the long side at most, smallest first."""
_SAFE = "/!$&'()*+,=:@~-._"
"""What stands as it is in the path of an URI that GLib makes (g_filename_to_uri): the hash of a
thumbnail is that of the URI, byte by byte. Letters and digits stand so in any case."""
_MOST_BYTES = 8_000_000
"""A PNG of 1024 x 1024 pixels has less."""
_HEADER = b"\x89PNG\r\n\x1a\n"
_MOST_TEXT = 1 << 16
"""Bytes of a chunk of text."""


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a thumbnail is to be of, as it was when it was read last."""

    path: Path
    """Absolute."""
    modified: float
    """s since 1970."""
    size: int
    """Bytes."""


def uri_of(path: Path) -> str:
    """A file as an URI, as the standard hashes it."""
    return "file://" + quote_from_bytes(os.fsencode(path), safe=_SAFE)


def folder() -> Path | None:
    """Where all programs of this user keep theirs; None on systems without."""
    if sys.platform in ("win32", "darwin"):
        return None
    cache = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache"
    return base / "thumbnails"


def find(original: Original, wanted: int, least: int = 0, base: Path | None = None) -> Path | None:
    """A valid thumbnail of a photo: the smallest of a size of `wanted` pixels or more, else the
    largest of `least` or more, else None. `base` is where to look, if not where all programs do.

    One is valid that says it is of this URI, this second of modification and, where it says so,
    this size. What cannot be read is not there.
    """
    base = folder() if base is None else base
    if base is None:
        return None
    uri = uri_of(original.path)
    name = hashlib.md5(uri.encode(), usedforsecurity=False).hexdigest() + ".png"
    enough = [size for size, pixels in SIZES.items() if pixels >= wanted]
    less = [size for size, pixels in SIZES.items() if least <= pixels < wanted]
    for size in (*enough, *reversed(less)):
        path = base / size / name
        told = _told_by(path)
        if told is not None and _is_valid(told, uri, original):
            return path
    return None


def _is_valid(told: dict[str, str], uri: str, original: Original) -> bool:
    if told.get("Thumb::URI") != uri:
        return False
    try:
        # A second, or with a fraction of it: some programs write one.
        if int(float(told["Thumb::MTime"])) != int(original.modified):
            return False
        return int(told.get("Thumb::Size", original.size)) == original.size
    except (KeyError, ValueError, OverflowError):
        return False


def _told_by(path: Path) -> dict[str, str] | None:
    """The texts before the pixels of a PNG; None for what is none. Only its beginning is read."""
    texts: dict[str, str] = {}
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > _MOST_BYTES or file.read(8) != _HEADER:
                return None
            while len(head := file.read(8)) == 8:
                length, kind = int.from_bytes(head[:4], "big"), head[4:]
                if kind in (b"IDAT", b"IEND"):
                    return texts
                if kind == b"tEXt" and length <= _MOST_TEXT:
                    key, _, value = file.read(length).partition(b"\0")
                    texts[key.decode("latin-1")] = value.decode("latin-1")
                    file.seek(4, os.SEEK_CUR)
                else:
                    file.seek(length + 4, os.SEEK_CUR)
    except OSError:
        return None
    return None
