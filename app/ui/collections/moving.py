"""Moving: the window goes from one collection to another, without being closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import UsageError
from app.library.rows import CollectionRow
from app.settings import Settings
from app.ui.collections.desks import Desks
from app.ui.collections.wording import tr
from app.ui.main_window import MainWindow
from app.ui.own_pages import has_page
from app.ui.pages import ALONE
from app.ui.places import Kind, Place
from app.ui.window_state import WindowState

if TYPE_CHECKING:
    from app.ui.collections.known import Then

_Found = tuple[list[CollectionRow], Settings]
_AGAIN = 100
"""ms after which it is tried again, where something is being dragged."""


class Moving(QObject):
    """Goes where the collections want the window to be, and leaves one that is there no more."""

    def __init__(self, window: MainWindow, desks: Desks, state: WindowState | None) -> None:
        """`state` is where it is noted how the window is left."""
        super().__init__()
        self._window = window
        self._desks = desks
        self._state = state
        self._under_way = 0
        window.desk.theme.resized.connect(self.lay_anew)
        collections = window.desk.collections
        collections.wanted.connect(self._begin)
        collections.changed.connect(self._leave_if_gone)

    def _begin(self, number: int, then: Then) -> None:
        """Everything that was said before is done first: what comes of it belongs to this desk."""
        self._under_way += 1
        self._window.desk.background.command(
            self, partial(self._look_up, number), partial(self._arrive, number, then), self._stay
        )

    def _look_up(self, number: int) -> _Found:
        """All collections, and what this one has set. Not in the GUI thread.

        Raises UsageError when it is not there any more.
        """
        desk = self._window.desk
        rows = desk.collections.read()
        if number not in {row.id for row in rows}:
            raise UsageError(tr("There is no such collection any more."))
        return rows, desk.choices().of(number)

    def _arrive(self, number: int, then: Then, found: _Found) -> None:
        if QThread.currentThread().loopLevel() > 1:  # a dragged card must not go from below
            QTimer.singleShot(_AGAIN, self, lambda: self._arrive(number, then, found))
            return
        rows, settings = found
        self._window.desk.collections.show(rows)
        if number != self._window.desk.album.collection_id:
            self._move(number, settings)
        self._under_way -= 1
        then(self._window)
        self._window.desk.collections.refresh()  # what was found may be older than what is known

    def _stay(self, reason: str) -> None:
        self._under_way -= 1
        self._window.message.say(reason)
        self._window.desk.collections.refresh()

    def lay_anew(self) -> None:
        """Make everything in the window again, as for another collection, and be where it was: the
        language is another one."""
        desk = self._window.desk
        number = desk.album.collection_id
        desk.background.command(
            self, lambda: desk.choices().of(number), partial(self._stay_put, number), self._stay
        )
        self._under_way += 1

    def _stay_put(self, number: int, settings: Settings) -> None:
        self._under_way -= 1
        if number == self._window.desk.album.collection_id:
            open_settings = self._window.dialogs.settings_again()
            self._move(number, settings, self._window.trail.here)
            if open_settings is not None:  # where the language was chosen, or the text made larger
                open_settings()

    def _move(self, number: int, settings: Settings, place: Place | None = None) -> None:
        window, state = self._window, self._state
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            popup.hide()
        if state is not None:
            state.keep(window, number)
        before, here = window.desk, window.trail.here.kind
        page = here if here in ALONE and has_page(settings, here) else Kind.PEOPLE
        window.move_to(self._desks.lay(number), place or Place(page))
        self._desks.clear(before)
        if state is not None:
            state.dress(window)

    def _leave_if_gone(self) -> None:
        """Deleted by another process, say: be where there is something."""
        collections = self._window.desk.collections
        here = self._window.desk.album.collection_id
        other = collections.other_than(here)
        if self._under_way or collections.row(here) is not None or other is None:
            return
        collections.go(other.id, _say_left)


def _say_left(window: MainWindow) -> None:
    window.message.say(tr("The collection that was here has been deleted."))
