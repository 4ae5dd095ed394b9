"""PicturesFolder: where this user's pictures usually are, and about how many there are."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.media.formats import EXTENSIONS, RAW_EXTENSIONS

_SECONDS = 2.0
"""A guess that takes longer is of no use to somebody who wants to begin."""
_MOST = 50_000
"""Files after which it is clear enough that there are many."""
_PHOTOS = EXTENSIONS | RAW_EXTENSIONS


@dataclass(frozen=True, slots=True)
class Guess:
    """About how many photos there are."""

    photos: int
    is_whole: bool
    """Whether everything was looked at; if not, there may be more."""


def pictures_folder() -> Path | None:
    """The folder that this desktop has for pictures; None where there is none.

    A desktop that has none says the home folder: that is not offered.
    """
    from PySide6.QtCore import QStandardPaths

    places = QStandardPaths.StandardLocation
    told = QStandardPaths.writableLocation(places.PicturesLocation)
    folder, home = Path(told or "."), Path.home()
    is_own = bool(told) and folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)
    return folder if is_own and folder.resolve() != home.resolve() else None


def guess_photos(folder: Path, is_over: Callable[[], bool] = lambda: False) -> Guess:
    """Count photos by the endings of their names, for no longer than is worth it; nothing is
    opened, hidden folders and links to folders are left out. `is_over` says when to give up."""
    end = time.monotonic() + _SECONDS
    photos = seen = 0
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if seen > _MOST or time.monotonic() > end or is_over():
                        return Guess(photos, False)
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        photos += os.path.splitext(entry.name)[1].lower() in _PHOTOS  # noqa: PTH122
        except OSError:
            continue
    return Guess(photos, True)
