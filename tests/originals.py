"""What has to stay as it is of original files: all of it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

LONG_AGO = 1_200_000_000_000_000_000
"""A time of last access, in nanoseconds, that any later access would change."""

Facts = dict[str, tuple[object, ...]]


def mark(folder: Path) -> None:
    """Give the originals all that could get lost: rights, a second link, attributes, old times."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files[0].chmod(0o444)
    files[-1].chmod(0o640)
    (folder / "linked.jpg").hardlink_to(files[0])
    for number, path in enumerate(files):
        if hasattr(os, "setxattr"):
            try:
                os.setxattr(path, "user.note", b"of my own")
            except OSError:
                break  # not on this file system
        os.utime(path, ns=(LONG_AGO, LONG_AGO + number * 1_234_567_891))


def facts(folder: Path) -> Facts:
    """Everything about the originals and their folders; of folders not when they were read."""
    found: Facts = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        status = path.lstat()
        told: tuple[object, ...] = (
            status.st_ino, status.st_mode, status.st_nlink, status.st_uid, status.st_gid,
            status.st_mtime_ns, _attributes(path),
        )  # fmt: skip
        if path.is_dir():
            told += (tuple(sorted(os.listdir(path))),)  # noqa: PTH208
        else:
            told += (status.st_size, status.st_atime_ns, _content(path, status))
        found[str(path)] = told
    return found


def _attributes(path: Path) -> tuple[tuple[str, bytes], ...]:
    if not hasattr(os, "listxattr"):
        return ()
    names = sorted(os.listxattr(path, follow_symlinks=False))
    return tuple((name, os.getxattr(path, name, follow_symlinks=False)) for name in names)


def _content(path: Path, status: os.stat_result) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # this was no access of Kinfolk's
    return digest
