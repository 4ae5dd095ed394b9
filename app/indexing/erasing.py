"""Erasing: what is to be erased is noted first, and the note goes only when it has all gone.

[Note: Erasing] Rows, crops and the traces in files cannot go at one moment, so whoever ends the
program in between, or reads the library meanwhile, would keep some. The note is a small file beside
the library that says what is to go and how far it is; the next Kinfolk to open or close the library
goes on from there. It holds no name, only the key of a person, the number of a collection, or until
when the strangers of which collections were found.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.errors import LibraryError
from app.paths import NOTES
from app.private import FILE, write_private

_PATIENCE = 120.0
"""Seconds to wait for another Kinfolk that is erasing."""


class Step(StrEnum):
    """What is next; what comes after it in this order is to be done, too."""

    ROWS = "rows"
    CROPS = "crops"
    TRACES = "traces"
    """In the library's file and in copies of it."""
    STRAYS = "strays"
    """Crops that a worker made meanwhile: when no worker is about."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to erase: a person, all faces of a collection, a collection as a whole, or the
    strangers of some collections."""

    file: Path
    step: Step
    person: str = ""
    """The key."""
    collection: int = 0
    is_whole: bool = False
    """Whether the collection goes, too: it was deleted long ago."""
    strangers: Mapping[int, float] = field(default_factory=dict)
    """Collection -> the moment, UTC, in seconds since 1970: whose photos were found before."""

    @classmethod
    def begin(
        cls,
        folder: Path,
        person: str = "",
        collection: int = 0,
        is_whole: bool = False,
        strangers: Mapping[int, float] | None = None,
    ) -> Note:
        """Note what is to be erased from the library in a folder.

        Raises LibraryError when it cannot be noted: then nothing may be erased.
        """
        import uuid

        file = folder / f"erasing-{uuid.uuid4()}.json"
        note = cls(file, Step.ROWS, person, collection, is_whole, strangers or {})
        try:
            note._write()
        except OSError as error:
            raise LibraryError(
                f"Nothing was erased, since {folder} cannot be written: {error.strerror}. "
                "Is the disk full or read-only?"
            ) from error
        return note

    def go_on(self, step: Step) -> Note:
        """Note how far it is; if the disk refuses, more is done again than needed."""
        note = replace(self, step=step)
        if step is not Step.ROWS:
            note = replace(note, person="")
        with contextlib.suppress(OSError):
            note._write()
        return note

    def end(self) -> None:
        """All has gone."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)

    def _write(self) -> None:
        what = {
            "step": self.step.value, "person": self.person, "collection": self.collection,
            "whole": self.is_whole, "strangers": list(self.strangers.items()),
        }  # fmt: skip
        write_private(self.file, json.dumps(what))


def notes(folder: Path) -> list[Note]:
    """What is to be erased from the library in a folder still."""
    return [note for file in sorted(folder.glob(NOTES)) if (note := _read(file))]


@contextlib.contextmanager
def one_at_a_time(folder: Path, wait: bool) -> Iterator[bool]:
    """Keep others from erasing meanwhile; tells whether that is so, after waiting for them if
    wanted. Nobody is kept from it where no lock can be made."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "erasing.lock", mode=FILE, timeout=_PATIENCE if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        lock.release()


def _read(file: Path) -> Note | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        person, collection = str(told["person"]), int(told["collection"])
        strangers = {int(number): float(at) for number, at in told.get("strangers", ())}
        step, is_whole = Step(told["step"]), bool(told.get("whole"))
        return Note(file, step, person, collection, is_whole, strangers)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it was ended by another Kinfolk
