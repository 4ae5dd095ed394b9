"""XMP in TIFF and in the raw pictures that are TIFF inside: tag 700 of the first directories."""

from __future__ import annotations

from typing import BinaryIO, Final

from app.media.xmp.opening import read_exactly
from app.media.xmp.packet import MAX_BYTES

_XMP: Final = 700
_SIZES: Final = {1: 1, 6: 1, 7: 1, 2: 1}
_MOST_DIRECTORIES: Final = 16
_MOST_ENTRIES: Final = 4096


def find(stream: BinaryIO) -> list[bytes]:
    """The packets of the main directories, also of BigTIFF."""
    head = read_exactly(stream, 16)
    order: str = "little" if head[:2] == b"II" else "big"
    is_big = 43 in (head[2], head[3])
    at = _number(head[8:16] if is_big else head[4:8], order)
    packets: list[bytes] = []
    seen: set[int] = set()
    while at and at not in seen and len(seen) < _MOST_DIRECTORIES:
        seen.add(at)
        stream.seek(at)
        at = _directory(stream, order, is_big, packets)
    return packets


def _number(data: bytes, order: str) -> int:
    return int.from_bytes(data, "little" if order == "little" else "big")


def _directory(stream: BinaryIO, order: str, is_big: bool, packets: list[bytes]) -> int:
    """Take up the packet of a directory; gives where the next directory lies, 0 for nowhere."""
    wide = 8 if is_big else 4
    count = _number(read_exactly(stream, 8 if is_big else 2), order)
    if count > _MOST_ENTRIES:
        return 0
    size = 4 + 2 * wide
    entries = read_exactly(stream, count * size)
    after = stream.read(wide)
    for begin in range(0, len(entries), size):
        entry = entries[begin : begin + size]
        tag, kind = _number(entry[:2], order), _number(entry[2:4], order)
        if tag != _XMP or kind not in _SIZES:
            continue
        length, place = _number(entry[4 : 4 + wide], order), entry[4 + wide :]
        if not wide < length <= MAX_BYTES:
            continue
        stream.seek(_number(place, order))
        packets.append(read_exactly(stream, length))
    return _number(after, order) if len(after) == wide else 0
