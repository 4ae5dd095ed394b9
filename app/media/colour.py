"""Every way to store colours, brought to RGB with 8 bits."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

_SPACES = {"RGB": "RGB", "CMYK": "CMYK", "GRAY": "L"}
"""Colour space of a profile -> Pillow's mode."""


def flatten(image: Image.Image) -> Image.Image:
    """The image in mode RGB, L or CMYK: what was transparent is white, deep greys are scaled."""
    if image.mode == "F" or image.mode.startswith("I"):
        return Image.fromarray(_eight_bits(np.asarray(image)))
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    if image.mode in ("RGB", "L", "CMYK"):
        return image
    if image.mode == "LAB":
        white, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        lab = ImageCms.buildTransform(white, srgb, "LAB", "RGB")
        return ImageCms.applyTransform(image, lab) or image
    return image.convert("L" if image.mode == "1" else "RGB")


class ColourProfile:
    """A photo's embedded ICC profile; one that is sRGB, broken or missing does nothing."""

    def __init__(self, icc: object) -> None:
        self._transform: ImageCms.ImageCmsTransform | None = None
        self._mode = ""
        if isinstance(icc, bytes) and icc:
            try:
                self._open(icc)
            except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
                self._transform = None

    def _open(self, icc: bytes) -> None:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        mode = _SPACES.get(profile.profile.xcolor_space.strip(), "")
        if not mode or "srgb" in (profile.profile.profile_description or "").lower():
            return
        self._mode = mode
        self._transform = ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), mode, "RGB"
        )

    def to_rgb(self, image: Image.Image) -> Image.Image:
        """A flattened image in sRGB, mode RGB."""
        if self._transform is not None and image.mode == self._mode:
            return ImageCms.applyTransform(image, self._transform) or image
        return image if image.mode == "RGB" else image.convert("RGB")


def _eight_bits(values: np.ndarray) -> np.ndarray:
    """Grey values of any depth (H, W) -> uint8 (H, W): scaled, never clipped at 255.

    16 bits are known to reach from 0 to 65535; of wider types the range has to be guessed.
    """
    if values.dtype.itemsize == 2:
        return ((values.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    wide = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    highest = float(wide.max(initial=0.0))
    is_fraction = values.dtype.kind == "f" and highest <= 1.0
    tops = (1.0,) if is_fraction else (255.0, 65535.0, highest)
    top = next(top for top in tops if highest <= top)
    return np.clip(np.rint(wide * (255.0 / top)), 0, 255).astype(np.uint8)
