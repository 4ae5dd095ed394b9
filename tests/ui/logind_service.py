"""What tells of sleep and shutdown, on a bus that stands in for the system's: it sends the computer
to sleep as soon as somebody may hold that up, wakes it, and shuts it down.

    python logind_service.py FILE
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    ClassInfo,
    QCoreApplication,
    QObject,
    QSocketNotifier,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor

NAME = "org.freedesktop.login1"
PLACE = "/org/freedesktop/login1"
_LONGEST = 120_000


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.login1.Manager"})
class Service(QObject):
    """Hands out locks, each one end of a pipe: whoever lets go of it closes the pipe."""

    PrepareForSleep = Signal(bool)
    PrepareForShutdown = Signal(bool)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._count = 0
        self._notifier: QSocketNotifier | None = None

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:  # noqa: N802
        """Hold up sleep."""
        self._count += 1
        self._note(f"{who} holds up {what}: {mode}")
        reading, writing = os.pipe()
        lock = QDBusUnixFileDescriptor(writing)  # a copy of it
        os.close(writing)
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._let_go)
        QTimer.singleShot(0, self._go_on)
        return lock

    def _go_on(self) -> None:
        if self._count == 1:
            self._note("sleep")
            self.PrepareForSleep.emit(True)
        else:
            self._note("shutdown")
            self.PrepareForShutdown.emit(True)

    def _let_go(self) -> None:
        assert self._notifier is not None
        self._notifier.setEnabled(False)
        self._note("let go")
        if self._count == 1:
            self._note("awake")
            self.PrepareForSleep.emit(False)

    def _note(self, line: str) -> None:
        with self._file.open("a") as file:
            file.write(line + "\n")


def main() -> int:
    """Serve until it is ended, two minutes at most."""
    application = QCoreApplication([])
    bus = QDBusConnection.systemBus()
    service = Service(Path(sys.argv[1]))
    option = QDBusConnection.RegisterOption
    assert bus.registerObject(PLACE, service, option.ExportAllSlots | option.ExportAllSignals)
    assert bus.registerService(NAME)
    QTimer.singleShot(_LONGEST, application.quit)  # whoever started it may have been killed
    print("ready", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
