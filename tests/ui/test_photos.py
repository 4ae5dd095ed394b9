"""Photos, the page of a person, and the viewer over a real library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.library.queries.faces import faces_of
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind, Place
from app.ui.widgets.name_dialog import NameDialog
from app.ui.widgets.name_edit import NameEdit

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def photos_page(room: Room, qtbot: QtBot) -> PhotosPage:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 12)
    return page


def person_page(room: Room, qtbot: QtBot, name: str, photos: int) -> PersonPage:
    person = next(row for row in room.rows() if row.name == name)
    room.window.go(Place(Kind.PERSON, (person.id,)))
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == photos)
    return page


def menu_of(page: PhotosPage, room: Room, people: int) -> QMenu:
    album = room.window.desk.album
    rows = page.grid.photos.rows
    for place, photo in enumerate(rows):
        found = album.people_in_photo(photo.id)
        if len(found) == people:
            return page.grid.menu_for(place, album.photo(photo.id), found)
    raise AssertionError("no such photo")


def test_photos_stand_by_month_newest_first(room: Room, qtbot: QtBot) -> None:
    page = photos_page(room, qtbot)
    sections = page.grid.photos.sections
    assert sections[0].title == "June 2021"
    assert sections[-1].title == "January 2020"
    assert sum(section.count for section in sections) == 12


def test_a_photo_of_two_people_offers_both(room: Room, qtbot: QtBot) -> None:
    page = photos_page(room, qtbot)
    menu = menu_of(page, room, 2)
    first = menu.actions()[0]
    assert first.text() == "Show all photos of this person"
    submenu = first.menu()
    assert isinstance(submenu, QMenu)
    assert len(submenu.actions()) == 2
    names = [action.text() for action in submenu.actions()]
    assert set(names) <= {"Anna", "Ben", "Unnamed person"}
    with qtbot.waitSignal(page.grid.person_wanted):
        submenu.actions()[0].trigger()
    assert room.window.trail.here.kind == Kind.PERSON


def test_a_photo_of_one_person_says_the_name(room: Room, qtbot: QtBot) -> None:
    page = photos_page(room, qtbot)
    texts = set()
    album = room.window.desk.album
    for place, photo in enumerate(page.grid.photos.rows):
        people = album.people_in_photo(photo.id)
        if len(people) == 1:
            menu = page.grid.menu_for(place, album.photo(photo.id), people)
            texts.add(menu.actions()[0].text())
    assert texts == {
        "Show all photos of Anna",
        "Show all photos of Ben",
        "Show all photos of this person",
    }


def test_a_photo_of_nobody_offers_nobody(room: Room, qtbot: QtBot) -> None:
    menu = menu_of(photos_page(room, qtbot), room, 0)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Open",
        "Show in file manager",
        "Open with the default program",
        "Copy file",
        "Copy image",
        "Copy path",
    ]


def test_the_page_of_a_person_says_years_and_company(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    assert page.header.findChildren(type(page.header.name))[0].text() == "Anna"
    facts = [label.text() for label in page.header.findChildren(type(page.header._facts))]
    assert any("4 photos" in text and "2020" in text for text in facts)
    assert any(text == "Most often with" for text in facts)


def test_faces_that_are_somebody_else_leave(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    page.header.show_faces(True)
    assert not page.face_actions.reject.isEnabled()
    page.faces.setCurrentIndex(page.faces.model().index(0, 0))
    assert page.face_actions.reject.text() == "Not Anna"
    QTest.mouseClick(page.face_actions.reject, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 3)
    assert room.window.message.undo.isVisible()


def test_faces_are_confirmed(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    page.header.show_faces(True)
    page.faces.setCurrentIndex(page.faces.model().index(0, 0))
    menu = page.face_actions.menu()
    next(action for action in menu.actions() if action.text() == "Yes, Anna").trigger()
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Confirmed 1 face of Anna")
    placed = {face.placed.value for face in faces_of(room.library, room.rows()[0].id)}
    assert placed == {"machine", "user"}


def test_the_page_of_someone_forgotten_leads_nowhere_bad(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    room.window.desk.deeds.forget(room.rows()[0].id)
    qtbot.waitUntil(lambda: room.names() == ["Ben"])
    qtbot.waitUntil(lambda: room.window.message.label.text() != "")
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 0)
    assert not page.header.isVisible() and "Anna" not in room.window.windowTitle()


def test_the_name_of_a_person_is_changed_in_its_place(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.mouseClick(page.header.name, Qt.MouseButton.LeftButton)
    editor = page.header.findChild(NameEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Annabel")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Annabel", "Ben"])
    qtbot.waitUntil(lambda: page.header.name.text() == "Annabel")
    assert not page.header.is_editing


def test_an_unnamed_face_gets_a_name(room: Room, qtbot: QtBot) -> None:
    room.window.go(Place(Kind.UNNAMED))
    page = room.window.pages[Kind.UNNAMED]
    assert isinstance(page, UnnamedPage)
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 1)
    page.grid.setCurrentIndex(page.grid.model().index(0, 0))
    page.actions_bar.ask_who()
    dialog = room.window.findChild(NameDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.edit, "Zoe")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 0)
