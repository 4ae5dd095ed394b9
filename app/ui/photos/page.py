"""The pages of photos: all of them, and those that show several people together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import PersonRow, PhotoItem
from app.ui import words
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.photos.grid import PhotoGrid
from app.ui.photos.model import by_month
from app.ui.places import Kind, Place
from app.ui.widgets.grid_model import Section

_Photos = tuple[Sequence[PhotoItem], list[Section]]


class PhotosPage(Page):
    """Every photo, by month."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Photos")
        self._side = 168
        self.grid = PhotoGrid(desk, self._side)
        self.grid.person_wanted.connect(self._show_person)
        self.grid.photo_opened.connect(self.photo_opened)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def reload(self) -> None:
        self.read(self._read, self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.photos or changes.folders)

    def sizes(self) -> Sizes:
        return Sizes(96, 320, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.grid.set_side(pixels)

    def _read(self) -> _Photos:
        return by_month(self.desk.album.timeline())

    def _show(self, answer: _Photos) -> None:
        self.grid.photos.replace(*answer)

    def _show_person(self, person_id: int) -> None:
        self.went.emit(Place(Kind.PERSON, (person_id,)))


class TogetherPage(PhotosPage):
    """The photos that show all of some people."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = ""
        self._people: tuple[int, ...] = ()
        self._count = QLabel()
        self._count.setObjectName("Secondary")
        self._count.setContentsMargins(32, 0, 32, 8)
        self.column.insertWidget(0, self._count)

    def enter(self, place: Place) -> None:
        self._people = place.people
        super().enter(place)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes)

    def reload(self) -> None:
        self.read(self._read_together, self._show_together)

    def _read_together(self) -> tuple[list[PersonRow], _Photos]:
        album = self.desk.album
        rows = [album.person(person_id) for person_id in self._people]
        return rows, by_month(album.photos_of([row.id for row in rows]))

    def _show_together(self, answer: tuple[list[PersonRow], _Photos]) -> None:
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
