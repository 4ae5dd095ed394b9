"""Player: a film without its sound, each frame when it is due, decoded in the background."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from app.ui.background import Background

_AHEAD = 4
"""Frames that are decoded before they are due; a frame of a full screen takes 8 MB."""
_TICK = 12
"""Milliseconds between two looks at what is due: less than a frame of 60 a second lasts."""
_LATE = 0.25
"""Seconds by which a frame may come late; then the film goes slower, and leaves out no more."""
_PATIENCE = 0.05
"""Seconds after which a full queue is tried again, to see whether anybody still wants it."""


@dataclass(frozen=True, slots=True)
class Reel:
    """What is to be played, and from when on, s."""

    path: Path
    seconds: float = 0.0
    begin: int = 0
    """The byte of the file at which the film begins."""


class Player(QObject):
    """Plays one film at a time. Nothing of it is decoded in the GUI thread, which only takes from
    a short queue what is due."""

    shown = Signal(QImage, float)
    """A frame that is due now, and its moment, s."""
    ended = Signal()
    """The film is over; not after `stop`."""
    failed = Signal(str)
    """Why it cannot be played on."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._frames: queue.Queue[tuple[float, QImage] | None] = queue.Queue(_AHEAD)
        self._stop = threading.Event()
        self._stop.set()
        self._next: tuple[float, QImage] | None = None
        self._began = 0.0
        """When the first moment of the film was, by the clock of this computer."""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._look)

    @property
    def is_playing(self) -> bool:
        """Whether a film is under way."""
        return not self._stop.is_set()

    def play(self, reel: Reel, long_side: int) -> None:
        """Begin with a film, its frames no larger than this."""
        self.stop()
        self._stop, self._frames = threading.Event(), queue.Queue(_AHEAD)
        self._next, self._began = None, 0.0
        self.destroyed.connect(self._stop.set)
        background, stop = self._background, self._stop

        def is_over() -> bool:
            return stop.is_set() or background.is_closed

        work = partial(_decode, reel, long_side, self._frames, is_over)
        background.read(self, work, None, partial(self._fail, stop))
        self._timer.start()

    def stop(self) -> None:
        """Play no further."""
        self._stop.set()
        self._timer.stop()
        self._next = None

    def _fail(self, stop: threading.Event, reason: str) -> None:
        if not stop.is_set():
            self.stop()
            self.failed.emit(reason)

    def _look(self) -> None:
        """Show the last frame that is due."""
        due: tuple[float, QImage] | None = None
        while True:
            if self._next is None:
                try:
                    self._next = self._frames.get_nowait()
                except queue.Empty:
                    break
                if self._next is None:
                    self._end(due)
                    return
            if not self._is_due(self._next[0]):
                break
            due, self._next = self._next, None
        if due is not None:
            self.shown.emit(due[1], due[0])

    def _end(self, last: tuple[float, QImage] | None) -> None:
        self.stop()
        if last is not None:
            self.shown.emit(last[1], last[0])
        self.ended.emit()

    def _is_due(self, moment: float) -> bool:
        now = time.monotonic()
        if not self._began or now - self._began - moment > _LATE:
            self._began = now - moment  # from here on, as nothing was there to be shown
        return now - self._began >= moment


def _decode(
    reel: Reel,
    long_side: int,
    frames: queue.Queue[tuple[float, QImage] | None],
    is_over: Callable[[], bool],
) -> None:
    from app.media.play import frames_from

    for moment, pixels in frames_from(reel.path, reel.seconds, long_side, reel.begin):
        height, width, _ = pixels.shape
        view = QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888)
        frame = moment, view.convertToFormat(QImage.Format.Format_RGB32)
        if not _put(frames.put, frame, is_over):
            return
    _put(frames.put, None, is_over)


def _put(
    put: Callable[..., None], frame: tuple[float, QImage] | None, is_over: Callable[[], bool]
) -> bool:
    """Hand a frame over when there is room; False once nobody wants it any more."""
    while not is_over():
        try:
            put(frame, timeout=_PATIENCE)
        except queue.Full:
            continue
        return True
    return False
