"""Photos that are not at hand: on a disconnected drive, in a folder that is not there, deleted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.library.queries.folders import folders
from app.library.rows import FolderState, PhotoItem, PhotoRow
from app.ui.photos import menu as photo_menus
from app.ui.photos.model import COUNT_ROLE, MARK_ROLE, PhotoModel
from app.ui.pictures import PictureKey
from app.ui.places import Kind, Place
from app.ui.viewer import copies
from app.ui.viewer.viewer import Viewer
from app.ui.widgets.grid_model import ROW_ROLE

if TYPE_CHECKING:
    from tests.ui.conftest import Room

TIP = Qt.ItemDataRole.ToolTipRole
DRIVE = "On a disconnected drive."
SMALL = "This is a small copy."


class Drive:
    """Holds some photos of the album, and can be disconnected."""

    def __init__(self, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
        self.away: Collection[int] = ()
        self.state = FolderState.OFFLINE
        self.copies: tuple[Path, ...] = ()
        self._room = room
        album = room.window.desk.album
        timeline, photo, listed = album.timeline, album.photo, album.folders

        def items() -> list[PhotoItem]:
            return [
                replace(one, is_offline=one.id in self.away, copies=len(self.copies))
                for one in timeline()
            ]

        def row(photo_id: int) -> PhotoRow:
            known = photo(photo_id)
            return replace(known, is_offline=known.id in self.away, copies=self.copies)

        def rows() -> list[object]:
            state = self.state if self.away else FolderState.WATCHING
            return [replace(one, state=state) for one in listed()]

        monkeypatch.setattr(album, "timeline", items)
        monkeypatch.setattr(album, "photo", row)
        monkeypatch.setattr(album, "folders", rows)

    def unplug(self) -> list[PhotoItem]:
        """Take the drive away with every photo; the window hears of it."""
        self.away = {one.id for one in self._room.window.desk.album.timeline()}
        for file in self._files():
            file.rename(file.with_suffix(".away"))
        self.tell()
        return self._room.window.desk.album.timeline()

    def plug_in(self) -> None:
        """The drive is back."""
        folder = folders(self._room.library, self._room.collection_id)[0].path
        for file in folder.glob("*.away"):
            file.rename(file.with_suffix(".jpg"))
        self.away = ()
        self.tell()

    def tell(self) -> None:
        """Say that a folder has changed."""
        row = folders(self._room.library, self._room.collection_id)[0]
        self._room.window.desk.deeds.changed.emit(Changes(folders=frozenset({row.id})))

    def _files(self) -> list[Path]:
        folder = folders(self._room.library, self._room.collection_id)[0].path
        return sorted(folder.glob("*.jpg"))


@pytest.fixture
def drive(room: Room, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """The drive on which the photos of the room lie."""
    return Drive(room, monkeypatch)


def keep_small_pictures(room: Room) -> None:
    """As looking at the photos does."""
    for photo in room.window.desk.album.timeline():
        assert not room.window.desk.source.load(PictureKey.of_photo(photo)).isNull()


def open_viewer(room: Room, photos: list[PhotoItem], place: int, qtbot: QtBot) -> Viewer:
    room.window.open_photos(photos, place)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: viewer._facts is not None)
    return viewer


def said(viewer: Viewer) -> str:
    return viewer._foot.notice.text() if viewer._foot.notice.isVisible() else ""


def enabled(viewer: Viewer) -> list[bool]:
    return [act.isEnabled() for act in viewer.acts.files]


# -- in a grid -----------------------------------------------------------------------------


def test_a_grid_marks_what_is_not_connected(room: Room, drive: Drive, qtbot: QtBot) -> None:
    keep_small_pictures(room)
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    model: PhotoModel = page.grid.photos  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(model.rows) == 12)
    index = model.index(3)
    assert index.data(MARK_ROLE) is None and not index.data(TIP)
    drive.unplug()
    qtbot.waitUntil(lambda: model.rows[3].is_offline)
    index = model.index(3)
    assert index.data(MARK_ROLE) == "unplug", "not by colour alone"
    assert "not connected" in index.data(TIP)
    assert "not connected" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    key = PictureKey.of_photo(index.data(ROW_ROLE))
    pictures = room.window.desk.pictures
    qtbot.waitUntil(lambda: pictures.round(key, 40, 1.0) is not None)
    drive.plug_in()
    qtbot.waitUntil(lambda: model.index(3).data(MARK_ROLE) is None)


def test_a_picture_that_could_not_be_had_is_asked_for_again_with_the_drive(
    room: Room, drive: Drive, qtbot: QtBot
) -> None:
    key = PictureKey.of_photo(drive.unplug()[0])
    pictures = room.window.desk.pictures
    pictures.round(key, 60, 1.0)
    qtbot.waitUntil(lambda: pictures.is_missing(key))
    drive.plug_in()
    assert not pictures.is_missing(key)
    qtbot.waitUntil(lambda: pictures.round(key, 60, 1.0) is not None)


def test_a_grid_tells_of_copies(room: Room, drive: Drive, qtbot: QtBot) -> None:
    drive.copies = (Path("/elsewhere/same.jpg"),)
    room.window.go(Place(Kind.PHOTOS))
    model: PhotoModel = room.window.pages[Kind.PHOTOS].grid.photos  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(model.rows) == 12)
    index = model.index(0)
    assert index.data(COUNT_ROLE) == "2 files"
    assert "2 files" in index.data(TIP)
    assert "2 files" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_menu_of_a_photo_says_why_its_file_cannot_be_opened(
    room: Room, drive: Drive, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(photo_menus.files, "open_with_default", opened.append)
    drive.unplug()
    room.window.go(Place(Kind.PHOTOS))
    grid = room.window.pages[Kind.PHOTOS].grid  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(grid.photos.rows) == 12)
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: shown.append(menu))
    grid.ask_menu(grid.photos.index(0), grid.rect().center())
    qtbot.waitUntil(lambda: bool(shown))
    acts = {act.text(): act for act in shown[0].actions() if act.text()}
    assert not acts[DRIVE.rstrip(".")].isEnabled()
    for text in ("Show in file manager", "Open with the default program", "Copy file"):
        assert not acts[text].isEnabled()
    assert acts["Copy path"].isEnabled() and acts["Open"].isEnabled()
    acts["Open with the default program"].trigger()
    assert opened == []


# -- in the viewer -------------------------------------------------------------------------


def test_the_viewer_shows_the_small_copy_and_the_photo_again_with_its_drive(
    room: Room, drive: Drive, qtbot: QtBot
) -> None:
    keep_small_pictures(room)
    photos = drive.unplug()
    viewer = open_viewer(room, photos, 2, qtbot)
    canvas = viewer.canvas
    qtbot.waitUntil(lambda: canvas.has_image and bool(said(viewer)))
    assert said(viewer) == f"{DRIVE} {SMALL}"
    assert not canvas.message and canvas.picture().width() > 320, "of a decent size"
    assert enabled(viewer) == [False, False, False, False, True], "its path is known still"
    assert viewer.acts.files[0].toolTip() == DRIVE
    menu = viewer.photo_menu()
    assert DRIVE.rstrip(".") in [act.text() for act in menu.actions()]
    menu.close()
    assert viewer._loader.kept == [], "nothing was tried that waits for a drive"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: viewer._facts is not None and canvas.has_image)
    assert said(viewer) == f"{DRIVE} {SMALL}"
    drive.plug_in()
    here = photos[3].id
    qtbot.waitUntil(lambda: here in viewer._loader.kept)
    qtbot.waitUntil(lambda: said(viewer) == "")
    assert enabled(viewer) == [True] * 5
    assert viewer.acts.files[0].toolTip() != DRIVE


def test_a_drive_that_goes_while_the_photo_is_open_is_told(
    room: Room, drive: Drive, qtbot: QtBot
) -> None:
    viewer = open_viewer(room, room.window.desk.album.timeline(), 2, qtbot)
    qtbot.waitUntil(lambda: len(viewer._loader.kept) == 4)
    assert said(viewer) == ""
    drive.unplug()
    qtbot.waitUntil(lambda: said(viewer) == DRIVE)
    assert viewer.canvas.has_image, "what is in memory is the photo, no small copy"


def test_a_folder_that_is_gone_is_told_as_such(room: Room, drive: Drive, qtbot: QtBot) -> None:
    keep_small_pictures(room)
    drive.state = FolderState.MISSING
    viewer = open_viewer(room, drive.unplug(), 0, qtbot)
    qtbot.waitUntil(lambda: said(viewer) == f"The folder is not there any more. {SMALL}")


def test_without_a_small_copy_the_reason_stands_alone(
    room: Room, drive: Drive, qtbot: QtBot
) -> None:
    viewer = open_viewer(room, drive.unplug(), 0, qtbot)
    qtbot.waitUntil(lambda: viewer.canvas.message == DRIVE)
    assert said(viewer) == "" and not viewer.canvas.has_image
    drive.plug_in()
    qtbot.waitUntil(lambda: viewer.canvas.has_image)
    assert viewer.canvas.message == ""


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.unlink(), "The file is no longer there."),
        (lambda path: path.write_bytes(b""), "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_now_shows_its_small_copy(
    room: Room, qtbot: QtBot, spoil: Callable[[Path], object], reason: str
) -> None:
    keep_small_pictures(room)
    photos = room.window.desk.album.timeline()
    path = room.window.desk.album.photo(photos[3].id).path
    kept = path.read_bytes()
    spoil(path)
    viewer = open_viewer(room, photos, 3, qtbot)
    qtbot.waitUntil(lambda: said(viewer) == f"{reason} {SMALL}")
    assert viewer.canvas.has_image
    assert enabled(viewer)[1] == path.exists()
    path.write_bytes(kept)
    room.window.desk.deeds.changed.emit(Changes(photos=frozenset({photos[3].id})))
    qtbot.waitUntil(lambda: photos[3].id in viewer._loader.kept)
    assert said(viewer) == ""


def test_what_was_said_of_one_photo_is_not_said_of_the_next(room: Room, qtbot: QtBot) -> None:
    keep_small_pictures(room)
    photos = room.window.desk.album.timeline()
    room.window.desk.album.photo(photos[3].id).path.unlink()
    viewer = open_viewer(room, photos, 3, qtbot)
    qtbot.waitUntil(lambda: bool(said(viewer)))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert said(viewer) == ""
    qtbot.waitUntil(lambda: photos[4].id in viewer._loader.kept)
    qtbot.waitUntil(lambda: all(enabled(viewer)))
    assert said(viewer) == ""


# -- copies --------------------------------------------------------------------------------


def test_the_panel_lists_copies_and_shows_them_where_they_are(
    room: Room, drive: Drive, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(copies, "show_in_file_manager", shown.append)
    long = Path("/media/backup") / "/".join(["a folder with a long name"] * 6) / "R & B.jpg"
    drive.copies = (long, Path("/b.jpg"))
    viewer = open_viewer(room, room.window.desk.album.timeline(), 0, qtbot)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_I)
    qtbot.waitUntil(viewer.panel.isVisible)
    lines = [
        one for one in viewer.panel.findChildren(QPushButton) if "b.jpg" in one.toolTip().lower()
    ]
    lines = [one for one in lines if isinstance(one, copies.PathLine)]
    qtbot.waitUntil(lambda: "…" in lines[0].text())
    assert lines[0].text().startswith("/media") and lines[0].text().endswith("R && B.jpg")
    assert lines[0].toolTip() == str(long) and str(long) in lines[0].accessibleName()
    assert viewer.panel.horizontalScrollBar().maximum() == 0
    lines[1].setFocus()
    QTest.keyClick(lines[1], Qt.Key.Key_Space)
    QTest.mouseClick(lines[0], Qt.MouseButton.LeftButton)
    assert shown == [Path("/b.jpg"), long]
