"""Whatever is done in the window, the originals stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library.queries.faces import faces_in_photo
from app.ui.places import Kind, Place
from tests.originals import facts, mark
from tests.ui.test_viewer import open_photo_of, settle

if TYPE_CHECKING:
    from tests.ui.conftest import Room

Key = Qt.Key


def test_nothing_done_in_the_window_touches_an_original(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "drawn"
    mark(folder)
    before = facts(folder)
    for kind in Kind:
        people = (room.rows()[0].id,) if kind is Kind.PERSON else ()
        room.window.go(Place(kind, people))
        qtbot.wait(50)
        assert facts(folder) == before, kind
    viewer = open_photo_of(room, qtbot, "ac")
    for key in (Key.Key_Right, Key.Key_End, Key.Key_Home, Key.Key_Plus, Key.Key_0, Key.Key_I):
        QTest.keyClick(viewer.canvas, key)
        settle(viewer, qtbot)
    QTest.keyClick(
        viewer.canvas,
        Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 320)
    assert facts(folder) == before
    photo = viewer._photos[viewer._here].id
    known = len(faces_in_photo(room.library, photo))
    QTest.keyClick(viewer.canvas, Key.Key_D)
    QTest.keyClick(viewer.canvas, Key.Key_Return)
    editor = viewer.naming.editor
    assert editor is not None
    QTest.keyClicks(editor.edit, "Zoe")
    QTest.keyClick(editor.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: len(faces_in_photo(room.library, photo)) == known + 1)
    settle(viewer, qtbot)
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(faces_in_photo(room.library, photo)) == known)
    assert facts(folder) == before
