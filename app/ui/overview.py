"""Overview: the numbers and folders of the sidebar, read again when something changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.changes import Changes
from app.library.rows import Counts, FolderRow
from app.ui.album import Album
from app.ui.background import Background, Job


class Overview(QObject):
    """Tells how much the album holds, at most once a second."""

    told = Signal(Counts, list)
    """The counts, and the folders (FolderRow)."""

    def __init__(self, album: Album, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._background = background
        self._job: Job | None = None
        self._is_stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(1000)
        self._rest.timeout.connect(self._catch_up)

    def refresh(self) -> None:
        """Read anew, now or when a second has passed since the last time."""
        self._is_stale = True
        if not self._rest.isActive():
            self._catch_up()

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes:
            self.refresh()

    def _catch_up(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        self._rest.start()
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._read, self._tell)

    def _read(self) -> tuple[Counts, list[FolderRow]]:
        return self._album.counts(), self._album.folders()

    def _tell(self, answer: tuple[Counts, list[FolderRow]]) -> None:
        self.told.emit(*answer)
