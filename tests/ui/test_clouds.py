"""Photos that left the disk for the cloud: shown small, and fetched only when that is asked for."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.indexing.events import Ended
from app.library.rows import TaskRow, TaskState, TaskType
from app.media import files, placeholder
from app.ui.pictures import PictureKey
from app.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from tests.ui.conftest import Room

SMALL = "The file is in the cloud, not on this disk. This is a small copy."


class Cloud:
    """Holds what was evicted; to open a file fetches it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.holds: set[int] = set()
        self.fetched: list[str] = []
        self.is_reachable = True
        plain = files._open

        def fetch(path: Path) -> int:
            number = path.stat().st_ino
            if number in self.holds:
                if not self.is_reachable:
                    raise OSError(101, "Network is unreachable")
                self.holds.remove(number)
                self.fetched.append(path.name)
            return plain(path)

        def is_in_cloud(status: os.stat_result) -> bool:
            return status.st_ino in self.holds

        monkeypatch.setattr(files, "_open", fetch)
        for module in (files, placeholder):
            monkeypatch.setattr(module, "is_in_cloud", is_in_cloud)

    def evict(self, *paths: Path) -> None:
        """Take these files off the disk."""
        self.holds |= {path.stat().st_ino for path in paths}


@pytest.fixture
def cloud(room: Room, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """A cloud drive that holds all photos of the room, of which only small pictures are here."""
    album, source = room.window.desk.album, room.window.desk.source
    for photo in album.timeline():
        assert not source.load(PictureKey.of_photo(photo)).isNull()
    drive = Cloud(monkeypatch)
    drive.evict(*(album.photo(photo.id).path for photo in album.timeline()))
    return drive


def open_viewer(room: Room, qtbot: QtBot) -> Viewer:
    """The viewer at the third photo, with all said of it."""
    room.window.open_photos(room.window.desk.album.timeline(), 2)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: said(viewer) == SMALL and viewer.canvas.has_image)
    return viewer


def said(viewer: Viewer) -> str:
    return viewer._foot.notice.text() if viewer._foot.notice.isVisible() else ""


def test_the_viewer_shows_the_small_picture_and_fetches_nothing(
    room: Room, cloud: Cloud, qtbot: QtBot
) -> None:
    viewer = open_viewer(room, qtbot)
    assert viewer._foot.fetch.isVisible() and viewer.acts.fetch.isEnabled()
    viewer.canvas.actual_size()
    viewer.step(1)
    qtbot.waitUntil(lambda: viewer._facts is not None and said(viewer) == SMALL)
    qtbot.waitUntil(lambda: viewer._loader.under_way == 0)
    assert cloud.fetched == []
    texts = [act.text() for act in viewer.photo_menu().actions()]
    assert "Download and show" in texts and "In the cloud, not on this disk" in texts


@pytest.mark.parametrize("by", ["button", "key"])
def test_one_photo_is_fetched_when_that_is_asked_for(
    by: str, room: Room, cloud: Cloud, qtbot: QtBot
) -> None:
    viewer = open_viewer(room, qtbot)
    if by == "button":
        QTest.mouseClick(viewer._foot.fetch, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(viewer.canvas, Qt.Key.Key_L)
    photo = viewer._photos[2]
    qtbot.waitUntil(lambda: photo.id in viewer._loader.kept and said(viewer) == "")
    assert not viewer._foot.fetch.isVisible() and not viewer.acts.fetch.isEnabled()
    assert cloud.fetched == [room.window.desk.album.photo(photo.id).path.name]
    viewer.step(1)
    qtbot.waitUntil(lambda: said(viewer) == SMALL)
    assert len(cloud.fetched) == 1  # to allow one is not to allow the next


def test_where_the_setting_allows_it_nobody_has_to_ask(
    room: Room, cloud: Cloud, qtbot: QtBot
) -> None:
    room.indexer.choices.change("cloud_files", "download")
    photos = room.window.desk.album.timeline()
    room.window.open_photos(photos, 2)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: photos[2].id in viewer._loader.kept and viewer._facts is not None)
    qtbot.waitUntil(lambda: said(viewer) == "" and not viewer._foot.fetch.isVisible())
    qtbot.waitUntil(lambda: viewer._loader.under_way == 0)
    assert room.window.desk.album.photo(photos[2].id).path.name in cloud.fetched


def test_why_it_could_not_be_fetched_is_said(room: Room, cloud: Cloud, qtbot: QtBot) -> None:
    viewer = open_viewer(room, qtbot)
    cloud.is_reachable = False
    viewer.acts.fetch.trigger()
    told = "The file cannot be read: Network is unreachable. This is a small copy."
    qtbot.waitUntil(lambda: said(viewer) == told)
    assert viewer._foot.fetch.isVisible()  # to try once more


def test_a_small_picture_that_is_lost_is_not_worth_a_download(
    room: Room, cloud: Cloud, qtbot: QtBot, tmp_path: Path
) -> None:
    for picture in (tmp_path / "cache").rglob("*.jpg"):
        picture.unlink()
    key = PictureKey.of_photo(room.window.desk.album.timeline()[2])
    assert room.window.desk.source.load(key).isNull()
    room.window.open_photos(room.window.desk.album.timeline(), 2)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: viewer.canvas.message.startswith("The file is in the cloud"))
    qtbot.waitUntil(viewer._foot.fetch.isVisible)
    assert cloud.fetched == []


def test_the_strip_says_what_looking_left_in_the_cloud(room: Room, qtbot: QtBot) -> None:
    now = datetime(2024, 1, 1)
    result: dict[str, object] = {"InCloud": 3000}
    row = TaskRow("t", TaskType.INDEX, TaskState.DONE, 0, 0, now, now, "", result)
    room.indexer.tell(Ended(row))
    strip = room.window.strip
    qtbot.waitUntil(strip.isVisible)
    assert strip._how_far.text().endswith("3,000 photos in the cloud, not on this disk")
    assert strip._details.isVisible()


def test_a_stub_is_not_ours_to_fetch(room: Room, cloud: Cloud, qtbot: QtBot) -> None:
    photos = room.window.desk.album.timeline()
    path = room.window.desk.album.photo(photos[2].id).path
    path.rename(path.with_name(path.name + ".nextcloud"))
    room.window.open_photos(photos, 2)
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: said(viewer).startswith("In the cloud, from where its own program"))
    assert not viewer._foot.fetch.isVisible() and cloud.fetched == []
