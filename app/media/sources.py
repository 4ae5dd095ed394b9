"""Sources: all that a picture file, its name, and what lies beside it tell of when and where."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

from app.media.dates import Moment, here, read_moment, read_zone
from app.media.exif import NOTHING_WRITTEN, Exif, Written, describe

_PNG = b"\x89PNG\r\n\x1a\n"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_LONGEST = 4096
"""Bytes: a chunk that is longer holds no date."""
_MOST_CHUNKS = 200_000
"""More than the largest picture has, in chunks of 8 KiB as libpng makes them."""


class Sources:
    """What one picture file has to say; it is understood when it is asked for."""

    def __init__(
        self,
        header: Image.Image,
        tags: Mapping[int, Any],
        data: bytes,
        modified: float,
        path: Path | None,
    ) -> None:
        """`tags` are EXIF's, as `read_tags` gives them; `data` is the whole file."""
        self._tags = tags
        self._modified = modified
        self._path = path
        self._written = iptc_written(_iptc(header)).over(png_written(data))

    def describe(self) -> Exif:
        """When, where and with which camera."""
        if self._path is None:
            return describe(self._tags, self._modified, "", self._written)
        written = _xmp(self._path).over(self._written)
        return describe(self._tags, self._modified, self._path.name, written)


def _xmp(path: Path) -> Written:
    from app.media.xmp.facts import written_about  # an XML library: not for a window

    try:
        return written_about(path)
    except MemoryError:
        raise
    except Exception:  # whatever is wrong with it, it is not the picture
        return NOTHING_WRITTEN


def iptc_written(iptc: Mapping[tuple[int, int], object]) -> Written:
    """What the news agencies' IPTC-IIM says, 2:55 and 2:60 of the photo, 2:62 and 2:63 of its scan:
    “20190804” and “170355+0200”."""
    return Written(original=_iptc_moment(iptc, 55, 60), created=_iptc_moment(iptc, 62, 63))


def png_written(data: bytes) -> Written:
    """What a PNG says: “Creation Time”, in the words of RFC 1123 as the PNG standard wants it, or
    as EXIF and ISO have it; and the time of its last change, which is UTC."""
    created: Moment | None = None
    changed: Moment | None = None
    for kind, chunk in _chunks(data):
        if kind == b"tIME" and len(chunk) == 7:
            changed = _time_chunk(chunk)
        elif created is None and kind in _TEXTS and chunk.startswith(b"Creation Time\0"):
            created = _creation_time(_chunk_text(kind, chunk))
    return Written(created=created, changed=None if changed is None else changed.local)


def _iptc(header: Image.Image) -> Mapping[tuple[int, int], object]:
    if not isinstance(header, ImageFile.ImageFile):
        return {}
    try:
        return IptcImagePlugin.getiptcinfo(header) or {}
    except Exception:  # a foreign parser on foreign bytes: anything can come
        return {}


def _iptc_moment(iptc: Mapping[tuple[int, int], object], day: int, time: int) -> Moment | None:
    date, clock = _iptc_text(iptc.get((2, day))), _iptc_text(iptc.get((2, time)))
    if len(date) != 8 or not date.isdecimal():
        return None
    written = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    if len(clock) >= 6 and clock[:6].isdecimal():
        moment = read_moment(f"{written} {clock[:2]}:{clock[2:4]}:{clock[4:6]}")
        return None if moment is None else Moment(moment.local, read_zone(clock[6:]))
    return read_moment(written)


def _iptc_text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else b""
    return value.decode("ascii", "replace").strip("\0 ") if isinstance(value, bytes) else ""


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of the small chunks of a PNG, also of those behind the picture."""
    if not data.startswith(_PNG):
        return
    at = len(_PNG)
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if length <= _LONGEST:
            yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def _time_chunk(chunk: bytes) -> Moment | None:
    try:
        return here(datetime(int.from_bytes(chunk[:2], "big"), *chunk[2:]))
    except ValueError:
        return None


def _chunk_text(kind: bytes, chunk: bytes) -> str:
    """What follows the keyword; empty when it is broken, or packed longer than a date is."""
    _, _, rest = chunk.partition(b"\0")
    try:
        if kind == b"tEXt":
            return rest.decode("latin-1")
        if kind == b"zTXt":
            return zlib.decompressobj().decompress(rest[1:], _LONGEST).decode("latin-1")
        text = rest[2:].split(b"\0", 2)[-1]  # behind language and translated keyword
        if rest[:1] == b"\1":
            text = zlib.decompressobj().decompress(text, _LONGEST)
        return text.decode("utf-8")
    except (ValueError, zlib.error):
        return ""


def _creation_time(text: str) -> Moment | None:
    moment = read_moment(text)
    if moment is not None:
        return moment
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = read_moment(when.isoformat(" "))
    # Written for all the world: see [Note: Local time].
    return here(moment.local) if moment is not None and moment.offset == 0 else moment
