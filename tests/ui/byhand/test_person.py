"""The page of a person, with a real mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.indexing.house import House
from app.library.commands.faces import move_faces
from app.library.commands.people import name_person
from app.library.queries.faces import faces_of
from app.ui.people.delegate import cover_rect
from app.ui.people.dialogs import BirthDialog
from app.ui.person.page import PersonPage
from app.ui.places import Kind
from app.ui.search.page import SearchPage
from tests.ui.byhand.conftest import Room, in_group_photo


def open_person(room: Room, qtbot: QtBot, name: str) -> PersonPage:
    """Double-click the card of somebody."""
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    person = room.called(name)
    room.hand.double_click(room.people.grid.viewport(), cover_rect(room.card_of(person.id)))
    qtbot.waitUntil(page.isVisible)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == person.photo_count)
    return page


def test_two_faces_are_not_anna_until_it_is_undone(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    page = open_person(room, qtbot, "Anna")
    room.hand.click(page.header.faces)
    grid = page.faces
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 5)
    first, second = (grid.visualRect(grid.faces.index(place)) for place in (0, 1))
    gone = {face.id for face in grid.faces.rows[:2]}
    room.hand.click(grid.viewport(), first)
    room.hand.click(grid.viewport(), second, holding="ctrl")
    qtbot.waitUntil(lambda: page.face_actions.said.text() == "2 faces selected")
    room.hand.key("n")
    qtbot.waitUntil(lambda: room.called("Anna").face_count == 3)
    qtbot.waitUntil(lambda: gone.isdisjoint(face.id for face in grid.faces.rows))
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: room.called("Anna").face_count == 5)
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 5)


def test_a_face_is_moved_to_ben_and_one_gets_a_name_of_its_own(
    named_room: Room, qtbot: QtBot
) -> None:
    room = named_room
    page = open_person(room, qtbot, "Anna")
    room.hand.click(page.header.faces)
    grid = page.faces
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 5)
    room.hand.click(grid.viewport(), grid.visualRect(grid.faces.index(0)))
    room.hand.key("m")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    room.walk_menu(next(action for action in menu.actions() if action.text() == "Ben"))
    qtbot.waitUntil(lambda: room.called("Ben").face_count == 6)
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 4)
    room.hand.click(grid.viewport(), grid.visualRect(grid.faces.index(1)))
    qtbot.waitUntil(lambda: page.face_actions.said.text() == "1 face selected")
    room.hand.key("w")
    qtbot.waitUntil(page.face_actions.edit.hasFocus)
    room.hand.type("Zoe")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    assert (room.called("Anna").face_count, room.called("Zoe").face_count) == (3, 1)


def test_a_year_of_birth_gives_ages_and_the_years_lead_down_the_page(
    named_room: Room, qtbot: QtBot
) -> None:
    room = named_room
    anna = room.called("Anna").id
    room.hand.click(room.people.grid.viewport(), cover_rect(room.card_of(anna)))
    room.hand.key("ctrl+b")
    qtbot.waitUntil(lambda: bool(room.people.findChildren(BirthDialog)))
    (dialog,) = room.people.findChildren(BirthDialog)
    dialog.activateWindow()  # there is no window manager that would
    qtbot.waitUntil(dialog.year.hasFocus)
    room.hand.type("1970")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: room.called("Anna").birth_year == 1970)
    qtbot.waitUntil(room.window.isActiveWindow)
    page = open_person(room, qtbot, "Anna")
    titles = [section.title for section in page.photos.photos.sections]
    assert len(titles) == 5
    assert titles[-1] == "July 2003 · age 33"
    qtbot.waitUntil(page.timeline.isVisible)
    oldest = page.timeline.years()[-1]
    assert oldest.year == 2003
    place = QPoint(page.timeline.width() // 2, page.timeline.y_of(oldest.top))
    room.hand.click(page.timeline, place)
    last = page.photos.photos.index(4)
    qtbot.waitUntil(
        lambda: page.photos.visualRect(last).bottom() <= page.photos.viewport().height()
    )
    qtbot.waitUntil(page.header.looks.isVisible)  # how old she looks, and of which gender


def test_a_companion_leads_to_the_photos_of_both(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    page = open_person(room, qtbot, "Anna")
    qtbot.waitUntil(lambda: bool(page.header.companions.chips()))
    with_carl = next(
        chip for chip in page.header.companions.chips() if chip.text().split() == ["Carl", "4"]
    )
    room.hand.click(with_carl)
    found = room.window.pages[Kind.SEARCH]
    assert isinstance(found, SearchPage)
    qtbot.waitUntil(found.isVisible)
    qtbot.waitUntil(lambda: len(found.grid.photos.rows) == 4)  # neither the left nor the right


def test_the_strip_asks_and_a_tick_settles_it(
    prepare: Callable[[Callable[[House], object]], None],
    open_room: Callable[[], Room],
    qtbot: QtBot,
) -> None:
    def tear_apart(house: House) -> None:
        dora = in_group_photo(house)[0]
        faces = [face.id for face in faces_of(house.library, dora)]
        move_faces(house.library, faces[:2], "Emma")
        name_person(house.library, dora, "Dora")

    prepare(tear_apart)
    room = open_room()
    page = open_person(room, qtbot, "Dora")
    qtbot.waitUntil(lambda: len(page.strip.cards) == 1, timeout=10_000)
    room.hand.click(page.strip.cards[0].yes)
    qtbot.waitUntil(lambda: room.names() == ["Dora"])
    assert room.called("Dora").face_count == 5
    qtbot.waitUntil(lambda: not page.strip.isVisible())
