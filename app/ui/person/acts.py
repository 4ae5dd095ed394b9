"""PersonActs: everything that can be done with the person whose page is in sight."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.exporting.subject import ask_export, of_people
from app.ui.people.dialogs import BirthDialog, ForgetDialog
from app.ui.people.menu import add_merge_menu, manners, rename_text
from app.ui.person.header import PersonHeader
from app.ui.places import Kind
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act, add_gap

tr = Texts("person")


class PersonActs(QObject):
    """The acts of the page that are about the person; in force while there is one."""

    faces_wanted = Signal(bool)
    """Show the faces, or the photos."""
    cover_wanted = Signal()
    several_wanted = Signal()
    """Let the user say which faces are somebody else's."""

    def __init__(self, desk: Desk, header: PersonHeader, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._header = header
        self._owner = owner
        self._person: PersonRow | None = None
        self._counts_visitors = False
        add, shared = self._add, self._shared
        self.rename = shared("rename", header.edit_name)
        self.merge_into = shared("merge_into", self.open_merge)
        self.cover = shared("cover", self.cover_wanted.emit)
        self.birth = shared("birth", self._ask_birth)
        self.several = shared("several", self.several_wanted.emit)
        self.together = add(
            tr("Show photos together with…"), self.open_together, "users-round", "T"
        )
        self.export = shared("export", self._ask_export)
        add_gap(owner)
        self.photos = add(tr("Photos"), partial(self.faces_wanted.emit, False), "images", "P")
        self.faces = add(tr("Faces"), partial(self.faces_wanted.emit, True), "scan-face", "F")
        group = QActionGroup(self)
        for act in (self.photos, self.faces):
            act.setCheckable(True)
            group.addAction(act)
        add_gap(owner)
        self.hide = shared("hide", self._hide)
        self.show_again = shared("show", self._show_again)
        self.staff = shared("staff", partial(self._say_staff, True))
        self.not_staff = shared("not_staff", partial(self._say_staff, False))
        self.forget = shared("forget", self._ask_forget)
        self.all = tuple(owner.actions())
        self.set_person(None)

    def set_person(self, person: PersonRow | None) -> None:
        """Whose page it is."""
        self._person = person
        for act in self.all:
            act.setEnabled(person is not None)
        is_hidden = person is not None and person.hidden
        self.hide.setVisible(not is_hidden)
        self.show_again.setVisible(is_hidden)
        self._show_staff()
        self.rename.setText(rename_text(person is not None and bool(person.name)))

    def offer_pages(self, pages: Collection[Kind]) -> None:
        """Offer what only makes sense where visitors are counted, or not."""
        self._counts_visitors = Kind.VISITORS in pages
        self._show_staff()

    def _show_staff(self) -> None:
        is_staff = self._person is not None and self._person.staff
        self.staff.setVisible(self._counts_visitors and not is_staff)
        self.not_staff.setVisible(self._counts_visitors and is_staff)

    def set_company(self, has_company: bool) -> None:
        """Whether anybody else is in the same photos."""
        self.together.setEnabled(has_company and self._person is not None)

    def open_menu(self, point: QPoint) -> None:
        """Show the acts as a menu that ends at a point of the screen, on its right."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.all))
        menu.popup(point - QPoint(menu.sizeHint().width(), 0))

    def open_merge(self) -> None:
        """Let the user choose of whom this person becomes part."""
        if self._person is not None:
            holder = QMenu(self._owner)
            menu = add_merge_menu(holder, self._desk, self._person, (), self._owner)
            menu.aboutToHide.connect(holder.deleteLater)
            self._popup(menu)

    def open_together(self) -> None:
        """Let the user choose with whom to see this person."""
        if self._header.companions.people:
            self._popup(self._header.companions.menu())

    def _popup(self, menu: QMenu) -> None:
        name = self._header.name
        menu.popup(name.mapToGlobal(QPoint(6, name.height())))

    def _ask_birth(self) -> None:
        if self._person is not None:
            dialog = BirthDialog(self._person, self._owner)
            dialog.chosen.connect(partial(self._desk.deeds.set_birth_year, self._person.id))
            dialog.open()

    def _ask_forget(self) -> None:
        if self._person is not None:
            dialog = ForgetDialog(self._person, self._owner)
            dialog.accepted.connect(partial(self._desk.deeds.forget, self._person.id))
            dialog.open()

    def _ask_export(self) -> None:
        if self._person is not None:
            subject = of_people(self._desk, [self._person])
            ask_export(self._desk, subject, self._owner)

    def _hide(self) -> None:
        if self._person is not None:
            self._desk.deeds.hide(self._person.id)

    def _say_staff(self, is_staff: bool) -> None:
        if self._person is not None:
            self._desk.deeds.say_staff(is_staff, self._person.id)

    def _show_again(self) -> None:
        if self._person is not None:
            self._desk.deeds.show(self._person.id)

    def _shared(self, what: str, work: Callable[[], object]) -> QAction:
        """An act that the page of all people has, too."""
        how = manners()[what]
        # Delete takes a photo or a face from this person here.
        keys = () if how.key == "Delete" else (how.key,)
        return self._add(how.text, work, how.icon, *keys)

    def _add(self, text: str, work: Callable[[], object], icon: str, *keys: Keys) -> QAction:
        act = add_act(self._owner, text, work, *keys)
        self._desk.icons.put_on(act, icon)
        return act
