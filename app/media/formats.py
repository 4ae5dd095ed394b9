"""What we can open: by name when a folder is scanned, by content when a file is opened."""

from __future__ import annotations

from pathlib import Path

EXTENSIONS = frozenset(
    {
        *(
            ".jpg",
            ".jpeg",
            ".jpe",
            ".jfif",
            ".mpo",
            ".png",
            ".apng",
            ".webp",
            ".gif",
            ".bmp",
            ".dib",
        ),
        *(".tif", ".tiff", ".heic", ".heics", ".heif", ".heifs", ".hif", ".avif", ".avifs"),
    }
)
"""Lower case, with the dot."""

HEAD_BYTES = 64
"""How much of the start of a file `sniff` wants to see."""

_CONTENT_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
}
_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"qt  "}
_VIDEO_STARTS = (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"OggS", b"FLV\x01")


def is_photo(path: Path) -> bool:
    """Whether a file is worth opening, judged by its name alone.

    The `._NAME` files that a Mac leaves on foreign disks are not.
    """
    return path.suffix.lower() in EXTENSIONS and not path.name.startswith("._")


def content_type(kind: str) -> str:
    """The MIME type of what `sniff` named."""
    return _CONTENT_TYPES[kind]


def sniff(head: bytes) -> str | None:
    """Which kind of picture starts with these bytes, in Pillow's word; None for none of ours."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    brands = _brands(head)
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & _HEIF_BRANDS:
        return "HEIF"
    return None


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height that a WebP file tells of at its start; None when it tells of none.

    Pillow's decoder takes memory for all of them before it tells.
    """
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if head[12:16] == b"VP8 ":
        sides = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        return sides[0] & 0x3FFF, sides[1] & 0x3FFF
    return None


def is_video(head: bytes) -> bool:
    """Whether these first bytes are a film's: the reason given to the user says so."""
    riff = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    brands = _brands(head)
    return riff or head.startswith(_VIDEO_STARTS) or bool(brands & _VIDEO_BRANDS)


def _brands(head: bytes) -> set[bytes]:
    """The brands of an ISO media file's first box, the major one and the compatible ones."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
