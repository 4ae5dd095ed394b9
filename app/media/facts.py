"""What is told of a file beside its picture, read without decoding that."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.errors import PhotoError
from app.media.exif import Exif
from app.media.files import read_start
from app.media.read import Photo, open_photo

_START = 1 << 18
"""Bytes: enough for EXIF, XMP, IPTC and a profile, which are 64 KiB each at most."""


def describe_file(path: Path, max_megapixels: int) -> Exif:
    """When, where and with which camera a photo was taken, without its pixels: of a JPEG no more
    than its start is read, as a rule.

    Raises PhotoError, its message the reason in a plain sentence.
    """
    start = read_start(path, _START)
    if start.kind == "JPEG":
        with suppress(PhotoError):  # what is told may lie further on
            return Photo(start, max_megapixels, path).exif
    with open_photo(path, max_megapixels) as photo:
        return photo.exif
