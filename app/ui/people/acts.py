"""PeopleActs: what can be done with the selected people, by menu and by key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.library.rows import PersonRow, PhotoSearch
from app.ui.exporting.subject import ask_export, of_people
from app.ui.people.delegate import cover_rect
from app.ui.people.menu import (
    add_merge_menu,
    ask_birth,
    ask_forget,
    ask_name_of_all,
    ask_whom,
    manners,
    rename_text,
)
from app.ui.people.order import keeper
from app.ui.places import Kind, Place
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act, add_gap

if TYPE_CHECKING:
    from app.ui.people.page import PeoplePage

tr = Texts("people")


class PeopleActs:
    """The acts of a page of people; each is in force when it fits what is selected."""

    def __init__(self, page: PeoplePage) -> None:
        self._page = page
        self._desk = page.desk
        self._counts_visitors = False
        self.open = self._act(
            tr("Show all photos of this person"), self._open, "Ctrl+Return", icon="images"
        )
        self.all_of = self._act(
            tr("Show photos with all of them"),
            self._show_all_of,
            "Ctrl+Shift+Return",
            icon="users-round",
        )
        self.any_of = self._act(
            tr("Show photos with any of them"),
            self._show_any_of,
            "Ctrl+Alt+Return",
            icon="images",
        )
        self.export = self._shared("export", self._export)
        add_gap(page)
        self.rename = self._shared("rename", self._rename)
        self.merge = self._act(tr("Merge these people"), self._merge, "Ctrl+M", icon="merge")
        self.merge_into = self._shared("merge_into", self._merge_into)
        self.different = self._act(
            tr("They are different people"), self._different, "Ctrl+Shift+D", icon="equal-not"
        )
        self.several = self._shared("several", self._several)
        self.cover = self._shared("cover", self._choose_cover)
        self.birth = self._shared("birth", self._birth)
        add_gap(page)
        self.hide = self._shared("hide", self._hide)
        self.show = self._shared("show", self._show)
        self.staff = self._shared("staff", self._say_staff)
        self.not_staff = self._shared("not_staff", self._say_no_staff)
        self.forget = self._shared("forget", self._forget)
        add_gap(page)
        self.select_all = self._act(
            tr("Select all"), page.grid.selectAll, QKeySequence.StandardKey.SelectAll
        )
        self.fold = self._act(
            tr("Collapse section"),
            lambda: page.fold(True),
            "Ctrl+Shift+Left",
            icon="chevrons-down-up",
        )
        self.unfold = self._act(
            tr("Expand section"),
            lambda: page.fold(False),
            "Ctrl+Shift+Right",
            icon="chevrons-up-down",
        )
        self.update()

    def update(self) -> None:
        """Bring into force what fits the selection."""
        people = [] if self._page.is_held() else self._page.selected()
        one, several = len(people) == 1, len(people) > 1
        fits = {
            self.open: one,
            self.all_of: several,
            self.any_of: several,
            self.export: one or several,
            self.rename: one or several,
            self.merge: several,
            self.merge_into: one or several,
            self.different: len(people) == 2,
            self.several: one,
            self.cover: one,
            self.birth: one,
            self.hide: any(not row.hidden for row in people),
            self.show: bool(people) and all(row.hidden for row in people),
            self.staff: self._counts_visitors and any(not row.staff for row in people),
            self.not_staff: self._counts_visitors
            and bool(people)
            and all(row.staff for row in people),
            self.forget: one,
            self.select_all: not self._page.is_held(),
            self.fold: self._page.can_fold(True),
            self.unfold: self._page.can_fold(False),
        }
        for act, is_fit in fits.items():
            act.setEnabled(is_fit and act in self._page.offered(self))
        text = rename_text(not one or bool(people[0].name))
        self.rename.setText(tr("Name them all…") if several else text)

    def offer_pages(self, pages: Collection[Kind]) -> None:
        """Offer what only makes sense where visitors are counted, or not."""
        self._counts_visitors = Kind.VISITORS in pages
        for act in (self.staff, self.not_staff):
            act.setVisible(self._counts_visitors)
        self.update()

    def menu(self) -> QMenu:
        """What can be done with the selected people."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        people = self._page.selected()
        for group in (
            (self.open, self.all_of, self.any_of, self.export),
            (self.rename, self.merge, self.merge_into, self.different),
            (self.several, self.cover, self.birth),
            (self.hide, self.show, self.staff, self.not_staff, self.forget),
        ):
            for act in group:
                if act is self.merge_into and act.isEnabled():
                    add_merge_menu(menu, self._desk, people[0], people[1:], self._page)
                elif act.isEnabled():
                    menu.addAction(act)
            menu.addSeparator()
        return menu

    def _shared(self, what: str, work: Callable[[], None]) -> QAction:
        """An act that the page of one person has, too."""
        how = manners()[what]
        return self._act(how.text, work, how.key, icon=how.icon)

    def _act(
        self,
        text: str,
        work: Callable[[], object],
        *keys: Keys,
        icon: str = "",
    ) -> QAction:
        act = add_act(self._page, text, work, *keys)
        if icon:
            self._desk.icons.put_on(act, icon)
        return act

    # -- what each one does ----------------------------------------------------------------

    def _people(self) -> Sequence[PersonRow]:
        return self._page.selected()

    def _ids(self) -> tuple[int, ...]:
        return tuple(row.id for row in self._people())

    def _open(self) -> None:
        self._page.went.emit(Place(Kind.PERSON, self._ids()))

    def _several(self) -> None:
        self._page.went.emit(Place(Kind.PERSON, self._ids(), view="faces"))

    def _show_all_of(self) -> None:
        self._page.went.emit(Place(Kind.SEARCH, search=PhotoSearch(all_of=self._ids())))

    def _show_any_of(self) -> None:
        self._page.went.emit(Place(Kind.SEARCH, search=PhotoSearch(any_of=self._ids())))

    def _export(self) -> None:
        ask_export(self._desk, of_people(self._desk, self._people()), self._page)

    def _rename(self) -> None:
        people = self._people()
        if len(people) == 1:
            self._page.grid.rename(self._page.model.index_of(people[0].id))
        else:
            ask_name_of_all(self._desk, people, self._page)

    def _merge(self) -> None:
        keep = keeper(self._people())
        self._desk.deeds.merge(keep.id, [one for one in self._ids() if one != keep.id])

    def _merge_into(self) -> None:
        people = self._people()
        ask_whom(self._desk, people[0], people, self._page)

    def _different(self) -> None:
        self._desk.deeds.say_different(*self._ids())

    def _choose_cover(self) -> None:
        (person,) = self._people()
        grid = self._page.grid
        index = self._page.model.index_of(person.id)
        grid.scrollTo(index)
        from app.ui.people.cover_chooser import CoverChooser

        chooser = CoverChooser(self._desk, person, grid.viewport())

        def choose(face_id: int) -> None:
            self._desk.deeds.choose_cover(person.id, face_id)

        chooser.chosen.connect(choose)
        chooser.open_at(cover_rect(grid.visualRect(index)))

    def _birth(self) -> None:
        ask_birth(self._desk, self._people()[0], self._page)

    def _hide(self) -> None:
        self._desk.deeds.hide(*(row.id for row in self._people() if not row.hidden))

    def _show(self) -> None:
        self._desk.deeds.show(*self._ids())

    def _say_staff(self) -> None:
        self._desk.deeds.say_staff(True, *(row.id for row in self._people() if not row.staff))

    def _say_no_staff(self) -> None:
        self._desk.deeds.say_staff(False, *self._ids())

    def _forget(self) -> None:
        ask_forget(self._desk, self._people()[0], self._page)
