"""Another program: a window that takes what is dropped on it and says what it got, one JSON
document a line. It would sooner move files than copy them, if it was let.

    python receiver.py X Y WIDTH HEIGHT
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

_LONGEST = 120_000


class Receiver(QWidget):
    """Takes files."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._is_seen = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        if not self._is_seen:
            self._is_seen = True
            print("ready", flush=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        self._take(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._take(event)
        told = {
            "urls": [bytes(url.toEncoded().data()).decode() for url in event.mimeData().urls()],
            "may_move": bool(event.possibleActions() & Qt.DropAction.MoveAction),
            "action": event.dropAction().name,
        }
        print(json.dumps(told), flush=True)

    @staticmethod
    def _take(event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.MoveAction)
        if not event.possibleActions() & Qt.DropAction.MoveAction:
            event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


def main() -> int:
    """Stand there, two minutes at most."""
    application = QApplication([])
    window = Receiver()
    window.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
    window.setGeometry(*map(int, sys.argv[1:5]))
    window.show()
    QTimer.singleShot(_LONGEST, application.quit)  # whoever started it may have been killed
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
