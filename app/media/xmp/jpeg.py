"""XMP in JPEG: a segment APP1, and what did not fit into it, in further ones.

One segment holds 64 KB at most, so a long packet has a standard part, which names the rest by its
MD5 digest (xmpNote:HasExtendedXMP), and an extended one in pieces, each with digest, length and
place (XMP Specification Part 3, section 1.1.3).
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from app.media.xmp.opening import read_exactly
from app.media.xmp.packet import MAX_BYTES

STANDARD: Final = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED: Final = b"http://ns.adobe.com/xmp/extension/\0"
_APP1: Final = 0xE1
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_PIXELS: Final = frozenset({0xDA, 0xD9})
_DIGEST: Final = re.compile(rb"HasExtendedXMP[^0-9A-Fa-f]{1,40}([0-9A-Fa-f]{32})")


def find(stream: BinaryIO) -> list[bytes]:
    """The packets before the pixels, the extended one last and only when it is whole."""
    stream.seek(2)
    packets: list[bytes] = []
    pieces: dict[bytes, dict[int, bytes]] = {}
    lengths: dict[bytes, int] = {}
    while (marker := _next_marker(stream)) not in _PIXELS:
        if marker in _BARE:
            continue
        length = int.from_bytes(read_exactly(stream, 2), "big") - 2
        if marker != _APP1 or length < 0:
            stream.seek(max(length, 0), 1)
            continue
        body = read_exactly(stream, length)
        if body.startswith(STANDARD):
            packets.append(body[len(STANDARD) :])
        elif body.startswith(EXTENDED):
            rest = body[len(EXTENDED) :]
            digest, whole, at = rest[:32], _number(rest[32:36]), _number(rest[36:40])
            lengths[digest] = whole
            pieces.setdefault(digest, {})[at] = rest[40:]
    for packet in packets[:1]:
        named = _DIGEST.search(packet)
        digest = named.group(1) if named else b""
        packets += _joined(pieces.get(digest, {}), lengths.get(digest, 0))
    return packets


def _next_marker(stream: BinaryIO) -> int:
    byte = read_exactly(stream, 1)
    if byte != b"\xff":
        raise ValueError("no marker where one is due")
    while byte == b"\xff":
        byte = read_exactly(stream, 1)
    return byte[0]


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _joined(pieces: dict[int, bytes], length: int) -> list[bytes]:
    """The pieces as one packet; none when one is missing or two overlap."""
    if not 0 < length <= MAX_BYTES:
        return []
    whole = bytearray()
    for at in sorted(pieces):
        if at != len(whole):
            return []
        whole += pieces[at]
    return [bytes(whole)] if len(whole) == length else []
