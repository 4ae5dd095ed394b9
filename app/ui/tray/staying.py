"""Staying: whoever closes the window while strangers are told of leaves Kinfolk in the tray.

Where nothing is watched there is no icon, and where the desktop has no tray nobody could come back:
then closing the window ends the program, as everywhere.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.ui.places import Kind, Place
from app.ui.tray.watch import Watch, Watched

if TYPE_CHECKING:
    from app.indexing.house import House
    from app.ui.background import Background
    from app.ui.main_window import MainWindow
    from app.ui.tray.icon import TrayIcon
    from app.ui.window_state import WindowState

TOLD = "tray"
"""By which it is noted that the user was told."""


class Staying(QObject):
    """Decides what closing the window means, and leads back to it."""

    def __init__(
        self, window: MainWindow, house: House, background: Background, state: WindowState | None
    ) -> None:
        """`state` is where it is noted that the user was told."""
        super().__init__()
        self._window = window
        self._house = house
        self._background = background
        self._state = state
        self._icon: TrayIcon | None = None
        self.watch = Watch(house, background)
        self.watch.told.connect(self._follow)
        window.closing.stays = self.keeps
        window.closing.stirred.connect(self.watch.soon)

    def begin(self) -> None:
        """Look whether anything is watched: when the indexer is awake, for it is asked."""
        self.watch.refresh()

    def keeps(self) -> bool:
        """The window is being closed: whether Kinfolk stays, out of sight. The first time the user
        is told, and may want otherwise."""
        watched = self.watch.now
        self._follow(watched)  # the tray itself may have come later than we, or be gone
        icon = self._icon
        if icon is None or not (watched.is_any and watched.stays and icon.is_shown):
            return False
        if self._state is not None and not self._state.is_told(TOLD):
            self._tell()
        else:
            self._go_out_of_sight()
        return True

    def close(self) -> None:
        """Be gone from the tray."""
        self._window.closing.stays = None
        QApplication.setQuitOnLastWindowClosed(True)
        if self._icon is not None:
            self._icon.close()

    def _follow(self, watched: Watched) -> None:
        if watched.is_any and watched.stays and QSystemTrayIcon.isSystemTrayAvailable():
            self._reach().show_watched(watched)
        elif self._icon is not None:
            self._icon.hide()
            self._come_back_if_lost()

    def _reach(self) -> TrayIcon:
        if self._icon is None:
            from app.ui.tray.icon import TrayIcon

            self._icon = icon = TrayIcon(self)
            icon.open_wanted.connect(self.come_back)
            icon.alerts_wanted.connect(self._show_alerts)
            icon.pause_wanted.connect(self._pause)
            icon.quit_wanted.connect(self._window.closing.quit)
        return self._icon

    def _tell(self) -> None:
        """Say it once, in a dialog: a notice may be missed, and a window that is gone without one
        looks like a program that has ended."""
        from app.ui.tray.telling import StayingDialog

        dialog = StayingDialog(self._window)
        dialog.accepted.connect(self._stay_knowingly)
        dialog.quit_wanted.connect(self._window.closing.quit)
        dialog.open()

    def _stay_knowingly(self) -> None:
        if self._state is not None:
            self._state.tell(TOLD)
        self._go_out_of_sight()

    def _go_out_of_sight(self) -> None:
        # What closes last must not end the program while nothing of it can be seen.
        QApplication.setQuitOnLastWindowClosed(False)
        if self._state is not None:
            self._state.keep(self._window)
        self._window.message.hide()
        self._window.hide()

    def come_back(self) -> None:
        """Have the window in sight again."""
        from app.ui.arrivals import come_to_front

        come_to_front(self._window)

    def _come_back_if_lost(self) -> None:
        """Nothing is watched any more, another process has said so perhaps: nobody could come back
        to a window without an icon."""
        if not self._window.isVisible():
            self.come_back()

    def _show_alerts(self) -> None:
        self.come_back()
        there, desk = self.watch.now.where, self._window.desk
        place = Place(Kind.ALERTS)
        if there in (0, desk.album.collection_id):
            self._window.go(place)
        else:
            desk.collections.go(there, lambda window: window.go(place))

    def _pause(self, is_paused: bool) -> None:
        indexer = self._house.indexer
        done = partial(self._say_paused, is_paused)
        self._background.read(self, indexer.pause if is_paused else indexer.resume, done)

    def _say_paused(self, is_paused: bool, _: object) -> None:
        if self._icon is not None:
            self._icon.show_paused(is_paused)
