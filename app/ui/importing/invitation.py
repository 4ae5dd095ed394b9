"""Invitation: once photos were looked at beside which Picasa left names, these are offered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.library.rows import TaskRow, TaskState, TaskType
from app.ui.deeds import Offer
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

tr = Texts("importing")


class NameInvitation(QObject):
    """Says it in the message of the window, once for each collection as long as the window is
    there, and never where names were taken in before."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._invited: set[int] = set()

    def hear(self, task: TaskRow) -> None:
        """A task has ended."""
        desk = self._window.desk
        is_worth = task.type is TaskType.INDEX and task.state is TaskState.DONE and task.done > 0
        number = desk.album.collection_id
        if is_worth and task.is_asked and number not in self._invited:
            told = partial(self._invite, number)
            desk.background.read(self, desk.album.are_names_waiting, told)

    def _invite(self, number: int, is_waiting: bool) -> None:
        is_here = number == self._window.desk.album.collection_id
        if is_waiting and is_here and number not in self._invited:
            self._invited.add(number)
            show = Offer(tr("Show names"), self._window.dialogs.show_foreign_names)
            self._window.message.offer(tr("Picasa has names for people in these photos."), show)
