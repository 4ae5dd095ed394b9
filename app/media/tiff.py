"""What the directories of a TIFF tell of the kind of file it is."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_DNG_VERSION, _PHOTOMETRIC, _SUB_IFDS = 50706, 262, 330
_SENSOR = frozenset({32803, 34892})
"""Photometric interpretations of TIFF/EP and DNG: a colour filter array, and linear raw."""
_MARKS = (b"CR\x02", b"IIII", b"MMMM")
"""At byte 8 of files that are TIFFs otherwise: Canon's CR2, and Phase One's IIQ of both orders."""
_SHORT = 3
_MOST = 24
"""Directories of a file: a raw file has up to ten; a broken one may lead in circles."""


def is_raw(data: bytes) -> bool:
    """Whether a file that begins as a TIFF is a camera's raw file: DNG, CR2, NEF, ARW, PEF, SRW
    and their like."""
    if data[8:12].startswith(_MARKS):
        return True
    try:
        return any(_tells_of_raw(data, order, at) for order, at in _ifds(data))
    except (struct.error, MemoryError):
        return False


def _ifds(data: bytes) -> Iterator[tuple[str, int]]:
    """Byte order and place of every image file directory, those of SubIFDs included."""
    order = "<" if data[:2] == b"II" else ">"
    todo, seen = [_long(data, order, 4)], set[int]()
    while todo and len(seen) < _MOST:
        at = todo.pop(0)
        if not at or at in seen:
            continue
        seen.add(at)
        yield order, at
        for tag, _, count, value in _entries(data, order, at):
            if tag == _SUB_IFDS:
                todo += [value] if count == 1 else _longs(data, order, value, count)
        (count,) = struct.unpack_from(order + "H", data, at)
        todo.append(_long(data, order, at + 2 + 12 * count))


def _tells_of_raw(data: bytes, order: str, at: int) -> bool:
    for tag, kind, _, value in _entries(data, order, at):
        if tag == _DNG_VERSION:
            return True
        # A short stands in the first two of the four bytes.
        told = value >> 16 if kind == _SHORT and order == ">" else value
        if tag == _PHOTOMETRIC and told & 0xFFFF in _SENSOR:
            return True
    return False


def _entries(data: bytes, order: str, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Tag, type, count and the four bytes of the value as a number."""
    (count,) = struct.unpack_from(order + "H", data, at)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        yield struct.unpack_from(order + "HHII", data, place)


def _long(data: bytes, order: str, at: int) -> int:
    (value,) = struct.unpack_from(order + "I", data, at)
    return int(value)


def _longs(data: bytes, order: str, at: int, count: int) -> list[int]:
    return [_long(data, order, at + 4 * index) for index in range(min(count, _MOST))]
