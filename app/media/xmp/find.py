"""Where the packets of XMP lie in files of each kind (XMP Specification Part 3, Adobe 2020)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import XmpError
from app.media.xmp import boxes, chunks, jpeg, tiff
from app.media.xmp.opening import open_plain
from app.media.xmp.packet import Packet, read_packet

Finder = Callable[[BinaryIO], list[bytes]]

_FINDERS: Final[tuple[tuple[bytes, Finder], ...]] = (
    (b"\xff\xd8\xff", jpeg.find),
    (b"\x89PNG\r\n\x1a\n", chunks.find_in_png),
    (b"GIF87a", chunks.find_in_gif),
    (b"GIF89a", chunks.find_in_gif),
    (b"II*\0", tiff.find),
    (b"MM\0*", tiff.find),
    (b"II+\0", tiff.find),
    (b"MM\0+", tiff.find),
    (b"IIRO", tiff.find),  # Olympus
    (b"IIRS", tiff.find),
    (b"IIU\0", tiff.find),  # Panasonic
)
_BOXES: Final = frozenset({b"ftyp", b"JXL ", b"wide", b"moov", b"mdat", b"skip", b"free"})


def packets_in(stream: BinaryIO) -> list[bytes]:
    """The XMP packets of a picture, a raw picture or a film, the main one first; [] where there
    are none, and where the file is damaged. The stream is read from its start, and seeks."""
    stream.seek(0)
    head = stream.read(16)
    finder = next((find for start, find in _FINDERS if head.startswith(start)), None)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        finder = chunks.find_in_webp
    elif head[4:8] in _BOXES:
        finder = boxes.find
    if finder is None:
        return []
    stream.seek(0)
    try:
        return finder(stream)
    except (EOFError, ValueError, IndexError, OverflowError):
        return []  # broken metadata is as good as none


def read_embedded(path: Path) -> Packet:
    """What the XMP within a file says, its parts taken together; an empty one when it has none.

    The file is only read, and no more of it than it takes to find the packets. Damaged packets are
    passed over. Raises XmpError when the file cannot be read.
    """
    with open_plain(path) as stream:
        try:
            found = packets_in(stream)
        except OSError as error:
            raise XmpError("The file cannot be read.") from error
    whole = Packet()
    for data in found:
        try:
            whole = whole.beside(read_packet(data))
        except XmpError:
            continue
    return whole
