"""Copying: one file gets into a folder, whole or not at all, and never over another one."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from app.errors import KnownError, PhotoError
from app.media.files import open_regular
from app.media.fingerprint import WHOLE_BYTES, video_fingerprint
from app.private import user_umask

_PIECE = 1 << 24
"""Bytes between two looks whether it is still wanted."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when a disk is full."""
_NOT_THIS_WAY = (
    errno.EXDEV, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM, errno.EBADF,
    errno.ETXTBSY,
)  # fmt: skip
"""What the system says where it does not copy by itself."""


def shown(path: Path) -> str:
    """A path fit to be shown."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


Check = Callable[[], None]
"""Raises when the work should end."""


class TakenError(Exception):
    """There is a file of that name which is not ours."""


class NoRoomError(KnownError):
    """The disk is full."""


def copy_file(source: Path, part: Path, fingerprint: str, check: Check) -> int:
    """Copy a file to `part`, with its time; gives that time, ns. The copy is read again, and has
    to be the photo of this fingerprint, or else what the original is now.

    Where the disk can, both share their blocks until one of them is changed, which takes a moment.

    Raises PhotoError with the reason when it cannot be read, KnownError when it cannot be written.
    """
    handle = open_regular(source)
    try:
        status = os.fstat(handle)
        _write(handle, part, check)
        whole = _hash(part, check)
        if whole != fingerprint:
            os.lseek(handle, 0, os.SEEK_SET)
            if whole != _hash_of(handle, check):
                raise PhotoError("The copy is not what the file is; the disk may be damaged.")
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
    except OSError as error:
        raise told(error, part) from error
    finally:
        os.close(handle)
    return status.st_mtime_ns


def write_file(data: bytes, part: Path) -> None:
    """Write a file that was made here.

    Raises KnownError when the disk refuses.
    """
    try:
        with os.fdopen(_begin(part), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise told(error, part) from error


def settle(part: Path, target: Path) -> None:
    """Give a whole file its name, unless another file has it.

    Raises TakenError when one has it, KnownError when the disk refuses.
    """
    try:
        try:
            os.link(part, target, follow_symlinks=False)  # refuses where there is one
        except FileExistsError:
            raise TakenError from None
        except OSError:  # FAT knows no links, and some systems none of links
            if os.path.lexists(target):
                raise TakenError from None
            part.rename(target)
        else:
            part.unlink()
    except OSError as error:
        raise told(error, target) from error


def make_folders(into: Path, folder: Path) -> None:
    """Make a folder within another, as open as the user wants it.

    Raises KnownError when it cannot be made.
    """
    wanted, missing = folder, []
    try:
        while folder != into and not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            one.mkdir()
            open_up(one, 0o777)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is no name of a folder"
        raise KnownError(f"The folder “{shown(wanted)}” cannot be made: {why}.") from error


def is_content(path: Path, fingerprint: str, check: Check) -> bool:
    """Whether a file has this content. A large video is known by parts of it, as a scan does."""
    with contextlib.suppress(OSError):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return False
        if status.st_size > WHOLE_BYTES:
            with path.open("rb") as file:
                if video_fingerprint(file, status.st_size) == fingerprint:
                    return True
        return _hash(path, check) == fingerprint
    return False


def why_unreadable(path: Path, error: OSError | ValueError) -> str:
    """Why a file cannot be read, in a sentence."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "The file is no longer there."
    if isinstance(error, PermissionError):
        return "You may not read this file."
    if isinstance(error, OSError) and error.strerror:
        return f"The file cannot be read: {error.strerror}."
    return f"“{path.name!r}” is no name of a file."


def _write(handle: int, part: Path, check: Check) -> None:
    target = _begin(part)
    try:
        if not _copy_by_system(handle, target, check):
            os.lseek(handle, 0, os.SEEK_SET)
            os.ftruncate(target, 0)
            os.lseek(target, 0, os.SEEK_SET)
            while piece := os.read(handle, _PIECE):
                check()
                view = memoryview(piece)
                while view:
                    view = view[os.write(target, view) :]
        os.fsync(target)
    finally:
        os.close(target)


def _copy_by_system(source: int, target: int, check: Check) -> bool:
    """Whether the system copied all of it by itself."""
    if not hasattr(os, "copy_file_range"):
        return False
    try:
        while os.copy_file_range(source, target, _PIECE):
            check()
    except OSError as error:
        if error.errno in _NOT_THIS_WAY:
            return False
        raise
    # Of some files, as those in /proc, the system says that there is nothing in them.
    return os.fstat(target).st_size >= os.fstat(source).st_size > 0


def _begin(part: Path) -> int:
    part.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o666)
    open_up(part, 0o666)
    return handle


def open_up(path: Path, mode: int) -> None:
    """What the user exports is as open as what they make themselves; our own files are not."""
    umask = user_umask()
    if umask >= 0:
        with contextlib.suppress(OSError):  # a disk may know no such thing
            path.chmod(mode & ~umask)


def _hash(path: Path, check: Check) -> str:
    with path.open("rb") as file:
        return _hash_of(file.fileno(), check)


def _hash_of(handle: int, check: Check) -> str:
    """As media.fingerprint has it, of a file that need not fit into memory."""
    digest = hashlib.blake2b(digest_size=16)
    while piece := os.read(handle, _PIECE):
        check()
        digest.update(piece)
    return digest.hexdigest()


def told(error: OSError, path: Path) -> KnownError:
    """What to tell the user of a disk that refuses."""
    if error.errno in NO_ROOM:
        return NoRoomError(
            "The disk is full. What was exported until now stays; make room, and export again: "
            "it goes on there."
        )
    if error.errno == errno.EIO:
        return PhotoError("The file cannot be read or written; the disk may be damaged.")
    if error.errno == errno.EFBIG:
        return PhotoError("The file is too large for that disk.")
    return KnownError(f"“{shown(path)}” cannot be written: {error.strerror or error}.")
