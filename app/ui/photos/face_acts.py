"""FaceActs: everything that can be said of the selected faces, as acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import FaceRow, PersonRow
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.photos.face_grid import FaceGrid
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act
from app.ui.widgets.menus import add_entry, menu_text

tr = Texts("photos")

_LISTED = 15
_SHORT = 20
"""Letters of a name that a button has room for."""


class FaceActs(QObject):
    """The acts of a FaceGrid; they are in force while faces are selected. What is said of faces
    that leave by it takes them out of the grid at once."""

    name_wanted = Signal()
    """Ask who the selected faces are."""
    photo_wanted = Signal(FaceRow)
    """Show the photo of a face."""

    def __init__(self, desk: Desk, grid: FaceGrid, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._grid = grid
        self._owner = owner
        self._person: PersonRow | None = None
        self._is_offered = True
        self._is_asking = False
        add = self._add
        self.reject = add(tr("Not this person"), self._reject, "user-round-minus", "N", "Del")
        self.ask = add(tr("Who is this?"), self.name_wanted.emit, "user-round-pen", "W")
        self.move = add(tr("Move to…"), self.open_people, "arrow-right-left", "M")
        self.confirm = add(tr("Yes, it is this person"), self._confirm, "check", "Y")
        self.deny = add(tr("Not a face"), self._deny, "ban", "X")
        self.strangers = add(tr("A stranger"), self._say_strangers, "eye-off", "K")
        self.cover = add(tr("Use as cover"), self._use_as_cover, "star", "C")
        self.show = add(tr("Show photo"), self._show_photo, "images", "O")
        self.all = (
            self.reject, self.ask, self.move, self.confirm, self.deny, self.strangers,
            self.cover, self.show,
        )  # fmt: skip
        self.more: Sequence[QAction] = ()
        """What else the page can do with the faces; at the end of the menu."""
        grid.chosen_changed.connect(self.refresh)
        self.refresh()

    @property
    def person(self) -> PersonRow | None:
        """Whose faces these are; None for nobody's."""
        return self._person

    def set_person(self, person: PersonRow | None) -> None:
        """Say whose faces these are."""
        self._person = person
        if person is not None:
            named = bool(person.name)
            name = menu_text(
                person.name if len(person.name) <= _SHORT else person.name[:_SHORT] + "…"
            )
            no, yes = tr("Not {0}").format(name), tr("Yes, it is {0}").format(name)
            say(self.reject, no if named else tr("Not this person"))
            say(self.confirm, yes if named else tr("Yes, it is this person"))
            say(self.ask, tr("This is someone else…"))
        self.refresh()

    def offer(self, is_offered: bool) -> None:
        """Whether the faces are in sight, so that their acts belong into the menu."""
        self._is_offered = is_offered
        self.refresh()

    def set_asking(self, is_asking: bool) -> None:
        """While a name is typed, its letters are no keys of the acts."""
        self._is_asking = is_asking
        self.refresh()

    def refresh(self) -> None:
        """See which acts there are, and which are in force."""
        count = 0 if self._is_asking else len(self._grid.selected_rows())
        of_person = self._person is not None
        for act in self.all:
            act.setVisible(self._is_offered)
            act.setEnabled(self._is_offered and count > 0)
        for act in (self.reject, self.confirm, self.cover):
            act.setVisible(self._is_offered and of_person)
        for act in (self.cover, self.show):
            act.setEnabled(self._is_offered and count == 1)

    def menu(self, parent: QWidget) -> QMenu:
        """The acts as a menu."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self.all:
            if act in (self.deny, self.cover) and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(act)
        if self.more:
            menu.addSeparator()
            menu.addActions(list(self.more))
        return menu

    def people_menu(self) -> QMenu:
        """To whom the selected faces can be moved: people with their faces, or a name."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mine = None if self._person is None else self._person.id
        scale = self._owner.devicePixelRatioF()
        for row in [one for one in self._desk.named.rows if one.id != mine][:_LISTED]:
            icon = face_icon(self._desk, row, scale)
            add_entry(menu, menu_text(row.name), partial(self.move_to, row.id), icon)
        if not menu.isEmpty():
            menu.addSeparator()
        add_entry(menu, tr("Someone else…"), self.name_wanted.emit)
        return menu

    def open_people(self) -> None:
        """Let the user choose to whom the selected faces go."""
        index = self._grid.currentIndex()
        place = self._grid.visualRect(index).center() if index.isValid() else QPoint()
        self.people_menu().popup(self._grid.viewport().mapToGlobal(place))

    def move_to(self, to: int | str) -> None:
        """Say who the selected faces are, by id or by name."""
        self._leave(partial(self._desk.deeds.move, to=to))

    def name(self, name: str) -> None:
        """Say that the selected faces are somebody else, of this name; "" for one without."""
        known = self._desk.named.find(name)
        if known is not None:
            self.move_to(known.id)
        elif self._person is None:
            if name:
                self.move_to(name)
        else:
            self._leave(partial(self._desk.deeds.split, self._person.id, name=name))

    def chosen(self) -> list[FaceRow]:
        """The selected faces."""
        return self._grid.chosen()

    def _leave(self, deed: Callable[..., None]) -> None:
        ids = [face.id for face in self._grid.chosen()]
        if ids:
            self._grid.take_away(ids)
            deed(face_ids=ids)

    def _reject(self) -> None:
        if self._person is not None:
            self._leave(partial(self._desk.deeds.reject, self._person.id))

    def _deny(self) -> None:
        self._leave(self._desk.deeds.mark_not_a_face)

    def _say_strangers(self) -> None:
        self._leave(self._desk.deeds.say_strangers)

    def _confirm(self) -> None:
        ids = [face.id for face in self._grid.chosen()]
        if self._person is not None and ids:
            self._desk.deeds.confirm(self._person.id, ids)

    def _use_as_cover(self) -> None:
        chosen = self._grid.chosen()
        if self._person is not None and len(chosen) == 1:
            self._desk.deeds.choose_cover(self._person.id, chosen[0].id)

    def _show_photo(self) -> None:
        chosen = self._grid.chosen()
        if len(chosen) == 1:
            self.photo_wanted.emit(chosen[0])

    def _add(self, text: str, work: Callable[[], object], icon: str, *keys: Keys) -> QAction:
        act = add_act(self._owner, text, work, *keys)
        self._desk.icons.put_on(act, icon)
        return act


def say(act: QAction, text: str) -> None:
    """Call an act something else; its tooltip goes with it."""
    native = act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    act.setText(text)
    act.setToolTip(f"{text.rstrip('…').replace('&&', '&')} ({native})")
