"""How many alerts were not read yet: the number in the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.ui.background import Job
from app.ui.desk import Desk


class AlertCount(QObject):
    """Counts the unread alerts again when something changed."""

    told = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None

    def refresh(self) -> None:
        """Count anew."""
        if self._job is not None:
            self._job.drop()
        album = self._desk.album
        self._job = self._desk.background.read(self, album.unseen_alerts, self.told.emit)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes.alerts or changes.regrouped or changes.people or changes.faces:
            self.refresh()
