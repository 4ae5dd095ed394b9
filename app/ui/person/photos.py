"""PersonPhotos: the photos of one person, and what can be said of the selected ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import FaceRow, PersonRow, PhotoItem, PhotoRow
from app.ui.desk import Desk
from app.ui.photos.face_acts import say
from app.ui.photos.grid import PhotoGrid
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act
from app.ui.widgets.menus import menu_text

tr = Texts("person")


class PersonPhotos(PhotoGrid):
    """Photos by month, with how old the person was when the year of birth is known."""

    def __init__(self, desk: Desk, side: int, owner: QWidget) -> None:
        """`owner` is whose menu lists the acts."""
        super().__init__(desk, side)
        self._owner = owner
        self._person: PersonRow | None = None
        self._who = tr("this person")
        self._is_offered = True
        self.reject = self._add(tr("Not this person"), self._reject, "user-round-minus", "N", "Del")
        self.cover = self._add(tr("Use as cover"), self._use_as_cover, "star", "C")
        self.show_photo = self._add(tr("Open photo"), self._open_chosen, "maximize", "O")
        self.all = (self.reject, self.cover, self.show_photo)
        self.selectionModel().selectionChanged.connect(self.refresh)
        self.refresh()

    def set_person(self, person: PersonRow | None) -> None:
        """Whose photos these are."""
        self._person = person
        name = "" if person is None else person.name
        self._who = name or tr("this person")
        self.photos.set_born(None if person is None else person.birth_year)
        self.refresh()

    def offer(self, is_offered: bool) -> None:
        """Whether the photos are in sight, so that their acts belong into the menu."""
        self._is_offered = is_offered
        self.refresh()

    def refresh(self) -> None:
        """See which acts are in force."""
        count = len(self.selected_rows()) if self._person is not None else 0
        for act in self.all:
            act.setVisible(self._is_offered)
            act.setEnabled(self._is_offered and count > 0)
        one, many = tr("Not {0} in this photo"), tr("Not {0} in these photos")
        say(self.reject, (many if count > 1 else one).format(menu_text(self._who)))
        for act in (self.cover, self.show_photo):
            act.setEnabled(self._is_offered and count == 1)

    def menu_for(
        self, place: int, photo: PhotoRow, people: list[PersonRow], absent: str = ""
    ) -> QMenu:
        menu = super().menu_for(place, photo, people, absent)
        menu.addSeparator()
        menu.addActions([self.reject, self.cover])
        return menu

    def _reject(self) -> None:
        person = self._person
        if person is not None:
            photos = [self.photos.rows[row].id for row in self.selected_rows()]
            # What stands under them shows the same.
            self._with_faces(person, partial(self._desk.deeds.reject, person.id), is_whole=True)
            self.take_away(photos)

    def _use_as_cover(self) -> None:
        person = self._person
        if person is not None:
            deed = partial(self._desk.deeds.choose_cover, person.id)
            self._with_faces(person, lambda ids: deed(ids[0]))

    def _with_faces(
        self, person: PersonRow, deed: Callable[[list[int]], None], is_whole: bool = False
    ) -> None:
        """Do something with the faces that the person has in the selected photos; `is_whole`, also
        in those that stand under them."""
        photos = [self.photos.rows[row].id for row in self.selected_rows()]
        album = self._desk.album

        def read() -> list[FaceRow]:
            everyone = sorted(album.with_mates(photos)) if is_whole else photos
            faces = [face for photo in everyone for face in album.faces_in_photo(photo)]
            return [face for face in faces if face.person_id == person.id]

        def act(faces: Sequence[FaceRow]) -> None:
            if faces:
                deed([face.id for face in faces])
            else:  # they left meanwhile, or nobody can be read
                self._come_back()

        self._desk.background.read(self, read, act)

    def _open_chosen(self) -> None:
        chosen = self.selected_rows()
        if len(chosen) == 1 and isinstance(self.photos.rows[chosen[0]], PhotoItem):
            self.opened.emit(self.photos.index(chosen[0]))

    def _add(self, text: str, work: Callable[[], object], icon: str, *keys: Keys) -> QAction:
        act = add_act(self._owner, text, work, *keys)
        self._desk.icons.put_on(act, icon)
        return act
