"""Volumes: which drive a path lies on, and whether that drive is there.

[Note: Volumes] A folder knows the mount point of the volume it lies on, as it was when the folder
was last read. A folder that cannot be found is missing if that volume is there, and offline if it
is not. The same holds for volumes mounted somewhere inside of a folder, or linked to from there.
"""

from __future__ import annotations

import os
from pathlib import Path


def mount_of(path: Path) -> Path:
    """The mount point of the volume on which a path lies, links followed."""
    real = Path(os.path.realpath(path))
    return next((one for one in (real, *real.parents) if is_mounted(one)), Path(real.anchor))


def is_mounted(path: Path) -> bool:
    """Whether a volume is mounted here at this moment."""
    # On Windows the letter of a drive counts as a mount point whether there is a drive or not.
    return os.path.ismount(path) and os.path.exists(path)  # noqa: PTH110 - exists() may raise
