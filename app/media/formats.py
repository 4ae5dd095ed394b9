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

VIDEO_EXTENSIONS = frozenset(
    {
        *(".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".3gpp", ".mkv", ".webm", ".avi", ".divx"),
        *(".mts", ".m2ts", ".m2t", ".mpg", ".mpeg", ".mpe", ".m2v", ".vob", ".mod", ".tod", ".wmv"),
        *(".asf", ".flv", ".f4v", ".ogv"),
    }
)
"""Lower case, with the dot. Not .ts, which is a program's text more often than a film."""

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
VIDEO_HEAD_BYTES = 1024
"""How much of the start of a file `sniff_video` wants to see: packets of a transport stream."""
_VIDEO_TYPES = {
    "MP4": "video/mp4",
    "MOV": "video/quicktime",
    "3GP": "video/3gpp",
    "MKV": "video/x-matroska",
    "WEBM": "video/webm",
    "AVI": "video/x-msvideo",
    "MTS": "video/mp2t",
    "MPG": "video/mpeg",
    "WMV": "video/x-ms-wmv",
    "FLV": "video/x-flv",
    "OGV": "video/ogg",
}
_VIDEO_STARTS = (
    (b"\0\0\x01\xba", "MPG"),
    (b"\0\0\x01\xb3", "MPG"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMV"),
    (b"FLV\x01", "FLV"),
    (b"OggS", "OGV"),
)
_NO_VIDEO_BRANDS = {b"crx ", b"jxl ", b"jp2 ", b"jpx ", b"M4A ", b"M4B ", b"M4P ", b"F4A "}
"""Major brands of files that are made like an MP4 and are pictures or only sound."""
_ATOMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""With what a QuickTime file begins that has no `ftyp`, as those before 2005 have none."""
_PACKETS = ((0, 188), (4, 192), (0, 204))
"""Where the mark of the first packet of a transport stream lies, and how long each is."""


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


def is_album_file(path: Path) -> bool:
    """Whether a file is worth opening as a photo or as a video, judged by its name alone."""
    return is_photo(path) or is_video_name(path)


def is_video_name(path: Path) -> bool:
    """Whether a file is worth opening as a video, judged by its name alone."""
    return path.suffix.lower() in VIDEO_EXTENSIONS and not path.name.startswith("._")


def video_type(kind: str) -> str:
    """The MIME type of what `sniff_video` named."""
    return _VIDEO_TYPES[kind]


def sniff_video(head: bytes) -> str | None:
    """Which kind of video starts with these bytes; None for none of ours, and for pictures."""
    if sniff(head[:HEAD_BYTES]) is not None:
        return None
    if head[4:8] == b"ftyp":
        return _kind_by_brand(head[8:12])
    if head[4:8] in _ATOMS:
        return "MOV"
    if head[:4] == b"RIFF" and head[8:11] == b"AVI":
        return "AVI"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "WEBM" if b"webm" in head[:64] else "MKV"
    for start, kind in _VIDEO_STARTS:
        if head.startswith(start):
            return kind
    for first, length in _PACKETS:
        if head[first : first + 3 * length : length] == b"GGG":
            return "MTS"
    return None


def is_video(head: bytes) -> bool:
    """Whether these first bytes are a film's."""
    return sniff_video(head) is not None


def _kind_by_brand(major: bytes) -> str | None:
    if major in _NO_VIDEO_BRANDS:
        return None
    if major == b"qt  ":
        return "MOV"
    return "3GP" if major[:2] == b"3g" else "MP4"


def _brands(head: bytes) -> set[bytes]:
    """The brands of an ISO media file's first box, the major one and the compatible ones."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
