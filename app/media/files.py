"""The bytes of one regular file, read once; everything else becomes a plain reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import PhotoError
from app.media import formats

MAX_BYTES = 1 << 30
"""A larger file is no photo: 400 megapixels as a good JPEG are a fifth of this."""

_CHUNK = 1 << 26


@dataclass(frozen=True, slots=True)
class FileContent:
    """A whole file as it was at one moment."""

    data: bytes
    kind: str
    """What `formats.sniff` saw in it."""
    modified: float
    """Seconds since 1970."""


def read_file(path: Path) -> FileContent:
    """The content of a picture file of a kind we know, opened read-only and once.

    Pipes, devices and sockets are never opened: opening alone can block or do harm.
    Raises PhotoError with the reason.
    """
    try:
        _demand_regular(path.stat())
        handle = _open(path)
        try:
            before = os.fstat(handle)
            _demand_regular(before)  # it may have been swapped since it was looked at
            if before.st_size > MAX_BYTES:
                raise PhotoError("The file is too large to be a photo.")
            head = os.read(handle, formats.HEAD_BYTES)
            kind = _kind(head)
            data = _read_rest(handle, head, before.st_size)
            after = os.fstat(handle)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise PhotoError(_reason(path, error)) from error
    was, now = (before.st_size, before.st_mtime_ns), (after.st_size, after.st_mtime_ns)
    if was != now or len(data) != after.st_size:
        raise PhotoError("The file was being changed while it was read.")
    return FileContent(data, kind, after.st_mtime)


def _open(path: Path) -> int:
    """The file opened, where the system allows it without a trace: not even the time of its last
    access changes."""
    try:
        return os.open(path, _read_flags() | getattr(os, "O_NOATIME", 0))
    except PermissionError:  # only the owner of a file may ask for that
        return os.open(path, _read_flags())


def _read_flags() -> int:
    """Read-only; never waiting for a pipe's other end, never taking over a terminal."""
    extras = ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
    return os.O_RDONLY | sum(getattr(os, name, 0) for name in extras)


def _demand_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise PhotoError("This is a folder, not a photo.")
    if not stat.S_ISREG(status.st_mode):
        raise PhotoError("This is a device or a pipe, not a photo.")


def _kind(head: bytes) -> str:
    if not head:
        raise PhotoError("The file is empty.")
    kind = formats.sniff(head)
    if kind is not None:
        return kind
    if formats.is_video(head):
        raise PhotoError("This is a video and no photo.")
    if not head.strip(b"\0"):
        raise PhotoError("The picture is damaged: there is nothing in the file but zeros.")
    raise PhotoError("This is not a kind of picture that Kinfolk can open.")


def _read_rest(handle: int, head: bytes, size: int) -> bytes:
    """Head and all that follows, at most one chunk more than `size` says."""
    parts, length = [head], len(head)
    while length <= size:
        part = os.read(handle, min(_CHUNK, size + 1 - length))
        if not part:
            break
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def _reason(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "You may not read this file."
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises on some odd paths
            return "This is a link to a file that is not there."
        return "The file is no longer there."
    if isinstance(error, OSError) and error.strerror:
        return f"The file cannot be read: {error.strerror}."
    return "The file cannot be read: its name is not usable."


def is_video_file(path: Path) -> bool:
    """Whether a file is a video, by its content; of one that tells nothing, by its name.

    Raises PhotoError when it cannot be read.
    """
    with opened_file(path) as file:
        try:
            head = file.read(formats.VIDEO_HEAD_BYTES)
        except OSError as error:
            raise PhotoError(_reason(path, error)) from error
    if formats.sniff(head[: formats.HEAD_BYTES]) is not None:
        return False
    return formats.is_video(head) or formats.is_video_name(path)


@contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """A regular file, opened read-only and without a trace, for those that are too large to be in
    memory. Raises PhotoError with the reason."""
    try:
        _demand_regular(path.stat())
        handle = _open(path)
    except (OSError, ValueError) as error:
        raise PhotoError(_reason(path, error)) from error
    with os.fdopen(handle, "rb") as file:
        _demand_regular(os.fstat(file.fileno()))  # it may have been swapped since it was looked at
        yield file
