"""Loader: the photos of the viewer, sharp, with those that are next ahead of time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import CloudError
from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.pictures import PictureKey
from app.ui.source import PictureSource
from app.ui.viewer.pyramid import Pyramid

_AT_ONCE = 2
"""Photos that are decoded at a time; whoever holds an arrow key down queues up no more."""


class Loader(QObject):
    """Gives the photos of the viewer; keeps the one in sight and its neighbours, of the size of
    the screen, and never more."""

    arrived = Signal(int, Pyramid)
    """A photo's id and its picture; a small one may come before the sharp one."""
    failed = Signal(int, str)
    """A photo's id, and why it cannot be shown; no reason where there is just no small picture."""

    def __init__(
        self,
        album: Album,
        source: PictureSource,
        background: Background,
        parent: QObject,
        may_download: Callable[[], bool] = lambda: False,
    ) -> None:
        """`may_download` tells whether what is in the cloud may be fetched unasked; it is called in
        the background."""
        super().__init__(parent)
        self._may_download = may_download
        self._album = album
        self._source = source
        self._background = background
        self._wishes: Sequence[PictureKey] = ()
        self._side = 0
        self._absent: frozenset[int] = frozenset()
        self._allowed: set[int] = set()
        self._kept: dict[int, Pyramid] = {}
        self._broken: set[int] = set()
        self._jobs: dict[int, Job] = {}
        self._small_job: Job | None = None
        self._whole_of = 0
        self._whole_stop = threading.Event()

    def want(self, wishes: Sequence[PictureKey], side: int, absent: Collection[int] = ()) -> None:
        """Show the first of these photos and have the others ready, in this order; their long
        sides about `side` pixels. What is not among them is let go of. Of those whose ids are in
        `absent` there is no more than the small picture."""
        self._wishes, self._side, self._absent = wishes, side, frozenset(absent)
        self._stop_whole()
        if self._small_job is not None:
            self._small_job.drop()
        ids = {key.photo_id for key in wishes}
        self._kept = {photo_id: kept for photo_id, kept in self._kept.items() if photo_id in ids}
        first = wishes[0]
        self._broken.discard(first.photo_id)
        kept = self._kept.get(first.photo_id)
        if kept is not None:
            self.arrived.emit(first.photo_id, kept)
        elif first.fingerprint:
            self._small_job = self._background.read(
                self, partial(self._read_small, first), partial(self._show_small, first.photo_id)
            )
        self._fill()

    def allow(self, photo_id: int) -> None:
        """From now on let this photo be downloaded where it is in the cloud; `want` it then."""
        self._allowed.add(photo_id)
        self._broken.discard(photo_id)

    def want_whole(self, photo_id: int, path: Path) -> None:
        """Show the first of the wishes with all its pixels."""
        if self._whole_of == photo_id:
            return
        self._stop_whole()
        self._whole_of, self._whole_stop = photo_id, threading.Event()
        self._background.read(
            self,
            partial(self._read_whole, path, self._whole_stop),
            partial(self._show_whole, photo_id, self._whole_stop),
            partial(self._fail_whole, photo_id, self._whole_stop),
        )

    def forget(self) -> None:
        """Let go of every picture."""
        self._stop_whole()
        self._wishes = ()
        self._kept.clear()
        self._broken.clear()
        self._allowed.clear()

    @property
    def kept(self) -> list[int]:
        """The photos that would be shown at once."""
        return list(self._kept)

    @property
    def under_way(self) -> int:
        """How many photos are being decoded, or wait for it."""
        return len(self._jobs)

    # -- of the size of the screen ---------------------------------------------------------

    def _fill(self) -> None:
        for key in self._wishes:
            if len(self._jobs) >= _AT_ONCE:
                return
            if key.photo_id not in self._taken():
                self._jobs[key.photo_id] = self._background.read(
                    self,
                    partial(self._read, key.photo_id, self._side),
                    partial(self._keep, key.photo_id),
                    partial(self._fail, key.photo_id),
                )

    def _taken(self) -> set[int]:
        """The photos that need no job: they are here, on their way, or not to be had."""
        return {*self._kept, *self._jobs, *self._broken, *self._absent}

    def _read(self, photo_id: int, side: int) -> Pyramid:
        path = self._album.photo(photo_id).path
        try:
            return Pyramid.of(self._source.large(path, side, photo_id in self._allowed))
        except CloudError:
            if not self._may_download():
                raise
        return Pyramid.of(self._source.large(path, side, True))

    def _keep(self, photo_id: int, pyramid: Pyramid) -> None:
        del self._jobs[photo_id]
        if any(key.photo_id == photo_id for key in self._wishes):
            self._kept[photo_id] = pyramid
        if self._is_first(photo_id):
            self.arrived.emit(photo_id, pyramid)
        self._fill()

    def _fail(self, photo_id: int, reason: str) -> None:
        del self._jobs[photo_id]
        self._broken.add(photo_id)
        if self._is_first(photo_id):
            self.failed.emit(photo_id, reason)
        self._fill()

    def _is_first(self, photo_id: int) -> bool:
        return bool(self._wishes) and self._wishes[0].photo_id == photo_id

    # -- small, and whole ------------------------------------------------------------------

    def _read_small(self, key: PictureKey) -> Pyramid | None:
        image = self._source.load(key)
        return None if image.isNull() else Pyramid([image])

    def _show_small(self, photo_id: int, pyramid: Pyramid | None) -> None:
        if photo_id in self._kept or not self._is_first(photo_id):
            return
        if pyramid is not None:
            self.arrived.emit(photo_id, pyramid)
        elif photo_id in self._absent:
            self.failed.emit(photo_id, "")

    def _read_whole(self, path: Path, stop: threading.Event) -> Pyramid:
        def is_wanted() -> bool:
            return not stop.is_set()

        image = self._source.whole(path, is_wanted)
        return Pyramid([image]) if image.isNull() else Pyramid.of(image, is_wanted)

    def _show_whole(self, photo_id: int, stop: threading.Event, pyramid: Pyramid) -> None:
        if not stop.is_set() and self._is_first(photo_id):
            self.arrived.emit(photo_id, pyramid)

    def _fail_whole(self, photo_id: int, stop: threading.Event, reason: str) -> None:
        if not stop.is_set():
            self.failed.emit(photo_id, reason)

    def _stop_whole(self) -> None:
        self._whole_stop.set()
        self._whole_of = 0
