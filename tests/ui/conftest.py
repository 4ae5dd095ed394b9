"""A real window over a real library of a few drawn photos; only the indexer is a stand-in."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.clustering.thresholds import Thresholds
from app.indexing.choices import Choices
from app.indexing.chores import Chores
from app.indexing.clusterer import Clusterer
from app.indexing.events import Announcer, Event
from app.indexing.grouper import Waiting
from app.indexing.house import House
from app.indexing.likeness import Likeness
from app.indexing.previews import Previews
from app.indexing.suggestions import Suggestions
from app.indexing.turnstile import Turnstile
from app.indexing.workers import WorkOrder
from app.library.commands.folders import add_folder, ensure_collection, remove_folder
from app.library.commands.people import name_person
from app.library.commands.photos import (
    ScanResult,
    SeenFile,
    record_scan,
    retry_skipped,
    store_look,
)
from app.library.database import Library
from app.library.queries.collections import own_settings
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import collections, pending_photos
from app.library.queries.grouping import waiting_faces
from app.library.queries.people import list_people
from app.library.rows import Look, NewFace, PersonRow
from app.media.read import open_photo
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths, resources
from app.settings import Settings
from app.ui.application import Furniture
from app.ui.main_window import MainWindow
from app.ui.people.page import PeoplePage
from app.ui.places import Kind
from tests.library.placing import Placement, store_groups


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every popup what it cannot do."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


PLACES = ((0.1, 0.3, 0.2, 0.25), (0.4, 0.3, 0.2, 0.25), (0.7, 0.3, 0.2, 0.25))
PHOTOS = (
    # Who is in each photo, from left to right: letters are people, "." is nobody's face.
    "ab", "ab", "ac", "a", "b", "bc", "c", "d", "d", "d", ".", "",
)  # fmt: skip


class RecordingIndexer:
    """Stands in for the Indexer: notes what is asked of it, and says what a test wants said."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.asked: list[tuple[str, object]] = []
        self.listeners: list[Callable[[Event], None]] = []
        self.spoken_of: list[int] = []
        self.is_paused = False
        self.seconds_to_grouping: float | None = None
        self.error: Exception | None = None
        paths = Paths.under(library.path.parent)
        order = WorkOrder(
            "compact", paths.models, resources(), paths.cache, 10**9, 400, 3000, 512, 440
        )
        announcer = Announcer()
        announcer.subscribe(self.tell)
        self.chores = Chores(library, announcer)
        self.choices = Choices(
            paths, Settings(), order, ("compact", "1"), lambda _: None,
            partial(own_settings, library),
        )  # fmt: skip
        self.asked_of: list[int] = []
        self.heeded: list[Changes] = []

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)

    def index(self, collection_id: int, paths: Sequence[Path]) -> str:
        self._note("index", list(paths))
        self.asked_of.append(collection_id)
        return "task"

    def rescan(self, folder_id: int) -> None:
        self._note("rescan", folder_id)

    def look_again(self, collection_id: int) -> None:
        self._note("look again", collection_id)

    def heed(self, changes: Changes) -> None:
        """Something was done with collections."""
        self.heeded.append(changes)

    def spoken(self, collection_id: int) -> None:
        """Somebody said something of people or faces."""
        self.spoken_of.append(collection_id)

    def retry_skipped(self, collection_id: int, paths: Sequence[Path] | None = None) -> None:
        self._note("retry", None if paths is None else list(paths))
        retry_skipped(self.library, collection_id, paths)

    def cluster(self, collection_id: int) -> None:
        self._note("cluster", collection_id)

    def waiting(self, collection_id: int) -> Waiting:
        """As many as the library has, where the settings say that they wait."""
        when = self.choices.of(collection_id).group_when
        count = 0 if when == "settled" else waiting_faces(self.library, collection_id)
        return Waiting(count, when, self.seconds_to_grouping)

    def cancel(self, task_id: str) -> None:
        self._note("cancel", task_id)

    def pause(self) -> None:
        self._note("pause", None)

    def resume(self) -> None:
        self._note("resume", None)

    def remove_folder(self, folder_id: int) -> Changes:
        return remove_folder(self.library, folder_id)

    def _note(self, what: str, about: object) -> None:
        if self.error is not None:
            raise self.error
        self.asked.append((what, about))


def draw_photos(folder: Path) -> None:
    """One small JPEG for each of PHOTOS, with a circle where a face is."""
    folder.mkdir()
    for number, who in enumerate(PHOTOS):
        image = Image.new("RGB", (320, 240), (60 + 10 * number, 120, 90))
        pen = ImageDraw.Draw(image)
        for (x, y, w, h), letter in zip(PLACES, who, strict=False):
            tone = 40 * (ord(letter) % 5) + 40
            pen.ellipse((x * 320, y * 240, (x + w) * 320, (y + h) * 240), fill=(tone, 90, 200))
        image.save(folder / f"photo{number:02}.jpg")


def new_face(place: tuple[float, float, float, float]) -> NewFace:
    """A face that could found a person."""
    x, y, w, h = place
    embedding = np.zeros(8, np.float32)
    embedding[0] = 1
    return NewFace(
        x=x, y=y, w=w, h=h, landmarks=np.zeros((5, 2), np.float32), score=0.9,
        embedding=embedding, quality=0.9, sharpness=0.9, pixels=120.0, pack="test",
        pack_version="1", pitch=0.0, yaw=0.0, roll=0.0,
    )  # fmt: skip


def fill(library: Library, folder: Path) -> int:
    """Put the drawn photos, their faces and their people into the library."""
    collection = ensure_collection(library, "Photos")
    row = add_folder(library, collection.id, folder)
    files = [SeenFile(p, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    record_scan(library, collection.id, row.id, ScanResult(added=files))
    placements: list[Placement] = []
    letters = sorted(set("".join(PHOTOS)) - {"."})
    for number, (photo_id, path) in enumerate(pending_photos(library, collection.id)):
        with open_photo(path, 10) as photo:
            mark = photo.fingerprint
        who = PHOTOS[number]
        look = Look(
            fingerprint=mark, width=320, height=240, orientation=1, content_type="image/jpeg",
            taken=datetime(2020 + number // 6, 1 + number % 6, 3), taken_from="exif",
            camera="Box", colour=0x507090, pack="test", pack_version="1",
            faces=tuple(new_face(PLACES[n]) for n in range(len(who))),
        )  # fmt: skip
        store_look(library, photo_id, look)
        for face, letter in zip(faces_in_photo(library, photo_id), who, strict=True):
            group = 0 if letter == "." else -1 - letters.index(letter)
            placements.append(Placement(face.id, None, group, 0.8))
    store_groups(library, collection.id, placements, len(letters))
    return collection.id


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def indexer(library: Library) -> RecordingIndexer:
    return RecordingIndexer(library)


class Room:
    """The open window with short ways to its parts."""

    def __init__(
        self,
        furniture: Furniture,
        house: House,
        library: Library,
        indexer: RecordingIndexer,
        collection_id: int,
    ) -> None:
        self.furniture = furniture
        self.house = house
        self.indexer = indexer
        self.library = library
        self.collection_id = collection_id
        self.window: MainWindow = furniture.window
        page = self.window.pages[Kind.PEOPLE]
        assert isinstance(page, PeoplePage)
        self.people = page

    def rows(self) -> list[PersonRow]:
        """The people of the library, as it has them now."""
        return list_people(self.library, self.collection_id)

    def names(self) -> list[str]:
        """The names of the library, as it has them now."""
        return sorted(row.name for row in self.rows() if row.name)


@pytest.fixture
def furnish(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    library: Library,
    indexer: RecordingIndexer,
) -> Iterator[Callable[[int], Room]]:
    """Opens the window on a collection."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    opened: list[Furniture] = []

    def furnish(collection_id: int) -> Room:
        clusterer = Clusterer(
            library, "test", "1", Thresholds(), lambda: indexer.choices.settings.strictness
        )
        turnstile = Turnstile(library, "test", "1", Thresholds())
        house = House(
            paths=Paths.under(tmp_path),
            settings=Settings().but(theme="light"),
            library=library,
            indexer=indexer,  # type: ignore[arg-type]
            suggestions=Suggestions(library, clusterer),
            likeness=Likeness(library, "test", "1", Thresholds()),
            turnstile=turnstile,
            previews=Previews(
                library,
                clusterer,
                lambda: turnstile,
                lambda: ("test", "1"),
                lambda: indexer.choices.settings,
            ),
            thumbnails=ThumbnailCache(tmp_path / "cache", 10_000_000),
            collection=next(row for row in collections(library) if row.id == collection_id),
            resources=resources(),
        )
        furniture = Furniture(qapp, house)
        opened.append(furniture)
        furniture.window.resize(1100, 700)
        with qtbot.waitExposed(furniture.window):
            furniture.window.show()
        furniture.window.activateWindow()
        return Room(furniture, house, library, indexer, collection_id)

    yield furnish
    for furniture in opened:
        furniture.close()
    gc.collect()  # here, and not in a worker thread of a later test
    qapp.setStyleSheet("")


@pytest.fixture
def room(furnish: Callable[[int], Room], library: Library, tmp_path: Path, qtbot: QtBot) -> Room:
    """The window over twelve photos of four people, of whom a is Anna and b is Ben."""
    draw_photos(tmp_path / "drawn")
    collection_id = fill(library, tmp_path / "drawn")
    for row, name in zip(list_people(library, collection_id)[:2], ("Anna", "Ben"), strict=True):
        name_person(library, row.id, name)
    room = furnish(collection_id)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)
    qtbot.waitUntil(lambda: len(room.window.desk.named.rows) == 2)
    return room
