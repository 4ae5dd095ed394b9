"""Motion: the film that lies within a photo's file, and the name by which two files are one photo.

Google's and Samsung's cameras write a short MP4 behind the picture (Motion Photo); Apple's write a
MOV beside it (Live Photo), and into both files the same identifier. All here is of plain bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_CLAIMS = (b"MotionPhoto", b"MicroVideo")
_SAMSUNG_END, _SAMSUNG = b"SEFT", b"MotionPhoto_Data"
_APPLE = b"Apple iOS\0\0\x01"
_APPLE_IDENTIFIER = 0x0011
_ASCII = 2
_MOST_TAGS = 256
_LONGEST = 128
_BOX = re.compile(rb"[A-Za-z0-9 ]{4}\Z")
_LEAST_FTYP, _MOST_FTYP = 16, 512
"""Bytes of the box with which an MP4 begins."""
_NUMBER = re.compile(r"\d{1,12}\Z")


def motion_at(data: bytes, kind: str) -> int | None:
    """The byte of a picture file at which the film within it begins; None where there is none.

    `kind` is what `formats.sniff` saw. Sources: Google's Motion Photo format 1.0 (XMP with the
    lengths of what follows the picture, or an `mpvd` box in HEIC), its forerunner with
    MicroVideoOffset, and the trailer that Samsung's cameras write. What is said there is believed
    only where an MP4 does begin.
    """
    if kind == "JPEG":
        found = _told_in_jpeg(data)
    elif kind in ("HEIF", "AVIF"):
        found = _box_with_film(data)
    else:
        return None
    return _after_samsung_mark(data) if found is None else found


def still_identifier(data: bytes) -> str:
    """Apple's content identifier in the maker's note of a picture file; empty where there is none.

    The note is an IFD of its own, big endian, whose offsets count from its beginning (tag 0x0011
    as ExifTool documents it).
    """
    start = data.find(_APPLE)
    if start < 0:
        return ""
    note = data[start : start + 65536]
    try:
        (count,) = struct.unpack_from(">H", note, 14)
        for at in range(16, 16 + 12 * min(count, _MOST_TAGS), 12):
            tag, kind, length, value = struct.unpack_from(">HHII", note, at)
            if tag == _APPLE_IDENTIFIER and kind == _ASCII and 4 < length <= _LONGEST:
                text = note[value : value + length].split(b"\0")[0]
                return text.decode("ascii", "replace").strip()
    except struct.error:  # it ends within
        pass
    return ""


def _is_film(data: bytes, at: int) -> bool:
    """Whether an MP4 begins there: its first box, and then another one."""
    if at <= 0 or data[at + 4 : at + 8] != b"ftyp":
        return False
    length = int.from_bytes(data[at : at + 4], "big")
    if not _LEAST_FTYP <= length <= _MOST_FTYP:
        return False
    return _BOX.match(data[at + length + 4 : at + length + 8]) is not None


def _told_in_jpeg(data: bytes) -> int | None:
    for packet in _xmp_packets(data):
        if not any(claim in packet for claim in _CLAIMS):
            continue
        for back in _told_lengths(packet):
            if 0 < back < len(data) and _is_film(data, len(data) - back):
                return len(data) - back
        # Who edits a photo may leave the words and shift the bytes: it is the last film then.
        found = data.rfind(b"ftyp") - 4
        return found if _is_film(data, found) else None
    return None


def _xmp_packets(data: bytes) -> Iterator[bytes]:
    """The XMP packets of a JPEG: segments before its picture."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            return
        segment = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xE1 and segment.startswith(_XMP):
            yield segment[len(_XMP) :]
        at += 2 + length


def _told_lengths(packet: bytes) -> Iterator[int]:
    """How many bytes before the end of the file a film begins, as a packet has it."""
    from lxml import etree  # few photos have such a packet

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    start, end = packet.find(b"<"), packet.rfind(b">")
    if not end > start >= 0:
        return
    try:
        root = etree.fromstring(packet[start : end + 1], parser)
    except (etree.LxmlError, ValueError):  # there is nothing that it could recover
        return
    if root is None:
        return
    items: list[tuple[bool, int]] = []
    for element in root.iter(etree.Element):
        told = {_local(name): str(text) for name, text in element.attrib.items()}
        told |= {
            _local(child.tag): (child.text or "").strip()
            for child in element.iterchildren(etree.Element)
        }
        if "Semantic" in told and "Length" in told:
            length = _number(told["Length"]) + _number(told.get("Padding", ""))
            items.append((told["Semantic"] == "MotionPhoto", length))
        if "MicroVideoOffset" in told:
            yield _number(told["MicroVideoOffset"])
    for place, (is_film, _) in enumerate(items):
        if is_film:
            yield sum(length for _, length in items[place:])


def _local(name: object) -> str:
    """A name without its namespace, which need not be one that XML allows."""
    return str(name).rpartition("}")[2]


def _number(text: str) -> int:
    return int(text) if _NUMBER.match(text) else 0


def _box_with_film(data: bytes) -> int | None:
    """In a file of boxes: what is in `mpvd`, or a second file behind the first."""
    at = 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if kind == b"mpvd":
            return at + head if _is_film(data, at + head) else None
        if kind == b"ftyp" and at > 0:
            return at if _is_film(data, at) else None
        if length < head:  # to the end of the file, or nonsense
            return None
        at += length
    return None


def _after_samsung_mark(data: bytes) -> int | None:
    if not data.endswith(_SAMSUNG_END):
        return None
    found = data.rfind(_SAMSUNG + b"\0\0\0")
    if found < 0:
        # In the directory at the end the name stands once more, without a film behind it.
        found = data.find(_SAMSUNG)
    at = found + len(_SAMSUNG)
    return at if found >= 0 and _is_film(data, at) else None
