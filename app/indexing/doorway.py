"""Doorway: the one window of a library; whoever opens a second one is led to the first."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from app.errors import LibraryBusyError, UsageError
from app.paths import Paths

if TYPE_CHECKING:
    from app.indexing.doorbell import Doorbell, Message

logger = logging.getLogger(__name__)

_PATIENCE = 6.0
"""Seconds after which it is told that a window does not answer: until then it may just be
opening or closing."""
_EVERY = 0.2
_SOON = 1.0
"""Seconds after which the bell is hung out: to load what it is made of must not hold up the window,
and whoever rings before tries again."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody started Kinfolk although its window is open."""

    collection: str
    """By name; empty for the one in sight."""
    paths: tuple[Path, ...] = ()
    """Folders and photos to add."""
    token: str = ""
    """With which the desktop lets the window come to the front."""

    def message(self) -> dict[str, Any]:
        """The arrival as it goes through the doorbell."""
        return {
            "do": "show",
            "collection": self.collection,
            "paths": [str(path) for path in self.paths],
            "token": self.token,
        }

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Arrival:
        """The arrival that a message speaks of.

        Raises UsageError for a message that cannot be understood.
        """
        try:
            if message["do"] != "show":
                raise ValueError("something else is wanted")
            paths = tuple(Path(str(path)) for path in message["paths"])
            return cls(str(message["collection"]), paths, str(message["token"]))
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError("The window that is open is of another version of Kinfolk.") from error


class Doorway:
    """Lets one window of a library in, and tells it of those who come later."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._lock = FileLock(paths.window_lock, mode=0o600, thread_local=False)
        self._bell: Doorbell | None = None
        self._greet: Callable[[Arrival], None] | None = None
        self._early: list[Arrival] = []
        self._greeting = threading.Lock()
        self._hanging = threading.Timer(_SOON, self._hang_out)
        self._hanging.daemon = True

    def enter(self, arrival: Arrival) -> bool:
        """Whether this process may show its window; else there is one, and it knows of the arrival.

        Raises LibraryBusyError when there is one that does not answer, and UsageError when it
        refuses.
        """
        end = time.monotonic() + _PATIENCE
        while not self._is_ours():
            from app.indexing.doorbell import ring

            try:
                ring(self._paths.window_bell, arrival.message())
            except ConnectionError as error:
                if time.monotonic() > end:
                    raise LibraryBusyError(
                        "A window of Kinfolk has this library open, and does not answer. Wait a "
                        "moment, or end it and try again."
                    ) from error
                time.sleep(_EVERY)
            else:
                return False
        return True

    def welcome(self, greet: Callable[[Arrival], None] | None) -> None:
        """Tell `greet` of everyone who comes, on a thread of its own, and of who came already;
        it may raise UsageError. None: let them wait for the next window."""
        with self._greeting:
            self._greet = greet
            if greet is None:
                return
            early, self._early = self._early, []
            for arrival in early:
                with contextlib.suppress(UsageError):
                    greet(arrival)

    def close(self) -> None:
        """Let the next window in."""
        self._hanging.cancel()
        if self._hanging.ident is not None:
            self._hanging.join()
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        elif self._lock.is_locked:  # closed at once: a dead process's bell was not replaced yet
            with contextlib.suppress(OSError):
                self._paths.window_bell.unlink()
        self._lock.release()

    def _is_ours(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            logger.info("The window is opened without a lock: %s", error.strerror)
            return True
        self._hanging.start()
        return True

    def _hang_out(self) -> None:
        from app.indexing.doorbell import Doorbell

        try:
            self._bell = Doorbell(self._paths.window_bell, self._answer)
        except OSError as error:
            logger.info("No bell could be hung out: %s", error.strerror)

    def _answer(self, message: Message) -> Message:
        arrival = Arrival.of(message)
        with self._greeting:
            if self._greet is None:
                self._early.append(arrival)
            else:
                self._greet(arrival)
        return {}
