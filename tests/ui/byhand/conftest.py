"""The real window over really indexed photos in a real X server, used with a real mouse and keys.

These run only where QT_QPA_PLATFORM is xcb; tests/ui/test_by_hand.py starts them in a server of
their own.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtCore import QLocale, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import build
from app.indexing.house import House
from app.library.queries.people import list_people
from app.library.rows import PersonRow
from app.ui.application import Furniture
from app.ui.main_window import MainWindow
from app.ui.people.page import PeoplePage
from app.ui.places import Kind
from tests.conftest import shipped

if os.environ.get("QT_QPA_PLATFORM") != "xcb":
    collect_ignore_glob = ["test_*.py"]


def draw_album(folder: Path) -> None:
    """Four different photos of the same six people, and four of one man alone."""
    folder.mkdir(parents=True)
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        group = image.convert("RGB")
    with Image.open(shipped("insightface", "data", "images", "Tom_Hanks_54745.png")) as image:
        portrait = image.convert("RGB")
    for name, whole in (("group", group), ("portrait", portrait)):
        width, height = whole.size
        pictures = {
            "whole": whole,
            "mirrored": whole.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
            "dark": ImageEnhance.Brightness(whole).enhance(0.7),
            "small": whole.resize((width * 3 // 4, height * 3 // 4)),
        }
        for kind, picture in pictures.items():
            picture.save(folder / f"{name}-{kind}.jpg", quality=92)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library made by looking at real photos, with nobody named yet."""
    root = tmp_path_factory.mktemp("indexed")
    draw_album(root / "Holiday")
    library = root / "library"
    library.mkdir()
    (library / "settings.json").write_text('{"theme": "light", "cluster_delay_seconds": 1}')
    house = build(str(library), "Photos")
    try:
        house.indexer.start(watch=False)
        task = house.indexer.index(house.collection.id, [root / "Holiday"])
        assert house.indexer.wait(task, 100)
        task = house.indexer.cluster(house.collection.id)
        assert house.indexer.wait(task, 60)
        assert len(list_people(house.library, house.collection.id)) == 7
    finally:
        house.close()
    return library


class Hand:
    """A hand on the mouse and the keys of the X server: events come from outside of the program."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def click(
        self, widget: QWidget, place: QPoint | QRect, button: int = 1, times: int = 1
    ) -> None:
        """Move there and click; a rectangle is clicked in its middle."""
        self.move(widget, place)
        self._do("click", "--repeat", str(times), "--delay", "60", str(button))

    def move(self, widget: QWidget, place: QPoint | QRect) -> None:
        """Move the pointer to a place of a widget."""
        at = self._on_screen(widget, place)
        self._do("mousemove", str(at.x()), str(at.y()))

    def drag(self, widget: QWidget, start: QRect, end: QRect, drop: bool = True) -> None:
        """Press here, move there in small steps, and let go unless told otherwise.

        One script for all: while something is dragged, the window has an event loop of its own,
        and this thread waits within it.
        """
        first, last = self._on_screen(widget, start), self._on_screen(widget, end)
        script = ["mousemove", str(first.x()), str(first.y()), "mousedown", "1"]
        for step in range(1, 13):
            way = first + (last - first) * (step / 12)
            script += ["sleep", "0.03", "mousemove", str(way.x()), str(way.y())]
        self._do(*script, "sleep", "0.2", *(["mouseup", "1"] if drop else []))

    def key(self, *keys: str) -> None:
        """Press keys one after the other, such as "Return" or "ctrl+z"."""
        for one in keys:
            self._do("key", one)
            self._qtbot.wait(30)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "25", text)

    def _on_screen(self, widget: QWidget, place: QPoint | QRect) -> QPoint:
        point = place.center() if isinstance(place, QRect) else place
        return widget.mapToGlobal(point)

    def _do(self, *words: str) -> None:
        hand = subprocess.Popen(["xdotool", *words])
        self._qtbot.waitUntil(lambda: hand.poll() is not None, timeout=10_000)
        assert hand.returncode == 0
        self._qtbot.wait(20)


class Room:
    """The open window with short ways to its parts, and a hand in it."""

    def __init__(self, house: House, furniture: Furniture, qtbot: QtBot) -> None:
        self.house = house
        self.furniture = furniture
        self.window: MainWindow = furniture.window
        self.hand = Hand(qtbot)
        page = self.window.pages[Kind.PEOPLE]
        assert isinstance(page, PeoplePage)
        self.people = page

    def rows(self) -> list[PersonRow]:
        """The people of the library, as it has them now."""
        return list_people(self.house.library, self.house.collection.id)

    def names(self) -> list[str]:
        """The names of the library, as it has them now."""
        return sorted(row.name for row in self.rows() if row.name)

    def card(self, number: int) -> QRect:
        """Where a card lies on the People page, in pixels of its viewport."""
        return self.people.grid.visualRect(self.people.model.index(number))


@pytest.fixture
def open_room(
    qapp: QApplication, qtbot: QtBot, indexed: Path, tmp_path: Path
) -> Iterator[Callable[[], Room]]:
    """Opens the window on a copy of the indexed library; calling it again is a restart."""
    assert QGuiApplication.platformName() == "xcb"
    QLocale.setDefault(QLocale(QLocale.Language.English))
    library = Path(shutil.copytree(indexed, tmp_path / "library"))
    opened: list[Room] = []

    def close() -> None:
        while opened:
            room = opened.pop()
            room.furniture.close()
            room.house.close()

    def open_room() -> Room:
        close()
        house = build(str(library), "Photos")
        house.indexer.start()
        furniture = Furniture(
            qapp, house.library, house.indexer, house.suggestions, house.likeness,
            house.thumbnails, house.settings, house.collection.id,
        )  # fmt: skip
        room = Room(house, furniture, qtbot)
        opened.append(room)
        window = furniture.window
        window.setGeometry(0, 0, 1200, 800)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()  # there is no window manager that would
        qtbot.waitUntil(lambda: window.isActiveWindow())
        qtbot.waitUntil(lambda: len(room.people.model.rows) == 7)
        return room

    yield open_room
    close()
    gc.collect()
    qapp.setStyleSheet("")


@pytest.fixture
def room(open_room: Callable[[], Room]) -> Room:
    """The window over eight photos of seven people whom nobody has named."""
    return open_room()
