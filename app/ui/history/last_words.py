"""LastWords: what undo would take back and redo would say again, as the whole window sees it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.ui.album import Album
from app.ui.background import Background, Job


class LastWords(QObject):
    """Read again whenever something was said or taken back."""

    told = Signal(str, str)
    """The two sentences; empty where there is nothing."""

    def __init__(self, album: Album, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._background = background
        self._job: Job | None = None

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._album.last_words, self._tell)

    def _tell(self, answer: tuple[str, str]) -> None:
        self.told.emit(*answer)
