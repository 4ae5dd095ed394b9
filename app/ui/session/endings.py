"""Endings: what the system says to a program that is to end, heard by the window in good order.

[Note: Signals] Python carries out what a signal means between two of its own instructions, and
while Qt waits for events there are none. So the system is asked to write each signal into a socket
(signal.set_wakeup_fd), and Qt waits for that, too.
"""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C; the system goes down, or the session ends; the terminal was closed; as Ctrl+C, of
Windows."""


class Endings(QObject):
    """Ends the program when the system wants that, also while the window is still being built: an
    exception in the middle of Qt's work would crash it."""

    def __init__(self, end: Callable[[], object]) -> None:
        """`end` is called in the GUI thread, from its event loop."""
        super().__init__()
        self._end = end
        self._is_wanted = self._is_heeded = False
        self._reading, self._writing = socket.socketpair()
        for one in (self._reading, self._writing):
            one.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._wakeup_before = signal.set_wakeup_fd(
            self._writing.fileno(), warn_on_full_buffer=False
        )
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is None or signal.getsignal(number) is signal.SIG_IGN:
                continue  # whoever started the program wants it to outlive that: nohup does
            signal.signal(number, self._hear)

    def heed(self) -> None:
        """The window is there: end it, if that was wanted before, or as soon as it is."""
        self._is_heeded = True
        if self._is_wanted:
            self._end()

    def close(self) -> None:
        """Heed nothing more: the program is ending, or another window follows. Whoever is told to
        end a second time goes on ending in good order."""
        self._is_heeded = False
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

    def _hear(self, *_: object) -> None:
        first, self._is_wanted = not self._is_wanted, True
        if first and self._is_heeded:
            # Not from here: that closes the window at once, maybe in the middle of being painted.
            QTimer.singleShot(0, self._end)

    def _wake(self) -> None:
        """Python is at work here, so that it hears what came."""
        with contextlib.suppress(BlockingIOError):
            self._reading.recv(64)
