"""A desktop's tray, as Linux desktops have it: it writes down who comes into it, one name a line.

    python tray_service.py FILE

https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import ClassInfo, Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection

NAME = "org.kde.StatusNotifierWatcher"
_LONGEST = 120_000


@ClassInfo(**{"D-Bus Interface": NAME})
class Service(QObject):
    """Has a place for everybody."""

    StatusNotifierItemRegistered = Signal(str)
    StatusNotifierItemUnregistered = Signal(str)
    StatusNotifierHostRegistered = Signal()

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    @Slot(str)
    def RegisterStatusNotifierItem(self, name: str) -> None:  # noqa: N802
        """Come into the tray."""
        with self._file.open("a") as file:
            file.write(name + "\n")
        self.StatusNotifierItemRegistered.emit(name)

    @Property(bool)
    def IsStatusNotifierHostRegistered(self) -> bool:  # noqa: N802
        """Whether anybody shows the tray."""
        return True

    @Property(int)
    def ProtocolVersion(self) -> int:  # noqa: N802
        """Of the protocol."""
        return 0


def main() -> int:
    """Serve until it is ended, two minutes at most."""
    application = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    service = Service(Path(sys.argv[1]))
    option = QDBusConnection.RegisterOption
    everything = option.ExportAllSlots | option.ExportAllSignals | option.ExportAllProperties
    assert bus.registerObject("/StatusNotifierWatcher", service, everything)
    assert bus.registerService(NAME)
    QTimer.singleShot(_LONGEST, application.quit)  # whoever started it may have been killed
    print("ready", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
