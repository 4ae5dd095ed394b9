"""The Unnamed page, used as a user does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library.queries.photos import counts
from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind, Place
from tests.ui.conftest import Room


def unnamed_page(room: Room, qtbot: QtBot) -> UnnamedPage:
    """The page, open on the seven faces of c, d and nobody."""
    room.window.go(Place(Kind.UNNAMED))
    page = room.window.pages[Kind.UNNAMED]
    assert isinstance(page, UnnamedPage)
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 7)
    return page


def test_a_lone_face_gets_a_name_and_leaves(room: Room, qtbot: QtBot) -> None:
    page = unnamed_page(room, qtbot)
    (alone,) = [n for n, face in enumerate(page.grid.faces.rows) if face.person_id is None]
    page.grid.setCurrentIndex(page.grid.faces.index(alone))
    page.actions_bar.ask_who()
    assert page.actions_bar.is_asking
    QTest.keyClicks(page.actions_bar.edit, "Zoe")
    QTest.keyClick(page.actions_bar.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 6)


def test_the_page_shows_as_many_as_the_sidebar_says(room: Room, qtbot: QtBot) -> None:
    page = unnamed_page(room, qtbot)
    assert counts(room.library, room.collection_id).unnamed_faces == 7
    assert sum(section.count for section in page.grid.faces.sections) == 7
    assert len({face.id for face in page.grid.faces.rows}) == 7


def test_a_whole_group_is_selected_from_one_of_its_faces(room: Room, qtbot: QtBot) -> None:
    page = unnamed_page(room, qtbot)
    rows = page.grid.faces.rows
    (alone,) = [n for n, face in enumerate(rows) if face.person_id is None]
    page.grid.setCurrentIndex(page.grid.faces.index(alone))
    assert not page.whole.isEnabled(), "a lone face has no group"
    first = next(n for n, face in enumerate(rows) if face.person_id is not None)
    page.grid.setCurrentIndex(page.grid.faces.index(first))
    QTest.keyClick(page.grid, Qt.Key.Key_G)
    chosen = page.grid.chosen()
    assert len(chosen) == 3 and {face.person_id for face in chosen} == {rows[first].person_id}
    assert page.actions_bar.said.text() == "3 faces selected"


def test_several_are_named_at_once_and_come_back_by_one_undo(room: Room, qtbot: QtBot) -> None:
    page = unnamed_page(room, qtbot)
    page.grid.selectAll()
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    assert page.actions_bar.is_asking
    QTest.keyClicks(page.actions_bar.edit, "Everyone")
    QTest.keyClick(page.actions_bar.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 0)
    qtbot.waitUntil(lambda: "Everyone" in room.names())
    assert counts(room.library, room.collection_id).unnamed_faces == 0
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 7)


def test_faces_of_nobody_known_leave_for_good(room: Room, qtbot: QtBot) -> None:
    page = unnamed_page(room, qtbot)
    page.grid.selectAll()
    QTest.keyClick(page.grid, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 0)
    qtbot.waitUntil(lambda: counts(room.library, room.collection_id).unnamed_faces == 0)
    qtbot.waitUntil(lambda: "stranger" in room.window.message.label.text())


def test_faces_stay_where_they_are_while_others_leave_and_come_back(
    room: Room, qtbot: QtBot
) -> None:
    page = unnamed_page(room, qtbot)
    before = [face.id for face in page.grid.faces.rows]
    page.grid.setCurrentIndex(page.grid.faces.index(3))
    page.actions_bar.ask_who()
    QTest.keyClicks(page.actions_bar.edit, "Zoe")
    QTest.keyClick(page.actions_bar.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    left = [face for face in before if face != before[3]]
    qtbot.waitUntil(lambda: [face.id for face in page.grid.faces.rows] == left)
    qtbot.wait(1200)  # a page rests for a second before it reads again
    assert [face.id for face in page.grid.faces.rows] == left
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(page.grid.faces.rows) == 7)
    assert [face.id for face in page.grid.faces.rows if face.id != before[3]] == left
