"""The real window over really indexed photos in a real X server, used with a real mouse and keys.

These run only where QT_QPA_PLATFORM is xcb; tests/ui/test_by_hand.py starts them in a server of
their own.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageEnhance
from PySide6.QtCore import QLocale, QRect
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.bootstrap import build
from app.indexing.house import House
from app.library.commands.people import name_person
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import list_people
from app.library.queries.photos import photo, timeline
from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui.application import Furniture
from app.ui.main_window import MainWindow
from app.ui.people.page import PeoplePage
from app.ui.places import Kind
from tests.conftest import shipped
from tests.ui.byhand.hand import Hand

NAMES = ("Anna", "Ben", "Carl")

if os.environ.get("QT_QPA_PLATFORM") != "xcb":
    collect_ignore_glob = ["test_*.py"]


def draw_album(folder: Path) -> None:
    """Four different photos of the same six people, one of the three on the left and one of the
    three on the right, and four of one man alone; each of another year."""
    folder.mkdir(parents=True)
    years = iter(range(2003, 2040, 2))

    def save(name: str, picture: Image.Image) -> None:
        exif = Image.Exif()
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = (
            f"{next(years)}:07:14 12:00:00"
        )
        picture.save(folder / f"{name}.jpg", quality=92, exif=exif)

    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        group = image.convert("RGB")
    with Image.open(shipped("insightface", "data", "images", "Tom_Hanks_54745.png")) as image:
        portrait = image.convert("RGB")
    for name, whole in (("group", group), ("portrait", portrait)):
        width, height = whole.size
        save(f"{name}-whole", whole)
        save(f"{name}-mirrored", whole.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        save(f"{name}-dark", ImageEnhance.Brightness(whole).enhance(0.7))
        save(f"{name}-small", whole.resize((width * 3 // 4, height * 3 // 4)))
    width, height = group.size
    save("left", group.crop((0, 0, width * 6 // 11, height)))
    save("right", group.crop((width * 6 // 11, 0, width, height)))


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library made by looking at real photos, with nobody named yet."""
    root = tmp_path_factory.mktemp("indexed")
    draw_album(root / "Holiday")
    library = root / "library"
    library.mkdir()
    (library / "settings.json").write_text(
        '{"theme": "light", "cluster_delay_seconds": 1, "stacks": "off"}'
    )
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

    def called(self, name: str) -> PersonRow:
        """Somebody by name."""
        return next(row for row in self.rows() if row.name == name)

    def faces(self, photo: str) -> list[FaceRow]:
        """The faces of a photo, by the name of its file, from left to right."""
        return faces_in_photo(self.house.library, self.photo(photo).id)

    def photo(self, name: str) -> PhotoRow:
        """A photo by the name of its file."""
        return photo_called(self.house, name)

    def walk_menu(self, action: QAction) -> None:
        """In the menu that is open, go down to an entry and press Enter."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            if menu.activeAction() is not action:
                self.hand.key("Down")
        self.hand.key("Return")

    def card(self, number: int) -> QRect:
        """Where a card lies on the People page, in pixels of its viewport."""
        return self.people.grid.visualRect(self.people.model.index(number))

    def card_of(self, person_id: int) -> QRect:
        """Where the card of a person lies."""
        return self.people.grid.visualRect(self.people.model.index_of(person_id))


def photo_called(house: House, name: str) -> PhotoRow:
    """A photo by the name of its file."""
    every = (photo(house.library, one.id) for one in timeline(house.library, house.collection.id))
    return next(one for one in every if one.name == name)


def in_group_photo(house: House) -> list[int]:
    """Ids of the six people, from left to right."""
    faces = faces_in_photo(house.library, photo_called(house, "group-whole.jpg").id)
    return [face.person_id for face in faces if face.person_id is not None]


@pytest.fixture
def library_folder(indexed: Path, tmp_path: Path) -> Path:
    """A copy of the indexed library."""
    return Path(shutil.copytree(indexed, tmp_path / "library"))


@pytest.fixture
def prepare(library_folder: Path) -> Callable[[Callable[[House], object]], None]:
    """Does something with the library before the window opens."""

    def prepare(work: Callable[[House], object]) -> None:
        house = build(str(library_folder), "Photos")
        try:
            work(house)
        finally:
            house.close()

    return prepare


@pytest.fixture
def named(prepare: Callable[[Callable[[House], object]], None]) -> None:
    """From left to right: Anna, Ben, nobody, Carl."""

    def name(house: House) -> None:
        people = in_group_photo(house)
        for person_id, called in zip(people[:2] + people[3:4], NAMES, strict=True):
            name_person(house.library, person_id, called)

    prepare(name)


@pytest.fixture
def open_room(
    qapp: QApplication, qtbot: QtBot, library_folder: Path
) -> Iterator[Callable[[], Room]]:
    """Opens the window on the library; calling it again is a restart."""
    assert QGuiApplication.platformName() == "xcb"
    QLocale.setDefault(QLocale(QLocale.Language.English))
    opened: list[Room] = []

    def close() -> None:
        while opened:
            room = opened.pop()
            room.furniture.close()
            room.house.close()

    def open_room() -> Room:
        close()
        house = build(str(library_folder), "Photos")
        house.indexer.start()
        furniture = Furniture(qapp, house)
        room = Room(house, furniture, qtbot)
        opened.append(room)
        window = furniture.window
        window.setGeometry(0, 0, 1200, 800)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()  # there is no window manager that would
        qtbot.waitUntil(lambda: window.isActiveWindow())
        qtbot.waitUntil(lambda: len(room.people.model.rows) == len(room.rows()))
        return room

    yield open_room
    close()
    gc.collect()
    qapp.setStyleSheet("")


@pytest.fixture
def room(open_room: Callable[[], Room]) -> Room:
    """The window over ten photos of seven people whom nobody has named."""
    return open_room()


@pytest.fixture
def named_room(named: None, open_room: Callable[[], Room]) -> Room:  # noqa: ARG001
    """The same, where three of them have names."""
    return open_room()
