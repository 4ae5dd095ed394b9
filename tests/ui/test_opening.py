"""Opening photos with Kinfolk: they are in the viewer as soon as the album has them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.doorway import Doorway
from app.indexing.events import Changed, Ended
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.queries.folders import pending_photos
from app.library.rows import Look, TaskRow, TaskState, TaskType
from app.paths import Paths
from app.ui.arrivals import Arrivals
from app.ui.opening import Opening
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room


@pytest.fixture
def opening(room: Room) -> Opening:
    """Opens what a test names in the window of the room."""
    return Opening(room.library, room.window, room.furniture.bridge)


def seen(room: Room) -> list[str]:
    """The names of the photos in the viewer, the one in sight first; nothing if there is none."""
    if not room.window.frame.is_viewing:
        return []
    album = room.window.desk.album
    return [album.photo(one.id).path.name for one in room.window.viewer._photos]


def look_at(room: Room, path: Path) -> None:
    """Take a photo that lies in no folder of the album into it, as the indexer does."""
    Image.new("RGB", (64, 48), (200, 20, 90)).save(path)
    found = SeenFile(path, path.stat().st_size, path.stat().st_mtime_ns)
    record_scan(room.library, room.collection_id, None, ScanResult(added=[found]))
    ((photo_id, _),) = pending_photos(room.library, room.collection_id)
    look = Look(
        fingerprint="loose", width=64, height=48, orientation=1, content_type="image/jpeg",
        taken=datetime(2021, 1, 1), taken_from="exif", camera="", colour=0, pack="test",
        pack_version="1", faces=(),
    )  # fmt: skip
    store_look(room.library, photo_id, look)
    room.indexer.tell(Changed(Changes(photos=frozenset({photo_id}))))


def end(room: Room) -> None:
    """The indexer has done what it was asked."""
    now = datetime(2026, 1, 1)
    task = TaskRow("task", TaskType.INDEX, TaskState.DONE, 1, 1, now, now, "")
    room.indexer.tell(Ended(task))


def test_photos_that_the_album_has_are_shown_at_once(
    room: Room, opening: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    opening.open([tmp_path / "drawn" / "photo03.jpg"])
    qtbot.waitUntil(lambda: seen(room) == ["photo03.jpg"])
    opening.open([tmp_path / "drawn" / "photo01.jpg", tmp_path / "drawn" / "photo04.jpg"])
    qtbot.waitUntil(lambda: seen(room) == ["photo04.jpg", "photo01.jpg"])


def test_a_new_photo_is_shown_once_it_was_looked_at(
    room: Room, opening: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    new = tmp_path / "new.jpg"
    opening.open([new])
    qtbot.wait(50)
    assert seen(room) == []
    look_at(room, new)
    qtbot.waitUntil(lambda: seen(room) == ["new.jpg"])


def test_what_cannot_be_shown_keeps_nobody_waiting(
    room: Room, opening: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    opening.open([tmp_path / "drawn" / "photo03.jpg", tmp_path / "broken.jpg"])
    qtbot.wait(50)
    assert seen(room) == [], "the other one may still come"
    end(room)
    qtbot.waitUntil(lambda: seen(room) == ["photo03.jpg"])


def test_folders_are_added_and_not_opened(
    room: Room, opening: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    opening.open([tmp_path / "drawn"])
    end(room)
    qtbot.wait(50)
    assert seen(room) == []


def test_whoever_went_elsewhere_is_left_there(
    room: Room, opening: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    new = tmp_path / "new.jpg"
    opening.open([new])
    room.window.go(Place(Kind.PHOTOS))
    look_at(room, new)
    qtbot.waitUntil(lambda: not opening._wanted)
    assert seen(room) == []


def test_a_photo_from_the_finder_is_added_and_shown(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    doorway = Doorway(Paths.under(tmp_path))
    arrivals = Arrivals(room.house, room.window, room.furniture.bridge, doorway)
    path = tmp_path / "drawn" / "photo03.jpg"
    application = QApplication.instance()
    assert application is not None
    assert arrivals.eventFilter(application, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
    qtbot.waitUntil(lambda: seen(room) == ["photo03.jpg"])
    assert ("index", [path]) in room.indexer.asked
    arrivals.close()
    doorway.close()
