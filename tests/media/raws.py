"""Raw files made up for the tests: a DNG as a camera writes it, built tag by tag."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

from tests.media.samples import encode

TAKEN = "2019:08:04 17:03:55"
_BYTE, _TEXT, _SHORT, _LONG, _RATIO, _SIGNED = 1, 2, 3, 4, 5, 10
_PACKED = {_BYTE: "B", _SHORT: "H", _LONG: "I", _RATIO: "I", _SIGNED: "i"}
_TO_CAMERA = (3.24045, -1.53714, -0.49853, -0.96927, 1.87601, 0.04156, 0.05564, -0.20403, 1.05723)
"""From XYZ to linear sRGB, which is this camera's own colour space."""

Tag = tuple[int, int, str | list[int]]


def dng(
    stored: Image.Image,
    orientation: int = 1,
    preview: Image.Image | None = None,
    order: str = "<",
    camera: str = "Kinfolk One",
) -> bytes:
    """A DNG whose sensor saw these pixels through a Bayer filter, with a JPEG beside them."""
    rgb = np.asarray(stored.convert("RGB"))
    height, width, _ = rgb.shape
    linear = ((np.arange(256) / 255.0) ** 2.2 * 65535).astype(order + "u2")
    mosaic = linear[rgb[..., 1]]
    mosaic[0::2, 0::2] = linear[rgb[0::2, 0::2, 0]]
    mosaic[1::2, 1::2] = linear[rgb[1::2, 1::2, 2]]
    jpeg = b"" if preview is None else encode(preview, "JPEG")
    small = (0, 0) if preview is None else preview.size

    def parts(at: list[int]) -> list[bytes]:
        tags: list[Tag] = [
            (254, _LONG, [0]), (256, _LONG, [width]), (257, _LONG, [height]), (258, _SHORT, [16]),
            (259, _SHORT, [1]), (262, _SHORT, [32803]), (271, _TEXT, camera.split()[0]),
            (272, _TEXT, camera), (273, _LONG, [at[3]]), (274, _SHORT, [orientation]),
            (277, _SHORT, [1]), (278, _LONG, [height]), (279, _LONG, [mosaic.nbytes]),
            (0x828D, _SHORT, [2, 2]), (0x828E, _BYTE, [0, 1, 1, 2]), (0x8769, _LONG, [at[1]]),
            (0xC612, _BYTE, [1, 4, 0, 0]), (0xC613, _BYTE, [1, 1, 0, 0]), (0xC614, _TEXT, camera),
            (0xC61D, _LONG, [65535]),
            (0xC621, _SIGNED, [n for v in _TO_CAMERA for n in (round(v * 10**5), 10**5)]),
            (0xC628, _RATIO, [1] * 6), (0xC65A, _SHORT, [21]),
        ]  # fmt: skip
        if jpeg:
            tags.append((330, _LONG, [at[2]]))
        beside: list[Tag] = [
            (254, _LONG, [1]), (256, _LONG, [small[0]]), (257, _LONG, [small[1]]),
            (258, _SHORT, [8, 8, 8]), (259, _SHORT, [7]), (262, _SHORT, [6]), (273, _LONG, [at[4]]),
            (277, _SHORT, [3]), (278, _LONG, [small[1]]), (279, _LONG, [len(jpeg)]),
        ]  # fmt: skip
        exif: list[Tag] = [(0x9003, _TEXT, TAKEN), (0x829D, _RATIO, [28, 10])]
        return [
            _directory(tags, at[0], order), _directory(exif, at[1], order),
            _directory(beside, at[2], order) if jpeg else b"", mosaic.tobytes(), jpeg,
        ]  # fmt: skip

    places = [8, 0, 0, 0, 0]
    for _ in range(2):  # once to know how long each part is
        made = parts(places)
        places = [8 + sum(map(len, made[:index])) for index in range(5)]
    start = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return start + b"".join(parts(places))


def cr3(exif: Image.Exif) -> bytes:
    """The boxes of a CR3 file that tell of the camera and the date, and nothing else of it."""
    main, inner = Image.Exif(), Image.Exif()
    main.update(exif)
    inner.update(exif.get_ifd(0x8769))
    meta = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    for name, part in ((b"CMT1", main), (b"CMT2", inner)):
        meta += _box(name, part.tobytes().removeprefix(b"Exif\0\0"))
    kind = _box(b"ftyp", b"crx \0\0\0\1crx isom")
    return kind + _box(b"moov", _box(b"uuid", bytes(16)) + _box(b"uuid", meta))


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def _directory(tags: list[Tag], at: int, order: str) -> bytes:
    """An image file directory that begins at a place of the file, and its values behind it."""
    rows, values, behind = b"", b"", at + 2 + 12 * len(tags) + 4
    for tag, kind, value in sorted(tags):
        if isinstance(value, str):
            packed, count = value.encode() + b"\0", len(value) + 1
        else:
            packed = struct.pack(f"{order}{len(value)}{_PACKED[kind]}", *value)
            count = len(value) // (2 if kind in (_RATIO, _SIGNED) else 1)
        if len(packed) > 4:
            place = struct.pack(order + "I", behind + len(values))
            values += packed + bytes(len(packed) % 2)
        else:
            place = packed.ljust(4, b"\0")
        rows += struct.pack(order + "HHI", tag, kind, count) + place
    return struct.pack(order + "H", len(tags)) + rows + bytes(4) + values
