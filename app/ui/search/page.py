"""The photos that a search by people finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from app.changes import Changes
from app.library.rows import PersonRow, PhotoSearch
from app.ui import words
from app.ui.desk import Desk
from app.ui.photos.model import by_month
from app.ui.photos.page import Photos, PhotosPage
from app.ui.places import Place


class SearchPage(PhotosPage):
    """The photos that show all of some people."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = ""
        self._search = PhotoSearch()
        self._count = QLabel()
        self._count.setObjectName("Secondary")
        self._count.setContentsMargins(32, 0, 32, 8)
        self.column.insertWidget(0, self._count)

    def enter(self, place: Place) -> None:
        self._search = place.search
        super().enter(place)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes)

    def reload(self) -> None:
        self.read(self._read_found, self._show_found)

    def _read_found(self) -> tuple[list[PersonRow], Photos]:
        album = self.desk.album
        rows = [album.person(person_id) for person_id in self._search.all_of]
        return rows, by_month(album.photos_of([row.id for row in rows]))

    def _show_found(self, answer: tuple[list[PersonRow], Photos]) -> None:
        people, found = answer
        self.set_title(_listed([words.called(row) for row in people]))
        count = len(found[0])
        none = self.tr("No photo shows all of them together.")
        self._count.setText(words.photos(count) if count else none)
        self._show(found)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return " & ".join([", ".join(names[:-1]), names[-1]])
