"""Watcher: a folder stirred; told once it lies still again."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

logger = logging.getLogger(__name__)

STILL_AFTER = 1.5
"""Seconds without an event after which a folder is told to have stirred: a copy of many files
is one stir."""
AT_LATEST = 15.0
"""Seconds after which a folder that never lies still is told all the same."""
_WRITES = frozenset({"created", "modified", "moved", "deleted", "closed"})


class Watcher:
    """Watches folders, recursively, and calls `stirred(folder_id)` on a thread of its own."""

    def __init__(self, stirred: Callable[[int], None]) -> None:
        self._stirred = stirred
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

    def watch(self, folder_id: int, path: Path) -> bool:
        """Watch one more folder; False when the system cannot, and only a rescan will tell."""
        self.forget(folder_id)
        try:
            self._watches[folder_id] = self._observer.schedule(
                _Ear(folder_id, self._hear), str(path), recursive=True
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

    def _run(self) -> None:
        while True:
            with self._condition:
                if self._closing:
                    return
                self._condition.wait(0.25 if self._last else None)
                ripe = self._ripe(time.monotonic())
            for folder_id in ripe:
                self._stirred(folder_id)

    def _ripe(self, now: float) -> list[int]:
        ripe = [
            folder_id
            for folder_id, last in self._last.items()
            if now - last >= STILL_AFTER or now - self._first[folder_id] >= AT_LATEST
        ]
        for folder_id in ripe:
            del self._first[folder_id], self._last[folder_id]
        return ripe


class _Ear(FileSystemEventHandler):
    """Hears what happens in one folder; reading, which Kinfolk does itself, is not heard."""

    def __init__(self, folder_id: int, hear: Callable[[int], None]) -> None:
        self._folder_id = folder_id
        self._hear = hear

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass a change on."""
        hidden = os.path.basename(os.fsdecode(event.src_path)).startswith(".")  # noqa: PTH119
        if event.event_type in _WRITES and not (event.is_directory and hidden):
            self._hear(self._folder_id)
