"""Photos are dragged into another program with a real mouse: it gets copies of the originals."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place
from tests.ui.byhand.conftest import Room

PLACE = (1300, 200, 250, 300)
MIDDLE = QPoint(1425, 350)


class Receiver:
    """The other program, and what it said."""

    def __init__(self) -> None:
        self.program = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("receiver.py")), *map(str, PLACE)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.program.stdout is not None
        assert self.program.stdout.readline() == "ready\n"
        self.got: list[dict[str, Any]] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def close(self) -> None:
        """End it."""
        self.program.kill()
        self.program.wait()
        self._listener.join()
        assert self.program.stdout is not None
        self.program.stdout.close()

    def _listen(self) -> None:
        for line in self.program.stdout or ():
            self.got.append(json.loads(line))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def drag(room: Room, receiver: Receiver, qtbot: QtBot) -> Callable[[QWidget, QRect | QPoint], Any]:
    """Drags from a place of a widget into the other program; gives what that got."""

    def drag(widget: QWidget, start: QRect | QPoint) -> Any:
        count = len(receiver.got)
        # The other program must have said that it takes them before they are let go.
        room.hand.drag(widget, start, widget.mapFromGlobal(MIDDLE), rest=1.5)
        qtbot.waitUntil(lambda: len(receiver.got) > count)
        return receiver.got[-1]

    return drag


def photos_page(room: Room, qtbot: QtBot) -> PhotosPage:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 10)
    return page


def path_of(room: Room, photo_id: int) -> Path:
    return room.window.desk.album.photo(photo_id).path


def test_photos_are_dragged_out_as_copies(
    room: Room, drag: Callable[[QWidget, QRect | QPoint], Any], qtbot: QtBot
) -> None:
    grid = photos_page(room, qtbot).grid
    ids = [row.id for row in grid.photos.rows]
    got = drag(grid.viewport(), grid.visualRect(grid.photos.index(0)))
    assert got["urls"] == [path_of(room, ids[0]).as_uri()]
    assert got["action"] == "CopyAction" and not got["may_move"]
    assert grid.selected_rows() == [0], "what is dragged is selected"
    room.hand.click(grid.viewport(), grid.visualRect(grid.photos.index(1)), holding="ctrl")
    got = drag(grid.viewport(), grid.visualRect(grid.photos.index(0)))
    assert got["urls"] == [path_of(room, one).as_uri() for one in ids[:2]]
    assert grid.selected_rows() == [0, 1], "and stays so"
    assert not room.window.veil.isVisible()
    room.hand.click(grid.viewport(), grid.visualRect(grid.photos.index(0)))
    qtbot.waitUntil(lambda: grid.selected_rows() == [0])


def test_the_photo_in_the_viewer_is_dragged_out(
    room: Room, drag: Callable[[QWidget, QRect | QPoint], Any], qtbot: QtBot
) -> None:
    page = photos_page(room, qtbot)
    page.grid.opened.emit(page.grid.photos.index(0))
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: viewer.canvas.has_image and viewer.acts.information.isEnabled())
    picture = viewer.canvas.picture().toRect()
    got = drag(viewer.canvas, picture.topLeft() + QPoint(8, 8))
    assert got["urls"] == [path_of(room, page.grid.photos.rows[0].id).as_uri()]
    assert room.window.frame.is_viewing
