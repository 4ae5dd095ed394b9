"""Paths: where the library, its pictures, its models and its logs lie."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.errors import LibraryError
from app.private import FOLDER, tighten

LIBRARY_VARIABLE = "KINFOLK_LIBRARY"
NOTES = "erasing-*.json"
GROUPED = "grouped.json"
"""With what settings the groups of a library were made."""
"""The names of the notes about what is to be erased."""
_OWN = (
    "library.db*", "library-damaged-*", "settings.json", "window.json", "journal*.jsonl",
    "models.json", "speed.json", GROUPED, NOTES, "*.lock", "*.bell", "model-licences.json",
    "model-speed.json",
)  # fmt: skip
"""The files in a library's folder: how their names begin and, after a star, end."""


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
    def speed(self) -> Path:
        """What was measured of this computer, and so what runs the models."""
        return self.data / "speed.json"

    @property
    def window(self) -> Path:
        """How the window was left."""
        return self.data / "window.json"

    @property
    def pins(self) -> Path:
        """The hashes of the model files that the user put there."""
        return self.models.with_suffix(".json")

    @property
    def licences(self) -> Path:
        """Which licences of models the user agreed to."""
        return self.data / "model-licences.json"

    @property
    def model_speed(self) -> Path:
        """How fast each model pack is on this computer, as far as it was measured."""
        return self.data / "model-speed.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that indexes this library."""
        return self.data / "indexing.lock"

    @property
    def bell(self) -> Path:
        """Where other processes find the bell of the one that indexes this library."""
        return self.data / "indexing.bell"

    @property
    def window_lock(self) -> Path:
        """Held by the one process that shows this library in a window."""
        return self.data / "window.lock"

    @property
    def window_bell(self) -> Path:
        """Where other processes find the bell of the window."""
        return self.data / "window.bell"

    @property
    def consent(self) -> Path:
        """Which commands this user allows on this computer; it lies in no library, so that none
        that comes from elsewhere brings it along."""
        folder = platformdirs.user_config_path("kinfolk-consent", appauthor=False)
        return Path(folder) / "commands.json"

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

    def make(self, looks_at_pictures: bool = True) -> None:
        """Create the folders, for their owner only. The folders of the small pictures are many: who
        is in a hurry does not look at them yet, and calls `close_pictures` later.

        Raises LibraryError when a folder cannot be made.
        """
        for folder in (self.data, self.cache, self.logs):
            try:
                folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            except OSError as error:
                raise LibraryError(
                    f"The folder {folder} cannot be used for the library: {error.strerror}. "
                    "Choose another one with --library."
                ) from error
        self._tighten()
        if looks_at_pictures:
            self.close_pictures()

    def close_pictures(self) -> None:
        """As for the other folders: small pictures are their owner's only."""
        # They are many: of a folder that is closed it is taken that they are, too.
        tighten([self.cache], depth=2, beyond=True)

    def _tighten(self) -> None:
        """What was made open once, or came open out of a copy or an archive, is closed.

        Only what bears a name that Kinfolk gives: the folder may hold other things, too.
        """
        tighten([self.data, self.models, self.logs])
        tighten(path for path in _entries(self.data) if _is_own(path.name))
        tighten(path for path in _entries(self.logs) if path.name.startswith("kinfolk.log"))
        tighten([self.backups], depth=1)


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where that may not be seen."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_own(name: str) -> bool:
    """Whether Kinfolk gives such a name."""
    for pattern in _OWN:
        begin, star, end = pattern.partition("*")
        if name == pattern or (star and name.startswith(begin) and name.endswith(end)):
            return True
    return False


def guide_folder(resources: Path) -> Path:
    """The folder of the user guide: among the resources of an installed or frozen program, in
    docs/guide of a checkout."""
    inside = resources / "guide"
    return inside if inside.is_dir() else resources.parent / "docs" / "guide"


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
