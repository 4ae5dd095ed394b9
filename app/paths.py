"""Paths: where the library, its pictures, its models and its logs lie."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.errors import LibraryError

LIBRARY_VARIABLE = "KINFOLK_LIBRARY"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one library; everything in them is readable by their owner only."""

    data: Path
    cache: Path
    models: Path
    logs: Path

    @classmethod
    def for_user(cls) -> Paths:
        """The usual folders of this user's desktop, or what KINFOLK_LIBRARY says."""
        named = os.environ.get(LIBRARY_VARIABLE)
        if named:
            return cls.under(Path(named).expanduser())
        dirs = platformdirs.PlatformDirs("kinfolk", appauthor=False)
        data = Path(dirs.user_data_path)
        return cls(
            data=data,
            cache=Path(dirs.user_cache_path),
            models=data / "models",
            logs=Path(dirs.user_log_path),
        )

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Everything below one folder: `--library DIR`."""
        folder = folder.absolute()
        return cls(folder, folder / "cache", folder / "models", folder / "logs")

    @classmethod
    def named(cls, folder: str | None) -> Paths:
        """What was said with `--library`; the usual folders if nothing was."""
        return cls.under(Path(folder).expanduser()) if folder else cls.for_user()

    @property
    def database(self) -> Path:
        """The library file."""
        return self.data / "library.db"

    @property
    def settings(self) -> Path:
        """The options that differ from their defaults."""
        return self.data / "settings.json"

    @property
    def window(self) -> Path:
        """How the window was left."""
        return self.data / "window.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that indexes this library."""
        return self.data / "indexing.lock"

    @property
    def backups(self) -> Path:
        """Copies of the library file."""
        return self.data / "backups"

    @property
    def journal(self) -> Path:
        """The log of what the user said, once more: with it a backup is brought up to date."""
        return self.data / "journal.jsonl"

    @property
    def opening_lock(self) -> Path:
        """Held for the moment in which a library is opened, migrated, restored or repaired."""
        return self.data / "opening.lock"

    def make(self) -> None:
        """Create the folders, for their owner only.

        Raises LibraryError when a folder cannot be made.
        """
        for folder in (self.data, self.cache, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
                    folder.chmod(0o700)
            except OSError as error:
                raise LibraryError(
                    f"The folder {folder} cannot be used for the library: {error.strerror}. "
                    "Choose another one with --library."
                ) from error


def resources() -> Path:
    """The folder of icons, fonts and models that ship inside the program.

    In an installed program it lies inside the package, in a checkout beside it, and in a frozen
    program where the freezer unpacked it.
    """
    package = Path(__file__).parent
    places = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        places.insert(0, Path(frozen) / "resources")
    return next((place for place in places if place.is_dir()), places[-1])
