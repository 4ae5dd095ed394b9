"""Notifier: which notices show on the desktop, and where a click on one of them leads."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.ui.places import Kind, Place
from app.ui.sayings import translated

if TYPE_CHECKING:
    from app.indexing.notice import Notice
    from app.ui.main_window import MainWindow
    from app.ui.notifying.desktop import Desktop

LONG_SECONDS = 60.0
"""Who has waited for longer than this has probably gone to do something else."""
_ALERT = "alert"
_KEPT = 100
"""Notices on which a click still leads somewhere."""


def is_wanted(notice: Notice, setting: str, is_in_front: bool) -> bool:
    """Whether a notice shows on the desktop, by the setting `notifications`, while one of our
    windows is in front or not. An alert is shown in any case: who sees the window need not look at
    it, and a stranger is at the door now."""
    if setting == "off":
        return False
    if notice.kind == _ALERT:
        return True
    return not is_in_front and (setting == "all" or notice.seconds > LONG_SECONDS)


class Notifier(QObject):
    """Shows notices on the desktop. What speaks with the desktop is loaded with the first one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desktop: Desktop | None = None
        self._shown: dict[int, Notice] = {}
        self._count = 0

    def hear(self, notice: Notice) -> None:
        """Show a notice, if it is to be shown."""
        desk = self._window.desk
        desk.background.read(
            self,
            lambda: desk.choices().of(notice.collection_id).notifications,
            partial(self._decide, notice),
        )

    def _decide(self, notice: Notice, setting: str) -> None:
        if not is_wanted(notice, setting, QApplication.activeWindow() is not None):
            return
        self._count += 1
        self._shown[self._count] = notice
        self._shown.pop(self._count - _KEPT, None)
        notice = replace(notice, title=translated(notice.title), text=translated(notice.text))
        self._reach().show_notice(self._count, notice)

    def _reach(self) -> Desktop:
        if self._desktop is None:
            from app.ui.notifying.desktop import Desktop

            self._desktop = Desktop(self._window.desk.background, sys.platform, self)
            self._desktop.opened.connect(self._open)
        return self._desktop

    def _open(self, number: int, token: str) -> None:
        """The user clicked on a notice: show what it is about."""
        from app.ui.arrivals import come_to_front

        notice = self._shown.get(number)
        come_to_front(self._window, token)
        if notice is None:
            return
        place = Place(Kind.ALERTS if notice.kind == _ALERT else Kind.ACTIVITY)
        here = self._window.desk.album.collection_id
        if notice.collection_id in (0, here):
            self._window.go(place)
        else:
            there = notice.collection_id
            self._window.desk.collections.go(there, lambda window: window.go(place))
