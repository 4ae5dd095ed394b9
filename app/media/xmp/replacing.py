"""Replacing: a sidecar's new content in the place of the old one, or the old one stays whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import XmpError
from app.media.xmp.sidecars import read_bytes
from app.private import user_umask

_CHANGED: Final = "The sidecar was being changed by another program; nothing was written."


_PART: Final = ".kinfolk"
_LEFT: Final = re.compile(r"\..+\.[0-9a-f]{12}\.kinfolk")
_OLD: Final = 600.0
"""Seconds after which nobody can be writing a file any more."""


class DiskFullError(XmpError):
    """There is no room for a sidecar, nor for the next ones."""


@dataclass(frozen=True, slots=True)
class OldSidecar:
    """A sidecar as it was read."""

    path: Path
    """With all links followed: a link to a sidecar stays one."""
    data: bytes
    status: os.stat_result

    @classmethod
    def read(cls, path: Path) -> OldSidecar:
        """Raises XmpError."""
        try:
            whole = path.resolve(strict=True)
            before = whole.stat()
            data = read_bytes(whole)
            after = whole.stat()
        except OSError as error:
            raise XmpError("The sidecar cannot be read.") from error
        if _state(before) != _state(after) or len(data) != after.st_size:
            raise XmpError(_CHANGED)
        return cls(whole, data, after)

    def demand_unchanged(self) -> None:
        """Raises XmpError when another program has changed it since."""
        try:
            is_same = _state(self.path.stat()) == _state(self.status)
        except OSError:
            is_same = False
        if not is_same:
            raise XmpError(_CHANGED)


def create(path: Path, data: bytes) -> None:
    """A new sidecar, whole or not at all; one that is there by now stays. Raises XmpError."""
    with _reasons(), _beside(path, data, 0o666) as made:
        _open_up(made)
        try:
            os.link(made, path)  # unlike a renaming it never takes another file's place
        except FileExistsError:
            raise XmpError(_CHANGED) from None
        except OSError:  # a disk without hard links
            if os.path.lexists(path):
                raise XmpError(_CHANGED) from None
            made.replace(path)
        _settle(path.parent)


def replace(old: OldSidecar, data: bytes) -> None:
    """New content for a sidecar, whole or not at all; whose it is and who may read it stays.

    A sidecar with several names (hard links) keeps them all: it is written in place, and until that
    is done its old content lies beside it. Raises XmpError.
    """
    with _reasons():
        if old.status.st_nlink > 1:
            _write_in_place(old, data)
            return
        with _beside(old.path, data) as made:
            _dress(made, old)
            old.demand_unchanged()
            made.replace(old.path)
            _settle(old.path.parent)


def remove(old: OldSidecar) -> None:
    """A sidecar that has nothing left to say. Raises XmpError."""
    with _reasons():
        old.demand_unchanged()
        old.path.unlink()


def sweep(folder: Path) -> None:
    """Take away what was left in a folder when Kinfolk was killed while it wrote a sidecar."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        left = [entry for entry in entries if _LEFT.fullmatch(entry.name)]
        for entry in left:
            with contextlib.suppress(OSError):
                if time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD:
                    Path(entry.path).unlink()


@contextlib.contextmanager
def _beside(path: Path, data: bytes, mode: int = 0o600) -> Iterator[Path]:
    """A file with this content in the same folder, on the disk, for a while; `mode` as of open."""
    made = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}{_PART}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(made, flags, mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _write_in_place(old: OldSidecar, data: bytes) -> None:
    with _beside(old.path, old.data):
        old.demand_unchanged()
        with old.path.open("r+b") as stream:
            try:
                _overwrite(stream.fileno(), data)
            except OSError:
                _overwrite(stream.fileno(), old.data)
                raise


def _overwrite(handle: int, data: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.ftruncate(handle, len(data))
    os.fsync(handle)


def _dress(made: Path, old: OldSidecar) -> None:
    """Who may read it, and what else the system knows of a file, as far as we may set it."""
    with contextlib.suppress(OSError):
        shutil.copystat(old.path, made)
    now = made.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (old.status.st_uid, old.status.st_gid):
        with contextlib.suppress(OSError):
            os.chown(made, old.status.st_uid, old.status.st_gid)
            made.chmod(old.status.st_mode & 0o7777)  # giving a file away may take bits off it
    os.utime(made)


def _open_up(made: Path) -> None:
    """Other programs are to read it, so it is as open as what the user makes with these."""
    umask = user_umask()
    if umask >= 0:
        with contextlib.suppress(OSError):  # a disk may know no such thing
            made.chmod(0o666 & ~umask)


def _settle(folder: Path) -> None:
    """See that the folder knows of it, also should the power fail."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


@contextlib.contextmanager
def _reasons() -> Iterator[None]:
    """Errors of the disk in plain sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            raise DiskFullError("The disk is full; this sidecar stays as it was.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise XmpError("You may not write into this folder.") from error
        reason = error.strerror or "the disk refused"
        raise XmpError(f"The sidecar cannot be written: {reason}.") from error
