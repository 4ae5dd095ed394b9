"""Opening: photos that the user opens with Kinfolk, from a file manager or by name, are in the
viewer as soon as the album has them."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.changes import Changes
from app.errors import UsageError
from app.library import queries
from app.library.database import Library
from app.library.queries.items import PhotoItems
from app.library.rows import TaskRow, TaskType
from app.media.formats import is_album_file
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow
from app.ui.places import Place


class Opening(QObject):
    """Waits for the photos that were named last. Whoever goes elsewhere meanwhile is left there."""

    def __init__(self, library: Library, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._library = library
        self._window = window
        self._wanted: tuple[Path, ...] = ()
        self._begun: tuple[Place, bool] | None = None
        bridge.changed.connect(self._hear)
        bridge.ended.connect(self._hear_of_end)

    def open(self, paths: Sequence[Path]) -> None:
        """Show those of these that are photos or videos by their names, now or once they were
        looked at. They are not added by this, nor are folders among them: call that first."""
        self._wanted = tuple(path for path in paths if is_album_file(path))
        self._begun = self._sight()
        self._look(is_last=False)

    def _hear(self, changes: Changes) -> None:
        if changes.photos:
            self._look(is_last=False)

    def _hear_of_end(self, task: TaskRow) -> None:
        if task.type == TaskType.INDEX:
            self._look(is_last=True)  # what is not there by now will not come

    def _look(self, is_last: bool) -> None:
        if not self._wanted:
            return
        desk = self._window.desk
        find = partial(_find, self._library, desk.album.collection_id, self._wanted)
        desk.background.read(self, find, partial(self._show, self._wanted, is_last))

    def _show(self, wanted: tuple[Path, ...], is_last: bool, found: PhotoItems) -> None:
        is_enough = is_last or len(found) == len(wanted)
        if wanted != self._wanted or not is_enough:
            return
        self._wanted = ()
        if found and self._sight() == self._begun:
            self._window.open_photos(found)

    def _sight(self) -> tuple[Place, bool]:
        """Where the user is, and whether they look at a photo there."""
        return self._window.trail.here, self._window.frame.is_viewing


def _find(library: Library, collection_id: int, paths: Sequence[Path]) -> PhotoItems:
    """Those that the album shows by now, newest first; two files of one content are one photo."""
    ids = set()
    for path in paths:
        with contextlib.suppress(UsageError):
            ids.add(queries.photos.find_photo(library, collection_id, path).id)
    return queries.photos.timeline_now(library, collection_id, ids)
