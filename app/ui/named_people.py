"""NamedPeople: who has a name, for completion, menus and the search field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QGuiApplication

from app.changes import Changes
from app.library.rows import PersonRow
from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.pictures import PictureKey, Pictures
from app.ui.widgets.grid_model import AnyIndex


class Names(QStringListModel):
    """The names in order; the user role is the person, the decoration their small round face."""

    def __init__(self, pictures: Pictures | None, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._people: Sequence[PersonRow] = ()
        if pictures is not None:
            pictures.arrived.connect(self._repaint)

    def show(self, people: Iterable[PersonRow]) -> None:
        """Hold these people."""
        self._people = sorted(people, key=lambda row: (row.name.casefold(), row.id))
        names = [row.name for row in self._people]
        if names != self.stringList():
            self.setStringList(names)
        else:
            self._repaint()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._people):
            return None
        person = self._people[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return person
        if role == Qt.ItemDataRole.DecorationRole:
            return self._face(person)
        return super().data(index, role)

    def _face(self, person: PersonRow) -> object:
        if self._pictures is None or person.cover is None:
            return None
        from app.ui.widgets.name_offers import FACE_SIDE

        scale = QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
        return self._pictures.round(PictureKey.of_face(person.cover), FACE_SIDE, scale)

    def _repaint(self) -> None:
        if self._people:
            self.dataChanged.emit(self.index(0), self.index(len(self._people) - 1))


class NamedPeople(QObject):
    """The named people as they were read last, most photos first."""

    changed = Signal()

    def __init__(
        self, album: Album, background: Background, pictures: Pictures | None = None
    ) -> None:
        super().__init__()
        self._album = album
        self._background = background
        self._job: Job | None = None
        self._everyone: dict[int, PersonRow] = {}
        self.rows: Sequence[PersonRow] = ()
        """Those who are not hidden."""
        self.names = Names(pictures, self)
        """The names in order, for completion."""

    def refresh(self) -> None:
        """Read anew."""
        self._read(self._album.named, self._show)

    def take_note(self, changes: Changes) -> None:
        """Read again who may be called something else after these changes."""
        is_reading = self._job is not None and not self._job.is_over
        if changes.regrouped or (changes.people and is_reading):
            self.refresh()
        elif changes.people:
            self._read(partial(self._album.people_now, changes.people), self._patch)

    def find(self, name: str) -> PersonRow | None:
        """The person of this name, hidden or not, capitals and outer spaces aside."""
        wanted = name.strip().casefold()
        found = (row for row in self._everyone.values() if row.name.casefold() == wanted)
        return next(found, None)

    def _read(self, work: Callable[[], Any], show: Callable[[Any], None]) -> None:
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, work, show)

    def _patch(self, now: dict[int, PersonRow | None]) -> None:
        people = {key: row for key, row in self._everyone.items() if key not in now}
        people |= {row.id: row for row in now.values() if row is not None and row.name}
        self._show(list(people.values()))

    def _show(self, people: list[PersonRow]) -> None:
        ordered = sorted(people, key=lambda row: (-row.photo_count, row.name, row.id))
        self._everyone = {row.id: row for row in ordered}
        self.rows = [row for row in ordered if not row.hidden]
        self.names.show(self.rows)
        self.changed.emit()
