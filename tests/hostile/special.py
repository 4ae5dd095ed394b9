"""Hostile pictures made on purpose: bombs, giants, endless frames, loops in the metadata."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Callable, Iterable

from PIL import Image

from tests.media.samples import encode, promising, scene

FRAMES = 10_000
GIANT = 30_000


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    body = name + content
    return struct.pack(">I", len(content)) + body + zlib.crc32(body).to_bytes(4, "big")


def png(
    width: int, height: int, depth: int, colour: int, rows: bytes | Iterable[bytes],
    before: bytes = b"", interlace: int = 0,
) -> bytes:  # fmt: skip
    """A PNG of rows as they are stored, with further chunks before the pixels."""
    packer = zlib.compressobj(1)
    pieces = [rows] if isinstance(rows, bytes) else rows
    packed = b"".join(packer.compress(piece) for piece in pieces) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )  # fmt: skip


def flat_png(side: int, depth: int, colour: int, channels: int) -> bytes:
    """A black square of any size in a few kilobytes."""
    row = bytes(1 + (side * depth * channels + 7) // 8)
    return png(side, side, depth, colour, (row for _ in range(side)))


def with_chunk(name: bytes, content: bytes) -> bytes:
    """A small PNG with one more chunk."""
    return png(8, 8, 8, 0, bytes(9 * 8), before=chunk(name, content))


@functools.cache
def packed_zeros(megabytes: int) -> bytes:
    """What a decompressor swells to so much."""
    packer = zlib.compressobj(9)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def flat_jpeg(width: int, height: int) -> bytes:
    """A grey JPEG of any size: of each block of 8 x 8 it says in six bits that nothing changes."""
    small = encode(Image.new("L", (8, 8), 128), "JPEG")
    frame = small.index(b"\xff\xc0")
    scan = small.index(b"\xff\xda")
    head = small[: scan + 2 + int.from_bytes(small[scan + 2 : scan + 4], "big")]
    size = struct.pack(">HH", height, width)
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    return (
        head[: frame + 5]
        + size
        + head[frame + 9 :]
        + b"\x28\xa2\x8a" * (blocks // 4 + 1)
        + (b"\xff\xd9")
    )


def tiff(entries: list[tuple[int, int, int, int]], following: int = 0, rest: bytes = b"") -> bytes:
    """A TIFF of one directory: tag, type, count and value of each entry."""
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", following)
        + rest
    )  # fmt: skip


def grey_tiff(
    width: int, height: int, following: int = 0, more: Iterable[tuple[int, ...]] = ()
) -> bytes:
    """A raw grey TIFF of one strip, with further entries."""
    count = 8 + len(list(more))
    start = 8 + 2 + 12 * count + 4
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, start), (277, 3, 1, 1), (279, 4, 1, width * height), *more,
    ]  # fmt: skip
    return tiff(entries, following, bytes(width * height))


def exif_jpeg(body: bytes) -> bytes:
    """A JPEG whose EXIF block is this TIFF."""
    content = b"Exif\0\0" + body
    plain = encode(scene(64, 48), "JPEG")
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + plain[2:]


def endless_gif(frames: int) -> bytes:
    """A GIF of so many frames."""
    plain = encode(Image.new("P", (16, 16)), "GIF")
    start = plain.index(b"\x2c\0\0\0\0\x10\0\x10\0")
    return plain[:start] + plain[start:-1] * frames + b";"


def endless_png(frames: int) -> bytes:
    """An APNG of so many frames."""
    pixels = zlib.compress(bytes(17 * 16))
    control = struct.pack(">IIIIHHBB", 16, 16, 0, 0, 1, 100, 0, 0)
    pieces = [
        chunk(b"fcTL", struct.pack(">I", 2 * n + 1) + control)
        + chunk(b"fdAT", struct.pack(">I", 2 * n + 2) + pixels)
        for n in range(frames - 1)
    ]
    first = chunk(b"acTL", struct.pack(">II", frames, 0)) + chunk(
        b"fcTL", struct.pack(">I", 0) + control
    )
    plain = png(16, 16, 8, 0, bytes(17 * 16), before=first)
    return plain[:-12] + b"".join(pieces) + plain[-12:]


def endless_webp(frames: int) -> bytes:
    """An animated WebP of so many frames."""
    out = io.BytesIO()
    one, other = scene(16, 16), scene(16, 16).rotate(90)
    one.save(out, "WEBP", save_all=True, append_images=[other])
    plain = out.getvalue()
    start = plain.index(b"ANMF")
    end = start + 8 + int.from_bytes(plain[start + 4 : start + 8], "little")
    body = plain[8:start] + plain[start:end] * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wide_webp(side: int) -> bytes:
    """A WebP whose canvas is as large as that, and its picture tiny."""
    plain = bytearray(endless_webp(1))
    plain[24:30] = (side - 1).to_bytes(3, "little") * 2
    return bytes(plain)


def cyclic_tiff() -> bytes:
    """A TIFF whose next page is its first."""
    return grey_tiff(32, 32, following=8)


SPECIALS: dict[str, tuple[str, Callable[[], bytes]]] = {
    # name.ending: what is expected of it ("looked", "skipped" or "any"), and how it is made
    "giant-1-bit.png": ("skipped", lambda: flat_png(GIANT, 1, 0, 1)),
    "giant.jpg": ("skipped", lambda: flat_jpeg(GIANT, GIANT)),
    "giant-fax.tif": ("skipped", lambda: _giant_tiff()),
    "giant.bmp": ("skipped", lambda: promising(GIANT, GIANT)),
    "giant.gif": ("skipped", lambda: _giant_gif()),
    "giant-canvas.webp": ("any", lambda: wide_webp(16_384)),
    "large-1-bit.png": ("any", lambda: flat_png(20_000, 1, 0, 1)),
    "large.jpg": ("looked", lambda: flat_jpeg(19_000, 19_000)),
    "strip.jpg": ("looked", lambda: flat_jpeg(65_000, 8)),
    "line.png": ("looked", lambda: png(1, 60_000, 8, 0, bytes(2 * 60_000))),
    "one-pixel.png": ("looked", lambda: png(1, 1, 8, 0, b"\0\0")),
    "bomb-iccp.png": ("any", lambda: with_chunk(b"iCCP", b"x\0\0" + packed_zeros(100))),
    "bomb-ztxt.png": ("any", lambda: with_chunk(b"zTXt", b"x\0\0" + packed_zeros(100))),
    "bomb-itxt.png": (
        "any", lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed_zeros(100)),
    ),
    "bomb-pixels.png": ("any", lambda: png(8, 8, 8, 0, (bytes(10**6) for _ in range(500)))),
    "xmp-100-mb.png": (
        "any", lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b"<x/> " * 20_000_000),
    ),
    "many-chunks.png": ("looked", lambda: _many_chunks()),
    "endless.gif": ("looked", lambda: endless_gif(FRAMES)),
    "endless.apng": ("looked", lambda: endless_png(FRAMES)),
    "endless.webp": ("looked", lambda: endless_webp(FRAMES)),
    "cyclic.tif": ("looked", cyclic_tiff),
    "huge-count.tif": ("any", lambda: grey_tiff(32, 32, more=((306, 2, 0xFFFFFFFF, 8),))),
    "promising.tif": ("skipped", lambda: grey_tiff(32, 32)[:150]),
    "exif-cycle.jpg": (
        "looked", lambda: exif_jpeg(tiff([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8)], following=8)),
    ),
    "exif-huge-counts.jpg": (
        "looked",
        lambda: exif_jpeg(tiff([(0x010F, 2, 0xFFFFFFFF, 8), (0x9003, 12, 0x20000000, 8)])),
    ),
    "exif-noise.jpg": ("looked", lambda: exif_jpeg(b"II*\0" + bytes(range(256)) * 200)),
    "letter.jpg": ("skipped", lambda: b"Dear Anna,\nthe photos are on the other disk.\n"),
    "page.png": ("skipped", lambda: b"<!DOCTYPE html><html><body>404</body></html>"),
    "film.jpg": ("skipped", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(5000)),
    "film.mp4": ("skipped", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(5000)),
    "atoms.mov": ("skipped", lambda: b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff" * 500),
    "nested.mp4": ("skipped", lambda: b"".join(b"\0\1\0\0moov" for _ in range(9000))),
    "ebml.mkv": ("skipped", lambda: b"\x1aE\xdf\xa3" + bytes(range(256)) * 200),
    "riff.avi": ("skipped", lambda: b"RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\xffhdrl" * 300),
    "packets.mts": ("skipped", lambda: (b"G" + bytes(187)) * 5000),
    "playlist.mp4": ("skipped", lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
    "empty.webm": ("skipped", lambda: b""),
    "archive.png": ("skipped", lambda: b"PK\3\4" + bytes(500)),
    "program.jpg": ("skipped", lambda: b"MZ\x90\0" + bytes(500)),
    "empty.jpg": ("skipped", lambda: b""),
    "byte.png": ("skipped", lambda: b"\x89"),
    "zeros.jpg": ("skipped", lambda: bytes(200_000)),
    "head.jpg": ("skipped", lambda: b"\xff\xd8\xff"),
}  # fmt: skip


def _giant_tiff() -> bytes:
    """One bit a pixel, packed by the fax way: a row like the row above is a single bit."""
    rows = b"\xff" * (GIANT // 8 + 1)
    start = 8 + 2 + 12 * 8 + 4
    return tiff(
        [
            (256, 4, 1, GIANT), (257, 4, 1, GIANT), (258, 3, 1, 1), (259, 3, 1, 4), (262, 3, 1, 0),
            (273, 4, 1, start), (278, 4, 1, GIANT), (279, 4, 1, len(rows)),
        ],
        rest=rows,
    )  # fmt: skip


def _giant_gif() -> bytes:
    plain = encode(Image.new("P", (8, 8)), "GIF")
    return plain[:6] + struct.pack("<HH", 65_535, 65_535) + plain[10:]


def _many_chunks() -> bytes:
    return png(8, 8, 8, 0, bytes(9 * 8), before=chunk(b"teXt", b"a\0b") * 100_000)
