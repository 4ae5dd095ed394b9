"""Watcher: a folder stirred; told once it lies still again. Of a camera's folder each photo is told
as soon as it is written."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from app.errors import KnownError
from app.indexing.camera.arriving import is_whole
from app.media.formats import is_album_file

logger = logging.getLogger(__name__)

STILL_AFTER = 1.5
"""Seconds without an event after which a folder is told to have stirred: a copy of many files
is one stir."""
AT_LATEST = 15.0
"""Seconds after which a folder that never lies still is told all the same."""
UNFINISHED = 2.0
"""Seconds without an event after which a camera's photo is told although it does not seem whole."""
SETTLED = 0.3
"""...and after which it is told when it does: not every system says that a file was closed."""
ASK_EVERY = 5.0
"""Seconds between two questions whether a folder is a camera's."""
_WRITES = frozenset({"created", "modified", "moved", "deleted", "closed"})
_ARRIVALS = frozenset({"created", "modified", "moved", "closed"})


def _is_trouble(record: logging.LogRecord) -> bool:
    """Not that a watch ended just when its thread was about to look: watchdog calls it an error."""
    return "called when the thread is inactive" not in record.getMessage()


class Watcher:
    """Watches folders, recursively, and calls `stirred(folder_id)` on a thread of its own."""

    def __init__(
        self,
        stirred: Callable[[int], None],
        arrived: Callable[[int, Path], None] = lambda _, __: None,
    ) -> None:
        """`arrived(folder_id, path)` is called for each photo written into a camera's folder."""
        self._stirred = stirred
        self._arrived = arrived
        self._written: dict[Path, _Writing] = {}
        logging.getLogger("watchdog.observers.inotify").addFilter(_is_trouble)
        self._observer: BaseObserver = Observer()
        self._watches: dict[int, ObservedWatch] = {}
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._condition = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._observer.start()
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        if self._thread.is_alive():
            self._thread.join()
            self._observer.stop()
            self._observer.join()

    def watch(
        self, folder_id: int, path: Path, is_camera: Callable[[], bool] = lambda: False
    ) -> bool:
        """Watch one more folder; False when the system cannot, and only a rescan will tell.
        `is_camera` is asked now and then whether it is a camera's."""
        self.forget(folder_id)
        try:
            self._watches[folder_id] = self._observer.schedule(
                _Ear(folder_id, self._hear, self._note, is_camera), str(path), recursive=True
            )
        except OSError as error:
            logger.info("A folder cannot be watched: error %d of the system", error.errno or 0)
            return False
        return True

    def is_watching(self, folder_id: int) -> bool:
        """Whether this folder is watched."""
        return folder_id in self._watches

    def forget(self, folder_id: int) -> None:
        """Stop watching one folder."""
        watch = self._watches.pop(folder_id, None)
        if watch is not None:
            try:
                self._observer.unschedule(watch)
            except (KeyError, OSError):
                logger.debug("A watched folder had gone already")

    def _hear(self, folder_id: int) -> None:
        with self._condition:
            now = time.monotonic()
            self._first.setdefault(folder_id, now)
            self._last[folder_id] = now
            self._condition.notify()

    def _note(self, folder_id: int, path: Path, is_finished: bool) -> None:
        """A camera has written at a photo, or is done with it."""
        with self._condition:
            self._written[path] = _Writing(folder_id, time.monotonic(), is_finished)
            self._condition.notify()

    def _run(self) -> None:
        while True:
            with self._condition:
                if self._closing:
                    return
                if not any(one.is_finished for one in self._written.values()):
                    self._condition.wait(self._patience())
                now = time.monotonic()
                ripe = self._ripe(now)
                written = dict(self._written)
            for path, one in written.items():
                if one.is_ripe(path, now):
                    self._tell(path, one)
            for folder_id in ripe:
                self._stirred(folder_id)

    def _patience(self) -> float | None:
        if self._written:
            return 0.1
        return 0.25 if self._last else None

    def _tell(self, path: Path, one: _Writing) -> None:
        with self._condition:
            if self._written.get(path) is not one:
                return  # something was written meanwhile
            del self._written[path]
        self._arrived(one.folder_id, path)

    def _ripe(self, now: float) -> list[int]:
        ripe = [
            folder_id
            for folder_id, last in self._last.items()
            if now - last >= STILL_AFTER or now - self._first[folder_id] >= AT_LATEST
        ]
        for folder_id in ripe:
            del self._first[folder_id], self._last[folder_id]
        return ripe


@dataclass(frozen=True, slots=True)
class _Writing:
    """What was heard last of a camera's photo."""

    folder_id: int
    at: float
    is_finished: bool
    """Whether the system said that it was closed, or has its name now."""

    def is_ripe(self, path: Path, now: float) -> bool:
        """Whether it is time to look at it."""
        if self.is_finished or now - self.at >= UNFINISHED:
            return True
        return now - self.at >= SETTLED and is_whole(path)


class _Ear(FileSystemEventHandler):
    """Hears what happens in one folder; reading, which Kinfolk does itself, is not heard.

    [Note: Cameras] In a camera's folder a photo that was written is noted by itself, so that it
    need not wait until the whole folder lies still and is scanned. Whatever else happens there
    stirs the folder.
    """

    def __init__(
        self,
        folder_id: int,
        hear: Callable[[int], None],
        note: Callable[[int, Path, bool], None],
        is_camera: Callable[[], bool],
    ) -> None:
        self._folder_id = folder_id
        self._hear = hear
        self._note = note
        self._ask = is_camera
        self._asked = -ASK_EVERY
        self._is_camera = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass a change on."""
        if event.event_type in _WRITES and self._is_of_camera() and self._is_noted(event):
            return
        hidden = os.path.basename(os.fsdecode(event.src_path)).startswith(".")  # noqa: PTH119
        if event.event_type in _WRITES and not (event.is_directory and hidden):
            self._hear(self._folder_id)

    def _is_of_camera(self) -> bool:
        """Whether the folder is a camera's; thousands of files may be copied into it at once."""
        now = time.monotonic()
        if now - self._asked >= ASK_EVERY:
            self._asked = now
            try:
                self._is_camera = self._ask()
            except KnownError:  # the folder is watched all the same
                logger.info("Whether a folder is a camera's could not be told")
        return self._is_camera

    def _is_noted(self, event: FileSystemEvent) -> bool:
        """Note a photo that was written or got its name; whether it was that."""
        kind = event.event_type
        if event.is_directory or kind not in _ARRIVALS:
            # Each file that comes or goes also changes the directory it lies in.
            return event.is_directory and kind == "modified"
        path = Path(os.fsdecode(event.dest_path if kind == "moved" else event.src_path))
        if not is_album_file(path):
            # A name that no photo has: it will get another.
            return kind != "moved"
        self._note(self._folder_id, path, kind in ("closed", "moved"))
        return kind != "moved" or not is_album_file(Path(os.fsdecode(event.src_path)))
