"""Loader: full photos decoded in the background, neighbours ahead of time."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.pictures import PictureKey
from app.ui.source import PictureSource

_KEPT = 5


class Loader(QObject):
    """Gives the photos of the viewer as images; keeps a few that were seen or are next."""

    arrived = Signal(int, QImage)
    """A photo's id and its image; a small one may come before the sharp one."""
    failed = Signal(int, str)
    """A photo's id, and why it cannot be shown."""

    def __init__(
        self, album: Album, source: PictureSource, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._album = album
        self._source = source
        self._background = background
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._wanted = 0
        self._jobs: dict[int, Job] = {}
        self._fine_job: Job | None = None

    def want(self, key: PictureKey, long_side: int) -> None:
        """Show this photo, its long side at least about `long_side` pixels."""
        self._wanted = key.photo_id
        if self._fine_job is not None:
            self._fine_job.drop()
        for photo_id, job in list(self._jobs.items()):
            if photo_id != key.photo_id:
                job.drop()
                del self._jobs[photo_id]
        kept = self._kept.get(key.photo_id)
        if kept is not None:
            self.arrived.emit(key.photo_id, kept)
            return
        if key.fingerprint:
            small = partial(self._source.load, key)
            self._background.read(self, small, partial(self._show_small, key.photo_id))
        self._load(key.photo_id, long_side)

    def preload(self, photo_id: int, long_side: int) -> None:
        """Have this photo ready."""
        if photo_id not in self._kept:
            self._load(photo_id, long_side)

    def want_finer(self, photo_id: int, path: Path) -> None:
        """Show this photo at its full size."""
        if self._fine_job is not None and not self._fine_job.is_over and self._fine_job.is_wanted:
            return
        self._fine_job = self._background.read(
            self,
            partial(self._source.large, path, 1 << 20),
            partial(self._show_fine, photo_id),
            partial(self.failed.emit, photo_id),
        )

    def forget(self) -> None:
        """Let go of every image."""
        self._kept.clear()
        self._wanted = 0

    def _load(self, photo_id: int, long_side: int) -> None:
        if photo_id in self._jobs and not self._jobs[photo_id].is_over:
            return
        self._jobs[photo_id] = self._background.read(
            self,
            partial(self._read, photo_id, long_side),
            partial(self._keep, photo_id),
            partial(self._fail, photo_id),
        )

    def _read(self, photo_id: int, long_side: int) -> QImage:
        return self._source.large(self._album.photo(photo_id).path, long_side)

    def _show_small(self, photo_id: int, image: QImage) -> None:
        if photo_id == self._wanted and photo_id not in self._kept and not image.isNull():
            self.arrived.emit(photo_id, image)

    def _show_fine(self, photo_id: int, image: QImage) -> None:
        if photo_id == self._wanted:
            self.arrived.emit(photo_id, image)

    def _keep(self, photo_id: int, image: QImage) -> None:
        self._jobs.pop(photo_id, None)
        self._kept[photo_id] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if photo_id == self._wanted:
            self.arrived.emit(photo_id, image)

    def _fail(self, photo_id: int, reason: str) -> None:
        self._jobs.pop(photo_id, None)
        if photo_id == self._wanted:
            self.failed.emit(photo_id, reason)
