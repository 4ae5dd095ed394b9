"""A desktop's service for notices, on the session's bus: it writes down what it is asked to show,
one JSON document a line, and clicks on it.

    python notices_service.py FILE [--quiet]

With --quiet nobody clicks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection

NAME = "org.freedesktop.Notifications"
PLACE = "/org/freedesktop/Notifications"
NUMBER = 4_000_000_007
"""How it calls the first notice: no signed number of 32 bits."""
_LONGEST = 120_000


@ClassInfo(**{"D-Bus Interface": NAME})
class Service(QObject):
    """Takes notices of the types that the specification names, and no others."""

    ActionInvoked = Signal("uint", str)
    ActivationToken = Signal("uint", str)
    NotificationClosed = Signal("uint", "uint")

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    @Slot(result="QStringList")
    def GetCapabilities(self) -> list[str]:  # noqa: N802
        """What it can."""
        return ["actions", "body", "body-markup", "icon-static"]

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(self, *told: object) -> int:  # noqa: N802
        """Show a notice."""
        with self._file.open("a") as file:
            file.write(json.dumps(told) + "\n")
        if "--quiet" not in sys.argv:
            QTimer.singleShot(0, self._click)
        return NUMBER

    def _click(self) -> None:
        self.ActionInvoked.emit(NUMBER + 1, "default")  # another program's
        self.ActionInvoked.emit(NUMBER, "something else")
        self.ActivationToken.emit(NUMBER, "token-7")
        self.ActionInvoked.emit(NUMBER, "default")
        self.NotificationClosed.emit(NUMBER, 2)


def main() -> int:
    """Serve until it is ended, two minutes at most."""
    application = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    service = Service(Path(sys.argv[1]))
    option = QDBusConnection.RegisterOption
    everything = option.ExportAllSlots | option.ExportAllSignals
    assert bus.registerObject(PLACE, service, everything)
    assert bus.registerService(NAME)
    QTimer.singleShot(_LONGEST, application.quit)  # whoever started it may have been killed
    print("ready", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
