"""All face data is erased, and the window says how faces come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import LibraryError
from app.library.queries.erasing import FaceData, face_data
from app.ui.erase_dialog import EraseDialog, going
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room

LEFT = Qt.MouseButton.LeftButton


def ask(room: Room, qtbot: QtBot) -> EraseDialog:
    qtbot.waitUntil(room.window.actions_.erase.isEnabled)
    room.window.actions_.erase.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EraseDialog)
    qtbot.waitUntil(lambda: any("4 people" in text for text in texts(dialog)))
    return dialog


def texts(dialog: EraseDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


def erase(room: Room, qtbot: QtBot) -> None:
    dialog = ask(room, qtbot)
    QTest.mouseClick(dialog.sure, LEFT)
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_the_question_says_what_goes_and_what_stays(room: Room, qtbot: QtBot) -> None:
    dialog = ask(room, qtbot)
    told = texts(dialog)
    for line in (
        "15 faces found, with descriptions and small pictures",
        "4 people and groups of alike faces",
        "2 names",
        "2 things you said of them",
        "all backups made so far, as all of this is in them",
        "your photos: Kinfolk never changes their files",
        "the list of photos and folders in Kinfolk",
    ):
        assert line in told
    assert not dialog.yes.isEnabled() and dialog.no.isDefault()


def test_nothing_is_erased_before_it_is_understood(room: Room, qtbot: QtBot) -> None:
    dialog = ask(room, qtbot)
    dialog.yes.click()
    dialog.accept()
    assert dialog.isVisible()
    QTest.mouseClick(dialog.sure, LEFT)
    assert dialog.yes.isEnabled()
    QTest.mouseClick(dialog.sure, LEFT)
    assert not dialog.yes.isEnabled()
    dialog.sure.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert face_data(room.library, room.collection_id).names == 2


def test_afterwards_the_pages_of_people_say_how_faces_come_back(room: Room, qtbot: QtBot) -> None:
    window = room.window
    erase(room, qtbot)
    assert face_data(room.library, room.collection_id).faces == 0
    qtbot.waitUntil(window.invitations.erased.isVisible)
    assert window.message.isVisible() and not window.message.undo.isVisible()
    assert not window.actions_.erase.isEnabled()
    for kind in (Kind.UNNAMED, Kind.REVIEW, Kind.HIDDEN, Kind.PEOPLE):
        window.go(Place(kind))
        assert window.invitations.erased.isVisible(), kind
    for kind in (Kind.PHOTOS, Kind.HISTORY):
        window.go(Place(kind))
        assert not window.invitations.erased.isVisible() and window.pages[kind].isVisible()
    grid = window.pages[Kind.PHOTOS]
    window.go(Place(Kind.PHOTOS))
    qtbot.waitUntil(lambda: len(grid.grid.photos.rows) == 12)  # type: ignore[attr-defined]
    window.go(Place(Kind.PEOPLE))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.invitations.erased.button)
    QTest.keyClick(window.invitations.erased.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("look again", room.collection_id) in room.indexer.asked)


def test_once_they_are_looked_for_again_the_pages_are_back(room: Room, qtbot: QtBot) -> None:
    erase(room, qtbot)
    qtbot.waitUntil(room.window.invitations.erased.isVisible)
    assert room.window.actions_.look_again.isEnabled()
    room.library.sql("UPDATE photo SET is_stale = 1")
    room.window.desk.deeds.changed.emit(Changes(photos=frozenset({1})))
    qtbot.waitUntil(lambda: not room.window.invitations.erased.isVisible())
    assert room.people.isVisible() and not room.window.actions_.look_again.isEnabled()


def test_what_cannot_be_erased_is_said_where_it_was_asked(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Changes:
        raise LibraryError("The disk is read-only.")

    monkeypatch.setattr("app.indexing.forgetting.erase_all_faces", refuse)
    dialog = ask(room, qtbot)
    dialog.sure.setFocus()
    QTest.keyClick(dialog.sure, Qt.Key.Key_Space)
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: "The disk is read-only." in texts(dialog))
    assert dialog.isVisible() and dialog.yes.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_an_album_without_names_is_told_without_numbers() -> None:
    lines = going(FaceData(faces=1, people=1, names=0, words=0))
    assert lines[0].startswith("every face") and lines[2] == "every name"
    assert lines == going(None)
