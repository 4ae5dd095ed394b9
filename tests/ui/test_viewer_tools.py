"""Around the photo: drawing a face, the panel, full screen, and what is done with the file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.indexing.suggestions import Explanation, Reasons
from app.library.commands.people import set_birth_year
from app.ui.photos import files
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place
from app.ui.viewer.stage import STAGE
from app.ui.viewer.viewer import Viewer
from tests.ui.test_viewer import LEFT, Key, front, message, open_photo_of, settle, still, tag_of

if TYPE_CHECKING:
    from tests.ui.conftest import Room

Box = tuple[float, float, float, float]


# -- drawing a face ------------------------------------------------------------------------


@pytest.fixture
def drawn(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Box, str]]:
    """What the user drew: photo, box, name."""
    told: list[tuple[int, Box, str]] = []
    monkeypatch.setattr(
        room.window.desk.deeds,
        "draw_face",
        lambda photo, box, name="": told.append((photo, box, name)),
    )
    return told


def test_a_missed_face_is_framed_with_the_mouse_and_named(
    room: Room, qtbot: QtBot, drawn: list[tuple[int, Box, str]]
) -> None:
    viewer = open_photo_of(room, qtbot, "")
    canvas, picture = viewer.canvas, viewer.canvas.picture()
    button = next(
        one for one in viewer.bar.findChildren(QToolButton) if one.accessibleName() == "Draw a face"
    )
    QTest.mouseClick(button, LEFT)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    assert not viewer.acts.next.isEnabled()
    start = (picture.topLeft() + (picture.center() - picture.topLeft()) * 0.25).toPoint()
    end = start + QPoint(150, 150)
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, pos=end)
    QTest.mousePress(canvas, LEFT, pos=end)  # the corner is a grip
    QTest.mouseMove(canvas, end + QPoint(20, 30))
    QTest.mouseRelease(canvas, LEFT, pos=end + QPoint(20, 30))
    editor = viewer.naming.editor
    assert editor is not None and not editor.geometry().intersects(
        canvas.drawing.shown(picture).toRect()
    )
    QTest.keyClicks(editor.edit, "Zoe")
    QTest.keyClick(editor.edit, Key.Key_Return)
    photo, box, name = drawn[0]
    assert (photo, name) == (viewer._photos[viewer._here].id, "Zoe")
    assert box == pytest.approx((0.125, 0.125, 170 / picture.width(), 180 / picture.height()), 0.02)
    assert canvas.drawing is None and not viewer.naming.is_busy


def test_a_face_is_drawn_with_the_keyboard_and_may_have_no_name(
    room: Room, qtbot: QtBot, drawn: list[tuple[int, Box, str]]
) -> None:
    viewer = open_photo_of(room, qtbot, "")
    canvas, here = viewer.canvas, viewer._here
    QTest.keyClick(canvas, Key.Key_D)
    assert canvas.drawing is not None
    x, y, width, height = canvas.drawing.share()
    assert (x + width / 2, y + height / 2) == pytest.approx((0.5, 0.5))
    for _ in range(5):
        QTest.keyClick(canvas, Key.Key_Right)
    QTest.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Key.Key_Return)
    editor = viewer.naming.editor
    assert editor is not None and editor.edit.hasFocus()
    QTest.keyClick(editor.edit, Key.Key_Return)
    _, box, name = drawn[0]
    assert name == "" and box[2] > width and box[0] + box[2] / 2 > 0.5
    assert viewer._here == here


def test_escape_leaves_the_field_the_frame_and_then_the_photo(
    room: Room, qtbot: QtBot, drawn: list[tuple[int, Box, str]]
) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_D)
    QTest.keyClick(viewer.canvas, Key.Key_Escape)
    assert viewer.canvas.drawing is None and viewer.isVisible()
    QTest.mouseClick(viewer.canvas, LEFT, pos=tag_of(viewer, 0))
    assert viewer.naming.menu is not None
    viewer.naming.menu.close()
    viewer.naming.ask(viewer.canvas.layer.faces[0])
    QTest.keyClick(viewer.naming.editor.edit, Key.Key_Escape)
    assert viewer.naming.editor is None and viewer.isVisible()
    front(room, qtbot)
    QTest.keyClick(viewer.canvas, Key.Key_I)
    assert viewer.panel.isVisible()
    QTest.keyClick(viewer.canvas, Key.Key_Escape)
    assert not viewer.panel.isVisible() and viewer.isVisible()
    QTest.keyClick(viewer.canvas, Key.Key_Escape)
    assert not viewer.isVisible() and drawn == []


def test_a_frame_too_small_is_refused_kindly(
    room: Room, qtbot: QtBot, drawn: list[tuple[int, Box, str]]
) -> None:
    viewer = open_photo_of(room, qtbot, "")
    canvas = viewer.canvas
    QTest.keyClick(canvas, Key.Key_D)
    start = canvas.picture().topLeft().toPoint() + QPoint(20, 20)
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, start + QPoint(6, 6))
    QTest.mouseRelease(canvas, LEFT, pos=start + QPoint(6, 6))
    assert message(room).startswith("That is too small for a face")
    assert canvas.drawing is not None and viewer.naming.editor is None and drawn == []


# -- the panel -----------------------------------------------------------------------------


def plain(viewer: Viewer) -> list[str]:
    return [text.replace("\u200b", "") for text in viewer.panel.texts()]


def test_the_panel_tells_what_is_known_and_stays(room: Room, qtbot: QtBot) -> None:
    anna = next(row for row in room.rows() if row.name == "Anna")
    set_birth_year(room.library, anna.id, 2012)
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_I)
    told = plain(viewer)
    assert told[0] == "photo00.jpg"
    assert any(text.startswith("Taken Friday, January 3, 2020") for text in told)
    assert {"Box", "320 × 240 pixels", "People"} <= set(told)
    assert "7 or 8 years old here, born 2012" in told
    assert {"Facing the camera", "Very good quality"} <= set(told)
    assert not any("%" in text for text in told)
    tips = [label.toolTip() for label in viewer.panel.cards[0].findChildren(QLabel)]
    assert "Quality 90\u00a0% · sharpness 90\u00a0%" in tips
    assert [card.name.text() for card in viewer.panel.cards] == ["Anna", "Ben"]
    QTest.keyClick(viewer.canvas, Key.Key_End)
    settle(viewer, qtbot)
    assert viewer.panel.isVisible() and plain(viewer)[0] == viewer._facts[0].name


def test_the_panel_says_what_is_not_shown(room: Room, qtbot: QtBot) -> None:
    note = "Only the first of its 3 pages is shown."
    room.library.sql("UPDATE photo SET note = ?", (note,))
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_I)
    assert note in plain(viewer)


def test_the_panel_says_why_a_face_is_here(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    album = room.window.desk.album
    anna, ben = (next(row for row in room.rows() if row.name == name) for name in ("Anna", "Ben"))
    witnesses = tuple((face.id, 0.8) for face in album.faces_of(anna.id)[1:3])

    def explain(face_id: int) -> Explanation:
        return Explanation(face_id, anna, True, anna, Reasons(0.97, 0.8, witnesses, ben, 0.31))

    monkeypatch.setattr(album, "explain", explain)
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_I)
    why = viewer.panel.cards[0].why
    assert not why.said.isVisible()
    QTest.mouseClick(why.button, LEFT)
    qtbot.waitUntil(lambda: len(why._crops) == 2)
    assert why.said.text() == "You said so. 97 % sure that this is Anna, by these faces:"
    assert why.after.text() == "Next comes Ben."
    qtbot.waitUntil(lambda: not why._crops[0][0].pixmap().isNull())
    QTest.mouseClick(why.button, LEFT)
    assert not why.said.isVisible() and not why._crops[0][0].isVisible()


def test_the_panel_asks_the_real_album(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_I)
    why = viewer.panel.cards[0].why
    QTest.mouseClick(why.button, LEFT)
    qtbot.waitUntil(lambda: why.said.text() not in ("", "Comparing…"))


def test_a_name_in_the_panel_leads_to_what_can_be_said(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "c")
    QTest.keyClick(viewer.canvas, Key.Key_I)
    QTest.mouseClick(viewer.panel.cards[0].name, LEFT)
    assert viewer.naming.editor is not None


# -- full screen ---------------------------------------------------------------------------


def test_in_full_screen_there_is_only_the_photo_until_the_mouse_moves(
    room: Room, qtbot: QtBot
) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_F)
    qtbot.waitUntil(lambda: viewer.chrome.is_full)
    viewer.chrome._still.setInterval(0)
    viewer.chrome._withdraw()
    assert not viewer.bar.isVisible() and not viewer._foot.isVisible()
    qtbot.waitUntil(lambda: viewer.canvas.size() == viewer.size())
    viewer.chrome._still.setInterval(60)
    QTest.mouseMove(viewer.canvas, QPoint(200, 200))
    QTest.mouseMove(viewer.canvas, QPoint(210, 200))
    assert viewer.bar.isVisible() and viewer._foot.isVisible()
    qtbot.waitUntil(lambda: not viewer.bar.isVisible())
    QTest.keyClick(viewer.canvas, Key.Key_Escape)
    qtbot.waitUntil(lambda: not viewer.chrome.is_full)
    assert viewer.bar.isVisible() and viewer.isVisible() and not room.window.isFullScreen()


def test_in_full_screen_the_panel_leaves_the_whole_photo_in_sight(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    QTest.keyClick(viewer.canvas, Key.Key_F)
    qtbot.waitUntil(lambda: viewer.chrome.is_full)
    viewer.chrome._still.setInterval(0)
    QTest.keyClick(viewer.canvas, Key.Key_I)
    parts = (viewer.bar, viewer.panel, viewer._foot)

    def is_clear() -> bool:
        canvas = viewer.canvas
        picture = canvas.picture().toRect().translated(canvas.pos())
        return canvas.rect().contains(canvas.picture().toRect()) and not any(
            part.geometry().intersects(picture) for part in parts
        )

    qtbot.waitUntil(is_clear)
    QTest.mouseMove(viewer.canvas, QPoint(200, 200))
    QTest.mouseMove(viewer.canvas, QPoint(210, 200))
    qtbot.wait(20)
    assert is_clear() and all(part.isVisible() for part in parts)
    for part in parts:
        assert part.grab().toImage().pixelColor(2, 2).name() == STAGE.page.lower()
    QTest.keyClick(viewer.canvas, Key.Key_I)
    qtbot.waitUntil(lambda: viewer.canvas.size() == viewer.size())
    qtbot.waitUntil(lambda: not viewer.bar.isVisible())
    QTest.keyClick(viewer.canvas, Key.Key_F)
    qtbot.waitUntil(lambda: not viewer.chrome.is_full)
    page = room.window.desk.theme.tokens.page
    assert viewer.bar.isVisible()
    assert viewer.bar.grab().toImage().pixelColor(2, 2).name() == page.lower()


def test_a_pressed_icon_stays_in_sight_while_a_name_is_typed(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "c")
    viewer.naming.ask(viewer.canvas.layer.faces[0])
    names = viewer.acts.names
    assert names.isChecked() and not names.isEnabled()
    image = names.icon().pixmap(20, QIcon.Mode.Disabled, QIcon.State.On).toImage()
    ground = room.window.desk.theme.color("selection")
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    solid = [colour for colour in colours if colour.alpha() > 200]
    assert solid
    assert all(ground.lightness() - colour.lightness() > 60 for colour in solid)


def test_going_back_shows_the_photo_seen_last(room: Room, qtbot: QtBot) -> None:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) > 5)
    viewer = open_photo_of(room, qtbot, "ab")
    first = viewer._here
    QTest.keyClick(viewer.canvas, Key.Key_Left if first > 2 else Key.Key_Right)
    settle(viewer, qtbot)
    seen = viewer._here
    assert seen != first
    viewer.close_viewer()
    assert page.grid.currentIndex().row() == seen
    assert page.grid.selected_rows() == [seen]


# -- the file ------------------------------------------------------------------------------


def test_file_image_and_path_go_to_the_clipboard(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    path = viewer._facts[0].path
    before = path.read_bytes()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(viewer.canvas, Key.Key_C, control)
    data = QGuiApplication.clipboard().mimeData()
    assert data.urls() == [QUrl.fromLocalFile(str(path))]
    marked = bytes(data.data("x-special/gnome-copied-files").data()).decode()
    assert marked == f"copy\n{path.as_uri()}"
    QTest.keyClick(viewer.canvas, Key.Key_C, control | shift)
    qtbot.waitUntil(lambda: message(room) == "Copied")
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (320, 240)
    QTest.keyClick(viewer.canvas, Key.Key_C, control | Qt.KeyboardModifier.AltModifier)
    assert QGuiApplication.clipboard().text() == str(path)
    assert path.read_bytes() == before


def test_a_file_is_opened_by_the_system(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    viewer = open_photo_of(room, qtbot, "ab")
    path = viewer._facts[0].path
    QTest.keyClick(viewer.canvas, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == [str(path)]


def test_without_a_file_manager_the_folder_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "_open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    nowhere = QDBusConnection("nowhere")  # a bus that nobody opened
    monkeypatch.setattr(files.QDBusConnection, "sessionBus", lambda: nowhere)
    photo = tmp_path / "a photo.jpg"
    photo.write_bytes(b"x")
    files.show_in_file_manager(photo)
    files.show_in_file_manager(tmp_path / "gone" / "b.jpg")
    files.show_in_file_manager(tmp_path)
    assert opened == [tmp_path, tmp_path / "gone", tmp_path]


def test_other_systems_are_asked_without_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(files.QProcess, "startDetached", lambda *call: started.append(call))
    photo = tmp_path / "a; photo.jpg"
    photo.write_bytes(b"x")
    for system in ("darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        files.show_in_file_manager(photo)
    assert started[0] == ("open", ["-R", str(photo)])
    assert started[1][0] == "explorer" and started[1][1][0] == "/select,"


_MANAGER = """
import sys
from pathlib import Path
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
from app.ui.photos.files import show_in_file_manager

@ClassInfo(**{"D-Bus Interface": "org.freedesktop.FileManager1"})
class Manager(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, uris, startup_id):
        print(*uris, flush=True)
        QCoreApplication.quit()

app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
manager = Manager()
assert bus.registerService("org.freedesktop.FileManager1")
slots = QDBusConnection.RegisterOption.ExportAllSlots
assert bus.registerObject("/org/freedesktop/FileManager1", manager, slots)
QTimer.singleShot(0, lambda: show_in_file_manager(Path(sys.argv[1])))
QTimer.singleShot(20000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
def test_the_file_manager_is_asked_to_select_the_file(tmp_path: Path) -> None:
    photo = tmp_path / "fünf & sechs.jpg"
    photo.write_bytes(b"x")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _MANAGER, str(photo)],
        capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.split() == [photo.as_uri()], done.stderr


# -- acts ----------------------------------------------------------------------------------


def test_everything_is_an_act_with_words_and_keys_of_its_own(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    acts = [act for act in viewer.actions() if not act.isSeparator()]
    assert viewer.menu_title == "Photo"
    assert all(act.text() for act in acts)
    keys = Counter(key.toString() for act in acts for key in act.shortcuts())
    assert max(keys.values()) == 1
    assert {"Left", "Right", "I", "N", "D", "E", "X", "Del", "Esc", "0", "1", "F"} <= keys.keys()
    still(viewer, qtbot)
    for button in viewer.bar.findChildren(QToolButton):
        assert button.accessibleName() and button.focusPolicy() == Qt.FocusPolicy.TabFocus
    files_of_menu = [act.text() for act in viewer.photo_menu().actions()]
    assert {act.text() for act in viewer.acts.files} <= set(files_of_menu)


def test_the_menu_has_groups_of_what_belongs_together(room: Room, qtbot: QtBot) -> None:
    viewer = open_photo_of(room, qtbot, "ab")
    listed = room.window.menus.own.actions()
    starts = [
        act.text()
        for before, act in zip([None, *listed], listed, strict=False)
        if before is None or before.isSeparator()
    ]
    file_act = viewer.acts.files[0].text()
    assert starts == [
        "Next face", "Draw a face…", "Photos in this stack", "Back", "Play", "Zoom in", file_act
    ]  # fmt: skip
