"""The first start: an invitation, a folder that is one click away, and a tour for who asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.library.commands.folders import ensure_collection
from app.library.database import Library
from app.ui.places import Kind
from app.ui.tour.walk import Walk
from app.ui.welcome.page import Welcome
from app.ui.welcome.pictures_folder import Guess, guess_photos, pictures_folder
from tests.ui.conftest import Room


@pytest.fixture
def pictures(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's pictures, with a few in it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Bilder & mehr"\n')
    folder = home / "Bilder & mehr"
    (folder / "2019").mkdir(parents=True)
    (folder / ".cache").mkdir()
    names = ("a.jpg", "2019/b.HEIC", "2019/c.nef", "letter.pdf", "d.mp4", ".cache/e.jpg", ".f.jpg")
    for name in names:
        (folder / name).touch()
    (folder / "again").symlink_to(folder / "2019")
    return folder


@pytest.fixture
def first(furnish: Callable[[int], Room], library: Library, qtbot: QtBot) -> Room:
    """A window over an album in which nothing is yet."""
    room = furnish(ensure_collection(library, "Photos").id)
    qtbot.waitUntil(lambda: room.window.invitations.is_empty)
    qtbot.waitUntil(room.window.invitations.empty.isVisible)
    return room


def welcome(room: Room) -> Welcome:
    return room.window.invitations.empty


# -- the folder of pictures ----------------------------------------------------------------


def test_photos_are_counted_by_their_names(pictures: Path) -> None:
    assert pictures_folder() == pictures
    assert guess_photos(pictures) == Guess(3, True)
    assert guess_photos(pictures, is_over=lambda: True) == Guess(0, False)
    assert guess_photos(pictures / "not there") == Guess(0, True)


@pytest.mark.usefixtures("pictures")
def test_a_home_without_a_folder_for_pictures_has_none_to_offer(home: Path) -> None:
    (home / ".config" / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/"\n')
    assert pictures_folder() is None
    (home / ".config" / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Nowhere"\n')
    assert pictures_folder() is None


def test_the_folder_of_pictures_is_one_click_away(
    pictures: Path, first: Room, qtbot: QtBot
) -> None:
    page = welcome(first)
    qtbot.waitUntil(page.usual.isVisible)
    assert page.usual.text() == "Add “Bilder && mehr”"
    qtbot.waitUntil(lambda: "about 3 photos" in page.count.text())
    assert "Bilder & mehr" in page.count.text()
    assert page.usual.accessibleDescription() == page.count.text()
    assert first.indexer.asked == [], "nothing starts by itself"
    QTest.mouseClick(page.usual, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: first.indexer.asked == [("index", [pictures])])


def test_where_there_is_none_or_nothing_in_it_only_a_folder_is_asked_for(
    first: Room, qtbot: QtBot, pictures: Path
) -> None:
    for file in pictures.rglob("*"):
        if file.is_file():
            file.unlink()
    page = Welcome(first.window.desk.theme, first.window.desk.icons, first.window.desk.background)
    qtbot.addWidget(page)
    page.show()
    told = []
    page._tell, tell = lambda guess: told.append(tell(guess)), page._tell  # type: ignore[method-assign]
    page._offer(pictures)
    qtbot.waitUntil(lambda: bool(told))
    assert not page.usual.isVisible() and page.button.isVisible() and not page.count.text()


# -- the page ------------------------------------------------------------------------------


def test_three_sentences_say_what_stays_private(first: Room) -> None:
    page = welcome(first)
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    sentences = [text for text in told if text.endswith(".")]
    assert sum("computer" in text for text in sentences) == 1
    assert sum("never changed" in text for text in sentences) == 1
    assert sum("erased" in text for text in sentences) == 1


@pytest.mark.parametrize("size", [(820, 520), (820, 600), (1280, 840), (1920, 1080)])
def test_it_fits_into_windows_small_and_large(
    first: Room, qtbot: QtBot, size: tuple[int, int]
) -> None:
    page = welcome(first)
    first.window.resize(*size)
    qtbot.waitUntil(lambda: first.window.width() == size[0])
    QApplication.processEvents()
    if size[1] >= 600:
        assert page.verticalScrollBar().maximum() == 0
    for widget in page.findChildren(QPushButton):
        if widget.isVisible():
            place = QRect(widget.mapTo(page, QPoint()), widget.size())
            assert place.left() >= 0 and place.right() <= page.width()


def test_tab_goes_through_all_that_can_be_done(first: Room, qtbot: QtBot) -> None:
    page = welcome(first)
    qtbot.waitUntil(page.button.hasFocus)
    seen = []
    for _ in range(12):
        QTest.keyClick(first.window, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert {page.tour, page.guide, page.button} <= set(seen)


def test_the_guide_is_opened_from_there(first: Room, qtbot: QtBot) -> None:
    QTest.mouseClick(welcome(first).guide, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(first.furniture.guide.window.isVisible)
    assert first.furniture.guide.window.here == "welcome"


# -- the tour ------------------------------------------------------------------------------


def tour(room: Room, qtbot: QtBot) -> Walk:
    """The tour, as it has just begun."""
    room.window.actions_.tour.trigger()
    walk = room.window.dialogs.walk
    assert walk is not None
    qtbot.waitUntil(walk.bubble.isVisible)
    qtbot.waitUntil(walk.bubble.on.hasFocus)
    return walk


def titles(walk: Walk, room: Room) -> list[str]:
    """What the tour says to somebody who just presses Enter."""
    found = []
    while not walk._is_over:
        found.append(walk.bubble.title.text())
        part, window = walk.spotlight._part, room.window.rect()
        assert window.contains(part) and part.isValid()
        place = walk.bubble.geometry()
        assert window.contains(place)
        assert walk.bubble.accessibleName() and walk.bubble.on.accessibleDescription()
        QTest.keyClick(walk.bubble.on, Qt.Key.Key_Return)
    return found


def test_nobody_is_shown_around_unasked(first: Room) -> None:
    assert first.window.dialogs.walk is None


def test_the_tour_points_at_the_parts_of_the_window(room: Room, qtbot: QtBot) -> None:
    room.window.go(room.window.trail.here)
    walk = tour(room, qtbot)
    shown = titles(walk, room)
    assert len(shown) == 5 and "One card for each person" in shown
    assert "Your people will be here" not in shown
    qtbot.waitUntil(room.people.grid.hasFocus)
    assert room.names() == ["Anna", "Ben"], "nothing was done by that"


def test_it_begins_at_the_people_whatever_page_is_in_sight(room: Room, qtbot: QtBot) -> None:
    QTest.keyClick(room.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    tour(room, qtbot)
    assert room.window.trail.here.kind == Kind.PEOPLE


def test_an_album_without_people_has_a_tour_of_what_there_is(first: Room, qtbot: QtBot) -> None:
    QTest.mouseClick(welcome(first).tour, Qt.MouseButton.LeftButton)
    walk = first.window.dialogs.walk
    assert walk is not None
    qtbot.waitUntil(walk.bubble.isVisible)
    shown = titles(walk, first)
    assert len(shown) == 4 and "Your people will be here" in shown


def test_the_tour_goes_back_and_ends_by_escape(room: Room, qtbot: QtBot) -> None:
    walk = tour(room, qtbot)
    begin = walk.bubble.title.text()
    QTest.keyClick(walk.bubble, Qt.Key.Key_Right)
    assert walk.bubble.title.text() != begin and walk.bubble.back.isVisible()
    for _ in range(3):  # Tab stays within
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and walk.bubble.isAncestorOf(focus)
    QTest.keyClick(walk.bubble, Qt.Key.Key_Left)
    assert walk.bubble.title.text() == begin and not walk.bubble.back.isVisible()
    room.window.resize(900, 560)
    qtbot.waitUntil(lambda: walk.spotlight.size() == room.window.size())
    bubble = walk.bubble
    QTest.keyClick(bubble.on, Qt.Key.Key_Escape)
    qtbot.waitUntil(room.people.grid.hasFocus)
    assert walk._is_over


def test_who_goes_elsewhere_is_not_held_back(room: Room, qtbot: QtBot) -> None:
    walk = tour(room, qtbot)
    QTest.keyClick(walk.bubble.on, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert room.window.trail.here.kind == Kind.PHOTOS
    qtbot.waitUntil(lambda: walk._is_over)


def test_asking_twice_begins_anew(room: Room, qtbot: QtBot) -> None:
    walk = tour(room, qtbot)
    walk.step(1)
    again = tour(room, qtbot)
    assert again is not walk and walk._is_over and again._here == 0
