"""Valid pictures in every format that the album opens, from which hostile ones are made."""

from __future__ import annotations

import functools
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pillow_heif
import pylibjxl
from PIL import Image

from tests.media.raws import dng
from tests.media.samples import scene

SIZE = (240, 180)


@dataclass(frozen=True)
class Valid:
    """The bytes of one valid file."""

    name: str
    kind: str
    """The family of its format, by which its parts are known: PNG, JPEG, RIFF, ISO, TIFF, ..."""
    ending: str
    data: bytes


def _saved(image: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def _exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0112] = "Maker", "Model 7", 6
    tags[0x0132] = "2019:08:04 17:03:55"
    inner = tags.get_ifd(0x8769)
    inner[0x9003], inner[0x927C] = "2019:08:04 17:03:55", b"note" * 50
    tags.get_ifd(0x8825)[2] = (48.0, 8.0, 15.0)
    return tags


def _deep(picture: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)


def _clear(picture: Image.Image) -> Image.Image:
    """The same, seen through here and there."""
    clear = picture.convert("RGBA")
    clear.putalpha(picture.convert("L"))
    return clear


def _frames(picture: Image.Image) -> list[Image.Image]:
    return [picture.rotate(angle) for angle in (0, 20, 40, 60)]


def _animated(picture: Image.Image, format_: str, **options: object) -> bytes:
    first, *others = _frames(picture.resize((96, 72)))
    return _saved(first, format_, save_all=True, append_images=others, **options)


Make = Callable[[Image.Image], bytes]

_MAKERS: dict[str, tuple[str, str, Make]] = {
    "jpeg": ("JPEG", "jpg", lambda p: _saved(p, "JPEG", quality=85)),
    "jpeg-progressive": ("JPEG", "jpg", lambda p: _saved(p, "JPEG", progressive=True)),
    "jpeg-cmyk": ("JPEG", "jpeg", lambda p: _saved(p.convert("CMYK"), "JPEG")),
    "jpeg-grey": ("JPEG", "jpe", lambda p: _saved(p.convert("L"), "JPEG")),
    "jpeg-exif": ("JPEG", "jpg", lambda p: _saved(p, "JPEG", exif=_exif(), xmp=b"<x/>" * 200)),
    "mpo": ("JPEG", "mpo", lambda p: _animated(p, "MPO")),
    "png-1": ("PNG", "png", lambda p: _saved(p.convert("1"), "PNG")),
    "png-8": ("PNG", "png", lambda p: _saved(p.convert("L"), "PNG")),
    "png-16": ("PNG", "png", lambda p: _saved(_deep(p), "PNG")),
    "png-rgb": ("PNG", "png", lambda p: _saved(p, "PNG", exif=_exif())),
    "png-rgba": ("PNG", "png", lambda p: _saved(_clear(p), "PNG")),
    "png-palette": ("PNG", "png", lambda p: _saved(p.quantize(64), "PNG", transparency=3)),
    "apng": ("PNG", "apng", lambda p: _animated(p, "PNG")),
    "webp-lossy": ("RIFF", "webp", lambda p: _saved(p, "WEBP", exif=_exif())),
    "webp-lossless": ("RIFF", "webp", lambda p: _saved(p, "WEBP", lossless=True)),
    "webp-alpha": ("RIFF", "webp", lambda p: _saved(_clear(p), "WEBP")),
    "webp-animated": ("RIFF", "webp", lambda p: _animated(p, "WEBP")),
    "gif": ("GIF", "gif", lambda p: _saved(p, "GIF")),
    "gif-animated": ("GIF", "gif", lambda p: _animated(p, "GIF", loop=0)),
    "bmp": ("BMP", "bmp", lambda p: _saved(p, "BMP")),
    "bmp-palette": ("BMP", "dib", lambda p: _saved(p.quantize(16), "BMP")),
    "tiff": ("TIFF", "tif", lambda p: _saved(p, "TIFF", exif=_exif())),
    "tiff-lzw": ("TIFF", "tiff", lambda p: _saved(p, "TIFF", compression="tiff_lzw")),
    "tiff-deflate": ("TIFF", "tif", lambda p: _saved(_deep(p), "TIFF", compression="tiff_deflate")),
    "tiff-jpeg": ("TIFF", "tif", lambda p: _saved(p, "TIFF", compression="jpeg")),
    "tiff-fax": ("TIFF", "tif", lambda p: _saved(p.convert("1"), "TIFF", compression="group4")),
    "tiff-packbits": ("TIFF", "tif", lambda p: _saved(p, "TIFF", compression="packbits")),
    "tiff-pages": ("TIFF", "tif", lambda p: _animated(p, "TIFF")),
    "heic": ("ISO", "heic", lambda p: _saved(p, "HEIF", exif=_exif())),
    "dng": ("TIFF", "dng", lambda p: dng(p, 6)),
    "dng-preview": ("TIFF", "nef", lambda p: dng(p, 8, p)),
    "jxl": ("JXL", "jxl", lambda p: pylibjxl.encode(np.asarray(p), effort=3)),
    "jxl-jpeg": ("ISO", "jxl", lambda p: pylibjxl.jpeg_to_jxl(_saved(p, "JPEG", exif=_exif()))),
    "avif": ("ISO", "avif", lambda p: _saved(p, "AVIF", speed=8, max_threads=1)),
}


def interlaced(picture: Image.Image) -> bytes:
    """An interlaced PNG, which Pillow reads and does not write."""
    from tests.hostile.special import png

    grey = np.asarray(picture.convert("L"))
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
              (1, 0, 2, 1))  # fmt: skip
    rows = [
        b"\0" + row.tobytes() for y, x, down, across in passes for row in grey[y::down, x::across]
    ]
    return png(grey.shape[1], grey.shape[0], 8, 0, b"".join(rows), interlace=1)


@functools.cache
def valid_files() -> tuple[Valid, ...]:
    """One file of each kind, always the same bytes."""
    pillow_heif.register_heif_opener()
    noise = Image.frombytes("RGB", SIZE, random.Random(1).randbytes(3 * SIZE[0] * SIZE[1]))
    picture = Image.blend(scene(*SIZE), noise, 0.2)
    made = [
        Valid(name, kind, ending, make(picture)) for name, (kind, ending, make) in _MAKERS.items()
    ]
    return (*made, Valid("png-interlaced", "PNG", "png", interlaced(picture)))
