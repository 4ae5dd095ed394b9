"""Extent: what a search can speak of: the names, and the months and directories with photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.named_people import NamedPeople

if TYPE_CHECKING:
    from app.library.queries.search import Directory, Month
    from app.ui.search.suggestions import Suggester


class Extent(QObject):
    """What was read last; read again when somebody wants it and photos have come or gone. The
    names follow by themselves."""

    changed = Signal()

    def __init__(self, album: Album, background: Background, named: NamedPeople) -> None:
        super().__init__()
        self._album = album
        self._background = background
        self._job: Job | None = None
        self._is_stale = True
        self.months: Sequence[Month] = ()
        """Newest first."""
        self.directories: Sequence[Directory] = ()
        """By path."""
        self._named = named
        self._suggester: Suggester | None = None
        named.changed.connect(self._forget)

    @property
    def suggester(self) -> Suggester:
        """Knows all of it."""
        if self._suggester is None:
            from app.ui.search.suggestions import Suggester

            self._suggester = Suggester(self._named.rows, self.directories, self.months)
        return self._suggester

    def want(self) -> None:
        """Somebody will look at it: read it if it has changed."""
        if self._is_stale and (self._job is None or self._job.is_over):
            self._is_stale = False
            self._job = self._background.read(self, self._read, self._show)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes.photos or changes.folders:
            self._is_stale = True

    def _read(self) -> tuple[list[Month], list[Directory]]:
        return self._album.months(), self._album.directories()

    def _show(self, answer: tuple[list[Month], list[Directory]]) -> None:
        if answer != (self.months, self.directories):
            self.months, self.directories = answer
            self._forget()

    def _forget(self) -> None:
        self._suggester = None
        self.changed.emit()
