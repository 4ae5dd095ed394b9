"""Record: what Kinfolk has put into a folder, so that a later export goes on there.

It lies in the folder itself, `.kinfolk-export/record.jsonl`, a line for each file: its path within
the folder, the fingerprint of the photo, and what the disk said of it once it was whole. With it

- an export that was killed goes on, and nothing is copied twice;
- every photo keeps its name from run to run, also where names had to be told apart;
- a file is only ever replaced if Kinfolk wrote it, and nobody has changed it since.

It says nothing of where the photos came from. Without it, files of the same content are recognised,
and all others are somebody's own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from filelock import FileLock, Timeout

from app.errors import KnownError, UsageError
from app.indexing.export.copying import shown
from app.indexing.export.names import same

FOLDER = ".kinfolk-export"
_FILE = "record.jsonl"
_PART = "part"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that Kinfolk has put there."""

    path: str
    """Within the folder, with / between names."""
    key: str
    """Which photo it is, or which part of it: its fingerprint when it was exported."""
    way: str
    """copy, hardlink, symlink; made, for what was drawn or written anew."""
    size: int
    at: int
    """The file's own time, as the disk gave it back: nanoseconds since 1970."""
    source_at: int = 0
    """That of the original, the same."""


class Record:
    """What one folder got. To write, use it as a context manager."""

    def __init__(self, into: Path) -> None:
        self.into = into
        self._entries: dict[str, Entry] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._file: IO[bytes] | None = None
        self._lock = FileLock(into / FOLDER / "lock", timeout=0, thread_local=False)
        self._read()

    # -- what there is ---------------------------------------------------------------------

    def name_of(self, folder: str, key: str) -> str | None:
        """What a photo is called in a folder (with / between names, "" for the top)."""
        return self._places.get((same(folder), key))

    def entry(self, path: str) -> Entry | None:
        """What is known of the file at a path."""
        return self._entries.get(same(path))

    def within(self, folder: str) -> list[Entry]:
        """What was put into this folder and those below."""
        first = same(folder) + "/" if folder else ""
        return [entry for path, entry in self._entries.items() if path.startswith(first)]

    def is_whole(self, entry: Entry) -> bool:
        """Whether that file is there as it was written."""
        return _facts(self.into / entry.path) == (entry.size, entry.at)

    # -- writing ---------------------------------------------------------------------------

    def __enter__(self) -> Self:
        own = self.into / FOLDER
        try:
            own.mkdir(exist_ok=True)
            self._acquire()
            shutil.rmtree(self.part(), ignore_errors=True)  # of one that was killed
            self.part().mkdir()
            self._entries.clear()
            self._places.clear()
            self._read()
            self._file = (own / _FILE).open("ab")
            if self._file.tell():
                self._file.write(b"\n")  # the last line may have been cut short
        except OSError as error:
            self._lock.release()
            raise KnownError(
                f"Nothing can be written into “{shown(self.into)}”: {error.strerror or error}."
            ) from error
        return self

    def _acquire(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:  # an OSError, too
            raise UsageError(
                f"Something is being exported into “{shown(self.into)}” already."
            ) from error
        except (OSError, NotImplementedError):
            pass  # a disk may know no locks

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
        shutil.rmtree(self.part(), ignore_errors=True)
        self._lock.release()

    def part(self, name: str = "") -> Path:
        """Where a file lies until it is whole: on the same disk, out of sight."""
        return self.into / FOLDER / _PART / name

    def note(self, path: str, key: str, way: str, source_at: int = 0) -> Entry:
        """Write down that a file is there, whole."""
        size, at = _facts(self.into / path) or (0, 0)
        entry = Entry(path, key, way, size, at, source_at)
        assert self._file is not None, "the record is only being read"
        line = json.dumps(asdict(entry), separators=(",", ":"))
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        self._take(entry)
        return entry

    # -- reading ---------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            lines = (self.into / FOLDER / _FILE).read_bytes().splitlines()
        except OSError:
            return
        for line in lines:
            with contextlib.suppress(ValueError, TypeError):  # cut short, or of another program
                entry = Entry(**json.loads(line))
                if _is_within(entry):
                    self._take(entry)

    def _take(self, entry: Entry) -> None:
        self._entries[same(entry.path)] = entry
        folder, _, name = entry.path.rpartition("/")
        self._places[same(folder), entry.key] = name


def _facts(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, or of a link itself."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _is_within(entry: Entry) -> bool:
    """Whether it is what we write: somebody else may have written the file."""
    texts = (entry.path, entry.key, entry.way)
    numbers = (entry.size, entry.at, entry.source_at)
    if not all(isinstance(one, str) for one in texts):
        return False
    if not all(isinstance(one, int) for one in numbers):
        return False
    path = PurePosixPath(entry.path)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
