"""MonthsPage: what pages of photos by month have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.library.queries.items import PhotoItems
from app.ui.desk import Desk
from app.ui.exporting.subject import Subject, ask_export, of_photos
from app.ui.page import Page, Sizes
from app.ui.photos.grid import PhotoGrid
from app.ui.photos.stack_acts import StackActs
from app.ui.photos.stack_drawer import StackDrawer
from app.ui.places import Kind, Place
from app.ui.texts import Texts
from app.ui.widgets.act import add_act
from app.ui.widgets.grid_model import Section
from app.ui.widgets.timeline import Timeline

tr = Texts("photos")

Photos = tuple[PhotoItems, list[Section]]
"""Photos, and the sections they lie in."""


class MonthsPage(Page):
    """Photos by month, with the years beside them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._side = 168
        self.grid = PhotoGrid(desk, self._side)
        self.grid.person_wanted.connect(self._show_person)
        self.grid.photo_opened.connect(self.photo_opened)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.grid)
        self.drawer = StackDrawer(desk)
        self.drawer.photo_opened.connect(self.photo_opened)
        self.column.addWidget(self.drawer)
        self.timeline = Timeline(desk.theme, self.grid)
        self.menu_title = tr("Photos")
        self.stacks = StackActs(desk, self.grid, self.drawer, self)
        self.setFocusProxy(self.grid)
        text = tr("Export photos…")
        self.export = add_act(self, text, self._export, "Ctrl+E")
        desk.icons.put_on(self.export, "folder-output")

    def shown_photos(self) -> Subject:
        """All photos that are shown, as what can be exported."""
        raise NotImplementedError

    def _export(self) -> None:
        """Those that are selected, if there are several; else all."""
        chosen = self.grid.chosen_ids()
        subject = of_photos(chosen) if len(chosen) > 1 else self.shown_photos()
        ask_export(self.desk, subject, self)

    def take_note(self, changes: Changes) -> None:
        self.drawer.take_note(changes)
        super().take_note(changes)

    def show_photo(self, photo_id: int) -> None:
        self._catch_up()  # something may have been said of it
        self.grid.come_back_from(photo_id)

    def sizes(self) -> Sizes:
        return Sizes(96, 320, self._side)

    def set_size(self, pixels: int) -> None:
        self._side = pixels
        self.grid.set_side(pixels)

    def _show_person(self, person_id: int) -> None:
        self.went.emit(Place(Kind.PERSON, (person_id,)))
