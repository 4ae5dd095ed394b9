"""Part: what lies in a file from one byte on, to be read as a file of its own."""

from __future__ import annotations

import io
from typing import BinaryIO


class Part(io.RawIOBase):
    """Reads an opened file, which it does not close; its first byte is `begin` of the file."""

    def __init__(self, file: BinaryIO, begin: int) -> None:
        super().__init__()
        self._file = file
        self._begin = begin
        file.seek(begin)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            return self._file.seek(max(0, offset) + self._begin) - self._begin
        return max(0, self._file.seek(offset, whence) - self._begin)

    def tell(self) -> int:
        return self._file.tell() - self._begin

    def fileno(self) -> int:
        return self._file.fileno()
