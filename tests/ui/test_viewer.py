"""The viewer in the real window, driven with keys and the mouse."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.source import PictureSource
from app.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from tests.ui.conftest import Room

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def open_photo_of(room: Room, qtbot: QtBot, who: str) -> Viewer:
    """Open the viewer on a photo of these people: a is Anna, b is Ben, c and d have no name."""
    from tests.ui.conftest import PHOTOS

    photos = room.window.desk.album.timeline()
    name = f"photo{PHOTOS.index(who):02}.jpg"
    place = next(
        n for n, one in enumerate(photos) if room.window.desk.album.photo(one.id).path.name == name
    )
    room.window.open_photos(photos, place)
    viewer = room.window.viewer
    settle(viewer, qtbot)
    assert len(viewer.canvas.layer.faces) == len(who)
    return viewer


def settle(viewer: Viewer, qtbot: QtBot) -> None:
    """Wait until the photo in sight is sharp and known, and nothing moves."""
    qtbot.waitUntil(lambda: viewer._facts is not None and viewer.canvas.pyramid is not None)
    qtbot.waitUntil(lambda: viewer._loader.under_way == 0)
    still(viewer, qtbot)


def still(viewer: Viewer, qtbot: QtBot) -> None:
    """Wait until the picture rests."""
    qtbot.waitUntil(lambda: not viewer.canvas._glide.is_running)


def tag_of(viewer: Viewer, place: int) -> QPoint:
    return viewer.canvas.frames()[place].tag.center().toPoint()


def front(room: Room, qtbot: QtBot) -> None:
    """Bring the window to the front: the offscreen platform forgets it when a completer goes."""
    room.window.activateWindow()
    qtbot.waitUntil(room.window.isActiveWindow)
    room.window.viewer.canvas.setFocus()


def message(room: Room) -> str:
    return room.window.message.label.text()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def wheel(viewer: Viewer, steps: int, at: QPointF, pixels: QPoint | None = None) -> None:
    canvas = viewer.canvas
    phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else Qt.ScrollPhase.ScrollUpdate
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), pixels or QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, phase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


# -- walking -------------------------------------------------------------------------------


def test_walking_shows_the_next_photo_sharp_at_once(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "d")
    ids = [photo.id for photo in viewer._photos]
    viewer.jump(6)
    settle(viewer, qtbot)
    QTest.keyClick(viewer.canvas, Key.Key_Left)
    settle(viewer, qtbot)
    assert set(viewer._loader.kept) == {ids[3], ids[4], ids[5], ids[6]}  # two ahead, one behind
    QTest.keyClick(viewer.canvas, Key.Key_Left)
    assert viewer._here == 4
    assert viewer.canvas.pyramid is not None and viewer.canvas.pyramid.width == 320
    QTest.keyClick(viewer.canvas, Key.Key_Space)
    settle(viewer, qtbot)
    assert set(viewer._loader.kept) == {ids[4], ids[5], ids[6], ids[7]}
    QTest.keyClick(viewer.canvas, Key.Key_End)
    assert viewer._here == 11 and not viewer.acts.next.isEnabled()
    QTest.keyClick(viewer.canvas, Key.Key_Right)
    assert viewer._here == 11
    QTest.keyClick(viewer.canvas, Key.Key_Home)
    assert viewer._here == 0 and not viewer.acts.previous.isEnabled()


def test_a_held_arrow_key_queues_up_nothing(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = open_photo_of(room, qtbot, "")
    gate, seen = threading.Event(), []
    large = PictureSource.large

    def slowly(self: PictureSource, path: Path, side: int, from_cloud: bool) -> QImage:
        gate.wait(20)
        seen.append(path.name)
        return large(self, path, side, from_cloud)

    monkeypatch.setattr(PictureSource, "large", slowly)
    for _ in range(9):
        QTest.keyClick(viewer.canvas, Key.Key_Right)
        assert viewer._loader.under_way <= 2
    gate.set()
    settle(viewer, qtbot)
    here = viewer._here
    assert viewer.canvas.pyramid is not None and viewer.canvas.pyramid.width == 320
    assert len(viewer._loader.kept) <= 4
    assert here == 9 and len(seen) <= 2 + 4


def test_the_viewer_lets_go_of_its_photos(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_Escape)
    assert not viewer.isVisible()
    assert viewer._loader.kept == [] and not viewer.canvas.has_image


def test_a_vanished_photo_is_said_not_crashed_on(room: Room, qtbot: QtBot) -> None:
    photos = room.window.desk.album.timeline()
    room.window.desk.album.photo(photos[3].id).path.unlink()
    room.window.open_photos(photos, 3)
    canvas = room.window.viewer.canvas
    qtbot.waitUntil(lambda: bool(canvas.message) or canvas.has_image)


# -- zooming -------------------------------------------------------------------------------


def test_the_wheel_zooms_round_the_pointer(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    canvas, before = viewer.canvas, viewer.canvas.picture()
    canvas.zoom_to(5)
    still(viewer, qtbot)
    wide = canvas.picture().width()
    at = QPointF(canvas.rect().center()) + QPointF(100, 60)
    inside = canvas.view.inside(at)
    for _ in range(2):
        wheel(viewer, 1, at)
    still(viewer, qtbot)
    assert canvas.picture().width() == pytest.approx(wide * 1.25**2)
    assert (canvas.view.inside(at) - inside).manhattanLength() < 0.01
    QTest.keyClick(canvas, Key.Key_0)
    still(viewer, qtbot)
    assert canvas.picture() == before and not viewer.acts.fit.isEnabled()
    QTest.keyClick(canvas, Key.Key_1)
    still(viewer, qtbot)
    assert canvas.zoom == 1 / canvas.devicePixelRatioF()
    QTest.keyClick(canvas, Key.Key_Plus)
    still(viewer, qtbot)
    assert canvas.zoom == pytest.approx(1.25 / canvas.devicePixelRatioF())


def test_with_reduced_motion_a_zoom_is_there_at_once(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    before = viewer.canvas.zoom
    monkeypatch.setattr(viewer.desk.theme, "duration", lambda _: 0)
    wheel(viewer, 1, viewer.canvas.picture().center())
    assert viewer.canvas.zoom == pytest.approx(before * 1.25)


def test_a_double_click_and_fingers_zoom_and_move(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "")
    canvas = viewer.canvas
    middle = canvas.picture().center()
    fitted = canvas.zoom
    QTest.mouseDClick(canvas, LEFT, pos=middle.toPoint())
    still(viewer, qtbot)
    assert canvas.zoom == canvas.view.actual
    QTest.mouseDClick(canvas, LEFT, pos=middle.toPoint())
    still(viewer, qtbot)
    assert canvas.zoom == pytest.approx(fitted)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        middle, middle, canvas.mapToGlobal(middle), 1.0, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(canvas, pinch)
    assert canvas.zoom == pytest.approx(fitted * 2)
    left = canvas.picture().left()
    wheel(viewer, 0, middle, QPoint(-30, 0))
    assert canvas.picture().left() == pytest.approx(left - 30)


def test_a_zoomed_photo_is_moved_by_hand_and_by_arrows(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "")
    canvas = viewer.canvas
    canvas.zoom_to(8)
    still(viewer, qtbot)
    start, here = canvas.picture().topLeft(), viewer._here
    QTest.mousePress(canvas, LEFT, pos=QPoint(400, 300))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, QPoint(340, 280))
    assert (canvas.picture().topLeft() - start - QPointF(-60, -20)).manhattanLength() < 0.01
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(340, 280))
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    left = canvas.picture().left()
    QTest.keyClick(canvas, Key.Key_Right)
    assert canvas.picture().left() < left and viewer._here == here
    QTest.keyClick(canvas, Key.Key_PageDown)
    assert viewer._here != here


def test_all_pixels_are_decoded_only_for_who_zooms_in(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Viewer, "_side", lambda _: 200)
    monkeypatch.setattr(PictureSource, "load", lambda *_: QImage())
    asked: list[Callable[[], bool]] = []
    whole = PictureSource.whole

    def noted(self: PictureSource, path: Path, is_wanted: Callable[[], bool]) -> QImage:
        asked.append(is_wanted)
        return whole(self, path, is_wanted)

    monkeypatch.setattr(PictureSource, "whole", noted)
    viewer = open_photo_of(room, qtbot, "d")
    canvas = viewer.canvas
    qtbot.waitUntil(lambda: canvas.pyramid is not None and canvas.pyramid.width == 320)
    canvas.zoom_by(4)
    still(viewer, qtbot)
    assert len(asked) == 1 and asked[0]()
    QTest.keyClick(canvas, Key.Key_PageDown)
    assert not asked[0]()


# -- faces ---------------------------------------------------------------------------------


def test_somebody_else_is_said_from_the_frame(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.mouseClick(viewer.canvas, LEFT, pos=tag_of(viewer, 0))
    menu = viewer.naming.menu
    assert menu is not None and texts(menu) == [
        "Show all photos of Anna",
        "Not Anna",
        "Someone else…",
        "Use as cover",
        "A stranger",
        "Not a face",
    ]
    next(one for one in menu.actions() if one.text() == "Someone else…").trigger()
    menu.close()
    editor = viewer.naming.editor
    assert editor is not None and editor.edit.text() == "Anna" and not editor.only.isVisible()
    QTest.keyClicks(editor.edit, "Dora")
    QTest.keyClick(editor.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "Dora" in room.names())
    qtbot.waitUntil(lambda: viewer.canvas.frames()[0].text == "Dora")
    assert room.window.message.undo.isVisible()
    assert viewer.naming.editor is None and room.window.focusWidget() is viewer.canvas


def test_a_name_goes_to_the_whole_group_or_to_this_face_only(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "c")
    QTest.mouseClick(viewer.canvas, LEFT, pos=tag_of(viewer, 0))
    editor = viewer.naming.editor
    assert editor is not None and editor.said.text() == "Names all 3 photos of this person."
    QTest.mouseClick(editor.only, LEFT)
    assert editor.edit.hasFocus()
    QTest.keyClicks(editor.edit, "Cleo")
    QTest.keyClick(editor.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "Cleo" in room.names())
    assert next(row for row in room.rows() if row.name == "Cleo").photo_count == 1
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: "Cleo" not in room.names())
    qtbot.waitUntil(lambda: viewer.canvas.frames()[0].text == "Who is this?")
    front(room, qtbot)
    QTest.keyClick(viewer.canvas, Key.Key_Tab)
    QTest.keyClick(viewer.canvas, Key.Key_Return)
    editor = viewer.naming.editor
    assert editor is not None
    QTest.keyClicks(editor.edit, "Cleo")
    QTest.keyClick(editor.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "Cleo" in room.names())
    assert next(row for row in room.rows() if row.name == "Cleo").photo_count == 3


def test_a_click_on_the_face_itself_asks_too_but_not_for_a_double_click(
    room: Room, qtbot: QtBot
) -> None:
    viewer = open_photo_of(room, qtbot, "d")
    face = viewer.canvas.frames()[0].box.center().toPoint()
    QTest.mouseDClick(viewer.canvas, LEFT, pos=face)
    still(viewer, qtbot)
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    assert viewer.naming.editor is None
    face = viewer.canvas.frames()[0].box.center().toPoint()
    QTest.mouseClick(viewer.canvas, LEFT, pos=face)
    qtbot.waitUntil(lambda: viewer.naming.editor is not None)


def test_the_keyboard_walks_the_faces(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    canvas, acts = viewer.canvas, viewer.acts
    assert not acts.name.isEnabled() and not acts.deny.isEnabled()
    QTest.keyClick(canvas, Key.Key_Tab)
    assert canvas.accessibleName() == "Anna" and acts.reject.isEnabled()
    QTest.keyClick(canvas, Key.Key_Tab)
    assert canvas.accessibleName() == "Ben"
    QTest.keyClick(canvas, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.accessibleName() == "Anna"
    QTest.keyClick(canvas, Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert canvas.accessibleName() == "Ben"  # round the end
    QTest.keyClick(canvas, Key.Key_Tab)
    assert canvas.layer.focused == 0 and not canvas.hasFocus()  # on to the buttons
    assert isinstance(room.window.focusWidget(), QToolButton)


def test_delete_and_x_say_what_a_face_is_not(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_Tab)
    QTest.keyClick(viewer.canvas, Key.Key_Delete)
    qtbot.waitUntil(lambda: "not Anna" in message(room))
    qtbot.waitUntil(lambda: viewer.canvas.frames()[0].text == "Who is this?")
    assert viewer.canvas.layer.focused_face is not None
    QTest.keyClick(viewer.canvas, Key.Key_X)
    qtbot.waitUntil(lambda: len(viewer.canvas.layer.faces) == 1)
    assert room.window.message.undo.isVisible()
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(viewer.canvas.layer.faces) == 2)


def test_a_right_click_on_a_face_is_about_the_face(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    canvas = viewer.canvas

    def menu_at(point: QPoint) -> list[str]:
        where = canvas.mapToGlobal(point)
        mouse = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(canvas, QContextMenuEvent(mouse, point, where))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = texts(menu)
        menu.close()
        return found

    assert "Not Ben" in menu_at(tag_of(viewer, 1))
    elsewhere = menu_at(canvas.picture().topLeft().toPoint() + QPoint(8, 8))
    assert elsewhere[:2] == ["Show all photos of this person", "Draw a face…"]
    assert "Copy image" in elsewhere and "Not Ben" not in elsewhere


def test_n_hides_the_frames(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_N)
    assert viewer.canvas.frames() == [] and not viewer.acts.next_face.isEnabled()
    QTest.keyClick(viewer.canvas, Key.Key_N)
    assert len(viewer.canvas.frames()) == 2


def test_the_rest_are_strangers_in_one_act(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[list[int]] = []
    monkeypatch.setattr(room.window.desk.deeds, "say_strangers", said.append)
    viewer = open_photo_of(room, qtbot, "ab")
    assert not viewer.acts.strangers.isEnabled()
    QTest.keyClick(viewer.canvas, Key.Key_E)
    viewer = open_photo_of(room, qtbot, "ac")
    assert viewer.acts.strangers.text() == "Everyone else here is a stranger (1)"
    QTest.keyClick(viewer.canvas, Key.Key_E)
    unnamed = next(face for face in viewer.canvas.layer.faces if not face.person_name)
    assert said == [[unnamed.id]]


def test_nobody_i_know_is_not_anna_either(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[list[int]] = []
    monkeypatch.setattr(room.window.desk.deeds, "say_strangers", said.append)
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_Tab)
    viewer.acts.stranger.trigger()
    qtbot.waitUntil(lambda: "not Anna" in message(room))
    assert said == [[viewer.canvas.layer.faces[0].id]]


def test_who_is_hidden_without_a_name_is_a_stranger(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ac")
    assert [frame.text for frame in viewer.canvas.frames()] == ["Anna", "Who is this?"]
    unnamed = viewer.canvas.layer.faces[1].person_id
    room.window.desk.deeds.hide(unnamed)
    qtbot.waitUntil(lambda: viewer.canvas.frames()[1].text == "Stranger")
    assert not viewer.acts.strangers.isEnabled()


def test_more_than_a_name_can_be_said_of_an_unnamed_face(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "c")
    QTest.mouseClick(viewer.canvas, LEFT, pos=tag_of(viewer, 0))
    editor = viewer.naming.editor
    assert editor is not None
    QTest.mouseClick(editor.more, LEFT)
    assert viewer.naming.editor is None and viewer.naming.menu is not None
    assert texts(viewer.naming.menu) == [
        "Show all photos of this person",
        "Who is this?",
        "Use as cover",
        "A stranger",
        "Not a face",
    ]
    with qtbot.waitSignal(viewer.person_wanted):
        viewer.naming.menu.actions()[0].trigger()
    viewer.naming.menu.close()
    assert not viewer.isVisible() and viewer._loader.kept == []
