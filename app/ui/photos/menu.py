"""The right-click menu of a photo: the way from a photo to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import PersonRow, PhotoRow
from app.ui import absence, words
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.photos import files
from app.ui.texts import Texts
from app.ui.widgets.menus import add_entry, menu_text

tr = Texts("photos")


@dataclass(frozen=True, slots=True)
class FileWork:
    """Something that can be done with the file of a photo."""

    text: str
    icon: str
    work: Callable[[PhotoRow], object]
    needs_file: bool = True
    """Whether the file has to be there for it."""
    at: Callable[[PhotoRow, float], object] | None = None
    """The same of a video at a moment, s, where that makes a difference."""


def file_works(desk: Desk) -> list[FileWork]:
    """What can be done with the file of any photo."""
    return [
        FileWork(
            tr("Show in file manager"),
            "folder-open",
            lambda photo: files.show_in_file_manager(photo.path),
        ),
        FileWork(
            tr("Open with the default program"),
            "external-link",
            lambda photo: files.open_with_default(photo.path),
        ),
        FileWork(tr("Copy file"), "copy", lambda photo: files.copy_file(photo.path)),
        FileWork(
            tr("Copy image"),
            "image",
            lambda photo: files.copy_image(desk, photo, 0.0),
            at=lambda photo, moment: files.copy_image(desk, photo, moment),
        ),
        FileWork(
            tr("Copy path"),
            "clipboard",
            lambda photo: files.copy_path(photo.path),
            needs_file=False,
        ),
    ]


def photo_menu(
    desk: Desk,
    photo: PhotoRow,
    people: Sequence[PersonRow],
    show_person: Callable[[int], object],
    open_photo: Callable[[], object],
    parent: QWidget,
    absent: str = "",
) -> QMenu:
    """What can be done with a photo that shows these people; `absent` says why its file is not at
    hand."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    add_people(menu, desk, people, show_person, parent)
    add_entry(menu, tr("Open"), open_photo, desk.icons.icon("maximize", "secondary", 18))
    menu.addSeparator()
    add_absence(menu, desk, absent)
    for one in file_works(desk):
        icon = desk.icons.icon(one.icon, "secondary", 18)
        entry = add_entry(menu, one.text, partial(one.work, photo), icon)
        entry.setEnabled(not (absent and one.needs_file))
    return menu


def add_absence(menu: QMenu, desk: Desk, absent: str) -> None:
    """Say in a menu why what needs the file cannot be done."""
    if absent:
        icon = desk.icons.icon(absence.icon_of(absent), "secondary", 18)
        add_entry(menu, absent.rstrip("."), lambda: None, icon).setEnabled(False)


def add_people(
    menu: QMenu,
    desk: Desk,
    people: Sequence[PersonRow],
    show_person: Callable[[int], object],
    parent: QWidget,
) -> None:
    """The entries that lead to all photos of those who are in a photo."""
    scale = parent.devicePixelRatioF()
    if len(people) == 1:
        (person,) = people
        text = (
            tr("Show all photos of {0}").format(menu_text(person.name))
            if person.name
            else tr("Show all photos of this person")
        )
        add_entry(menu, text, partial(show_person, person.id), face_icon(desk, person, scale))
    elif people:
        submenu = menu.addMenu(
            desk.icons.icon("users-round", "secondary", 18), tr("Show all photos of this person")
        )
        for person in people:
            add_entry(
                submenu,
                menu_text(words.called(person)),
                partial(show_person, person.id),
                face_icon(desk, person, scale),
            )
    if people:
        menu.addSeparator()
