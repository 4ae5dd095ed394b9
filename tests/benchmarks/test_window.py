"""The benchmark of the window runs, sees what it should see, and its library is a real one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.library.database import Library
from app.library.queries.people import list_people
from app.library.queries.photos import photos_of, timeline
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths
from app.ui.pictures import PictureKey
from tests.benchmarks import window_session
from tests.benchmarks.big_library import Size, make_library
from tests.benchmarks.heartbeat import Heartbeat, Stalls
from tests.benchmarks.window import main

SIZE = Size(people=40, faces=900, photos=1500, decisions=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library made up."""
    place = tmp_path_factory.mktemp("made") / "library"
    make_library(place, SIZE)
    return place


def test_a_made_up_library_is_a_sound_one(folder: Path) -> None:
    paths = Paths.under(folder)
    library = Library.open(paths.database)
    try:
        assert library.problems() == []
        assert len(timeline(library, 1)) == SIZE.photos
        people = list_people(library, 1)
        most = max(people, key=lambda row: row.photo_count)
        assert most.photo_count >= 0.9 * SIZE.largest
        assert len(photos_of(library, [most.id])) == most.photo_count
        assert 0.2 < sum(bool(row.name) for row in people) / len(people) < 0.5
        cache = ThumbnailCache(paths.cache, 1 << 40)
        assert all(cache.has_photo(photo.fingerprint) for photo in timeline(library, 1))
        for row in people:
            assert row.cover is not None
            key = PictureKey.of_face(row.cover)
            assert key.box is not None and cache.has_face(key.fingerprint, key.box)
    finally:
        library.close()


def test_a_heartbeat_sees_a_stall(qtbot: QtBot) -> None:
    heart = Heartbeat()
    heart.start()
    QTimer.singleShot(60, lambda: time.sleep(0.08))
    qtbot.wait(250)
    stalls = heart.stop()
    assert stalls.worst >= 79
    assert stalls.count_over(50) >= 1
    assert stalls.beats > 3


def test_shares_of_stalls() -> None:
    stalls = Stalls([5.0, 10.0, 20.0, 60.0], [0.0, 9.0, 0.0, 45.0], 100)
    assert (stalls.worst, stalls.count_over(50), stalls.share_under(16)) == (60.0, 1, 0.5)
    assert stalls.of_our_own().gaps == [5.0, 20.0, 15.0]
    assert Stalls([], [], 9).share_under(16) == 1.0


LINES = (
    "start to a usable", "peak memory", "open People", "open a person", "open Photos",
    "open Unnamed", "open Review", "open a search", "open Hidden", "open History",
    "scroll People, from end to end", "scroll Photos, from end to end",
    "scroll Unnamed, from end to end", "scroll a person", "open a photo", "a key in the search",
    "name a person", "merge two people", "reject three faces", "scroll People while indexing",
)  # fmt: skip


@pytest.mark.timeout(400)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_every_promise_has_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_session, "REST", 50)
    words = ["--library", str(folder), "--times", "1", "--seconds", "0.4", "--index", "4"]
    assert main(words) == 0
    lines = [line[2:] for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    for what in LINES:
        assert any(line.startswith(what) for line in lines), what
