"""The page of faces without a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import FaceRow
from app.progress import CancelToken
from app.ui import words
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.photos.face_actions import FaceActions
from app.ui.photos.face_grid import FaceGrid
from app.ui.photos.model import item_of
from app.ui.places import Place
from app.ui.texts import Texts
from app.ui.widgets.act import add_act, add_gap
from app.ui.widgets.grid_model import Section
from app.ui.widgets.holding import hold_still

tr = Texts("photos")

_FIRST = 400
"""Faces that are shown before all are laid out: some windows full."""
_LATE_MILLISECONDS = 20_000
"""Until faces of photos that came in meanwhile are laid out, too."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The faces in the order in which they are shown."""

    faces: list[FaceRow]
    counts: tuple[int, int]
    """How many of them are clear, and how many hard to recognise."""
    places: dict[int, int]
    """Of each face, by id."""
    is_all: bool


class UnnamedPage(Page):
    """Every face that has no name, alike ones together: select some, say who they are."""

    guide = "unnamed"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Unnamed")
        self.menu_title = tr("Faces")
        self._side = 120
        self._wish = CancelToken()
        self._places: dict[int, int] = {}
        self._is_late = False
        """Whether photos have come in since the faces began to be laid out."""
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE_MILLISECONDS)
        self._late.timeout.connect(self._catch_up_late)
        self.grid = FaceGrid(desk, self._side)
        hint = tr("Alike faces stand together. Select some to say who they are.")
        self.actions_bar = FaceActions(desk, self.grid, hint)
        self.actions_bar.photo_wanted.connect(self._open_photo)
        ask = self.actions_bar.acts.ask
        ask.setShortcuts([QKeySequence("F2"), *ask.shortcuts()])  # as everywhere else for a name
        self.addActions(list(self.actions_bar.acts.all))
        add_gap(self)
        text = tr("Select the whole group")
        self.whole = add_act(self, text, self._select_group, "G")
        self.actions_bar.acts.more = (self.whole,)
        self.grid.chosen_changed.connect(self._follow)
        desk.icons.put_on(self.whole, "users-round")
        self._follow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.actions_bar)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def enter(self, place: Place) -> None:
        self._places = {}
        super().enter(place)

    def reload(self) -> None:
        self._wish.cancel()  # laying out many faces takes seconds: only the newest wish counts
        self._is_late = False
        if self.grid.faces.rows:
            self._lay_out()
        else:
            self.read(partial(self.desk.album.first_unnamed, _FIRST), self._show_first)

    def take_note(self, changes: Changes) -> None:
        if self._is_laying_out and not (changes.people or changes.faces or changes.regrouped):
            # While photos come in, it would begin anew for each and come to no end.
            self._is_late |= self.concerns(changes)
        else:
            super().take_note(changes)

    @property
    def _is_laying_out(self) -> bool:
        return self._job is not None and self._job.is_wanted and not self._job.is_over

    def _show_first(self, faces: list[FaceRow]) -> None:
        """The largest groups are there at once; the others come in behind those they are like."""
        if len(faces) >= _FIRST:
            self._show(_shown({}, (faces, []), is_all=False))
        self._lay_out()

    def _lay_out(self) -> None:
        wish = self._wish = CancelToken()
        album, places = self.desk.album, self._places

        def read() -> _Shown:
            return _shown(places, album.unnamed_faces(wish.check_cancelled))

        self.read(read, self._show_all)

    def _show_all(self, shown: _Shown) -> None:
        hold_still(self.grid, partial(self._show, shown))
        if self._is_late:
            self._late.start()

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.faces or changes.regrouped or changes.people or changes.photos)

    def sizes(self) -> Sizes:
        return Sizes(80, 220, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.grid.set_side(pixels)

    def hideEvent(self, event: object) -> None:  # noqa: ARG002
        self._wish.cancel()
        self._late.stop()

    def _catch_up_late(self) -> None:
        self._is_stale = True
        self._catch_up()

    def _follow(self) -> None:
        """A lone face has no group."""
        self.whole.setEnabled(bool(self._groups()))

    def _groups(self) -> set[int]:
        return {face.person_id for face in self.grid.chosen() if face.person_id is not None}

    def _select_group(self) -> None:
        """Select everyone with whom the selected faces were grouped."""
        groups, model = self._groups(), self.grid.faces
        chosen = QItemSelection()
        for row, face in enumerate(model.rows):
            if face.person_id in groups:
                chosen.select(model.index(row), model.index(row))
        flag = QItemSelectionModel.SelectionFlag.Select
        self.grid.selectionModel().select(chosen, flag)

    def _show(self, shown: _Shown) -> None:
        self._places = shown.places
        titles = (tr("Faces"), tr("Hard to recognise"))
        sections = [
            Section(f"{title}  ·  {words.number(count)}" if shown.is_all else title, count)
            for title, count in zip(titles, shown.counts, strict=True)
            if count
        ]
        self.grid.faces.replace(shown.faces, sections)

    def _open_photo(self, face: FaceRow) -> None:
        self.face_opened.emit([item_of(face)], 0, face.id)


def _shown(
    places: dict[int, int], found: tuple[list[FaceRow], list[FaceRow]], is_all: bool = True
) -> _Shown:
    """The clear faces and the others, those that had a place in the order they had."""
    clear, others = (_as_before(places, part) for part in found)
    faces = [*clear, *others]
    now = {face.id: place for place, face in enumerate(faces)}
    return _Shown(faces, (len(clear), len(others)), now, is_all)


def _as_before(places: dict[int, int], faces: list[FaceRow]) -> list[FaceRow]:
    """While the page is in sight, faces stay where they are: a new one comes in behind the face
    that it was laid beside."""
    before, at = [], -1
    for face in faces:
        at = places.get(face.id, at)
        before.append(at)
    order = sorted(range(len(faces)), key=before.__getitem__)
    return [faces[place] for place in order]
