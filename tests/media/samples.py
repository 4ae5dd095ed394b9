"""Photos made up for the tests: an asymmetric picture in every kind, orientation and depth."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

KINDS = {
    "JPEG": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "BMP": "bmp",
    "TIFF": "tif",
    "HEIF": "heic",
    "AVIF": "avif",
}


def scene(width: int, height: int) -> Image.Image:
    """A smooth picture with no symmetry: red grows to the right, green downwards, and the upper
    left quarter is blue."""
    red = np.linspace(0, 255, width)[None, :].repeat(height, 0)
    green = np.linspace(0, 255, height)[:, None].repeat(width, 1)
    blue = np.zeros((height, width))
    blue[: height // 2, : width // 2] = 255
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


def encode(image: Image.Image, kind: str, orientation: int = 1, **options: object) -> bytes:
    """The bytes of a picture file, with EXIF when the picture lies on its side."""
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    if orientation != 1:
        tags = Image.Exif()
        tags[0x0112] = orientation
        options["exif"] = tags
    if kind in ("JPEG", "WEBP", "AVIF", "HEIF"):
        options.setdefault("quality", 95)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def lay(upright: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera held that way stores it: written out pixel by pixel, from the EXIF
    standard's words on which stored row and column is the visual top and left side."""
    seen = np.asarray(upright)
    by_column = seen.swapaxes(0, 1)
    stored = {
        1: seen,
        2: seen[:, ::-1],
        3: seen[::-1, ::-1],
        4: seen[::-1],
        5: by_column,
        6: by_column[::-1],
        7: by_column[::-1, ::-1],
        8: by_column[:, ::-1],
    }[orientation]
    return Image.fromarray(np.ascontiguousarray(stored))


def swapped_profile() -> bytes:
    """A colour profile that is sRGB but for its name, its red and blue columns exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    table = {bytes(profile[at : at + 4]): at for at in range(132, 400, 12)}
    red, blue = table[b"rXYZ"], table[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "aRGB".encode("utf-16-be"))


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file in a test's own folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def promising(width: int, height: int) -> bytes:
    """A BMP whose header tells of more pixels than follow."""
    small = encode(Image.new("1", (8, 8)), "BMP")
    return small[:18] + width.to_bytes(4, "little") + height.to_bytes(4, "little") + small[26:]
