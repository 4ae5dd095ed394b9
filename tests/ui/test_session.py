"""How the window is found again: page, person, search, scrolling, photo; also after a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QEvent, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.library.commands.forgetting import forget_person
from app.library.queries.people import list_people
from app.library.rows import PhotoSearch
from app.ui.pages import ALONE
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place
from app.ui.session.beginning import beginning
from app.ui.session.keeping import Keeping
from app.ui.session.place_file import place_in, written
from app.ui.window_state import WindowState
from tests.ui.conftest import Room

PEOPLE = st.lists(st.integers(1, 1 << 62), max_size=4).map(tuple)
DAYS = st.none() | st.dates(date(1, 1, 1))
FOLDERS = st.none() | st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1
).map(lambda text: Path("/", text))
SEARCHES = st.builds(
    PhotoSearch, PEOPLE, PEOPLE, PEOPLE, st.booleans(), DAYS, DAYS, FOLDERS
).filter(lambda search: search != PhotoSearch())
PLACES = (
    st.sampled_from([Place(kind) for kind in ALONE])
    | st.builds(
        Place, st.just(Kind.PERSON), PEOPLE.filter(bool), view=st.sampled_from(["", "faces"])
    )
    | st.builds(Place, st.just(Kind.SEARCH), search=SEARCHES)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("kind", "people", "view", "search")


@given(PLACES)
def test_a_place_is_read_as_it_was_written(place: Place) -> None:
    assert place_in(json.loads(json.dumps(written(place)))) == place


def test_a_folder_whose_name_is_no_text_is_read_as_it_was_written() -> None:
    place = Place(Kind.SEARCH, search=PhotoSearch(folder=Path("/a\udcff")))
    assert place_in(json.loads(json.dumps(written(place)))) == place


@given(
    JSON
    | st.fixed_dictionaries(
        {"kind": st.sampled_from([kind.value for kind in Kind])},
        optional={
            "people": JSON,
            "view": JSON,
            "search": st.dictionaries(
                st.sampled_from(["all_of", "since", "only", "folder"]), JSON, max_size=4
            ),
        },
    )
)
def test_whatever_a_file_says_is_a_place_or_none(told: Any) -> None:
    place = place_in(told)
    assert place is None or place_in(json.loads(json.dumps(written(place)))) == place


# -- the window ----------------------------------------------------------------------------


@pytest.fixture
def state(tmp_path: Path) -> WindowState:
    return WindowState(tmp_path / "window.json")


def restart(room: Room, state: WindowState) -> None:
    """Leave the window, go elsewhere, and open it as it was left."""
    state.keep(room.window)
    if room.window.frame.is_viewing:
        room.window.viewer.close_viewer()
    room.window.begin_at(Place(Kind.HISTORY))
    place = beginning(room.library, room.collection_id, state)
    assert state.restore(room.window, place)
    state.come_back(room.window)


def seen_in(room: Room) -> int:
    """The photo in the viewer."""
    photo = room.window.viewer.photo
    return 0 if photo is None else photo.id


def anna(room: Room) -> int:
    return next(row.id for row in room.rows() if row.name == "Anna")


def test_a_person_is_returned_to(room: Room, state: WindowState, qtbot: QtBot) -> None:
    place = Place(Kind.PERSON, (anna(room),))
    room.window.go(place)
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    page.header.show_faces(True)
    restart(room, state)
    here = room.window.trail.here
    assert here.people == place.people and here.view == "faces"
    qtbot.waitUntil(page.faces.isVisible)
    qtbot.waitUntil(lambda: "Anna" in room.window.windowTitle())


def test_nobody_is_returned_to_who_was_forgotten(room: Room, state: WindowState) -> None:
    room.window.go(Place(Kind.PERSON, (anna(room),)))
    state.keep(room.window)
    forget_person(room.library, anna(room))
    assert beginning(room.library, room.collection_id, state) == Place(Kind.PEOPLE)


def test_another_collection_has_other_people(room: Room, state: WindowState) -> None:
    room.window.go(Place(Kind.PERSON, (anna(room),)))
    state.keep(room.window)
    assert beginning(room.library, room.collection_id + 1, state) == Place(Kind.PEOPLE)
    state.keep(room.window, room.collection_id + 1)
    assert state.place == Place(Kind.PEOPLE), "the person is of the collection that was left"


def test_a_search_is_returned_to(room: Room, state: WindowState, qtbot: QtBot) -> None:
    search = PhotoSearch(all_of=(anna(room),), since=date(2020, 2, 1))
    room.window.search(search)
    restart(room, state)
    assert room.window.trail.here == Place(Kind.SEARCH, search=search)
    page = room.window.pages[Kind.SEARCH]
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 3)  # type: ignore[attr-defined]
    assert room.window.top_bar.search.search == search


def test_a_page_is_scrolled_as_it_was_left(room: Room, state: WindowState, qtbot: QtBot) -> None:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    page.set_size(320)
    bar = page.grid.verticalScrollBar()
    bar.setValue(700)
    first = page.grid.photos.row_at(page.grid.first_in_sight())
    assert bar.value() == 700 and first is not None
    state.keep(room.window)
    bar.setValue(0)
    page.grid.photos.replace((), [])
    room.window.begin_at(Place(Kind.HISTORY))
    assert state.restore(room.window)
    state.come_back(room.window)
    page.reload()
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert page.grid.photos.row_at(page.grid.first_in_sight()) == first


def test_whoever_scrolls_at_once_is_left_alone(
    room: Room, state: WindowState, qtbot: QtBot
) -> None:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    page.set_size(320)
    bar = page.grid.verticalScrollBar()
    bar.setValue(700)
    state.keep(room.window)
    bar.setValue(40)
    state.come_back(room.window)
    page.reload()
    read: list[bool] = []
    page.grid.photos.layoutChanged.connect(lambda: read.append(True))
    qtbot.waitUntil(lambda: bool(read))
    qtbot.wait(50)  # nothing is to come of it
    assert bar.value() == 40


def test_the_photo_that_was_open_is_open_again(
    room: Room, state: WindowState, qtbot: QtBot
) -> None:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    page.grid.opened.emit(page.grid.photos.index(4))
    seen = seen_in(room)
    assert seen == page.grid.photos.rows[4].id
    restart(room, state)
    page.reload()
    qtbot.waitUntil(lambda: room.window.frame.is_viewing)
    assert seen_in(room) == seen
    room.window.viewer.step(1)
    assert seen_in(room) == page.grid.photos.rows[5].id, "with those beside it"


def test_a_photo_that_was_opened_beside_a_face_is_open_again(
    room: Room, state: WindowState, qtbot: QtBot
) -> None:
    timeline = room.window.desk.album.timeline()
    room.people.photo_opened.emit([timeline[3]], 0)
    restart(room, state)
    room.people.reload()
    qtbot.waitUntil(lambda: room.window.frame.is_viewing)
    assert seen_in(room) == timeline[3].id


def test_what_was_folded_is_folded(room: Room, state: WindowState) -> None:
    model = room.people.model
    key = next(section.key for section in model.sections if section.key)
    model.fold(key, True)
    folded = model.folded
    state.keep(room.window)
    model.fold(key, False)
    state.come_back(room.window)
    assert model.folded == folded


@pytest.mark.parametrize(
    "sight",
    ["x", [1], {"row": "1", "above": [], "photo": True, "folded": [1]},
     {"row": 1 << 70, "photo": 999}],
)  # fmt: skip
def test_a_broken_sight_costs_nothing(
    room: Room, state: WindowState, sight: object, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "window.json"
    file.write_text(json.dumps({"page": "people", "sight": sight}), encoding="utf-8")
    state.come_back(room.window)
    room.people.reload()
    with qtbot.waitSignal(room.people.model.layoutChanged):
        pass
    qtbot.wait(50)  # nothing is to come of it
    assert not room.window.frame.is_viewing


# -- now and then --------------------------------------------------------------------------


def test_what_changes_is_noted_while_the_window_is_open(
    room: Room, state: WindowState, qtbot: QtBot
) -> None:
    keeping = Keeping(room.window, state)
    keeping._timer.setInterval(20)
    qtbot.waitUntil(lambda: state.place == Place(Kind.PEOPLE) and state.collection is not None)
    room.window.go(Place(Kind.PERSON, (anna(room),)))
    qtbot.waitUntil(lambda: state.place.kind == Kind.PERSON)
    assert state.look(room.window) is None, "and not again while nothing changes"
    keeping.close()
    keeping.deleteLater()


def test_an_older_note_never_takes_the_place_of_a_newer_one(room: Room, state: WindowState) -> None:
    old = state.look(room.window)
    assert old is not None
    room.window.go(Place(Kind.HIDDEN))
    state.keep(room.window)
    state.write(old)
    assert state.place == Place(Kind.HIDDEN)


# -- screens of another kind ---------------------------------------------------------------


def test_on_a_finer_screen_everything_is_drawn_anew(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.furniture.theme.changed):
        QApplication.sendEvent(room.window, QEvent(QEvent.Type.DevicePixelRatioChange))


_FINE = """
import sys
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from app.ui.pictures import PictureKey, Pictures
application = QApplication([])
image = QImage(512, 512, QImage.Format.Format_RGB32)
image.fill(QColor("red"))
pictures, widget = Pictures(lambda key: image), QWidget()
scale = widget.devicePixelRatioF()
ask = lambda: pictures.tile(PictureKey(1, "a"), QSize(100, 100), 8, scale)
while (tile := ask()) is None:
    application.processEvents()
print(scale, tile.width(), tile.devicePixelRatio(), tile.deviceIndependentSize().width())
pictures.close()
"""


def test_pictures_have_the_pixels_of_a_fine_screen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FINE], capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "QT_SCALE_FACTOR": "2"}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.split() == ["2.0", "200", "2.0", "100.0"]


# -- the place on the screen ---------------------------------------------------------------


def test_a_window_of_a_screen_that_is_gone_comes_onto_one_that_is_there(
    room: Room, qtbot: QtBot
) -> None:
    window = room.window
    away = QWidget()
    away.setGeometry(9000, 7000, 1000, 640)
    shape: QByteArray = away.saveGeometry()
    away.deleteLater()
    assert window.restoreGeometry(shape)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    qtbot.waitUntil(lambda: any(one.contains(window.pos()) for one in screens))
    assert any(one.contains(window.pos() + QPoint(100, 20)) for one in screens)
    assert list_people(room.library, room.collection_id)
