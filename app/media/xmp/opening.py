"""Files opened for reading: regular ones alone, on this disk, without a trace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from app.errors import PhotoError, XmpError
from app.media.files import open_regular


def open_plain(path: Path) -> BinaryIO:
    """A file opened read-only. Raises XmpError with the reason when it cannot be, is no regular
    file, or is in the cloud."""
    try:
        return os.fdopen(open_regular(path), "rb")
    except PhotoError as error:
        raise XmpError(str(error)) from error


def read_exactly(stream: BinaryIO, count: int) -> bytes:
    """The next bytes. Raises EOFError when the file ends before."""
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
