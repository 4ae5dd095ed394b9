"""What is told to somebody who looks elsewhere: on the desktop, and of faces that wait."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed, Noticed
from app.indexing.notice import Notice, NoticeKind
from app.library.models import Face
from app.ui.background import Background
from app.ui.notifying import notifier as notifying
from app.ui.notifying.desktop import Desktop
from app.ui.notifying.notifier import Notifier, is_wanted
from app.ui.places import Kind, Place
from tests.ui.conftest import Room

ROOT = Path(__file__).parents[2]


def done(seconds: float = 61, collection_id: int = 0) -> Notice:
    """Work that took so long has ended."""
    return Notice(
        NoticeKind.TASK, collection_id, "Photos", "Photos looked at", "4 photos looked at.",
        seconds=seconds,
    )  # fmt: skip


def alert(collection_id: int = 0, picture: Path | None = None) -> Notice:
    """Somebody unknown was seen."""
    return Notice(
        NoticeKind.ALERT, collection_id, "Door", "A stranger", "Tom & <Jerry> were seen.",
        picture=picture,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("notice", "setting", "is_in_front", "shown"),
    [
        (done(61), "long", False, True),
        (done(60), "long", False, False),
        (done(600), "long", True, False),
        (done(0), "all", False, True),
        (done(600), "all", True, False),
        (done(600), "off", False, False),
        (alert(), "long", True, True),
        (alert(), "all", False, True),
        (alert(), "off", False, False),
    ],
)
def test_who_looks_elsewhere_is_told_what_matters(
    notice: Notice, setting: str, is_in_front: bool, shown: bool
) -> None:
    assert is_wanted(notice, setting, is_in_front) == shown


# -- the window ----------------------------------------------------------------------------


class Screen(QObject):
    """Stands in for the desktop: notes what it is to show."""

    opened = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[int, Notice]] = []

    def show_notice(self, number: int, notice: Notice) -> None:
        self.shown.append((number, notice))


@pytest.fixture
def screen(room: Room, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The desktop of the room, while another program is in front."""
    (notifier,) = room.window.findChildren(Notifier)
    screen = Screen()
    screen.opened.connect(notifier._open)
    monkeypatch.setattr(notifier, "_desktop", screen)
    monkeypatch.setattr(notifying.QApplication, "activeWindow", lambda: None)
    return screen


def test_a_click_leads_to_what_it_is_about(room: Room, screen: Screen, qtbot: QtBot) -> None:
    here = room.collection_id
    for notice in (done(5), done(61, here), alert(here), alert(here + 1)):
        room.indexer.tell(Noticed(notice))
    qtbot.waitUntil(lambda: len(screen.shown) == 3)
    numbers = {(one.kind.value, one.collection_id): number for number, one in screen.shown}
    task, stranger = numbers["task", here], numbers["alert", here]
    elsewhere = numbers["alert", here + 1]
    assert len({task, stranger, elsewhere}) == 3
    room.window.showMinimized()
    screen.opened.emit(stranger, "")
    assert room.window.trail.here == Place(Kind.ALERTS) and not room.window.isMinimized()
    screen.opened.emit(task, "")
    assert room.window.trail.here == Place(Kind.ACTIVITY)
    with qtbot.waitSignal(room.window.desk.collections.wanted, timeout=2000) as wanted:
        screen.opened.emit(elsewhere, "")
    assert wanted.args is not None and wanted.args[0] == here + 1, "the window goes there"
    screen.opened.emit(999, "")
    assert room.window.trail.here == Place(Kind.ACTIVITY)


def test_the_setting_holds_from_the_next_notice_on(
    room: Room, screen: Screen, qtbot: QtBot
) -> None:
    room.indexer.choices.change("notifications", "off")
    room.indexer.tell(Noticed(alert()))
    qtbot.wait(250)  # nothing comes of it that one could wait for
    room.indexer.choices.change("notifications", "all")
    room.indexer.tell(Noticed(done(1)))
    qtbot.waitUntil(lambda: bool(screen.shown))
    assert [notice.kind for _, notice in screen.shown] == ["task"]


def test_a_desktop_without_bus_and_tray_shows_nothing_and_nothing_fails(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: bool(asked.append(True)))
    desktop = Desktop(room.furniture.background, "nowhere", room.window)
    desktop.show_notice(1, alert())
    assert asked
    assert not desktop.findChildren(QSystemTrayIcon)


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface")  # offscreen has no tray
def test_elsewhere_it_is_the_tray(
    qapp: QApplication, qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *call: told.append(call[1:3]))
    owner = QObject(qapp)
    desktop = Desktop(background, "win32", owner)
    desktop.show_notice(7, done())
    assert told == [("Photos looked at", "4 photos looked at.")]
    (icon,) = desktop.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(desktop.opened) as opened:
        icon.messageClicked.emit()
    assert opened.args == [7, ""] and not icon.isVisible()
    owner.deleteLater()


_WINDOW = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.bootstrap import build
from app.indexing.later import made
from app.indexing.notice import Notice, NoticeKind
from app.ui.application import Furniture, make_application

house = build(None, "Photos")
made(house.indexer)
application = make_application()
furniture = Furniture(application, house)
window = furniture.window
window.show()
here = house.collection.id
house.indexer.notices.give(Notice(NoticeKind.ALERT, here, "Photos", "A stranger",
    "Tom & <Jerry> were seen.", picture=Path(sys.argv[1])))

def look():
    if window.trail.here.kind == "alerts":
        print("opened", os.environ.get("XDG_ACTIVATION_TOKEN"), flush=True)
        application.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
QTimer.singleShot(45_000, application.quit)
application.exec()
furniture.close()
house.close()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
def test_the_service_of_the_desktop_shows_it_and_tells_of_the_click(tmp_path: Path) -> None:
    """The real window over a real bus, and no other socket than that of the bus."""
    picture = tmp_path / "crop.jpg"
    picture.write_bytes(b"x")
    told = tmp_path / "told"
    service = tmp_path / "service.sh"
    both = (
        f'"{sys.executable}" tests/ui/notices_service.py "{told}" > "{tmp_path}/ready" &\n'
        f'until [ -s "{tmp_path}/ready" ]; do sleep 0.05; done\n'
        '"$@"\n'
        "kill $!\n"
    )
    service.write_text(both)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(service),
         sys.executable, "-m", "tests.privacy.no_network",
         sys.executable, "-c", _WINDOW, str(picture)],
        capture_output=True, text=True, timeout=110, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.split() == ["opened", "token-7"], done.stderr
    (line,) = told.read_text().splitlines()
    name, replaces, icon, title, body, actions, hints, lasts = json.loads(line)
    assert (name, replaces, icon, title, lasts) == ("Kinfolk", 0, "kinfolk", "A stranger", -1)
    assert body == "Tom &amp; &lt;Jerry&gt; were seen.", "the service takes markup"
    assert actions[0] == "default" and len(actions) == 2
    assert hints == {"desktop-entry": "kinfolk", "image-path": str(picture)}


_TWICE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from app.indexing.notice import Notice, NoticeKind
from app.ui.background import Background
from app.ui.notifying.session_bus import SessionBus

application = QGuiApplication([])
background, owner = Background(), QObject()
bus = SessionBus(background, owner)
told, service = Path(sys.argv[1]), int(os.environ["SERVICE"])

def show(kind, collection_id):
    bus.show_notice(1, Notice(kind, collection_id, "", "Title", "Text"))

def count():
    return len(told.read_text().splitlines()) if told.is_file() else 0

def step(wanted, do):
    def look():
        if count() >= wanted:
            timer.stop()
            QTimer.singleShot(300, do)
    timer = QTimer(owner)
    timer.timeout.connect(look)
    timer.start(30)

def second():
    show(NoticeKind.ALERT, 1)
    step(2, third)

def third():
    show(NoticeKind.ALERT, 2)
    step(3, restart)

def restart():
    os.kill(service, signal.SIGTERM)
    QTimer.singleShot(500, done)

def done():
    print(bus._last, bus._numbers, flush=True)
    application.quit()

show(NoticeKind.ALERT, 1)
step(1, second)
QTimer.singleShot(45_000, application.quit)
application.exec()
background.close()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
def test_a_notice_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """Of the same kind and collection, as long as the same service shows them."""
    told, script = tmp_path / "told", tmp_path / "service.sh"
    script.write_text(
        f'"{sys.executable}" tests/ui/notices_service.py "{told}" --quiet > "{tmp_path}/ready" &\n'
        "export SERVICE=$!\n"
        f'until [ -s "{tmp_path}/ready" ]; do sleep 0.05; done\n'
        '"$@"\n'
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(script), sys.executable, "-c", _TWICE, str(told)],
        capture_output=True, text=True, timeout=110, check=False, cwd=ROOT,
    )  # fmt: skip
    replaced = [json.loads(line)[1] for line in told.read_text().splitlines()]
    assert replaced == [0, 4_000_000_007, 0], done.stderr
    assert done.stdout.split("\n")[0] == "{} {}", "another service has other numbers"


# -- faces that wait -----------------------------------------------------------------------


def stir(room: Room, **options: object) -> None:
    """Something changed that may let faces wait, or wait no more."""
    for name, value in options.items():
        room.indexer.choices.change(name, value)
    room.indexer.tell(Changed(Changes(photos=frozenset({1}), regrouped=True)))


def test_the_people_page_says_how_many_faces_wait(room: Room, qtbot: QtBot) -> None:
    line = room.people.waiting
    line._pause = 50
    Face.update(grouped=False).where(Face.id.in_([1, 2, 3])).execute()
    stir(room)
    assert not line.isVisible(), "they hardly wait where they are grouped as they come"
    stir(room, group_when="asked")
    qtbot.waitUntil(line.isVisible)
    assert line.label.text() == "3 faces wait to be grouped."
    assert line.button.accessibleDescription() == line.label.text()
    room.window.show_place(Place(Kind.HIDDEN))
    hidden = room.window.pages[Kind.HIDDEN]
    assert not [one for one in hidden.findChildren(QPushButton) if one.isVisible()]
    room.window.show_place(Place(Kind.PEOPLE))
    line.button.setFocus()
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("cluster", room.collection_id) in room.indexer.asked)
    assert not line.button.isEnabled(), "once is enough"
    assert room.people.grid.hasFocus(), "the keyboard stays on the page"
    Face.update(grouped=True).execute()
    stir(room)
    qtbot.waitUntil(lambda: not line.isVisible())


def test_it_says_when_they_are_grouped_by_themselves(room: Room, qtbot: QtBot) -> None:
    line = room.people.waiting
    line._pause = 50
    room.indexer.seconds_to_grouping = 0.0
    Face.update(grouped=False).where(Face.id == 1).execute()
    stir(room, group_when="interval")
    qtbot.waitUntil(line.isVisible)
    assert line.label.text().startswith("1 face waits, to be grouped at ")
    room.indexer.choices.change("group_when", "settled")
    room.indexer.tell(Changed(Changes(collections=frozenset({room.collection_id}))))
    qtbot.waitUntil(lambda: not line.isVisible())
