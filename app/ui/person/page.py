"""The page of one person: who it is, and every photo of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import UsageError
from app.library.rows import FaceRow, PersonRow, PhotoItem, PhotoSearch
from app.ui import words
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.person.header import PersonHeader
from app.ui.photos.face_actions import FaceActions
from app.ui.photos.face_grid import FaceGrid
from app.ui.photos.grid import PhotoGrid
from app.ui.photos.model import by_month
from app.ui.places import Kind, Place
from app.ui.widgets.grid_model import Section


@dataclass(frozen=True, slots=True)
class _Portrait:
    """All that the page shows of one person."""

    person: PersonRow
    companions: Sequence[tuple[PersonRow, int]]
    photos: Sequence[PhotoItem]
    sections: list[Section]
    faces: list[FaceRow]


class PersonPage(Page):
    """Photos or face crops of one person, by month."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._person_id = 0
        self._side = 168
        self.header = PersonHeader(desk)
        self.photos = PhotoGrid(desk, self._side)
        self.faces = FaceGrid(desk, self._side)
        hint = self.tr("Select the faces that are somebody else's.")
        self.face_actions = FaceActions(desk, self.faces, hint)
        face_page = QWidget()
        face_column = QVBoxLayout(face_page)
        face_column.setContentsMargins(0, 0, 0, 0)
        face_column.setSpacing(0)
        face_column.addWidget(self.face_actions)
        face_column.addWidget(self.faces)
        self._views = QStackedWidget()
        self._views.addWidget(self.photos)
        self._views.addWidget(face_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._views, 1)
        self.header.named.connect(self._name)
        self.header.companion_wanted.connect(self._show_together)
        self.header.faces_wanted.connect(self._show_faces)
        self.photos.photo_opened.connect(self.photo_opened)
        self.photos.person_wanted.connect(self._show_person)
        self.face_actions.photo_wanted.connect(self._open_photo)
        self.setFocusProxy(self.photos)

    def enter(self, place: Place) -> None:
        (person_id,) = place.people
        if person_id != self._person_id:
            self._person_id = person_id
            self.header.show_faces(False)
            self.photos.photos.replace([], [])
            self.faces.faces.replace([], [])
            self.photos.verticalScrollBar().setValue(0)
        super().enter(place)

    def reload(self) -> None:
        self.read(partial(self._read, self._person_id), self._show)

    def is_held(self) -> bool:
        return self.header.is_editing

    def repaint_pictures(self) -> None:
        self.header.repaint_pictures()

    def sizes(self) -> Sizes:
        return Sizes(96, 320, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.photos.set_side(pixels)
        self.faces.set_side(pixels)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes)

    def _read(self, person_id: int) -> _Portrait | None:
        album = self.desk.album
        try:
            person = album.person(person_id)
        except UsageError:  # forgotten meanwhile
            return None
        photos, sections = by_month(album.photos_of([person.id]))
        faces = album.faces_of(person.id)
        return _Portrait(person, album.companions(person.id), photos, sections, faces)

    def _show(self, portrait: _Portrait | None) -> None:
        self.header.setVisible(portrait is not None)
        if portrait is None:
            self.set_subject("")
            self.photos.photos.replace([], [])
            self.faces.faces.replace([], [])
            self.face_actions.set_person(None)
            return
        person = portrait.person
        self._person_id = person.id
        self.set_subject(person.name or self.tr("Who is this?"))
        self.header.show_person(person, self._facts(portrait), portrait.companions)
        self.photos.photos.replace(portrait.photos, portrait.sections)
        count = len(portrait.faces)
        self.faces.faces.replace(portrait.faces, [Section("", count)] if count else [])
        self.face_actions.set_person(person)

    def _facts(self, portrait: _Portrait) -> str:
        facts = [words.photos(len(portrait.photos))]
        years = [photo.taken.year for photo in portrait.photos if photo.taken is not None]
        if years:
            first, last = min(years), max(years)
            facts.append(str(first) if first == last else f"{first}–{last}")
        return "  ·  ".join(facts)

    def _name(self, name: str) -> None:
        self.desk.deeds.name(self._person_id, name)

    def _show_faces(self, faces: bool) -> None:
        self._views.setCurrentIndex(1 if faces else 0)

    def _show_together(self, person_id: int) -> None:
        self.went.emit(Place(Kind.SEARCH, search=PhotoSearch(all_of=(self._person_id, person_id))))

    def _show_person(self, person_id: int) -> None:
        self.went.emit(Place(Kind.PERSON, (person_id,)))

    def _open_photo(self, photo_id: int) -> None:
        photos = list(self.photos.photos.rows)
        places = [place for place, photo in enumerate(photos) if photo.id == photo_id]
        if places:
            self.photo_opened.emit(photos, places[0])
