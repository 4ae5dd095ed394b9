"""Asking: when the album is asked for questions, which may take it seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import KnownError
from app.ui.album import Album
from app.ui.background import Background, Job

if TYPE_CHECKING:
    from app.indexing.suggestions import Suggestion

    Answer = tuple[list[Suggestion], list[Suggestion]]

COSTLY = 40_000
"""Faces: to ask about more takes so long, and so much memory, that it is only done for somebody who
looks at the questions. 100,000 take eight seconds of a core and 300 MB."""
REST = 4.0
"""Seconds between two times of asking, at least; and never more than a quarter of the time."""


class _StoppedError(KnownError):
    """Nobody waits for the questions any more."""


class Asking(QObject):
    """Asks in the background, one time after the other with rests between.

    What is `wanted` is asked in any case, since the number in the sidebar needs it, unless that is
    COSTLY; what is only `old` is asked while somebody looks at the questions.
    """

    found = Signal(list, list)
    """The open questions (Suggestion), and those the user passed over."""
    began = Signal()

    def __init__(self, album: Album, background: Background) -> None:
        super().__init__()
        self._album = album
        self._background = background
        self._is_wanted = False
        self._is_old = False
        self._is_watched = False
        self._is_closed = False
        self._is_for_all = True
        """Whether what is being asked was wanted in any case."""
        self._was_watched = False
        """Whether somebody looked when it was begun."""
        self._job: Job | None = None
        self._stop = threading.Event()
        self._begun = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._catch_up)

    @property
    def is_under_way(self) -> bool:
        """Whether it is being asked now."""
        return self._job is not None and not self._job.is_over

    def want(self) -> None:
        """Ask anew."""
        self._is_wanted = True
        self._catch_up()

    def grow_old(self) -> None:
        """Something may be asked differently by now."""
        self._is_old = True
        self._catch_up()

    def watch(self, is_watched: bool) -> None:
        """Somebody looks at the questions, or does not any more."""
        self._is_watched = is_watched
        if not is_watched and self.is_under_way and self._was_watched:
            self._drop()
            # Asked again in any case, if it is not COSTLY, or when somebody comes back.
            self._is_wanted, self._is_old = self._is_for_all, True
        self._catch_up()

    def restart(self) -> None:
        """What is being asked now knows too little: ask it again."""
        if self.is_under_way:
            self._drop()
            self.want()

    def close(self) -> None:
        """Ask nothing more, and stop soon."""
        self._is_closed = True
        self._drop()

    def _drop(self) -> None:
        self._stop.set()
        if self._job is not None:
            self._job.drop()
            self._job = None

    def _catch_up(self) -> None:
        is_due = self._is_wanted or (self._is_old and self._is_watched)
        if not is_due or self._rest.isActive() or self.is_under_way or self._is_closed:
            return
        self._is_for_all = self._is_wanted
        self._was_watched = self._is_watched
        self._is_wanted = self._is_old = False
        self._stop = threading.Event()
        self._begun = time.monotonic()
        read = partial(_ask, self._album, partial(_go_on, self._stop), self._is_watched)
        self._job = self._background.think(self, read, self._show, self._fail)
        self.began.emit()

    def _show(self, answer: Answer | None) -> None:
        if answer is None:
            self._is_old = True
            self._catch_up()
            return
        self._begin_rest()
        self.found.emit(*answer)

    def _fail(self, reason: str) -> None:
        self._begin_rest()
        self._background.failed.emit(reason)

    def _begin_rest(self) -> None:
        took = time.monotonic() - self._begun
        self._rest.start(round(1000 * max(REST, 3 * took)))


def _ask(album: Album, check: Callable[[], None], is_watched: bool) -> Answer | None:
    """The open questions, and those the user passed over; None where nobody looks and it is
    COSTLY."""
    if not is_watched and album.face_count() > COSTLY:
        return None
    return album.questions(check)


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise _StoppedError("Nobody waits for the questions any more.")
