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
