"""The bytes of one regular file, read once; everything else becomes a plain reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import CloudError, PhotoError
from app.media import formats
from app.media.placeholder import has_stub, is_in_cloud
from app.media.tiff import is_raw

MAX_BYTES = 1 << 30
"""A larger file is no photo: 400 megapixels as a good JPEG are a fifth of this."""

IN_CLOUD = "The file is in the cloud, not on this disk."

_CHUNK = 1 << 26


@dataclass(frozen=True, slots=True)
class FileContent:
    """A whole file as it was at one moment."""

    data: bytes
    kind: str
    """What `formats.sniff` saw in it."""
    modified: float
    """Seconds since 1970."""


def read_file(path: Path, from_cloud: bool = False) -> FileContent:
    """The content of a picture file of a kind we know, opened read-only and once.

    Pipes, devices and sockets are never opened: opening alone can block or do harm. Nor is what is
    not on this disk, for that would download it, unless `from_cloud` says that it may.
    Raises PhotoError with the reason; CloudError where that is the cloud.
    """
    try:
        _demand_here(path, from_cloud)
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
        raise _told(path, error) from error
    was, now = (before.st_size, before.st_mtime_ns), (after.st_size, after.st_mtime_ns)
    if was != now or len(data) != after.st_size:
        raise PhotoError("The file was being changed while it was read.")
    if kind == "TIFF" and is_raw(data):
        kind = "RAW"
    return FileContent(data, kind, after.st_mtime)


def _demand_here(path: Path, from_cloud: bool) -> None:
    status = path.stat()
    _demand_regular(status)
    if not from_cloud and is_in_cloud(status):
        raise CloudError(IN_CLOUD)


def _told(path: Path, error: OSError | ValueError) -> PhotoError:
    """An error of the system as one of ours."""
    if isinstance(error, FileNotFoundError) and has_stub(path):
        return CloudError(IN_CLOUD)
    return PhotoError(_reason(path, error))


def refusal(path: Path) -> str:
    """Why a file is not taken whose name no photo has: what it is, if its beginning tells. Reads
    no more than that, and nothing that is not a plain file on this disk."""
    other = None
    try:
        with opened_file(path) as file:
            other = formats.other_kind(file.read(formats.HEAD_BYTES))
    except (PhotoError, OSError):
        other = None
    if other is None:
        return "It is no photo or video that Kinfolk can open."
    return f"This is {other}, which Kinfolk cannot open."


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
    if other := formats.other_kind(head):
        raise PhotoError(f"This is {other}, which Kinfolk cannot open.")
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


def read_start(path: Path, count: int) -> FileContent:
    """At most so many bytes of the start of a picture file, opened as `read_file` does, and never
    downloaded. Raises PhotoError with the reason; CloudError where that is the cloud.
    """
    try:
        _demand_here(path, from_cloud=False)
        handle = _open(path)
        try:
            status = os.fstat(handle)
            _demand_regular(status)
            data = os.read(handle, count)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise _told(path, error) from error
    return FileContent(data, _kind(data[: formats.HEAD_BYTES]), status.st_mtime)


def is_video_file(path: Path, from_cloud: bool = False) -> bool:
    """Whether a file is a video, by its content; of one that tells nothing, by its name.

    Raises PhotoError when it cannot be read; CloudError where that is the cloud.
    """
    with opened_file(path, from_cloud) as file:
        try:
            head = file.read(formats.VIDEO_HEAD_BYTES)
        except OSError as error:
            raise PhotoError(_reason(path, error)) from error
    if formats.sniff(head[: formats.HEAD_BYTES]) is not None:
        return False
    return formats.is_video(head) or formats.is_video_name(path)


@contextmanager
def opened_file(path: Path, from_cloud: bool = False) -> Iterator[BinaryIO]:
    """A regular file, opened read-only and without a trace, for those that are too large to be in
    memory; one that is not on this disk only with `from_cloud`, for that downloads it.

    Raises PhotoError with the reason; CloudError where that is the cloud.
    """
    with os.fdopen(open_regular(path, from_cloud), "rb") as file:
        yield file


def open_regular(path: Path, from_cloud: bool = False) -> int:
    """The handle of a file, as `opened_file` opens it; whoever asks for it closes it."""
    try:
        _demand_here(path, from_cloud)
        handle = _open(path)
    except (OSError, ValueError) as error:
        raise _told(path, error) from error
    try:
        _demand_regular(os.fstat(handle))  # it may have been swapped since it was looked at
    except BaseException:
        os.close(handle)
        raise
    return handle
