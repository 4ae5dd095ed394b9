"""Which photos can be dragged out of the window, and what a press means until it is a drag."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.library.models import Photo
from app.ui.photos import carrying
from app.ui.photos.carrying import Load, load_of, mime_of
from app.ui.photos.page import PhotosPage
from app.ui.photos.tile_grid import TileGrid
from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind, Place
from tests.ui.conftest import Room

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], Qt.DropAction]]:
    """What is dragged: names of files, and what may be done with them. Nobody takes it: offscreen
    there is no other program."""
    found: list[tuple[list[str], Qt.DropAction]] = []

    def note(self: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        found.append(([Path(url.path()).name for url in self.mimeData().urls()], actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", note)
    monkeypatch.setattr(carrying.QApplication, "mouseButtons", lambda: LEFT)
    return found


def photos(room: Room, qtbot: QtBot) -> TileGrid:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    return page.grid


def middle(grid: TileGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def pull(grid: TileGrid, row: int) -> None:
    """Press on a tile and move; the button stays down."""
    view, start = grid.viewport(), middle(grid, row)
    QTest.mousePress(view, LEFT, PLAIN, start)
    QTest.mouseMove(view, start + QPoint(QApplication.startDragDistance() + 2, 0))


def test_what_is_not_on_this_disk_is_left_out_with_a_word(
    room: Room, qtbot: QtBot, drags: list[tuple[list[str], Qt.DropAction]], tmp_path: Path
) -> None:
    grid = photos(room, qtbot)
    grid.selectAll()
    gone = Photo.select().order_by(Photo.taken.desc()).first()
    Path(gone.path).unlink()
    load = load_of(room.window.desk, [row.id for row in grid.model().rows])  # type: ignore[attr-defined]
    assert load.left == 1 and len(load.paths) == 11 and gone.path not in load.paths
    pull(grid, 3)
    qtbot.waitUntil(lambda: len(drags) == 1)
    names, actions = drags[0]
    assert len(names) == 11 and actions == Qt.DropAction.CopyAction
    assert room.window.message.label.text() == "1 photo is not on this disk and is left out."
    assert tmp_path.is_dir()


def test_nothing_is_dragged_when_nothing_is_there(
    room: Room, qtbot: QtBot, drags: list[tuple[list[str], Qt.DropAction]]
) -> None:
    grid = photos(room, qtbot)
    for row in Photo.select():
        Path(row.path).unlink()
    pull(grid, 2)
    qtbot.waitUntil(lambda: "cannot be dragged" in room.window.message.label.text())
    assert not drags


def test_a_press_on_a_selection_selects_one_when_it_was_a_click(
    room: Room, qtbot: QtBot, drags: list[tuple[list[str], Qt.DropAction]]
) -> None:
    grid = photos(room, qtbot)
    grid.selectAll()
    QTest.mousePress(grid.viewport(), LEFT, PLAIN, middle(grid, 1))
    assert len(grid.selected_rows()) == 12, "it may become a drag of all of them"
    QTest.mouseRelease(grid.viewport(), LEFT, PLAIN, middle(grid, 1))
    assert grid.selected_rows() == [1] and not drags


def test_faces_are_framed_from_and_only_selected_ones_are_dragged(
    room: Room, qtbot: QtBot, drags: list[tuple[list[str], Qt.DropAction]]
) -> None:
    person = next(row.id for row in room.rows() if row.name == "Anna")
    room.window.go(Place(Kind.PERSON, (person,), view="faces"))
    page = room.window.pages[Kind.PERSON]
    grid: TileGrid = page.faces  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: grid.model().rowCount() == 4)
    pull(grid, 0)
    QTest.mouseRelease(grid.viewport(), LEFT, PLAIN, middle(grid, 1))
    qtbot.wait(30)  # nothing is to come of it
    assert not drags
    grid.selectAll()
    pull(grid, 2)
    qtbot.waitUntil(lambda: len(drags) == 1)
    assert len(drags[0][0]) == 4, "the photos that the faces are in"
    assert isinstance(room.window.pages[Kind.UNNAMED], UnnamedPage)


def test_the_window_does_not_take_its_own_photos(room: Room, tmp_path: Path) -> None:
    grid = room.window.pages[Kind.PHOTOS].grid  # type: ignore[attr-defined]

    class Own(QDropEvent):
        def source(self) -> object:
            return grid

    mime = mime_of([tmp_path])
    place, copy = QPointF(300, 300), Qt.DropAction.CopyAction
    own = Own(place, copy, mime, LEFT, PLAIN, QEvent.Type.Drop)
    assert room.window.veil.eventFilter(room.window, own) is False
    other = QDropEvent(place, copy, mime, LEFT, PLAIN, QEvent.Type.Drop)
    assert room.window.veil.eventFilter(room.window, other) is True
    assert Load((), 0).paths == ()
