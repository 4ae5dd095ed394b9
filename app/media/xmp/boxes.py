"""XMP in files made of boxes: HEIF and AVIF, JPEG XL, MP4 and MOV, and Canon's CR3.

HEIF has it as an item (ISO 23008-12, annex A.3) of type mime, application/rdf+xml, found through
`iinf` (which items there are) and `iloc` (where their bytes lie); MP4 in a box uuid; QuickTime in
moov/udta/XMP_; JPEG XL in a box named xml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from app.media.xmp.opening import read_exactly
from app.media.xmp.packet import MAX_BYTES

XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_RDF: Final = b"application/rdf+xml"
_INSIDE: Final = frozenset({b"moov", b"udta"})
_MOST_BOXES: Final = 4096
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    begin: int
    """Where its content begins."""
    end: int


def find(stream: BinaryIO) -> list[bytes]:
    """The packets that lie in boxes on the upper floors, and the items of HEIF."""
    stream.seek(0, 2)
    return _find(stream, 0, stream.tell(), 0)


def _find(stream: BinaryIO, begin: int, end: int, depth: int) -> list[bytes]:
    packets: list[bytes] = []
    for box in _boxes(stream, begin, end):
        if box.kind in _INSIDE and depth < _DEEPEST:
            packets += _find(stream, box.begin, box.end, depth + 1)
        elif box.kind == b"uuid" and _take(stream, box.begin, 16) == XMP_UUID:
            packets.append(_take(stream, box.begin + 16, box.end - box.begin - 16))
        elif box.kind in (b"XMP_", b"xml "):
            packets.append(_take(stream, box.begin, box.end - box.begin))
        elif box.kind == b"meta" and depth == 0:
            packets += _items(stream, box)
    return [packet for packet in packets if packet]


def _boxes(stream: BinaryIO, begin: int, end: int) -> Iterator[_Box]:
    """The boxes side by side in a part of the file; a damaged one is the last."""
    for _ in range(_MOST_BOXES):
        if end - begin < 8:
            return
        stream.seek(begin)
        head = read_exactly(stream, 8)
        size, inner = int.from_bytes(head[:4], "big"), begin + 8
        if size == 1:
            size, inner = int.from_bytes(read_exactly(stream, 8), "big"), begin + 16
        elif size == 0:
            size = end - begin
        if size < inner - begin or begin + size > end:
            return
        yield _Box(head[4:8], inner, begin + size)
        begin += size


def _take(stream: BinaryIO, at: int, length: int) -> bytes:
    """A part of the file; b"" when it is too large for a packet."""
    if not 0 < length <= MAX_BYTES:
        return b""
    stream.seek(at)
    return read_exactly(stream, length)


class _Reader:
    """Reads numbers off a table."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, width: int) -> int:
        """The next number of so many bytes. Raises EOFError."""
        return int.from_bytes(self.take(width), "big")

    def take(self, count: int) -> bytes:
        """The next bytes. Raises EOFError."""
        part = self._data[self._at : self._at + count]
        if len(part) < count:
            raise EOFError
        self._at += count
        return part

    def text(self) -> bytes:
        """The next text up to its zero. Raises EOFError."""
        end = self._data.find(b"\0", self._at)
        if end < 0:
            raise EOFError
        part, self._at = self._data[self._at : end], end + 1
        return part


def _items(stream: BinaryIO, meta: _Box) -> list[bytes]:
    """The items of a HEIF file that are XMP. A `meta` of QuickTime's, which has no version, has
    none."""
    inner = {box.kind: box for box in _boxes(stream, meta.begin + 4, meta.end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        return []
    wanted = _xmp_items(stream, inner[b"iinf"])
    if not wanted:
        return []
    table = _take(stream, inner[b"iloc"].begin, inner[b"iloc"].end - inner[b"iloc"].begin)
    packets = []
    for number, method, extents in _places(_Reader(table)):
        if number not in wanted or method > 1:
            continue
        base = inner[b"idat"].begin if method == 1 and b"idat" in inner else 0
        if sum(length for _, length in extents) <= MAX_BYTES:
            packets.append(b"".join(_take(stream, base + at, size) for at, size in extents))
    return packets


def _xmp_items(stream: BinaryIO, iinf: _Box) -> set[int]:
    """The numbers of the items of type application/rdf+xml."""
    version = _take(stream, iinf.begin, 4)[0]
    begin = iinf.begin + 4 + (2 if version == 0 else 4)
    found = set()
    for box in _boxes(stream, begin, iinf.end):
        table = _Reader(_take(stream, box.begin, box.end - box.begin))
        version = table.number(1)
        table.take(3)
        if box.kind != b"infe" or version < 2:
            continue
        number = table.number(2 if version == 2 else 4)
        table.take(2)
        if table.take(4) == b"mime":
            table.text()
            if table.text() == _RDF:
                found.add(number)
    return found


def _places(table: _Reader) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Of each item its number, how its place is meant, and its parts: where, how long."""
    version = table.number(1)
    table.take(3)
    sizes = table.number(2)
    wide_at, wide_length, wide_base = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    wide_index = sizes & 15 if version > 0 else 0
    for _ in range(table.number(2 if version < 2 else 4)):
        number = table.number(2 if version < 2 else 4)
        method = table.number(2) & 15 if version > 0 else 0
        table.take(2)
        base = table.number(wide_base)
        extents = []
        for _ in range(table.number(2)):
            table.take(wide_index)
            at = table.number(wide_at)
            extents.append((base + at, table.number(wide_length)))
        yield number, method, extents
