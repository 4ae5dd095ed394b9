"""The Unnamed page, used as a user does."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.library.queries.photos import counts
from app.ui.photos import unnamed_page as unnamed_module
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


def test_the_largest_groups_are_there_before_all_are_laid_out(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unnamed_module, "_FIRST", 4)
    album, go_on = room.window.desk.album, threading.Event()
    lay_out = album.unnamed_faces

    def slowly(check: Callable[[], None]) -> object:
        go_on.wait(20)
        return lay_out(check)

    monkeypatch.setattr(album, "unnamed_faces", slowly)
    room.window.go(Place(Kind.UNNAMED))
    page = room.window.pages[Kind.UNNAMED]
    assert isinstance(page, UnnamedPage)
    model = page.grid.faces
    try:
        qtbot.waitUntil(lambda: len(model.rows) == 4)
        first = [face.id for face in model.rows]
        assert [one.title for one in model.sections] == ["Faces"]
        assert len({face.person_id for face in model.rows[:3]}) == 1
        page.grid.setCurrentIndex(model.index(1))
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: len(model.rows) == 7)
    ids = [face.id for face in model.rows]
    assert [one for one in ids if one in first] == first, "who was there keeps their order"
    assert [ids[row] for row in page.grid.selected_rows()] == [first[1]]


def test_photos_that_come_in_do_not_begin_the_laying_out_anew(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = unnamed_page(room, qtbot)
    page._rest.setInterval(10)
    page._late.setInterval(10)
    album, begun, go_on = room.window.desk.album, list[int](), threading.Event()
    lay_out = album.unnamed_faces

    def slowly(check: Callable[[], None]) -> object:
        begun.append(1)
        go_on.wait(20)
        return lay_out(check)

    monkeypatch.setattr(album, "unnamed_faces", slowly)
    try:
        page.reload()
        for photo in (1, 2, 3):
            page.take_note(Changes(photos=frozenset({photo})))
            qtbot.wait(30)
        assert len(begun) == 1
        page.take_note(Changes(faces=frozenset({1})))  # what was said is waited for no longer
        qtbot.waitUntil(lambda: len(begun) == 2)
        page.take_note(Changes(photos=frozenset({4})))
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: len(begun) == 3)  # once more for what came in meanwhile
    qtbot.wait(200)
    assert len(begun) == 3
