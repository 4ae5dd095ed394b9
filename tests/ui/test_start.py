"""A window shows people first: what is not to be seen yet is loaded, made and begun afterwards."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_house
from app.errors import LibraryError
from app.indexing.later import is_made
from app.library.commands.folders import create_collection
from app.library.rows import PersonRow
from app.ui import words
from app.ui.awakening import Awakening
from app.ui.icons import Icons
from app.ui.pages import Pages
from app.ui.people.page import PeoplePage
from app.ui.places import Kind, Place
from app.ui.window_state import WindowState
from tests.benchmarks.big_library import Size, make_library
from tests.benchmarks.window_start import seconds_to_start
from tests.ui.conftest import Room

HEAVY = {
    "cv2", "insightface", "numpy", "onnxruntime", "pillow_heif", "playhouse", "scipy", "sklearn",
    "threadpoolctl", "watchdog",
}  # fmt: skip


def test_a_start_loads_nothing_heavy_before_people_can_be_seen(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    make_library(folder, Size(people=30, faces=300, photos=400, decisions=3))
    told = seconds_to_start(folder, settling=0.2)
    assert "PySide6" in told.modules and "peewee" in told.modules
    assert HEAVY.isdisjoint(told.modules)
    assert 0 < told.cards <= told.covers
    assert 0 < told.memory <= told.settled


def test_a_house_is_open_before_anybody_works_in_it(tmp_path: Path) -> None:
    house = open_house(str(tmp_path), "Photos")
    try:
        staff = (house.indexer, house.suggestions, house.likeness)
        assert not any(map(is_made, staff))
        assert house.indexer.is_at_work is False
        assert [is_made(one) for one in staff] == [True, False, False]
    finally:
        house.close()


def test_the_collection_that_was_left_is_opened_unless_one_is_named(tmp_path: Path) -> None:
    house = open_house(str(tmp_path), "")
    try:
        door = create_collection(house.library, "Door")
        photos = house.collection
    finally:
        house.close()
    for name, last, found in (
        ("", None, photos), ("", door.id, door), ("", 999, photos), ("Photos", door.id, photos),
        ("door", None, door),
    ):  # fmt: skip
        again = open_house(str(tmp_path), name, last)
        again.close()
        assert again.collection == found


# -- pages ---------------------------------------------------------------------------------


def test_pages_are_made_when_they_are_entered(room: Room) -> None:
    pages, received = Pages(room.window.desk), list[Kind]()
    pages.receive(lambda kind, _: received.append(kind))
    assert list(pages) == list(Kind) and Kind.REVIEW in pages
    assert not pages.made and not received
    page = pages[Kind.PEOPLE]
    assert pages[Kind.PEOPLE] is page and received == [Kind.PEOPLE]
    again: list[QWidget] = []
    pages.receive(lambda _, made: again.append(made))
    assert again == [page], "whoever comes later is handed what there is"
    while pages.make_next():
        pass
    assert received == [Kind.PEOPLE, *(kind for kind in Kind if kind != Kind.PEOPLE)]
    for one in pages.values():
        one.deleteLater()


def test_the_rest_is_made_while_nobody_waits(room: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: set(room.window.pages.made) == set(Kind), timeout=20_000)
    qtbot.waitUntil(lambda: room.window._viewer is not None, timeout=20_000)
    assert not room.window.actions_.undo.icon().isNull()


def test_making_the_rest_opens_no_window_and_takes_nothing_away(room: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: set(room.window.pages.made) == set(Kind), timeout=20_000)
    shown = [kind for kind, page in room.window.pages.items() if page.isVisible()]
    assert shown == [Kind.PEOPLE]
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [room.window]
    assert room.window.isActiveWindow() and room.people.grid.hasFocus()


def test_a_page_that_was_not_entered_stays_as_it_was_left(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, file = room.window, tmp_path / "window.json"
    left = {"page": "people", "photos": {"pixels": 222}, "people": {"order": "name", "pixels": 111}}
    file.write_text(json.dumps(left), encoding="utf-8")
    pages = Pages(window.desk)
    monkeypatch.setattr(window, "pages", pages)
    state = WindowState(file)
    assert state.place == Place(Kind.PEOPLE)
    state.restore(window)
    people = pages[Kind.PEOPLE]
    sizes = people.sizes()
    assert people.sort() == "name" and sizes is not None and sizes.now == 111
    people.set_size(120)
    state.keep(window)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert set(pages.made) == {Kind.PEOPLE}
    assert kept["photos"] == {"pixels": 222}
    assert kept["people"] == {"order": "name", "pixels": 120}
    people.deleteLater()


def test_icons_of_menus_wait_and_those_of_buttons_do_not(room: Room) -> None:
    icons = Icons(room.house.resources / "icons", room.window.desk.theme)
    icons.wait()
    acts = [QAction() for _ in range(4)]
    for act in acts[:3]:
        icons.put_on(act, "search")
    icons.put_on(acts[3], "search", at_once=True)
    assert [act.icon().isNull() for act in acts] == [True, True, True, False]
    assert icons.dress_next(2)
    assert [act.icon().isNull() for act in acts] == [False, False, True, False]
    assert icons.dress_next() and not icons.dress_next()
    late = QAction()
    icons.put_on(late, "search")
    assert not any(act.icon().isNull() for act in (*acts, late))


# -- people ----------------------------------------------------------------------------------


def test_the_first_people_come_first_and_everyone_afterwards(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    everyone = room.window.desk.album.everyone

    def wait() -> list[PersonRow]:
        assert held.wait(20)
        return everyone()

    monkeypatch.setattr("app.ui.album.Album.everyone", lambda _: wait())
    page = PeoplePage(room.window.desk)
    page.first = 2
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.enter(Place(Kind.PEOPLE))
    qtbot.waitUntil(lambda: len(page.model.rows) > 0)
    assert [row.name for row in page.model.rows] == ["Anna", "Ben"]
    totals = [(one.key, one.total) for one in page.model.sections]
    assert sum(total for _, total in totals) == 4
    height, first = page.grid.plan().height, page.grid.visualRect(page.model.index(0))
    assert page.grid.person_at(page.grid.indexAt(first.center())) == page.model.rows[0]
    page.grid.grab()  # with cards that are not there yet
    page.filter("Ben")  # is heeded when everyone is there
    assert len(page.model.rows) == 2
    page.filter("")
    held.set()
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    assert [(one.key, one.total) for one in page.model.sections] == totals
    assert (page.grid.plan().height, page.grid.visualRect(page.model.index(0))) == (height, first)
    page.filter("Ben")
    assert [row.name for row in page.model.rows] == ["Ben"]


def test_an_order_by_names_is_shown_when_everyone_is_there(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.album.Album.first_people", None)
    page = PeoplePage(room.window.desk)
    qtbot.addWidget(page)
    page.set_sort("name")
    page.enter(Place(Kind.PEOPLE))
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)


# -- the indexer -----------------------------------------------------------------------------


class Sleeper:
    """An indexer that notes when it begins to work, or cannot."""

    def __init__(self, error: Exception | None = None, recovered: int = 0) -> None:
        self.error = error
        self.recovered = recovered
        self.threads: list[str] = []

    def start(self) -> None:
        """Begin to work."""
        self.threads.append(threading.current_thread().name)
        if self.error is not None:
            raise self.error


def wake(room: Room, indexer: Sleeper) -> tuple[Awakening, list[object]]:
    """An awakening of this indexer, and who heard of it."""
    heard: list[object] = []
    house = replace(room.house, indexer=indexer)  # type: ignore[arg-type]
    return Awakening(house, heard.append), heard


def test_the_indexer_begins_elsewhere_and_tells_of_what_was_interrupted(
    room: Room, qtbot: QtBot
) -> None:
    indexer = Sleeper(recovered=1)
    awakening, heard = wake(room, indexer)
    assert indexer.threads == []
    where: list[threading.Thread] = []
    awakening.awake.connect(lambda: where.append(threading.current_thread()))
    with qtbot.waitSignal(awakening.recovered):
        awakening.begin()
    assert where == [threading.main_thread()]
    assert indexer.threads == ["awakening"] and heard == [indexer] and awakening.error is None
    awakening.close()


def test_what_keeps_the_indexer_from_its_work_is_told(room: Room, qtbot: QtBot) -> None:
    error = LibraryError("The disk is read-only.")
    awakening, _ = wake(room, Sleeper(error))
    with qtbot.waitSignal(awakening.failed):
        awakening.begin()
    assert awakening.error is error
    awakening.close()


def test_an_indexer_that_was_never_woken_is_not_waited_for(room: Room) -> None:
    indexer = Sleeper()
    awakening, heard = wake(room, indexer)
    awakening.close()
    assert indexer.threads == [] and heard == []


@pytest.mark.parametrize("language", ["en_US", "de_DE", "es_ES", "hi_IN", "ar_EG"])
def test_numbers_are_written_as_qt_has_them(language: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        for value in (0, 7, 999, 1000, 12345, 1234567, (1 << 31) - 1, 1 << 31, 1 << 40):
            assert words.number(value) == QLocale().toString(value)
    finally:
        QLocale.setDefault(before)
