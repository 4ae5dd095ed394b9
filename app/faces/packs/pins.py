"""Pins: what the model files that the user brought were when they were first used.

[Note: Pins] The models that ship with the program are held against hashes that ship with it, too.
A folder of the user's own has none, so it is pinned: the hash of every model in it is noted when it
is first used. A file that is another one later, more or less is no accident to be passed over:
nothing is looked at before the user has accepted it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from app.errors import ModelError
from app.private import write_private


class Pins:
    """The hashes noted of each pack's models, in one file of the library."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def knows(self, pack: str) -> bool:
        """Whether this pack was used before. Raises ModelError when the file cannot be read."""
        return pack in self._read()

    def check(self, pack: str, hashes: Mapping[str, str]) -> None:
        """See that the models of a pack, hash by file name, are those noted, if any are.

        Raises ModelError naming the files that are not.
        """
        noted = self._read().get(pack)
        if noted is None or noted == hashes:
            return
        both = sorted(noted.keys() | hashes.keys())
        odd = [name for name in both if noted.get(name) != hashes.get(name)]
        raise ModelError(
            f"The models of the pack {pack} are not those that Kinfolk used first: "
            f"{', '.join(_change(name, noted, hashes) for name in odd)}. Nothing is looked at with "
            f"them. Put the old files back, or say `kinfolk models accept {pack}` if you changed "
            "them yourself."
        )

    def keep(self, pack: str, hashes: Mapping[str, str]) -> None:
        """Note the models of a pack as they are now.

        Raises ModelError when that cannot be written.
        """
        self._write(self._read() | {pack: dict(hashes)})

    def forget(self, pack: str) -> None:
        """Note nothing any more of a pack that is gone.

        Raises ModelError when that cannot be written.
        """
        noted = self._read()
        if noted.pop(pack, None) is not None:
            self._write(noted)

    def _write(self, noted: Mapping[str, Mapping[str, str]]) -> None:
        try:
            write_private(self._file, json.dumps(noted, indent=2, sort_keys=True))
        except OSError as error:
            raise ModelError(
                f"{self._file} cannot be written ({error.strerror}), so that the models could not "
                "be checked later. Is the disk full or read-only?"
            ) from error

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            noted = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(pack): dict(hashes) for pack, hashes in noted.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ModelError(
                f"{self._file}, which says what the models were, cannot be read. Delete it, and "
                "the models that there are now count as yours."
            ) from error


def _change(name: str, noted: Mapping[str, str], hashes: Mapping[str, str]) -> str:
    if name not in hashes:
        return f"{name} is missing"
    return f"{name} {'has changed' if name in noted else 'is new'}"
