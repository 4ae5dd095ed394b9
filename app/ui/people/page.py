"""The People page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import PersonRow, PhotoSearch
from app.ui.desk import Desk
from app.ui.page import Page, Sizes
from app.ui.people.delegate import card_shape
from app.ui.people.grid import PeopleGrid
from app.ui.people.menu import add_birth_entry, add_forget_entry, add_merge_menu
from app.ui.people.model import PeopleModel, in_sections, matching
from app.ui.places import Kind, Place
from app.ui.widgets.grid_model import Section
from app.ui.widgets.menus import add_entry


class PeoplePage(Page):
    """A grid of covers: named people first, then those who have no name yet."""

    searched = Signal(str)
    """Typing went to no card: the search field may have it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("People")
        self.sorts = (
            ("photos", self.tr("Most photos")),
            ("name", self.tr("Name")),
            ("recent", self.tr("Recently changed")),
        )
        self._sort = "photos"
        self._diameter = 148
        self._everyone: Sequence[PersonRow] = ()
        self._text = ""
        self.model = PeopleModel(self)
        self.grid = PeopleGrid(desk, self._diameter)
        self.grid.setModel(self.model)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.grid.opened.connect(self._open)
        self.grid.merged.connect(desk.deeds.merge)
        self.grid.delegate.named.connect(desk.deeds.name)
        self.grid.searched.connect(self.searched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.nobody = self.tr("The people in your photos appear here as they are found.")
        self._nobody = QLabel()
        self._nobody.setObjectName("Secondary")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.setContentsMargins(32, 48, 32, 48)
        self._nobody.hide()
        column.addWidget(self._nobody)
        column.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.dress()

    def dress(self) -> None:
        theme = self.desk.theme
        self.grid.set_header_look(theme.font(13, QFont.Weight.DemiBold), theme.color("secondary"))

    def reload(self) -> None:
        self.read(partial(self.desk.album.people, self._sort), self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.regrouped or changes.people or changes.photos or changes.faces)

    def is_held(self) -> bool:
        return self.grid.is_editing

    def repaint_pictures(self) -> None:
        self.grid.viewport().update()

    def sizes(self) -> Sizes:
        return Sizes(96, 220, self._diameter)

    def set_size(self, pixels: int) -> None:
        self._diameter = pixels
        self.grid.set_shape(card_shape(pixels))

    def sort(self) -> str:
        return self._sort

    def set_sort(self, key: str) -> None:
        self._sort = key
        self.reload()

    def filter(self, text: str) -> None:
        self._text = text
        self._arrange()

    def arranged(self, people: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Section]]:
        """The people in the order of the page, and its sections."""
        return in_sections(people)

    def selected(self) -> list[PersonRow]:
        """The people whose cards are selected."""
        return [self.model.rows[row] for row in self.grid.selected_rows()]

    def menu_for(self, person: PersonRow) -> QMenu:
        """What can be done with a person."""
        icons, deeds = self.desk.icons, self.desk.deeds
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = partial(self.went.emit, Place(Kind.PERSON, (person.id,)))
        text = self.tr("Show all photos of this person")
        add_entry(menu, text, show, icons.icon("images", "secondary", 18))
        chosen = self.selected()
        if len(chosen) > 1 and all(row.name for row in chosen):
            ids = tuple(row.id for row in chosen)
            show = partial(self.went.emit, Place(Kind.SEARCH, search=PhotoSearch(all_of=ids)))
            add_entry(menu, self.tr("Show photos with all of them"), show)
        menu.addSeparator()
        text = self.tr("Rename") if person.name else self.tr("Give a name")
        rename = partial(self._rename, person.id)
        add_entry(menu, text, rename, icons.icon("pencil", "secondary", 18))
        others = chosen if any(row.id == person.id for row in chosen) else ()
        add_merge_menu(menu, self.desk, person, others, self)
        add_birth_entry(menu, self.desk, person, self)
        menu.addSeparator()
        hide = partial(deeds.hide, person.id)
        add_entry(menu, self.tr("Hide"), hide, icons.icon("eye-off", "secondary", 18))
        add_forget_entry(menu, self.desk, person, self)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.grid.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid():
            self._open_menu(self.grid.visualRect(index).center())

    def _open_menu(self, point: QPoint) -> None:
        person = self.grid.person_at(self.grid.indexAt(point))
        if person is not None:
            self.menu_for(person).popup(self.grid.viewport().mapToGlobal(point))

    def _rename(self, person_id: int) -> None:
        self.grid.rename(self.model.index_of(person_id))

    def _open(self, index: QModelIndex) -> None:
        person = self.grid.person_at(index)
        if person is not None:
            self.went.emit(Place(Kind.PERSON, (person.id,)))

    def _show(self, people: list[PersonRow]) -> None:
        self._everyone = people
        if self.grid.is_editing:
            self.postpone()
        else:
            self._arrange()

    def _arrange(self) -> None:
        found = matching(self._everyone, self._text)
        self.model.replace(*self.arranged(found))
        nobody = self.tr("Nobody here is called that.") if self._text else self.nobody
        self._nobody.setText("" if found else nobody)
        self._nobody.setVisible(not found)
