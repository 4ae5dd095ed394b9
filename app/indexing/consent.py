"""Consent: which commands the user allowed to be run, on this computer, for one library.

[Note: Commands that come along] A library is a folder, and a backup of it a file; either may come
from somebody else, or be changed by somebody else on a stick. Settings in them may name a command.
So a command is run only if this user set it on this computer: that is noted outside every library,
as a hash of the library's place and the command. Who restores a library of their own elsewhere sets
the command once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json

from app.errors import KnownError
from app.paths import Paths
from app.private import make_folder, write_private

COMMAND = "notify_command"
"""The option that names a command."""
_KEPT = 500


class Consent:
    """What the user allows for one library."""

    def __init__(self, paths: Paths) -> None:
        self._file = paths.consent
        self._library = paths.data

    def has(self, command: str) -> bool:
        """Whether the user set this command here."""
        return self._mark(command) in self._marks()

    def note(self, name: str, value: object) -> None:
        """The user, and nobody else, set an option: if it is a command, it may be run.

        Raises KnownError when that cannot be written down.
        """
        if name != COMMAND or not value or self.has(str(value)):
            return
        marks = [*self._marks(), self._mark(str(value))]
        try:
            make_folder(self._file.parent)
            write_private(self._file, json.dumps(marks[-_KEPT:]))
        except OSError as error:
            raise KnownError(
                f"That the command may be run cannot be written to {self._file}: "
                f"{error.strerror or error}."
            ) from error

    def _mark(self, command: str) -> str:
        place = self._library
        with contextlib.suppress(OSError):
            place = place.resolve()
        text = f"{place}\0{command}"
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def _marks(self) -> list[str]:
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [str(mark) for mark in written] if isinstance(written, list) else []
