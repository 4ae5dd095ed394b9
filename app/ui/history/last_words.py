"""LastWords: what undo would take back and redo would say again, as the whole window sees it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.ui.album import Album
from app.ui.background import Background, Job


class LastWords(QObject):
    """Read again when what was being said has been said, and nothing else is on its way."""

    told = Signal(str, str)
    """The two sentences; empty where there is nothing."""
    awaited = Signal()
    """Something is being said: what was told last may not hold any more."""

    def __init__(self, album: Album, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._background = background
        self._job: Job | None = None
        self._on_their_way = 0

    def expect(self) -> None:
        """A command was given."""
        self._on_their_way += 1
        if self._job is not None:
            self._job.drop()
        self.awaited.emit()

    def hear(self) -> None:
        """A command has come to its end, well or not."""
        self._on_their_way = max(0, self._on_their_way - 1)
        if not self._on_their_way:
            self.refresh()

    def take_note(self, changes: Changes) -> None:
        """Something changed that was not said here; perhaps elsewhere."""
        if changes.regrouped and not self._on_their_way:
            self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._album.last_words, self._tell)

    def _tell(self, answer: tuple[str, str]) -> None:
        self.told.emit(*answer)
