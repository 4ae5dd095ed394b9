"""When the album is asked for questions: seldom, while somebody cares, and stopped at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.background import Background
from app.ui.review import asking
from app.ui.review.asking import Asking


class SlowAlbum:
    """Asks until it is let go or stopped."""

    def __init__(self) -> None:
        self.begun = 0
        self.faces = 100
        self.go = threading.Event()
        self.stopped = threading.Event()

    def face_count(self) -> int:
        return self.faces

    def questions(self, check: Callable[[], None]) -> tuple[list[object], list[object]]:
        self.begun += 1
        while not self.go.is_set():
            try:
                check()
            except Exception:
                self.stopped.set()
                raise
            time.sleep(0.005)
        return [], []


@pytest.fixture
def album() -> SlowAlbum:
    return SlowAlbum()


@pytest.fixture
def slow(
    qapp: QApplication,  # noqa: ARG001
    album: SlowAlbum,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Asking]:
    monkeypatch.setattr(asking, "REST", 0.05)
    background = Background()
    failed: list[str] = []
    background.failed.connect(failed.append)
    found = Asking(album, background)  # type: ignore[arg-type]
    yield found
    album.go.set()
    found.close()
    background.close()
    assert failed == []


def test_closing_does_not_wait_for_it(slow: Asking, album: SlowAlbum, qtbot: QtBot) -> None:
    slow.want()
    qtbot.waitUntil(lambda: album.begun == 1)
    slow.close()
    assert album.stopped.wait(5)
    slow.want()
    qtbot.wait(150)
    assert album.begun == 1


def test_what_would_be_costly_waits_until_somebody_looks(
    slow: Asking, album: SlowAlbum, qtbot: QtBot
) -> None:
    album.faces = asking.COSTLY + 1
    slow.want()
    qtbot.waitUntil(lambda: not slow.is_under_way)
    slow.want()
    qtbot.wait(150)
    assert album.begun == 0
    album.go.set()
    with qtbot.waitSignal(slow.found):
        slow.watch(True)
    slow.watch(False)
    slow.watch(True)
    qtbot.wait(150)
    assert album.begun == 1, "nothing has changed since"


def test_what_is_only_old_waits_until_somebody_looks(
    slow: Asking, album: SlowAlbum, qtbot: QtBot
) -> None:
    slow.grow_old()
    assert not slow.is_under_way
    slow.watch(True)
    qtbot.waitUntil(lambda: album.begun == 1)
    slow.watch(False)
    assert album.stopped.wait(5)
    slow.watch(True)
    qtbot.waitUntil(lambda: album.begun == 2)


def test_what_the_sidebar_needs_goes_on_when_nobody_looks(
    slow: Asking, album: SlowAlbum, qtbot: QtBot
) -> None:
    slow.watch(True)
    slow.want()
    qtbot.waitUntil(lambda: album.begun == 1)
    slow.watch(False)
    with qtbot.waitSignal(slow.found):
        album.go.set()
    assert not album.stopped.is_set()


def test_wishes_while_it_asks_are_one_more_time_of_asking(
    slow: Asking, album: SlowAlbum, qtbot: QtBot
) -> None:
    slow.want()
    qtbot.waitUntil(lambda: album.begun == 1)
    for _ in range(5):
        slow.want()
    album.go.set()
    qtbot.waitUntil(lambda: album.begun == 2)
    qtbot.wait(200)
    assert album.begun == 2


def test_it_is_asked_again_when_it_knew_too_little(
    slow: Asking, album: SlowAlbum, qtbot: QtBot
) -> None:
    slow.restart()
    assert album.begun == 0 and not slow.is_under_way
    slow.want()
    qtbot.waitUntil(lambda: album.begun == 1)
    slow.restart()
    assert album.stopped.wait(5)
    qtbot.waitUntil(lambda: album.begun == 2)
