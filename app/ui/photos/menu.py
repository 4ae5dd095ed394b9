"""The right-click menu of a photo: the way from a photo to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.library.rows import PersonRow, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.widgets.menus import add_entry, menu_text


def tr(text: str) -> str:
    """A text of this menu in the user's language."""
    return QCoreApplication.translate("photos", text)


def photo_menu(
    desk: Desk,
    photo: PhotoRow,
    people: Sequence[PersonRow],
    show_person: Callable[[int], object],
    open_photo: Callable[[], object],
    parent: QWidget,
) -> QMenu:
    """What can be done with a photo that shows these people."""
    icons, scale = desk.icons, parent.devicePixelRatioF()
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
            icons.icon("users-round", "secondary", 18), tr("Show all photos of this person")
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
    add_entry(menu, tr("Open"), open_photo, icons.icon("maximize", "secondary", 18))
    add_entry(
        menu,
        tr("Show in file manager"),
        partial(show_in_file_manager, photo.path),
        icons.icon("folder-open", "secondary", 18),
    )
    add_entry(
        menu,
        tr("Copy path"),
        partial(copy_path, photo.path),
        icons.icon("copy", "secondary", 18),
    )
    return menu


def show_in_file_manager(path: Path) -> None:
    """Open the folder of a file, or the folder itself."""
    folder = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def copy_path(path: Path) -> None:
    """Put a path on the clipboard."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    QGuiApplication.clipboard().setText(text)
