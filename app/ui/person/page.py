"""The page of one person: who it is, and every photo of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import UsageError
from app.library.queries.items import PhotoItems
from app.library.rows import FaceRow, Looks, PersonRow, PhotoItem, PhotoSearch
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.person import summary
from app.ui.person.acts import PersonActs
from app.ui.person.header import PersonHeader
from app.ui.person.photos import PersonPhotos
from app.ui.person.questions_strip import QuestionsStrip
from app.ui.photos.face_actions import FaceActions
from app.ui.photos.face_grid import FaceGrid
from app.ui.photos.model import by_month, doubtful, item_of
from app.ui.photos.stack_acts import StackActs
from app.ui.photos.stack_drawer import StackDrawer
from app.ui.photos.tile_grid import TileGrid
from app.ui.places import Kind, Place
from app.ui.texts import Texts
from app.ui.widgets.act import add_gap
from app.ui.widgets.grid_model import Section
from app.ui.widgets.timeline import Timeline

tr = Texts("person")

_VISITS_KEPT = 50


@dataclass(frozen=True, slots=True)
class _Portrait:
    """What is shown first: the person and the photos."""

    person: PersonRow
    photos: PhotoItems
    sections: list[Section]
    facts: str
    ids: frozenset[int]
    """Of the photos."""


@dataclass(slots=True)
class _Visit:
    """How the page was left at a place."""

    place: Place
    is_faces: bool = False
    photos_at: int = 0
    faces_at: int = 0


_Company = tuple[Looks, list[tuple[PersonRow, int]]]
_Faces = tuple[list[FaceRow], list[FaceRow], set[int]]


class PersonPage(Page):
    """Photos or face crops of one person. The photos are read first; whom they are seen with, the
    faces and the questions follow, each by itself and only when it is looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.menu_title = tr("Person")
        self._person_id = 0
        self._shown: frozenset[int] = frozenset()
        self._visit = _Visit(Place(Kind.PERSON))
        self._visits: deque[_Visit] = deque(maxlen=_VISITS_KEPT)
        self._returning: dict[TileGrid, int] = {}
        """Where the grids are to be scrolled to when their rows are here."""
        self._company_job: Job | None = None
        self._faces_job: Job | None = None
        self._are_faces_stale = True
        self._side = 168
        self._hint = tr("Select the faces that are somebody else's.")
        self.header = PersonHeader(desk)
        self.strip = QuestionsStrip(desk)
        self.drawer = StackDrawer(desk)
        self.acts = PersonActs(desk, self.header, self)
        add_gap(self)
        self.photos = PersonPhotos(desk, self._side, self)
        self.timeline = Timeline(desk.theme, self.photos)
        self.stacks = StackActs(desk, self.photos, self.drawer, self)
        self.faces = FaceGrid(desk, self._side)
        self.face_actions = FaceActions(desk, self.faces, self._hint)
        self.addActions(list(self.face_actions.acts.all))
        self._arrange()
        self._connect()
        self._show_faces(False)
        self.setFocusProxy(self.photos)

    def enter(self, place: Place) -> None:
        self._leave()
        (person_id,) = place.people
        # The way back leads to the very place that was left, a new visit to a new one.
        known = next((one for one in self._visits if one.place is place), None)
        self._visit = known or _Visit(place, is_faces=place.view == "faces")
        if known is None:
            self._visits.append(self._visit)
        if person_id != self._person_id:
            self._person_id = person_id
            self._are_faces_stale = True
            self.photos.photos.replace([], [])
            self.faces.faces.replace([], [])
            self.face_actions.set_hint(self._hint)
        self._returning = {self.photos: self._visit.photos_at, self.faces: self._visit.faces_at}
        self.header.blockSignals(True)
        self.header.show_faces(self._visit.is_faces)
        self.header.blockSignals(False)
        self._show_faces(self._visit.is_faces)
        super().enter(place)

    @property
    def view_name(self) -> str:
        return "faces" if self._visit.is_faces else ""

    def reload(self) -> None:
        self.read(partial(self._read, self._person_id), self._show)
        self._are_faces_stale = True
        if self._visit.is_faces:
            self._read_faces()

    def is_held(self) -> bool:
        return self.header.is_editing

    def repaint_pictures(self) -> None:
        self.header.repaint_pictures()
        self.strip.repaint_pictures()

    def sizes(self) -> Sizes:
        return Sizes(96, 320, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.photos.set_side(pixels)
        self.faces.set_side(pixels)

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.regrouped
            or self._person_id in changes.people
            or changes.folders
            or not self._shown.isdisjoint(changes.photos)
        )

    def take_note(self, changes: Changes) -> None:
        self.drawer.take_note(changes)
        company = {person.id for person, _ in self.header.companions.people}
        if not self.concerns(changes) and not company.isdisjoint(changes.people):
            self._read_company()
        super().take_note(changes)

    # -- putting together ------------------------------------------------------------------

    def _arrange(self) -> None:
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
        column.addWidget(self.strip)
        column.addWidget(self._views, 1)
        column.addWidget(self.drawer)

    def _connect(self) -> None:
        self.header.named.connect(self._name)
        self.header.faces_wanted.connect(self._switch)
        self.header.cover_wanted.connect(self._ask_cover)
        self.header.menu_wanted.connect(self.acts.open_menu)
        self.header.companions.wanted.connect(self._show_together)
        self.acts.faces_wanted.connect(self.header.show_faces)
        self.acts.cover_wanted.connect(self._ask_cover)
        self.acts.several_wanted.connect(self._ask_who_else)
        for opener in (self.photos, self.drawer):
            opener.photo_opened.connect(self.photo_opened)
        self.photos.person_wanted.connect(self._show_person)
        self.face_actions.photo_wanted.connect(self._open_photo)
        self.strip.review_wanted.connect(partial(self.went.emit, Place(Kind.REVIEW)))

    def show_photo(self, photo_id: int) -> None:
        self._catch_up()  # something may have been said of it
        self.photos.come_back_from(photo_id)

    # -- reading ---------------------------------------------------------------------------

    def _read(self, person_id: int) -> _Portrait | None:
        album = self.desk.album
        try:
            person = album.person(person_id)
        except UsageError:  # forgotten meanwhile
            return None
        photos, sections = by_month(album.photos_of([person.id]), person.birth_year)
        told = summary.facts(person, photos)
        ids = album.with_mates(photos.ids) if photos.under else frozenset(photos.ids)
        return _Portrait(person, photos, sections, told, ids)

    def _show(self, portrait: _Portrait | None) -> None:
        person = None if portrait is None else portrait.person
        self.header.setVisible(person is not None)
        self.photos.set_person(person)
        self.face_actions.set_person(person)
        self.acts.set_person(person)
        if portrait is None or person is None:
            self.set_subject("")
            self.strip.set_person(None)
            self.photos.photos.replace([], [])
            self.faces.faces.replace([], [])
            return
        self._person_id = person.id
        self._shown = portrait.ids
        self.set_subject(person.name or tr("Who is this?"))
        self.header.show_person(person, portrait.facts)
        self.photos.photos.replace(portrait.photos, portrait.sections)
        self._scroll_back(self.photos)
        self.strip.set_person(person)
        self._read_company()

    def _read_company(self) -> None:
        album, person_id = self.desk.album, self._person_id
        if self._company_job is not None:
            self._company_job.drop()

        def read() -> _Company:
            return album.looks(person_id), album.companions(person_id)

        self._company_job = self.desk.background.read(self, read, self._show_company)

    def _show_company(self, company: _Company) -> None:
        looks, companions = company
        self.header.show_company(looks, companions)
        self.acts.set_company(bool(companions))

    def _read_faces(self) -> None:
        album, person_id = self.desk.album, self._person_id
        self._are_faces_stale = False
        if self._faces_job is not None:
            self._faces_job.drop()

        def read() -> _Faces:
            odd, rest = album.faces_by_likeness(person_id)
            return odd, rest, doubtful([*odd, *rest])

        self._faces_job = self.desk.background.read(self, read, self._take_faces)

    def _take_faces(self, faces: _Faces) -> None:
        odd, rest, unsure = faces
        self.faces.faces.set_doubtful(unsure)
        titles = (tr("These look different"), tr("The rest")) if odd else ("", "")
        parts = [(titles[0], len(odd)), (titles[1], len(rest))]
        sections = [Section(title, count) for title, count in parts if count]
        self.faces.faces.replace([*odd, *rest], sections)
        self._scroll_back(self.faces)

    # -- coming back -----------------------------------------------------------------------

    def _leave(self) -> None:
        """Remember how the page was left."""
        visit = self._visit
        if self.photos.photos.rows:
            visit.photos_at = self.photos.verticalScrollBar().value()
        if self.faces.faces.rows:
            visit.faces_at = self.faces.verticalScrollBar().value()

    def _scroll_back(self, grid: TileGrid) -> None:
        """Go where the user was here, once there is something to scroll."""
        at = self._returning.pop(grid, None)
        if at is not None:
            grid.doItemsLayout()
            grid.verticalScrollBar().setValue(at)

    # -- answering -------------------------------------------------------------------------

    def _name(self, name: str) -> None:
        self.desk.deeds.name(self._person_id, name)

    def _switch(self, is_faces: bool) -> None:
        self._visit.is_faces = is_faces
        self._show_faces(is_faces)
        if is_faces and self._are_faces_stale:
            self._read_faces()
        (self.faces if is_faces else self.photos).setFocus()

    def _show_faces(self, is_faces: bool) -> None:
        self._views.setCurrentIndex(1 if is_faces else 0)
        self.setFocusProxy(self.faces if is_faces else self.photos)
        (self.acts.faces if is_faces else self.acts.photos).setChecked(True)
        self.photos.offer(not is_faces)
        self.stacks.offer(not is_faces)
        self.face_actions.acts.offer(is_faces)

    def _ask_cover(self) -> None:
        self.face_actions.set_hint(tr("Select the face for the cover and press C."))
        self.header.show_faces(True)

    def _ask_who_else(self) -> None:
        self.face_actions.set_hint(self._hint)
        self.header.show_faces(True)

    def _show_together(self, person_id: int) -> None:
        self.went.emit(Place(Kind.SEARCH, search=PhotoSearch(all_of=(self._person_id, person_id))))

    def _show_person(self, person_id: int) -> None:
        self.went.emit(Place(Kind.PERSON, (person_id,)))

    def _open_photo(self, face: FaceRow) -> None:
        if not self._open_among_photos(face):  # it stands under another one, or they are being read
            read = partial(self.desk.album.stack_of, face.photo_id)
            self.desk.background.read(self, read, partial(self._open_stacked, face))

    def _open_among_photos(self, face: FaceRow) -> bool:
        index = self.photos.photos.index_of(face.photo_id)
        if index.isValid():
            self.face_opened.emit(self.photos.photos.rows, index.row(), face.id)
        return index.isValid()

    def _open_stacked(self, face: FaceRow, stack: list[PhotoItem]) -> None:
        if self._open_among_photos(face):  # the photos have come only now
            return
        place = next((n for n, photo in enumerate(stack) if photo.id == face.photo_id), -1)
        if place >= 0:
            self.face_opened.emit(stack, place, face.id)
        else:
            self.face_opened.emit([item_of(face)], 0, face.id)
