"""What the window shows of other processes with the same library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed, Progressed
from app.library.commands.people import name_person
from app.progress import Progress

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def test_a_name_given_elsewhere_is_seen_and_can_be_undone(room: Room, qtbot: QtBot) -> None:
    undo = room.window.actions_.undo
    qtbot.waitUntil(lambda: "Ben" in undo.text() or "Ben" in undo.toolTip())
    unnamed = next(row for row in room.rows() if not row.name)
    name_person(room.library, unnamed.id, "Carla")
    room.indexer.tell(Changed(Changes(regrouped=True, folders=frozenset({0}))))
    qtbot.waitUntil(lambda: "Carla" in undo.text() or "Carla" in undo.toolTip())
    qtbot.waitUntil(lambda: "Carla" in [row.name for row in room.people.model.rows])
    qtbot.waitUntil(lambda: "Carla" in [row.name for row in room.window.desk.named.rows])


def test_the_work_of_another_is_told_as_such(room: Room, qtbot: QtBot) -> None:
    strip = room.window.strip
    waiting = Progress("ours", "index", "waiting")
    room.indexer.tell(Progressed(waiting))
    qtbot.waitUntil(lambda: "Waiting" in strip._what.text())
    room.indexer.tell(Progressed(Progress("theirs", "index", "running", 3, 9, by_other=True)))
    qtbot.waitUntil(lambda: strip._what.text() == "Another Kinfolk is looking at photos")
    assert strip._pause.isHidden(), "only its own window can hold it"
    strip._cancel.click()
    qtbot.waitUntil(lambda: room.indexer.asked == [("cancel", "theirs")])
    room.indexer.tell(Progressed(Progress("theirs", "index", "done", 9, 9, by_other=True)))
    room.indexer.tell(Progressed(Progress("ours", "index", "running", 1, 4)))
    qtbot.waitUntil(lambda: strip._what.text() == "Looking at photos")
    assert not strip._pause.isHidden()
