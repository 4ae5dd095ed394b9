"""What of a file is shown: a sentence where that is not all there is in it."""

from __future__ import annotations

from PIL import Image, TiffImagePlugin

from app.media.raw import RawImage

_SUBFILE, _NO_PAGE = 254, 1 | 4
"""TIFF's NewSubfileType; bits that tell of a smaller copy and of a mask."""
_MANY = 1000
"""Pages of a TIFF beyond which nobody counts."""
_MP_ENTRIES = 0xB002
"""Of a JPEG's multi-picture index."""


def note(image: Image.Image) -> str:
    """What of an opened file is not shown, in a sentence; empty when all of it is."""
    if isinstance(image, RawImage):
        return _of_raw(image)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return _of_pages(image)
    if image.format == "MPO":
        return _of_views(image)
    if not getattr(image, "is_animated", False):
        return ""
    if image.format == "HEIF":
        return "There is more than one picture in the file; the main one is shown."
    return "The picture moves; it is shown as it begins."


def _of_raw(image: RawImage) -> str:
    if image.is_whole:
        return ""
    had, full = (f"{size[0]} x {size[1]}" for size in image.sizes)
    if image.is_preview:
        return f"Of this raw file the camera’s own preview is shown: {had} of {full} pixels."
    return f"This raw file is shown at half its size: {had} of {full} pixels."


def _of_pages(image: TiffImagePlugin.TiffImageFile) -> str:
    """Pages are counted; smaller copies of the first that cameras and scanners add are none."""
    pages = 0
    for page in range(min(image.n_frames, _MANY)):
        image.seek(page)
        pages += not image.tag_v2.get(_SUBFILE, 0) & _NO_PAGE
    return f"Only the first of its {pages} pages is shown." if pages > 1 else ""


def _of_views(image: Image.Image) -> str:
    """A second view, as 3D cameras take it; phones keep other things there that are no pictures."""
    entries = getattr(image, "mpinfo", {}).get(_MP_ENTRIES, ())
    kinds = [str(entry["Attribute"]["MPType"]) for entry in entries]
    if any(kind.startswith("Multi-Frame") for kind in kinds[1:]):
        return f"Only the first of its {len(kinds)} views is shown."
    return ""
