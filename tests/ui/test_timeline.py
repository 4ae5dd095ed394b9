"""The years beside the scroll bar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library.models import Photo
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place
from app.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from tests.ui.conftest import Room

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PhotosPage:
    """Photos of four years, two months each, more than a screenful."""
    for number, photo in enumerate(Photo.select().order_by(Photo.id)):
        photo.taken = datetime(2015 + number // 3, 3 + 4 * (number % 2), 5)
        photo.save()
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    page.set_size(300)
    room.window.go(Place(Kind.PHOTOS))
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 12)
    qtbot.waitUntil(page.timeline.isVisible)
    return page


def press(timeline: Timeline, y: int) -> None:
    QTest.mousePress(timeline, LEFT, NONE, QPoint(timeline.width() // 2, y))


def move(timeline: Timeline, y: int) -> None:
    QTest.mouseMove(timeline, QPoint(timeline.width() // 2, y))


def let_go(timeline: Timeline, y: int) -> None:
    QTest.mouseRelease(timeline, LEFT, NONE, QPoint(timeline.width() // 2, y))


def test_a_year_takes_as_much_room_as_its_photos(page: PhotosPage) -> None:
    timeline, plan = page.timeline, page.grid.plan()
    assert [one.year for one in timeline.years()] == [2018, 2017, 2016, 2015]
    assert [one.title for one in timeline.months()][:2] == ["July 2018", "March 2018"]
    for one in timeline.years():
        share = (timeline.y_of(one.top) - 10) / (timeline.height() - 20)
        assert abs(share - one.top / plan.height) < 0.01


def test_a_click_on_a_year_goes_to_its_first_photo(page: PhotosPage) -> None:
    timeline = page.timeline
    year = timeline.years()[2]
    press(timeline, timeline.y_of(year.top) + 3)
    let_go(timeline, timeline.y_of(year.top) + 3)
    assert page.grid.verticalScrollBar().value() == year.top
    first = page.grid.photos.row_at(page.grid.first_in_sight())
    assert first is not None and first.taken is not None and first.taken.year == 2016


def test_dragging_scrolls_and_says_the_month(page: PhotosPage, qtbot: QtBot) -> None:
    timeline, bar = page.timeline, page.grid.verticalScrollBar()
    press(timeline, 10)
    assert bar.value() == 0 and timeline.bubble.text() == "July 2018"
    move(timeline, timeline.height() // 2)
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 3)
    assert timeline.bubble.isVisible() and "2016" in timeline.bubble.text()
    assert timeline.bubble.geometry().right() < timeline.geometry().left()
    move(timeline, timeline.height() + 200)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert "2015" in timeline.bubble.text()
    let_go(timeline, timeline.height() + 200)
    assert not timeline.isSliderDown()


def test_keys_go_by_month_and_by_year(page: PhotosPage) -> None:
    timeline, bar = page.timeline, page.grid.verticalScrollBar()
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    assert timeline.bubble.isVisible()
    months, years = timeline.months(), timeline.years()
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    assert bar.value() == months[1].top and timeline.accessibleDescription() == months[1].title
    QTest.keyClick(timeline, Qt.Key.Key_PageDown)
    assert bar.value() == years[1].top
    QTest.keyClick(timeline, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(timeline, Qt.Key.Key_Up)
    assert 0 < bar.value() < bar.maximum()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert bar.value() == 0
    page.grid.setFocus()
    assert not timeline.bubble.isVisible()


def test_the_tab_key_reaches_the_years(page: PhotosPage) -> None:
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Tab)
    assert page.timeline.hasFocus()


def test_the_mark_follows_the_scroll_bar(page: PhotosPage) -> None:
    bar = page.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert page.timeline.value() == bar.maximum() // 2
    assert page.timeline.maximum() == bar.maximum()


def test_no_years_where_one_is_all_there_is(page: PhotosPage, qtbot: QtBot) -> None:
    Photo.update(taken=datetime(2020, 5, 5)).execute()
    page.reload()
    qtbot.waitUntil(lambda: len(page.grid.photos.sections) == 1)
    assert not page.timeline.isVisible()
    assert page.grid.viewport().width() + page.grid.verticalScrollBar().width() == page.width()


def test_no_years_where_all_is_in_sight(page: PhotosPage, room: Room, qtbot: QtBot) -> None:
    Photo.update(taken=datetime(2020, 5, 5)).where(Photo.id > 3).execute()
    page.reload()
    qtbot.waitUntil(lambda: len(page.timeline.years()) == 2)
    assert page.timeline.isVisible()
    room.window.resize(1400, 1000)
    page.set_size(96)
    qtbot.waitUntil(lambda: page.grid.verticalScrollBar().maximum() == 0)
    assert not page.timeline.isVisible()


@pytest.mark.usefixtures("page")
def test_a_person_has_years_too(room: Room, qtbot: QtBot) -> None:
    person = room.rows()[0]
    shown = room.window.pages[Kind.PERSON]
    assert isinstance(shown, PersonPage)
    shown.set_size(320)
    room.window.go(Place(Kind.PERSON, (person.id,)))
    qtbot.waitUntil(shown.timeline.isVisible)
    assert {one.year for one in shown.timeline.years()} == {2015, 2016}
    # From somebody with years to somebody of one year and back.
    other = room.rows()[3]
    room.window.go(Place(Kind.PERSON, (other.id,)))
    qtbot.waitUntil(lambda: len(shown.photos.photos.rows) == other.photo_count)
    room.window.actions_.back.trigger()
    qtbot.waitUntil(shown.timeline.isVisible)
