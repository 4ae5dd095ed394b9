"""Seeded damage: one valid file, and perhaps another, into a hostile one."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from tests.hostile.valid import Valid

ENDINGS = ("jpg", "png", "webp", "gif", "bmp", "tif", "heic", "avif", "mpo", "apng", "jfif")
_EXTREMES = (0, 1, 2, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Damage = Callable[[random.Random, Valid, Valid], bytes]


def parts(kind: str, data: bytes) -> list[tuple[int, int]]:
    """Where the chunks, segments, boxes or entries of a file begin and end."""
    walk = {"PNG": _png_parts, "JPEG": _jpeg_parts, "RIFF": _riff_parts, "ISO": _iso_parts,
            "TIFF": _tiff_parts}.get(kind, _even_parts)  # fmt: skip
    return walk(data) or _even_parts(data)


def _png_parts(data: bytes) -> list[tuple[int, int]]:
    found, at = [], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        found.append((at, min(end, len(data))))
        at = end
    return found


def _jpeg_parts(data: bytes) -> list[tuple[int, int]]:
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((at, min(end, len(data))))
        at = end
    return [*found, (min(at, len(data)), len(data))]


def _riff_parts(data: bytes) -> list[tuple[int, int]]:
    found, at = [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        found.append((at, min(end, len(data))))
        at = end
    return found


def _iso_parts(data: bytes) -> list[tuple[int, int]]:
    """Boxes, and the boxes within the one that describes the picture."""
    found: list[tuple[int, int]] = []

    def walk(at: int, end: int) -> None:
        while at + 8 <= end:
            size = int.from_bytes(data[at : at + 4], "big")
            if size < 8:
                return
            found.append((at, min(at + size, end)))
            if data[at + 4 : at + 8] in (b"meta", b"iprp", b"ipco", b"iinf"):
                skip = {b"meta": 12, b"iinf": 14}.get(data[at + 4 : at + 8], 8)
                walk(at + skip, min(at + size, end))
            at += size

    walk(0, len(data))
    return found


def _tiff_parts(data: bytes) -> list[tuple[int, int]]:
    order = "little" if data[:2] == b"II" else "big"
    at = int.from_bytes(data[4:8], order)  # type: ignore[arg-type]
    count = int.from_bytes(data[at : at + 2], order)  # type: ignore[arg-type]
    return [(at + 2 + 12 * n, at + 14 + 12 * n) for n in range(min(count, 60))]


def _even_parts(data: bytes) -> list[tuple[int, int]]:
    step = max(1, len(data) // 9)
    return [(at, min(at + step, len(data))) for at in range(0, len(data), step)]


def flip_bits(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """A few bits, more of them in the head."""
    data = bytearray(valid.data)
    for _n in range(rng.choice((1, 3, 10, 60))):
        end = len(data) if rng.random() < 0.5 else min(len(data), 600)
        data[rng.randrange(2, end)] ^= 1 << rng.randrange(8)
    return bytes(data)


def cut(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """The end is missing, or the middle."""
    data = valid.data
    at = rng.randrange(1, len(data))
    if rng.random() < 0.6:
        return data[:at]
    return data[:at] + data[min(len(data), at + rng.randrange(1, 2000)) :]


def splice(rng: random.Random, valid: Valid, other: Valid) -> bytes:
    """The beginning of one and the end of another."""
    at, there = rng.randrange(1, len(valid.data)), rng.randrange(len(other.data))
    return valid.data[:at] + other.data[there:]


def edit_length(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """The length of a chunk, segment, box or entry says something else."""
    data = bytearray(valid.data)
    start, _end = rng.choice(parts(valid.kind, valid.data))
    offset, form = {"PNG": (0, ">I"), "JPEG": (2, ">H"), "RIFF": (4, "<I"), "ISO": (0, ">I"),
                    "TIFF": (4, "<I")}.get(valid.kind, (rng.randrange(8), "<I"))  # fmt: skip
    at = min(start + offset, len(data) - 4)
    (now,) = struct.unpack_from(form, data, at)
    most = 0xFFFF if form.endswith("H") else 0xFFFFFFFF
    new = rng.choice((*_EXTREMES, now + 1, now - 1, now * 2, rng.randrange(most)))
    struct.pack_into(form, data, at, max(0, new) & most)
    return bytes(data)


def edit_field(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """A number within a chunk, segment, box or entry is an extreme one."""
    data = bytearray(valid.data)
    start, end = rng.choice(parts(valid.kind, valid.data))
    width = rng.choice((1, 2, 4))
    at = min(rng.randrange(start, max(start + 1, min(end, start + 40))), len(data) - width)
    value = rng.choice(_EXTREMES) & ((1 << 8 * width) - 1)
    data[at : at + width] = value.to_bytes(width, rng.choice(("big", "little")))  # type: ignore[arg-type]
    return _with_checksums(bytes(data), valid.kind)


def shuffle(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """Chunks, segments or boxes in another order, doubled or left out."""
    places = parts(valid.kind, valid.data)
    pieces = [valid.data[start:end] for start, end in places]
    for _n in range(rng.choice((1, 2, 5))):
        here = rng.randrange(len(pieces))
        what = rng.choice(("swap", "double", "drop"))
        if what == "swap":
            there = rng.randrange(len(pieces))
            pieces[here], pieces[there] = pieces[there], pieces[here]
        elif what == "double":
            pieces.insert(here, pieces[here])
        elif len(pieces) > 1:
            del pieces[here]
    return valid.data[: places[0][0]] + b"".join(pieces) + valid.data[places[-1][1] :]


def swap_heads(rng: random.Random, valid: Valid, other: Valid) -> bytes:
    """The head of another format before this body."""
    length = rng.choice((4, 8, 12, 32, 64, 200))
    return other.data[:length] + valid.data[length:]


def overwrite(rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """A stretch of zeros, ones or noise."""
    at = rng.randrange(4, len(valid.data))
    length = min(rng.choice((1, 16, 300, 5000)), len(valid.data) - at)
    stretch = rng.choice((bytes(length), b"\xff" * length, rng.randbytes(length)))
    return valid.data[:at] + stretch + valid.data[at + length :]


def rename(_rng: random.Random, valid: Valid, _: Valid) -> bytes:
    """Nothing but another name."""
    return valid.data


DAMAGES: dict[str, Damage] = {
    "bits": flip_bits,
    "cut": cut,
    "splice": splice,
    "length": edit_length,
    "field": edit_field,
    "shuffle": shuffle,
    "heads": swap_heads,
    "overwrite": overwrite,
    "ending": rename,
}


def mutate(rng: random.Random, damage: str, valid: Valid, other: Valid) -> tuple[bytes, str]:
    """The hostile bytes, and the ending of their name; damage sometimes comes twice."""
    data = DAMAGES[damage](rng, valid, other)
    if rng.random() < 0.25:
        again = Valid(valid.name, valid.kind, valid.ending, data or b"\0" * 8)
        if len(again.data) > 16:
            data = overwrite(rng, again, other)
    if valid.kind == "PNG" and rng.random() < 0.5:
        data = _with_checksums(data, valid.kind)
    ending = rng.choice(ENDINGS) if damage == "ending" or rng.random() < 0.05 else valid.ending
    return data, ending


def _with_checksums(data: bytes, kind: str) -> bytes:
    """A PNG whose checksums are right again, so that its damage is looked at."""
    if kind != "PNG":
        return data
    mended = bytearray(data)
    for start, end in _png_parts(data):
        if end - start >= 12:
            mended[end - 4 : end] = zlib.crc32(data[start + 4 : end - 4]).to_bytes(4, "big")
    return bytes(mended)
