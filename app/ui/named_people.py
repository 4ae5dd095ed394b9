"""NamedPeople: who has a name, for completion, menus and the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QStringListModel, Signal

from app.library.rows import PersonKind, PersonRow
from app.ui.album import Album
from app.ui.background import Background, Job


class NamedPeople(QObject):
    """The named people as they were read last, most photos first."""

    changed = Signal()

    def __init__(self, album: Album, background: Background) -> None:
        super().__init__()
        self._album = album
        self._background = background
        self._job: Job | None = None
        self.rows: Sequence[PersonRow] = ()
        self.names = QStringListModel(self)
        """The names in order, for a QCompleter."""

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._read, self._show)

    def find(self, name: str) -> PersonRow | None:
        """The person of this name, capitals and outer spaces aside."""
        wanted = name.strip().casefold()
        return next((row for row in self.rows if row.name.casefold() == wanted), None)

    def _read(self) -> list[PersonRow]:
        return [row for row in self._album.people("photos") if row.kind == PersonKind.NAMED]

    def _show(self, rows: list[PersonRow]) -> None:
        self.rows = rows
        names = sorted((row.name for row in rows), key=str.casefold)
        if names != self.names.stringList():
            self.names.setStringList(names)
        self.changed.emit()
