"""The page of hidden people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.people.page import PeoplePage
from app.ui.places import Kind, Place
from app.ui.widgets.grid_model import Section
from app.ui.widgets.menus import add_entry


class HiddenPage(PeoplePage):
    """People kept out of sight, and the way back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Hidden")
        self.sorts = ()
        self.nobody = self.tr("Nobody is hidden.")
        self.grid.setDragEnabled(False)

    def reload(self) -> None:
        self.read(self.desk.album.hidden, self._show)

    def arranged(self, people: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Section]]:
        return list(people), [Section("", len(people))] if people else []

    def menu_for(self, person: PersonRow) -> QMenu:
        icons = self.desk.icons
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = partial(self.desk.deeds.show, person.id)
        add_entry(menu, self.tr("Show again"), show, icons.icon("eye", "secondary", 18))
        photos = partial(self.went.emit, Place(Kind.PERSON, (person.id,)))
        text = self.tr("Show all photos of this person")
        add_entry(menu, text, photos, icons.icon("images", "secondary", 18))
        return menu
