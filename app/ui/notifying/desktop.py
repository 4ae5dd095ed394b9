"""Desktop: puts notices onto the desktop, in the way that it knows.

Linux desktops have a service on the session's bus for that, also those without a tray. Elsewhere,
and where nobody answers on the bus, it is the tray.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.indexing.notice import Notice
    from app.ui.background import Background
    from app.ui.notifying.session_bus import SessionBus
    from app.ui.notifying.tray import Tray


class Desktop(QObject):
    """Shows notices; those who have no desktop at all see none, and nothing fails."""

    opened = Signal(int, str)
    """A notice was clicked, by its number; with what lets a window come to the front, or ""."""

    def __init__(self, background: Background, system: str, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._bus: SessionBus | None = None
        self._tray: Tray | None = None
        self._has_bus = system == "linux"

    def show_notice(self, number: int, notice: Notice) -> None:
        """Put it on the desktop; `number` is what `opened` tells."""
        if self._has_bus and self._bus is None:
            from app.ui.notifying.session_bus import SessionBus, is_there

            self._has_bus = is_there()
            if self._has_bus:
                self._bus = SessionBus(self._background, self)
                self._bus.opened.connect(self.opened)
                self._bus.unheard.connect(self._show_in_tray)
        if self._bus is not None:
            self._bus.show_notice(number, notice)
        else:
            self._show_in_tray(number, notice)

    def _show_in_tray(self, number: int, notice: Notice) -> None:
        from app.ui.notifying.tray import Tray

        if self._tray is None:
            self._tray = Tray(self)
            self._tray.opened.connect(self.opened)
        self._tray.show_notice(number, notice)


def picture_of(notice: Notice) -> Path | None:
    """The picture to show with a notice, where it is still there."""
    picture = notice.picture
    return picture if picture is not None and picture.is_file() else None
