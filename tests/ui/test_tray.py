"""Kinfolk stays in the tray while strangers are told of, and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.library.commands.collections import set_own
from app.library.commands.folders import create_collection
from app.library.queries import alerts
from app.ui.tray import staying as tray
from app.ui.tray.icon import badged
from app.ui.tray.staying import Staying
from app.ui.tray.telling import StayingDialog
from app.ui.tray.watch import Watched
from app.ui.window_state import WindowState
from tests.ui.conftest import Room

ROOT = Path(__file__).parents[2]


def pixels(icon: QIcon, size: int = 32) -> set[int]:
    image = icon.pixmap(size, size).toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_unread_alerts_are_a_number_on_the_icon(qapp: QApplication) -> None:
    assert qapp is not None
    plain = QPixmap(64, 64)
    plain.fill(QColor("#204060"))
    icon = QIcon(plain)
    assert badged(icon, 0) is icon
    images = [badged(icon, count).pixmap(32, 32).toImage() for count in (1, 2, 9, 10, 500)]
    assert all(images[n] != images[n + 1] for n in range(3)), "each number is another picture"
    assert images[3] == images[4], "9+"
    red, white = QColor(0xC0, 0x1C, 0x28).rgb(), QColor("white").rgb()
    assert {red, white} <= pixels(badged(icon, 3), 64), "digits on a ground, by no colour alone"


def test_what_is_watched_is_told(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = room.furniture.staying.watch
    told: list[Watched] = []
    watch.told.connect(told.append)
    watch.refresh()
    qtbot.waitUntil(lambda: told == [Watched((), True)])
    assert not watch.now.is_any
    monkeypatch.setattr(alerts, "unseen_alerts", lambda _, number: 10 * number)
    door = create_collection(room.library, "Door", "camera").id
    set_own(room.library, room.collection_id, "alerts", "on")
    room.indexer.choices.change("keep_watching", "off")
    watch.take_note(Changes(collections=frozenset({door})))
    qtbot.waitUntil(lambda: len(told) == 2)
    both = Watched(((door, 10 * door), (room.collection_id, 10 * room.collection_id)), False)
    assert sorted(watch.now.unread) == sorted(both.unread) and not watch.now.stays
    assert watch.now.alerts == 10 * (door + room.collection_id)
    assert watch.now.where == max(door, room.collection_id)


def test_alerts_that_are_read_in_the_window_leave_the_icon(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_own(room.library, room.collection_id, "alerts", "on")
    left = [3]
    monkeypatch.setattr(alerts, "unseen_alerts", lambda *_: left[0])
    watch = room.furniture.staying.watch
    room.window.own_pages.alerts.told.emit(3)
    assert not watch._rest.isActive(), "nobody is asked before the indexer is there"
    watch.refresh()
    qtbot.waitUntil(lambda: watch.now.alerts == 3)
    left[0] = 0
    room.window.own_pages.alerts.told.emit(0)
    qtbot.waitUntil(lambda: watch.now.alerts == 0)


class Icon:
    """Stands in for the icon: offscreen there is no tray."""

    def __init__(self) -> None:
        self.is_shown = False

    def show_watched(self, _: Watched) -> None:
        self.is_shown = True

    def hide(self) -> None:
        self.is_shown = False

    def close(self) -> None:
        self.is_shown = False


@pytest.fixture
def staying(room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Staying:
    """What the window does when it is closed, on a desktop with a tray."""
    found = room.furniture.staying
    icon = Icon()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(found, "_reach", lambda: icon)
    monkeypatch.setattr(found, "_icon", icon)
    monkeypatch.setattr(found, "_state", WindowState(tmp_path / "window.json"))
    return found


def test_closing_the_window_is_told_of_once_and_leaves_the_watch(
    room: Room, staying: Staying, qtbot: QtBot
) -> None:
    window = room.window
    staying.watch.now = Watched(((room.collection_id, 2),))
    window.close()
    assert window.isVisible(), "it waits for an answer"
    (dialog,) = window.findChildren(StayingDialog)
    qtbot.waitUntil(dialog.yes.hasFocus)
    assert "tray" in dialog.accessibleDescription()
    dialog.yes.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not QApplication.quitOnLastWindowClosed()
    staying.come_back()
    assert window.isVisible()
    window.close()
    assert not window.isVisible(), "the second time nothing is asked"
    staying.watch._tell(Watched())
    assert window.isVisible(), "with no icon to come back by, the window is back"
    window.close()
    assert not window.isVisible() and QApplication.quitOnLastWindowClosed(), "this was the end"


def test_whoever_leaves_the_question_has_the_window(room: Room, staying: Staying) -> None:
    staying.watch.now = Watched(((room.collection_id, 0),))
    room.window.close()
    (dialog,) = room.window.findChildren(StayingDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert room.window.isVisible()


@pytest.mark.parametrize(
    ("watched", "has_tray"),
    [(Watched(((1, 3),), stays=False), True), (Watched(), True), (Watched(((1, 3),)), False)],
    ids=["not wanted", "nothing to watch", "no tray"],
)
def test_else_closing_the_window_is_the_end(
    room: Room, staying: Staying, watched: Watched, has_tray: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: has_tray)
    staying.watch.now = watched
    room.window.close()
    assert not room.window.isVisible() and not room.window.findChildren(StayingDialog)


def test_quitting_is_the_end_in_any_case(room: Room, staying: Staying) -> None:
    staying.watch.now = Watched(((room.collection_id, 3),))
    room.window.actions_.quit.trigger()
    assert not room.window.isVisible() and not room.window.findChildren(StayingDialog)
    assert tray.TOLD == "tray"


# -- a real tray ---------------------------------------------------------------------------


_WINDOW = r"""
import re, subprocess, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.bootstrap import build
from app.indexing.later import made
from app.library.commands.folders import create_collection
from app.ui.application import Furniture, make_application
from app.ui.window_state import WindowState

house = build(None, "Photos")
create_collection(house.library, "Door", "camera")
made(house.indexer)
application = make_application()
furniture = Furniture(application, house, WindowState(house.paths.window))
window, icon = furniture.window, lambda: furniture.staying._icon
there = Path(sys.argv[1])

def call(place, method, *words):
    name = there.read_text().split()[0]
    subprocess.Popen(["dbus-send", "--type=method_call", "--dest=" + name, place, method, *words])

def close():
    window.close()

def accept():
    from app.ui.tray.telling import StayingDialog
    window.findChildren(StayingDialog)[0].yes.click()

def activate():
    call("/StatusNotifierItem", "org.kde.StatusNotifierItem.Activate", "int32:0", "int32:0")

def read_menu():
    layout = Path(sys.argv[1] + ".menu").open("w")
    name = there.read_text().split()[0]
    subprocess.Popen(["dbus-send", "--print-reply", "--dest=" + name, "/MenuBar",
        "com.canonical.dbusmenu.GetLayout", "int32:0", "int32:-1", "array:string:"], stdout=layout)

def menu():
    # Number and label of each entry.
    told = Path(sys.argv[1] + ".menu")
    text = told.read_text() if told.is_file() else ""
    return {label: number for number, label in re.findall(
        r'struct {\s+int32 (\d+)(?:(?!struct).)*?"label"\s+variant\s+string "([^"]+)"', text, re.S)}

def leave():
    print("|".join(menu()), flush=True)
    call("/MenuBar", "com.canonical.dbusmenu.Event", "int32:" + menu()["Quit"], "string:clicked",
         "variant:int32:0", "uint32:0")

steps = iter([
    (lambda: icon() is not None and icon().is_shown and there.is_file(), close, "shown"),
    (lambda: application.activeModalWidget() is not None, accept, "asked"),
    (lambda: not window.isVisible(), activate, "hidden"),
    (lambda: window.isVisible(), close, "back"),
    (lambda: not window.isVisible(), read_menu, "hidden"),
    (lambda: "Quit" in menu(), leave, "menu"),
])

step = next(steps)

def look():
    global step
    if step is not None and step[0]():
        print(step[2], flush=True)
        work = step[1]
        step = next(steps, None)
        QTimer.singleShot(100, work)

timer = QTimer()
timer.timeout.connect(look)
timer.start(30)
QTimer.singleShot(40_000, lambda: application.exit(9))
window.show()
furniture.staying.begin()
status = application.exec()
timer.stop()
furniture.close()
house.close()
print("ended", status)
"""


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("dbus-send") is None, reason="there is no D-Bus here")
def test_a_real_tray_has_it_while_the_window_is_closed(xvfb: str, tmp_path: Path) -> None:
    """A real window in a real X server, over a real bus with a tray of the freedesktop kind."""
    there, script = tmp_path / "there", tmp_path / "service.sh"
    script.write_text(
        f'"{sys.executable}" tests/ui/tray_service.py "{there}" > "{tmp_path}/ready" &\n'
        f'until [ -s "{tmp_path}/ready" ]; do sleep 0.05; done\n'
        '"$@"; status=$?\n'
        "kill $!\nexit $status\n"
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(script), sys.executable, "-c", _WINDOW, str(there)],
        capture_output=True, text=True, timeout=110, check=False, cwd=ROOT,
        env={**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"},
    )  # fmt: skip
    menu = "Open Kinfolk|Alerts|Pause|Quit"
    told = ["shown", "asked", "hidden", "back", "hidden", "menu", menu, "ended 0"]
    assert done.stdout.splitlines() == told, done.stderr
