"""XMP in PNG, WebP and GIF, which all consist of chunks."""

from __future__ import annotations

import zlib
from typing import BinaryIO, Final

from app.media.xmp.opening import read_exactly
from app.media.xmp.packet import MAX_BYTES

_PNG_KEY: Final = b"XML:com.adobe.xmp\0"
_GIF_KEY: Final = b"XMP DataXMP"
_GIF_TRAILER: Final = 257
"""Bytes after the packet in a GIF that lead a reader of sub-blocks to its end from anywhere."""


def find_in_png(stream: BinaryIO) -> list[bytes]:
    """The packet in the iTXt chunk with Adobe's key; it may come after the pixels, too."""
    stream.seek(8)
    while True:
        length = int.from_bytes(read_exactly(stream, 4), "big")
        kind = read_exactly(stream, 4)
        if kind == b"IEND":
            return []
        if kind == b"iTXt" and length <= MAX_BYTES:
            body = read_exactly(stream, length)
            stream.seek(4, 1)
            if body.startswith(_PNG_KEY):
                return [_png_text(body[len(_PNG_KEY) :])]
        else:
            stream.seek(length + 4, 1)


def _png_text(body: bytes) -> bytes:
    """What follows the key: whether it is compressed and how, language, translated key, text."""
    is_compressed = body[0] == 1
    _, _, text = body[2:].split(b"\0", 2)
    if not is_compressed:
        return text
    try:
        unpacked = zlib.decompressobj().decompress(text, MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError("the text of a chunk is damaged") from error
    if len(unpacked) > MAX_BYTES:
        raise ValueError("the text of a chunk is too large")
    return unpacked


def find_in_webp(stream: BinaryIO) -> list[bytes]:
    """The packet in the chunk named XMP."""
    stream.seek(12)
    while True:
        kind = read_exactly(stream, 4)
        length = int.from_bytes(read_exactly(stream, 4), "little")
        if kind == b"XMP " and length <= MAX_BYTES:
            return [read_exactly(stream, length)]
        stream.seek(length + length % 2, 1)


def find_in_gif(stream: BinaryIO) -> list[bytes]:
    """The packet in the application extension `XMP Data`, which is no row of sub-blocks: it lies
    there as it is, and the bytes after it count down."""
    stream.seek(6)
    flags = read_exactly(stream, 7)[4]
    stream.seek(_colours(flags), 1)
    while True:
        kind = read_exactly(stream, 1)
        if kind == b",":
            flags = read_exactly(stream, 9)[8]
            stream.seek(_colours(flags) + 1, 1)
            _skip_blocks(stream)
        elif kind == b"!":
            label = read_exactly(stream, 1)
            if label == b"\xff" and (found := _application(stream)):
                return found
            if label != b"\xff":
                _skip_blocks(stream)
        else:
            return []


def _colours(flags: int) -> int:
    """How long the table of colours is that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _application(stream: BinaryIO) -> list[bytes]:
    key = read_exactly(stream, read_exactly(stream, 1)[0])
    if key != _GIF_KEY:
        _skip_blocks(stream)
        return []
    begin = stream.tell()
    _skip_blocks(stream)
    length = stream.tell() - begin - _GIF_TRAILER - 1
    stream.seek(begin)
    return [read_exactly(stream, length)] if 0 < length <= MAX_BYTES else []


def _skip_blocks(stream: BinaryIO) -> None:
    while length := read_exactly(stream, 1)[0]:
        stream.seek(length, 1)
