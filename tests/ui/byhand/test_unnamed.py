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
    entry = next(one for one in room.window.sidebar.entries() if one.text() == "Unnamed")

    def wait_for(count: int) -> None:
        """The page and the number beside its name are of one mind."""
        qtbot.waitUntil(lambda: len(grid.faces.rows) == count)
        qtbot.waitUntil(lambda: entry.accessibleDescription() == str(count))

    def choose(count: int) -> None:
        first, last = (grid.visualRect(grid.faces.index(place)) for place in (0, count - 1))
        room.hand.click(grid.viewport(), first)
        room.hand.click(grid.viewport(), last, holding="shift")
        qtbot.waitUntil(lambda: page.actions_bar.said.text() == f"{count} faces selected")

    room.hand.key("ctrl+3")
    wait_for(19)  # three of the six in five photos each, and four portraits
    choose(3)
    room.hand.key("w")
    qtbot.waitUntil(page.actions_bar.edit.hasFocus)
    room.hand.type("Zoe")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    assert room.called("Zoe").face_count == 3
    wait_for(16)
    room.hand.key("ctrl+z")
    wait_for(19)
    assert "Zoe" not in room.names()
    alike = {face.person_id for face in grid.faces.rows[:5]}
    assert len(alike) == 1  # they stand together
    choose(5)
    room.hand.key("k")
    wait_for(14)
    assert alike.isdisjoint(row.id for row in room.rows())
    room.hand.key("ctrl+z")
    wait_for(19)
