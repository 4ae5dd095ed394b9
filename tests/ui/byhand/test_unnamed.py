"""Faces without a name are named and dismissed, several at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind
from tests.ui.byhand.conftest import Room


def test_several_get_a_name_or_are_dismissed_and_come_back(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    page = room.window.pages[Kind.UNNAMED]
    assert isinstance(page, UnnamedPage)
    grid = page.grid
    room.hand.key("ctrl+3")
    # Two of the six in five photos each, one more in one of them less, and four portraits.
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 19)

    def choose_three() -> None:
        first, last = (grid.visualRect(grid.faces.index(place)) for place in (0, 2))
        room.hand.click(grid.viewport(), first)
        room.hand.click(grid.viewport(), last, holding="shift")
        qtbot.waitUntil(lambda: page.actions_bar.said.text() == "3 faces selected")

    choose_three()
    room.hand.key("w")
    qtbot.waitUntil(page.actions_bar.edit.hasFocus)
    room.hand.type("Zoe")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    assert room.called("Zoe").face_count == 3
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 16)
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 19)
    assert "Zoe" not in room.names()
    choose_three()
    room.hand.key("k")
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 16)
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: len(grid.faces.rows) == 19)
