"""Arrivals: whoever starts Kinfolk again finds its window in front, and their folders in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.indexing.doorway import Arrival, Doorway
from app.indexing.house import House
from app.library import queries
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow
from app.ui.opening import Opening

_MILLISECONDS = 150
"""After so long the desktop has answered, so that Qt knows what time it is there."""


class Arrivals(QObject):
    """Greets those who come through the doorway, as long as the window is there."""

    def __init__(self, house: House, window: MainWindow, bridge: Bridge, doorway: Doorway) -> None:
        super().__init__(window)
        self._house = house
        self._window = window
        self._bridge = bridge
        self._doorway = doorway
        self._opening = Opening(house.library, window, bridge)
        bridge.arrived.connect(self._greet)
        doorway.welcome(self._let_in)
        if sys.platform == "darwin":  # elsewhere every event would be looked at for nothing
            QApplication.instance().installEventFilter(self)

    def close(self) -> None:
        """Let those who come from now on wait."""
        self._doorway.welcome(None)

    def _let_in(self, arrival: Arrival) -> None:
        """Not in the GUI thread. Raises UsageError when there is no such collection."""
        if arrival.collection:
            queries.collections.collection(self._house.library, arrival.collection)
        self._bridge.receive(arrival)

    def add_to(self, collection_id: int, paths: Sequence[Path]) -> None:
        """Have a collection in sight, and take folders and files into it; photos among them are
        shown."""

        def add(_: MainWindow) -> None:
            self._take(paths)

        desk = self._window.desk
        if collection_id == desk.album.collection_id:
            self._take(paths)
        elif paths:
            desk.collections.go(collection_id, add)
        else:
            desk.collections.go(collection_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):  # macOS names no files on the command line
            self._take([Path(event.file())])
            return True
        return super().eventFilter(watched, event)

    def _take(self, paths: Sequence[Path]) -> None:
        self._window.add(list(paths))
        self._opening.open(paths)

    def _greet(self, arrival: Arrival) -> None:
        come_to_front(self._window, arrival.token)
        if not arrival.collection:
            self._take(arrival.paths)
            return

        def number() -> int:
            return queries.collections.collection(self._house.library, arrival.collection).id

        def add(found: int) -> None:
            self.add_to(found, arrival.paths)

        self._window.desk.background.read(self, number, add)


def come_to_front(window: MainWindow, token: str = "") -> None:
    """Have the window in front of all others and give it the keyboard, however it was left.

    `token` is what the desktop gave whoever wants this.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt hands it in when it activates a window
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    # [Note: In front] A desktop refuses a window that knows only of an old keypress. What this
    # one answers to the wish for attention tells Qt the time, and where it refuses all the same,
    # the wish stays: the window blinks in the list of windows.
    QApplication.alert(window)
    window.activateWindow()
    QTimer.singleShot(_MILLISECONDS, window, window.activateWindow)
