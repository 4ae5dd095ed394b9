"""Photos are searched by people, from the keyboard alone."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.places import Kind
from app.ui.search.page import SearchPage
from tests.ui.byhand.conftest import Room


def test_names_are_typed_and_the_photos_are_right(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    found = room.window.pages[Kind.SEARCH]
    assert isinstance(found, SearchPage)
    room.hand.key("ctrl+f")
    edit = room.window.top_bar.search.edit
    qtbot.waitUntil(edit.hasFocus)
    room.hand.type("anna ben -carl")
    room.hand.key("Return")
    qtbot.waitUntil(found.isVisible)
    left = room.photo("left.jpg").id
    qtbot.waitUntil(lambda: [row.id for row in found.grid.photos.rows] == [left])
    search = room.window.top_bar.search.search
    anna, ben, carl = (room.called(name).id for name in ("Anna", "Ben", "Carl"))
    assert (search.all_of, search.none_of) == ((anna, ben), (carl,))
    room.hand.key("Escape")
    qtbot.waitUntil(room.people.isVisible)
    assert not room.window.top_bar.search.chips.all


def test_any_of_two_is_found_and_enter_leads_to_the_photos(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    found = room.window.pages[Kind.SEARCH]
    assert isinstance(found, SearchPage)
    room.hand.key("ctrl+f")
    room.hand.type("ben or carl")
    room.hand.key("Return")
    qtbot.waitUntil(found.isVisible)
    qtbot.waitUntil(lambda: len(found.grid.photos.rows) == 6)
    room.hand.key("Return")
    qtbot.waitUntil(found.grid.hasFocus)
    room.hand.key("ctrl+shift+x")
    qtbot.waitUntil(room.people.isVisible)


def test_a_year_narrows_it_down_and_only_leaves_the_others_out(
    named_room: Room, qtbot: QtBot
) -> None:
    room = named_room
    found = room.window.pages[Kind.SEARCH]
    assert isinstance(found, SearchPage)

    def names() -> list[str]:
        album = room.window.desk.album
        return [album.photo(row.id).name for row in found.grid.photos.rows]

    room.hand.key("ctrl+f")
    room.hand.type("anna 2005")
    room.hand.key("Return")
    qtbot.waitUntil(found.isVisible)
    qtbot.waitUntil(lambda: names() == ["group-mirrored.jpg"])
    room.hand.key("BackSpace")  # takes the year away
    qtbot.waitUntil(lambda: len(names()) == 5)
    room.hand.key("Down")
    qtbot.waitUntil(found.grid.hasFocus)
    room.hand.key("ctrl+shift+o")
    qtbot.waitUntil(lambda: found.nothing.isVisible())  # she is never alone
