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
import os
import shlex
from pathlib import Path

from app.errors import KnownError, UsageError
from app.paths import Paths
from app.private import make_folder, write_private

COMMAND = "notify_command"
"""The option that names a command."""
_KEPT = 500


def words_of(command: str) -> list[str] | str:
    """The words of a command, as a shell would take them apart, and nothing more of a shell; on
    Windows, where every program does that for itself, the command as it is.

    Raises UsageError when there is a quote without its partner, or no word at all.
    """
    if "\0" in command:
        raise UsageError("The notify command cannot be understood: it has a zero character.")
    words: list[str] | str = command.strip()
    if os.name != "nt":
        try:
            words = shlex.split(command)
        except ValueError as error:
            raise UsageError(f"The notify command cannot be understood: {error}.") from error
    if not any(words):
        raise UsageError("The notify command is empty.")
    return words


def check_command(command: str) -> None:
    """Raises UsageError, in one line, for what cannot be a command."""
    words_of(command)


class Consent:
    """What the user allows for one library."""

    def __init__(self, library: Path) -> None:
        """`library` is its folder."""
        self._file = Paths.under(library).consent
        self._library = library

    def has(self, command: str) -> bool:
        """Whether the user set this command here."""
        return self._mark(command) in self._marks()

    def note(self, name: str, value: object) -> None:
        """The user, and nobody else, sets an option: if it is a command, it may be run.

        Raises UsageError for what cannot be a command, KnownError when that it may be run cannot
        be written down.
        """
        if name != COMMAND or not value:
            return
        check_command(str(value))
        if self.has(str(value)):
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
