"""Photos, the page of a person, and the viewer over a real library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def photos_page(room: Room, qtbot: QtBot) -> PhotosPage:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 12)
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
        "Export 1 photo…",
    ]
