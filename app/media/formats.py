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
        ".jxl",
    }
)
"""Lower case, with the dot."""

RAW_EXTENSIONS = frozenset(
    {
        *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq"),
        *(".k25", ".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef"),
        *(".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f"),
    }
)
"""Of what cameras write before they make a picture of it; lower case, with the dot."""

OTHER_EXTENSIONS = frozenset(
    {
        *(".psd", ".psb", ".xcf", ".jp2", ".j2k", ".jpf", ".jpx", ".jxr", ".wdp", ".hdp", ".exr"),
        *(".hdr", ".tga", ".pcx", ".bpg", ".flif"),
    }
)
"""Of pictures that we cannot open and that may be somebody's photos: they are listed with the
reason, where documents and drawings (PDF, SVG) in the same folder are nobody's loss."""

_PAIRED = frozenset({".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".hif"})
"""What cameras and phones write beside a raw file of the same name."""

VIDEO_EXTENSIONS = frozenset(
    {
        *(".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".3gpp", ".mkv", ".webm", ".avi", ".divx"),
        *(".mts", ".m2ts", ".m2t", ".mpg", ".mpeg", ".mpe", ".m2v", ".vob", ".mod", ".tod", ".wmv"),
        *(".asf", ".flv", ".f4v", ".ogv"),
    }
)
"""Lower case, with the dot. Not .ts, which is a program's text more often than a film."""

HEAD_BYTES = 1024
"""How much of the start of a file `sniff` wants to see: the kind of an SVG is told that late."""

RAW_TYPE = "image/x-dcraw"
"""The MIME type that desktops know raw files of every maker by (shared-mime-info)."""
_CONTENT_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
    "JXL": "image/jxl",
    "RAW": RAW_TYPE,
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
    (b"\xff\x0a", "JXL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
    (b"IIU\0", "RAW"),  # Panasonic, Leica
    (b"IIRO", "RAW"),  # Olympus, OM
    (b"IIRS", "RAW"),
    (b"MMOR", "RAW"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"\0MRM", "RAW"),  # Minolta
    (b"FOVb", "RAW"),  # Sigma
    (b"II\x1a\0\0\0HEAPCCDR", "RAW"),  # Canon until 2004
)
_RAW_BRANDS = {b"crx "}
_OTHERS = (
    (b"8BPS", "a Photoshop picture (PSD)"),
    (b"gimp xcf", "a picture of GIMP (XCF)"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"II\xbc", "a JPEG XR picture"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance picture (HDR)"),
    (b"#?RGBE", "a Radiance picture (HDR)"),
    (b"BPG\xfb", "a BPG picture"),
    (b"FLIF", "a FLIF picture"),
    (b"\0\0\1\0", "an icon (ICO)"),
    (b"icns", "an icon (ICNS)"),
    (b"P4\n", "a PNM picture"),
    (b"P5\n", "a PNM picture"),
    (b"P6\n", "a PNM picture"),
    (b"AT&TFORM", "a DjVu document"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript drawing (EPS)"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript drawing (EPS)"),
    (b"\xd7\xcd\xc6\x9a", "a drawing (WMF)"),
    (b"PK\3\4", "a ZIP archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "an archive (gzip)"),
)
"""What is no photo of ours, and how we call it."""
_MARKUP = (
    (b"<svg", "a drawing (SVG)"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
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
    suffix = path.suffix.lower()
    is_ours = suffix in EXTENSIONS or suffix in RAW_EXTENSIONS or suffix in OTHER_EXTENSIONS
    return is_ours and not path.name.startswith("._")


def is_raw_name(path: Path) -> bool:
    """Whether a file is a camera's raw one by its name."""
    return path.suffix.lower() in RAW_EXTENSIONS


def developed_stem(path: Path) -> str | None:
    """The name without its ending, in lower case, of a file that may be the picture the camera made
    of a raw file of that name; None for any other."""
    return path.stem.lower() if path.suffix.lower() in _PAIRED else None


def content_type(kind: str) -> str:
    """The MIME type of what `sniff` named."""
    return _CONTENT_TYPES[kind]


def sniff(head: bytes) -> str | None:
    """Which kind of picture starts with these bytes, in Pillow's word; None for none of ours.

    Many raw files begin as a TIFF does: `tiff.is_raw` tells them apart.
    """
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
    if brands & _RAW_BRANDS:
        return "RAW"
    return None


def other_kind(head: bytes) -> str | None:
    """What a file is that starts with these bytes and is no picture of ours, with its article;
    None when nothing tells."""
    for start, name in _OTHERS:
        if head.startswith(start):
            return name
    markup = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if markup.startswith(b"<"):
        return next((name for tag, name in _MARKUP if tag in markup), None)
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
