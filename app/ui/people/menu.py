"""What is asked and offered about people, here and on other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.people.order import keeper
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.widgets.menus import add_entry, menu_text

tr = Texts("people")

_LISTED = 15
FACE_SIDE = 24


def face_icon(desk: Desk, person: PersonRow, scale: float) -> QIcon:
    """A small round face; an outline while it is on its way."""
    if person.cover is not None:
        pixmap = desk.pictures.round(PictureKey.of_face(person.cover), FACE_SIDE, scale)
        if pixmap is not None:
            return QIcon(pixmap)
    return desk.icons.icon("user-round-search", "secondary", FACE_SIDE)


@dataclass(frozen=True, slots=True)
class Manner:
    """How something that can be done with a person is called, drawn and reached by key."""

    text: str
    icon: str
    key: str


def manners() -> dict[str, Manner]:
    """What the page of all people and the page of one have in common, in the user's language."""
    return {
        "rename": Manner(rename_text(True), "pencil", "F2"),
        "merge_into": Manner(tr("Merge into…"), "merge", "Ctrl+Shift+M"),
        "several": Manner(tr("This is several people…"), "split", "Ctrl+Shift+S"),
        "cover": Manner(tr("Choose cover…"), "square-user-round", "Ctrl+K"),
        "birth": Manner(tr("Birth year…"), "cake", "Ctrl+B"),
        "export": Manner(tr("Export photos…"), "folder-output", "Ctrl+E"),
        "hide": Manner(tr("Hide"), "eye-off", "Delete"),
        "show": Manner(tr("Show again"), "eye", "Ctrl+Shift+H"),
        "staff": Manner(tr("Works here"), "briefcase-business", "Ctrl+Shift+W"),
        "not_staff": Manner(tr("Does not work here"), "user-round-x", "Ctrl+Alt+W"),
        "forget": Manner(tr("Forget this person…"), "trash-2", "Shift+Delete"),
    }


def rename_text(has_name: bool) -> str:
    """What naming somebody is called."""
    return tr("Rename") if has_name else tr("Give a name")


def add_merge_menu(
    menu: QMenu, desk: Desk, person: PersonRow, others: Sequence[PersonRow], parent: QWidget
) -> QMenu:
    """The submenu with the people whom `person` (and `others`) may become part of."""
    merging = [person, *(other for other in others if other.id != person.id)]
    ids = {one.id for one in merging}
    scale = parent.devicePixelRatioF()
    into = menu.addMenu(desk.icons.icon("merge", "secondary", 18), tr("Merge into…"))
    named = [row for row in desk.named.rows if row.id not in ids]
    for row in named[:_LISTED]:
        merge = partial(desk.deeds.merge, row.id, sorted(ids))
        add_entry(into, menu_text(row.name), merge, face_icon(desk, row, scale))
    if named:
        into.addSeparator()
    add_entry(into, tr("Someone else…"), partial(ask_whom, desk, person, merging, parent))
    return into


def ask_birth(desk: Desk, person: PersonRow, parent: QWidget) -> None:
    """Ask when somebody was born."""
    from app.ui.people.dialogs import BirthDialog

    dialog = BirthDialog(person, parent)
    dialog.chosen.connect(partial(desk.deeds.set_birth_year, person.id))
    dialog.open()


def ask_forget(desk: Desk, person: PersonRow, parent: QWidget) -> None:
    """Ask whether somebody is to be forgotten."""
    from app.ui.people.dialogs import ForgetDialog

    dialog = ForgetDialog(person, parent)
    dialog.accepted.connect(partial(desk.deeds.forget, person.id))
    dialog.open()


def ask_name_of_all(desk: Desk, people: Sequence[PersonRow], parent: QWidget) -> None:
    """Ask what people are called who are one person."""
    from app.ui.widgets.name_dialog import NameDialog

    question = tr("These {0} are one person. Who is it?").format(words.number(len(people)))
    dialog = NameDialog(question, tr("Save"), desk.named.names, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(partial(merge_by_name, desk, people))
    dialog.open()


def ask_whom(desk: Desk, person: PersonRow, merging: Sequence[PersonRow], parent: QWidget) -> None:
    """Ask into whom people are to be merged."""
    from app.ui.widgets.name_dialog import NameDialog

    if len(merging) > 1:
        question = tr.counted(
            "Merge 1 person into whom?", "Merge {0} people into whom?", len(merging)
        )
    else:
        question = tr("Merge {0} into whom?").format(words.called(person))
    names = [one.name for one in merging]
    dialog = NameDialog(
        question, tr("Merge"), desk.named.names, parent, takes_new=False, left_out=names
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(partial(merge_by_name, desk, merging))
    dialog.open()


def merge_by_name(desk: Desk, merging: Sequence[PersonRow], name: str) -> None:
    """Make people one with whoever has a name; if nobody has, it becomes theirs."""
    target = desk.named.find(name)
    keep = keeper(merging)
    if target is not None:
        others = [other.id for other in merging if other.id != target.id]
        if others:
            desk.deeds.merge(target.id, others)
    elif len(merging) > 1:
        desk.deeds.merge(keep.id, [one.id for one in merging if one.id != keep.id], name)
    else:
        desk.deeds.name(keep.id, name)
