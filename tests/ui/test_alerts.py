"""The Alerts page over a real library: strangers are shown, answered, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed
from app.library.commands.alerts import NewAlert, note_sighting, raise_alert
from app.library.commands.collections import set_own
from app.library.commands.folders import create_collection
from app.library.commands.people import name_person
from app.library.queries.alerts import Fate, alerts, unseen_alerts
from app.library.queries.cameras import CameraFace
from app.library.queries.faces import faces_of, unnamed_faces
from app.library.queries.people import list_people
from app.ui.alerts.page import AlertsPage
from app.ui.places import Kind, Place
from app.ui.widgets.name_dialog import NameDialog
from tests.ui.conftest import draw_photos, fill

if TYPE_CHECKING:
    from app.library.database import Library
    from tests.ui.conftest import Room

NOW = datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture
def door(furnish: Callable[[int], Room], library: Library, tmp_path: Path, qtbot: QtBot) -> Room:
    """A camera's collection in which Anna has a name and two strangers were seen."""
    draw_photos(tmp_path / "drawn")
    number = fill(library, tmp_path / "drawn")
    set_own(library, number, "alerts", "on")
    anna = list_people(library, number)[0]
    name_person(library, anna.id, "Anna")
    for place, minutes in ((1, 5), (2, 1)):
        person = list_people(library, number)[place]
        stranger(library, number, faces_of(library, person.id)[:2], minutes, anna.id)
    seen = faces_of(library, anna.id)[0]
    face = CameraFace(seen.id, seen.photo_id, NOW, seen.fingerprint, seen.box, seen.quality)
    note_sighting(library, number, anna.id, face, 0.98)
    room = furnish(number)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)
    return room


def stranger(library: Library, number: int, faces: list, minutes: int, like: int | None) -> int:  # type: ignore[type-arg]
    at = NOW - timedelta(minutes=minutes)
    seen = [
        CameraFace(f.id, f.photo_id, at + timedelta(seconds=n), f.fingerprint, f.box, f.quality)
        for n, f in enumerate(faces)
    ]
    return raise_alert(library, number, NewAlert(seen, like, None if like is None else 0.23))


def alerts_page(room: Room, qtbot: QtBot, count: int = 2) -> AlertsPage:
    room.window.go(Place(Kind.ALERTS))
    page = room.window.pages[Kind.ALERTS]
    assert isinstance(page, AlertsPage)
    qtbot.waitUntil(lambda: len(page.cards) == count)
    return page


def number_beside(room: Room) -> str:
    return room.window.sidebar._entries[Kind.ALERTS]._number


def fates(room: Room) -> list[Fate]:
    return [row.fate for row in alerts(room.library, room.collection_id)]


def test_strangers_are_there_newest_first_and_read_then(door: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: number_beside(door) == "2")
    qtbot.waitUntil(lambda: not door.window.sidebar._entries[Kind.ALERTS].isHidden())
    page = alerts_page(door, qtbot)
    first, second = page.cards.values()
    assert first.row.ended > second.row.ended
    assert first.title.text() == "A stranger, seen 2 times"
    assert first._said.text() == "Most like Anna: 23 % sure"
    assert first.yes.text() == "It's Anna"
    qtbot.waitUntil(first.badge.isVisible)
    interface = QAccessible.queryAccessibleInterface(first)
    told = interface.text(QAccessible.Text.Name)
    assert told.startswith("New. A stranger, seen 2 times. Today")
    qtbot.waitUntil(lambda: unseen_alerts(door.library, door.collection_id) == 0)
    qtbot.waitUntil(lambda: number_beside(door) == "")
    assert first.badge.isVisible()  # while the page is in sight
    door.window.go(Place(Kind.PEOPLE))
    page = alerts_page(door, qtbot)
    qtbot.waitUntil(lambda: not next(iter(page.cards.values())).badge.isVisible())
    (line,) = [page.log.model.row_at(page.log.model.index(row)) for row in (1,)]
    assert line is not None and page.log.model.text(line).startswith("Anna, ")


def test_it_is_anna_and_undo(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    card = next(iter(page.cards.values()))
    qtbot.waitUntil(card.yes.isVisible)
    qtbot.mouseClick(card.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fates(door) == [Fate.NAMED, Fate.OPEN])
    qtbot.waitUntil(lambda: card.title.text() == "This is Anna, seen 2 times")
    assert not card.yes.isVisible() and not card.ignore.isVisible()
    door.window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: fates(door) == [Fate.OPEN, Fate.OPEN])
    qtbot.waitUntil(lambda: card.yes.isVisible())


def test_somebody_new_gets_a_name(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    card = list(page.cards.values())[1]
    qtbot.waitUntil(card.add.isVisible)
    qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    dialog = page._dialog
    assert isinstance(dialog, NameDialog)
    qtbot.keyClicks(dialog.edit, "Zoe")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fates(door) == [Fate.OPEN, Fate.NAMED])
    qtbot.waitUntil(lambda: card.title.text() == "This is Zoe, seen 2 times")
    assert "Zoe" in door.names()


def test_ignoring_and_undo(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    card = next(iter(page.cards.values()))
    qtbot.waitUntil(card.ignore.isVisible)
    qtbot.mouseClick(card.ignore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.title.text() == "Somebody you ignore, seen 2 times")
    assert fates(door) == [Fate.IGNORED, Fate.OPEN]
    door.window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: card.title.text() == "A stranger, seen 2 times")


def test_all_of_it_by_keys(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    first, second = page.cards.values()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus() and page.chosen() == second.row
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: fates(door) == [Fate.OPEN, Fate.IGNORED])
    qtbot.waitUntil(lambda: not page.ignored.isEnabled())
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus() and page.yes.isEnabled()
    QTest.keyClick(first, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: fates(door) == [Fate.NAMED, Fate.IGNORED])
    QTest.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: door.window.frame.is_viewing)


def test_a_new_alert_is_there_at_once(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    first = next(iter(page.cards.values()))
    lone = unnamed_faces(door.library, door.collection_id)[-1]
    number = stranger(door.library, door.collection_id, [lone], 0, None)
    changes = Changes(alerts=frozenset({door.collection_id}))
    door.indexer.tell(Changed(changes))
    qtbot.waitUntil(lambda: len(page.cards) == 3)
    card = next(iter(page.cards.values()))
    assert card.row.id == number and page._column.indexOf(card) == 0
    assert card._said.text() == "You know nobody by name yet" and not card.yes.isVisible()
    assert card.title.text() == "A stranger, seen once"
    assert page.cards[first.row.id] is first


def test_an_empty_camera_tells_how_to_set_one_up(
    furnish: Callable[[int], Room], library: Library, qtbot: QtBot
) -> None:
    row = create_collection(library, "Door", "camera")
    room = furnish(row.id)
    qtbot.waitUntil(lambda: room.window.invitations._is_empty)
    room.window.go(Place(Kind.ALERTS))
    page = room.window.pages[Kind.ALERTS]
    assert isinstance(page, AlertsPage)
    qtbot.waitUntil(page.empty.isVisible)
    assert "watch the door" in page.empty.title.text() and page.empty.button.isVisible()


def test_the_log_goes_below_where_there_is_no_room(door: Room, qtbot: QtBot) -> None:
    page = alerts_page(door, qtbot)
    assert page.log.x() > page.area.mapTo(page, page.area.rect().center()).x()
    door.window.resize(820, 620)
    qtbot.waitUntil(lambda: page.width() < 760)
    qtbot.waitUntil(lambda: page.log.y() > page.height() // 2)
