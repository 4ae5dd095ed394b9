"""What was said is listed and taken back, also after a restart; and the keys are listed, too."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.ui.history.page import HistoryPage
from app.ui.places import Kind
from app.ui.shortcuts import ShortcutsDialog
from tests.ui.byhand.conftest import Room


def open_history(room: Room, qtbot: QtBot, lines: int) -> HistoryPage:
    """Go to what was said."""
    page = room.window.pages[Kind.HISTORY]
    assert isinstance(page, HistoryPage)
    room.hand.key("ctrl+h")
    qtbot.waitUntil(lambda: page.isVisible() and len(page.model.words()) == lines)
    return page


def test_the_history_is_gone_back_through_also_after_a_restart(
    named: None,  # noqa: ARG001
    open_room: Callable[[], Room],
    qtbot: QtBot,
) -> None:
    room = open_room()
    room.hand.click(room.people.grid.viewport(), room.card(0))  # somebody is selected
    page = open_history(room, qtbot, 3)
    first = page.model.words()[-1]
    row = page.list.visualRect(page.model.index_of(first.row.id))
    room.hand.click(page.list.viewport(), row)
    room.hand.key("ctrl+Return")
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    room.hand.key("ctrl+shift+z")
    qtbot.waitUntil(lambda: room.names() != ["Anna"])

    room = open_room()
    page = open_history(room, qtbot, 3)
    first = page.model.words()[-1]
    row = page.list.visualRect(page.model.index_of(first.row.id))
    room.hand.click(page.list.viewport(), row)
    room.hand.key("Delete")
    qtbot.waitUntil(lambda: room.names() == [])


def test_the_overview_of_shortcuts_opens_and_closes(room: Room, qtbot: QtBot) -> None:
    room.hand.key("question")
    qtbot.waitUntil(lambda: bool(room.window.findChildren(ShortcutsDialog)))
    (dialog,) = room.window.findChildren(ShortcutsDialog)
    dialog.activateWindow()  # there is no window manager that would
    qtbot.waitUntil(dialog.field.hasFocus)
    assert ("History", "Ctrl+H") in dialog.shown()
    room.hand.type("undo")
    qtbot.waitUntil(lambda: ("History", "Ctrl+H") not in dialog.shown())
    room.hand.key("Escape", "Escape")
    qtbot.waitUntil(lambda: not room.window.findChildren(ShortcutsDialog))
    qtbot.waitUntil(lambda: room.window.isActiveWindow())
