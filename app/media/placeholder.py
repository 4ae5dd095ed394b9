"""Placeholders: files of a cloud drive that are listed on this disk and not on it.

[Note: Placeholders] To read one downloads it, over whatever line there is and onto a disk that may
be full. Only what its directory says of it is looked at here, and that fetches nothing.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

_WINDOWS = 0x1000 | 0x40000 | 0x400000
"""FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS: winnt.h. Every client of the
Cloud Files API sets one of the two latter (OneDrive, iCloud, Dropbox, Nextcloud, Synology)."""
_MAC = 0x40000000
"""SF_DATALESS: sys/stat.h. What File Provider and iCloud set on a file without content."""
_LEAST_BYTES = 1 << 16
"""Smaller files may take no block and be there: ext4 keeps up to 4 KiB in the inode, NTFS up to 1
KiB in its table, btrfs up to a page, of which the largest is 64 KiB, in its tree. Not to see such
a placeholder costs a download of that much."""
_STUBS = (".nextcloud", ".owncloud", ".cloud")
"""Ends of names that Nextcloud, ownCloud and odrive put behind the real one."""
_ICLOUD = ".icloud"
"""Until macOS 14 iCloud put `.NAME.icloud` in place of a file."""
_UNCOUNTED = ("fuse", "9p", "vboxsf", "prl_fs", "davfs", "cifs", "smb", "nfs", "afs", "coda")
"""File systems, or beginnings of their names, of which some tell of no blocks whatever they hold:
programs that provide one, shared folders of virtual machines, and servers that say what they like.
`fuseblk` is a program, too, and one with a real disk under it (NTFS, exFAT)."""


def is_placeholder(status: os.stat_result, counts_blocks: bool = True) -> bool:
    """Whether a file's content is elsewhere, by what its directory says of it. With
    `counts_blocks`, its file system tells how many blocks of the disk a file takes."""
    if getattr(status, "st_file_attributes", 0) & _WINDOWS:
        return True
    if getattr(status, "st_flags", 0) & _MAC:
        return True
    blocks = getattr(status, "st_blocks", None)
    return counts_blocks and blocks == 0 and status.st_size > _LEAST_BYTES


def is_in_cloud(status: os.stat_result) -> bool:
    """Whether a file would have to be downloaded to be read. Reads nothing of it."""
    if not is_placeholder(status):
        return False
    return is_placeholder(status, counts_blocks=_counts_blocks(status.st_dev))


def lies_in_cloud(path: Path) -> bool:
    """Whether a file would have to be downloaded to be read, or only a stub of it is there."""
    try:
        return is_in_cloud(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return has_stub(path)
    except (OSError, ValueError):
        return False


def stands_for(path: Path) -> Path | None:
    """Which file a stub stands for that a cloud drive put in its place; None for any other file."""
    name = path.name
    if name.startswith(".") and name.endswith(_ICLOUD) and len(name) > len(_ICLOUD) + 1:
        return path.with_name(name[1 : -len(_ICLOUD)])
    stub = path.suffix.lower()
    return path.with_suffix("") if stub in _STUBS and path.stem.strip(".") else None


def has_stub(path: Path) -> bool:
    """Whether a stub stands in place of a file that is not there."""
    names = [f".{path.name}{_ICLOUD}", *(path.name + end for end in _STUBS)]
    return any(os.path.lexists(path.with_name(name)) for name in names)


@functools.lru_cache(maxsize=64)
def _counts_blocks(device: int) -> bool:
    """Whether the file system of a device tells of blocks; where nobody knows, it is believed."""
    if sys.platform != "linux":
        return True
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return True
    return not any(_is_uncounted(line) for line in mounts if line.split()[2] == wanted)


def _is_uncounted(mount: str) -> bool:
    """Of a line of mountinfo: the kind of file system stands behind the dash, see proc(5)."""
    kind = mount.partition(" - ")[2].split(" ")[0]
    return kind != "fuseblk" and kind.startswith(_UNCOUNTED)
