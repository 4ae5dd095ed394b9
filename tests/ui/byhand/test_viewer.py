"""One photo, large: stepped through, zoomed, drawn on, with a real mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.library.models import Face
from app.library.rows import FaceRow
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind
from app.ui.viewer.viewer import Viewer
from tests.ui.byhand.conftest import Room

LAMP = (0.47, 0.16, 0.57, 0.29)
"""Where the group photo shows a lamp and nobody: left, top, right, bottom."""


def open_photo(room: Room, qtbot: QtBot, name: str) -> Viewer:
    """Double-click a photo on the Photos page."""
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    room.hand.key("ctrl+2")
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 10)
    wanted = room.photo(name).id
    place = [row.id for row in page.grid.photos.rows].index(wanted)
    page.grid.scrollTo(page.grid.photos.index(place))
    tile = page.grid.visualRect(page.grid.photos.index(place))
    room.hand.double_click(page.grid.viewport(), tile)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: viewer.canvas.has_image and viewer.bar.title.text() == name)
    return viewer


def drawn(room: Room, name: str) -> list[FaceRow]:
    """The faces of a photo that were drawn by hand."""
    return [face for face in room.faces(name) if face.drawn]


def test_a_photo_is_opened_stepped_zoomed_and_left(named_room: Room, qtbot: QtBot) -> None:
    room = named_room
    viewer = open_photo(room, qtbot, "group-whole.jpg")
    canvas = viewer.canvas
    walked = viewer.acts.next if viewer.acts.next.isEnabled() else viewer.acts.previous
    room.hand.key("Right" if walked is viewer.acts.next else "Left")
    qtbot.waitUntil(lambda: viewer.bar.title.text() not in ("", "group-whole.jpg"))
    room.hand.key("Left" if walked is viewer.acts.next else "Right")
    qtbot.waitUntil(lambda: viewer.bar.title.text() == "group-whole.jpg" and canvas.has_image)
    fitted = canvas.zoom
    room.hand.click(canvas, button=4, times=3)
    qtbot.waitUntil(lambda: canvas.zoom == pytest.approx(fitted * 1.25**3))
    room.hand.key("0")
    qtbot.waitUntil(lambda: canvas.view.is_fitted)
    room.hand.key("ctrl+shift+c")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.image().width() == 1280)
    room.hand.key("i")
    qtbot.waitUntil(viewer.panel.isVisible)
    assert len(viewer.panel.cards) == 6
    room.hand.key("Escape")
    qtbot.waitUntil(lambda: not viewer.panel.isVisible())
    room.hand.key("Escape")
    qtbot.waitUntil(lambda: not viewer.isVisible())
    assert room.window.pages[Kind.PHOTOS].isVisible()


def test_a_frame_is_clicked_and_named(named_room: Room, qtbot: QtBot) -> None:
    room, photo = named_room, "group-whole.jpg"
    viewer = open_photo(room, qtbot, photo)
    canvas, wanted = viewer.canvas, room.faces(photo)[2]
    assert not wanted.person_name
    qtbot.waitUntil(lambda: len(canvas.frames()) == 6)
    assert not any(
        one.tag.intersects(two.box) for one in canvas.frames() for two in canvas.frames()
    )
    frame = next(one for one in canvas.frames() if one.face.id == wanted.id)
    room.hand.click(canvas, frame.tag.toRect())
    qtbot.waitUntil(lambda: viewer.naming.editor is not None)
    room.hand.type("Dora")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Dora" in room.names())
    assert room.called("Dora").face_count == 5
    qtbot.waitUntil(lambda: "Dora" in [one.text for one in canvas.frames()])


def test_a_face_is_drawn_named_and_then_embedded(named_room: Room, qtbot: QtBot) -> None:
    room, photo = named_room, "group-whole.jpg"
    viewer = open_photo(room, qtbot, photo)
    canvas, picture = viewer.canvas, viewer.canvas.picture()
    left, top, right, bottom = LAMP

    def at(x: float, y: float) -> QPointF:
        return QPointF(picture.x() + x * picture.width(), picture.y() + y * picture.height())

    room.hand.key("d")
    qtbot.waitUntil(lambda: canvas.drawing is not None)
    room.hand.drag(canvas, at(left, top).toPoint(), at(right, bottom).toPoint())
    qtbot.waitUntil(lambda: viewer.naming.editor is not None)
    room.hand.type("Zoe")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: len(drawn(room, photo)) == 1)
    (face,) = drawn(room, photo)
    assert face.person_name == "Zoe"
    assert face.box == pytest.approx((left, top, right - left, bottom - top), abs=0.01)

    def length() -> float:
        (row,) = drawn(room, photo)
        vector = Face.get_by_id(row.id).embedding
        return 0.0 if vector is None else float(np.linalg.norm(vector.astype(np.float64)))

    qtbot.waitUntil(lambda: length() == pytest.approx(1, abs=0.01), timeout=20_000)
    (again,) = drawn(room, photo)
    assert (again.box, again.person_name) == (face.box, "Zoe")


def test_everyone_else_is_a_stranger_until_it_is_undone(named_room: Room, qtbot: QtBot) -> None:
    room, photo = named_room, "group-whole.jpg"
    viewer = open_photo(room, qtbot, photo)
    qtbot.waitUntil(viewer.acts.strangers.isEnabled)
    assert viewer.acts.strangers.text() == "Everyone else here is a stranger (3)"
    room.hand.key("e")
    qtbot.waitUntil(lambda: len(room.rows()) == 4)  # Anna, Ben, Carl, and the man alone
    qtbot.waitUntil(lambda: not viewer.acts.strangers.isEnabled())
    assert room.names() == ["Anna", "Ben", "Carl"]
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: len(room.rows()) == 7)
    qtbot.waitUntil(viewer.acts.strangers.isEnabled)
