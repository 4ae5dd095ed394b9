"""People are named and merged with a real mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.ui.people.delegate import name_rect
from tests.ui.byhand.conftest import Room


def name_by_typing(room: Room, qtbot: QtBot, number: int, name: str) -> None:
    """Click the line under a cover, type, press Enter."""
    grid = room.people.grid
    before = len(room.names())
    room.hand.click(grid.viewport(), name_rect(room.card(number)))
    qtbot.waitUntil(lambda: grid.is_editing)
    room.hand.type(name)
    room.hand.key("Return")
    qtbot.waitUntil(lambda: len(room.names()) == before + 1)
    qtbot.waitUntil(lambda: name in [row.name for row in room.people.model.rows])


def test_a_name_is_typed_undone_and_said_again_after_a_restart(
    open_room: Callable[[], Room], qtbot: QtBot
) -> None:
    room = open_room()
    name_by_typing(room, qtbot, 0, "Anna")
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: room.names() == [])
    room.hand.key("ctrl+shift+z")
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    room = open_room()
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: room.names() == [])


def test_dragging_a_card_onto_another_merges(room: Room, qtbot: QtBot) -> None:
    name_by_typing(room, qtbot, 0, "Anna")
    other = room.people.model.rows[2].id
    room.hand.drag(room.people.grid.viewport(), room.card(2), room.card(0))
    qtbot.waitUntil(lambda: len(room.rows()) == 6)
    assert other not in [row.id for row in room.rows()]
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 6)
    room.hand.click(room.window.message.undo, room.window.message.undo.rect())
    qtbot.waitUntil(lambda: len(room.rows()) == 7)
