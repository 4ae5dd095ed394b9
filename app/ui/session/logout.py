"""Logout: the session of the desktop ends; what the program asks of it, and leaves to it.

On X11 this is the protocol XSMP, on Windows WM_QUERYENDSESSION, on macOS the wish of the dock to
quit: Qt makes one of all of them. Nothing is asked of the user then, for nothing is unsaved: every
word is in the library by the time it was said.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QSessionManager


class Logout(QObject):
    """Notes how the window is when the session ends, and has it open again in the next one."""

    def __init__(
        self, application: QGuiApplication, command: list[str], keep: Callable[[], object]
    ) -> None:
        """`command` opens this library again; `keep` notes how the window is left."""
        super().__init__()
        self._command = command
        self._keep = keep
        # At once: what the session manager is to be told is read when the signal is over.
        direct = Qt.ConnectionType.DirectConnection
        application.commitDataRequest.connect(self.commit, direct)
        application.saveStateRequest.connect(self.save, direct)

    def commit(self, _manager: QSessionManager) -> None:
        """The session is about to end: it may be over in a moment."""
        self._keep()

    def save(self, manager: QSessionManager) -> None:
        """Say how the program is started again. Qt would add `-session` and a number, under which
        it has nothing to find: where the window was left stands beside the library, for every
        start."""
        self._keep()
        manager.setRestartCommand(self._command)
        manager.setDiscardCommand([])
        manager.setRestartHint(QSessionManager.RestartHint.RestartIfRunning)


def restart_command(library: Path | None) -> list[str]:
    """What starts this program again as it was started, with the library that was named."""
    first = Path(sys.argv[0])
    if getattr(sys, "frozen", False):  # a package with an interpreter of its own
        command = [sys.executable]
    elif first.name == "__main__.py" or not first.name:
        command = [sys.executable, "-m", "app"]
    else:
        found = shutil.which(sys.argv[0])
        command = [str(Path(found).absolute() if found else first.absolute())]
    return command if library is None else [*command, "--library", str(library)]
