"""Video source: the file of a video as FFmpeg reads it, piece by piece."""

from __future__ import annotations

import os
from typing import BinaryIO


class VideoSource:
    """A file as FFmpeg reads it: what goes wrong is the file's end to it, and is kept."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error = ""
        """Of the system; empty while all could be read."""

    def read(self, size: int) -> bytes:
        """The next bytes, at most so many."""
        try:
            return self._file.read(size)
        except OSError as error:
            self.error = error.strerror or str(error)
            return b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; -1 where there is none, as damaged tables have it."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            return -1

    def tell(self) -> int:
        """Where it is."""
        return self._file.tell()
