"""Private: files and folders that nobody but their owner may read, whatever the umask."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

FILE = 0o600
FOLDER = 0o700
_OTHERS = 0o077

_users_umask: int | None = None


def be_private() -> None:
    """Let whatever this process and its children make be for their owner only.

    Called where a process starts. Much of it is made by others, in places of their own choosing:
    SQLite's temporary files, locks, sockets. What this program makes itself has the right mode
    besides.
    """
    global _users_umask
    before = os.umask(_OTHERS)
    if _users_umask is None:
        _users_umask = before


def user_umask() -> int:
    """The umask that the user had before `be_private`; -1 if it is as it was."""
    return -1 if _users_umask is None else _users_umask


@contextlib.contextmanager
def as_user() -> Iterator[None]:
    """While another program is started: what the user makes with it is as open as they want."""
    if _users_umask is None:
        yield
        return
    os.umask(_users_umask)
    try:
        yield
    finally:
        os.umask(_OTHERS)


def make_folder(folder: Path) -> None:
    """Make a folder for its owner only, if it is not there."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """Make an empty file for its owner only.

    Raises OSError when it is there already or cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, through a power cut."""
    try:
        number = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows does not open folders
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)


def write_private(path: Path, text: str) -> None:
    """Write a file for its owner only, all or nothing, on the disk before the old one goes.

    Raises OSError when the disk refuses.
    """
    # By its whole name: window.json and window.bell may be written at the same moment.
    fresh = path.with_name(f"{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()  # of one who died over it, of whatever mode
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def tighten(paths: Iterable[Path], depth: int = 0, beyond: bool = False) -> None:
    """Take from the group and from others what they may do with these files and folders, and
    `depth` levels of folders below; `beyond` these, what lies in a folder that was open.

    Links stay as they are, and so does what the disk refuses to change.
    """
    if os.name != "posix":
        return
    for path in paths:
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            is_open = bool(stat.S_IMODE(mode) & _OTHERS)
            if stat.S_ISLNK(mode):
                continue
            if is_open:
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
            if stat.S_ISDIR(mode) and (depth > 0 or (beyond and is_open)):
                tighten(list(path.iterdir()), depth - 1, beyond)
