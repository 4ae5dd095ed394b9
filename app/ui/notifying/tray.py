"""Tray: notices where the desktop has a tray; the icon is there while somebody may click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

if TYPE_CHECKING:
    from app.indexing.notice import Notice

_SHOWN_MILLISECONDS = 10_000
_CLICKED_MILLISECONDS = 60_000
"""A minute later a notice is out of sight on every system, and so may the icon be."""


class Tray(QObject):
    """Shows notices beside an icon."""

    opened = Signal(int, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._icon: QSystemTrayIcon | None = None
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(_CLICKED_MILLISECONDS)
        self._leave.timeout.connect(self._hide)

    def show_notice(self, number: int, notice: Notice) -> None:
        """Show it, where there is a tray that can."""
        from app.ui.notifying.desktop import picture_of

        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.setToolTip(QApplication.applicationDisplayName())
            self._icon.messageClicked.connect(self._open)
            self._icon.activated.connect(self._open)
        self._number = number
        self._icon.show()
        picture = picture_of(notice)
        icon = QApplication.windowIcon() if picture is None else QIcon(str(picture))
        self._icon.showMessage(notice.title, notice.text, icon, _SHOWN_MILLISECONDS)
        self._leave.start()

    def _open(self, *_: object) -> None:
        self._hide()
        self.opened.emit(self._number, "")

    def _hide(self) -> None:
        if self._icon is not None:
            self._icon.hide()
