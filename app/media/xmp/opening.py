"""Files opened for reading: regular ones alone, without a trace, never waiting for anybody."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from app.errors import XmpError


def open_plain(path: Path) -> BinaryIO:
    """A file opened read-only. Raises XmpError when it cannot be, or is no regular file: opening a
    pipe would wait for its other end."""
    extras = ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in extras)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise XmpError("This is no regular file.")
        try:
            handle = os.open(path, flags | getattr(os, "O_NOATIME", 0))
        except PermissionError:  # only the owner of a file may ask for that
            handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise XmpError("The file cannot be opened.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # swapped since it was looked at
        os.close(handle)
        raise XmpError("This is no regular file.")
    return os.fdopen(handle, "rb")


def read_exactly(stream: BinaryIO, count: int) -> bytes:
    """The next bytes. Raises EOFError when the file ends before."""
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
