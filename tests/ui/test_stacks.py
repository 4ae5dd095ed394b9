"""Photos that stand together: the badge, the drawer, what can be said of them, and the switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed
from app.library.commands.collections import set_own
from app.library.commands.stacks import store_stacks
from app.library.models import Photo
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import find_person
from app.library.queries.photos import photos_of, timeline
from app.library.rows import PhotoSearch
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.photos.stack_badge import stack_badge
from app.ui.places import Kind, Place
from app.ui.search.page import SearchPage

if TYPE_CHECKING:
    from tests.ui.conftest import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PhotosPage:
    """All photos; the three newest of which are a stack with the second on top."""
    new, top, old = [row.id for row in timeline(room.library, room.collection_id)][:3]
    store_stacks(room.library, [new, top, old], [[top, new, old]])
    room.window.go(Place(Kind.PHOTOS))
    made = room.window.pages[Kind.PHOTOS]
    assert isinstance(made, PhotosPage)
    made._rest.setInterval(10)
    qtbot.waitUntil(lambda: len(made.grid.photos.rows) == 10)
    return made


def stack(room: Room) -> list[int]:
    """The photos of the one stack there is, the top first."""
    (top,) = {row.stack_id for row in Photo.select().where(Photo.stack.is_null(False))}
    return room_stack(room, top)


def room_stack(room: Room, photo_id: int) -> list[int]:
    return [row.id for row in room.window.desk.album.stack_of(photo_id)]


def open_drawer(page: PhotosPage, qtbot: QtBot) -> None:
    page.grid.setCurrentIndex(page.grid.photos.index(0))
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.drawer.photos) == 3)


def test_the_grid_shows_the_top_and_says_how_many_stand_under_it(
    room: Room, page: PhotosPage
) -> None:
    first = page.grid.photos.rows[0]
    assert first.stack == 2 and first.id == stack(room)[0]
    assert page.count.isVisible() and page.count.text() == "12 photos, 2 in stacks"
    index = page.grid.photos.index(0)
    assert "3 photos in this stack" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "3 photos in this stack" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    tile = page.grid.visualRect(index)
    assert tile.contains(stack_badge(tile, first, room.window.desk.theme))
    other = page.grid.photos.rows[1]
    assert stack_badge(tile, other, room.window.desk.theme).isEmpty()


def test_a_click_on_the_badge_opens_the_drawer_and_escape_closes_it(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    index = page.grid.photos.index(0)
    badge = stack_badge(
        page.grid.visualRect(index), page.grid.photos.rows[0], room.window.desk.theme
    )
    QTest.mouseClick(
        page.grid.viewport(), Qt.MouseButton.LeftButton, pos=page.grid.visualRect(index).center()
    )
    assert page.drawer.isHidden(), "that is only a click on the photo"
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    qtbot.waitUntil(lambda: page.drawer.isVisible())
    assert [row.id for row in page.drawer.photos] == stack(room)
    assert page.drawer.title.text() == "3 photos in this stack"
    QTest.keyClick(page.drawer.grid, Qt.Key.Key_Escape)
    assert page.drawer.isHidden() and not page.drawer.photos
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    qtbot.waitUntil(lambda: page.drawer.isVisible())
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.drawer.isHidden(), "from the grid above it, too"


def test_the_viewer_walks_through_the_stack(room: Room, page: PhotosPage, qtbot: QtBot) -> None:
    open_drawer(page, qtbot)
    assert page.drawer.grid.hasFocus()
    QTest.keyClick(page.drawer.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.drawer.grid, Qt.Key.Key_Return)
    viewer = room.window.viewer
    qtbot.waitUntil(viewer.isVisible)
    assert [row.id for row in viewer._photos] == stack(room) and viewer._here == 1


def test_another_photo_comes_on_top_and_undo_brings_the_first_back(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    top, second, third = stack(room)
    open_drawer(page, qtbot)
    assert not page.stacks.top.isEnabled(), "it is there already"
    QTest.keyClick(page.drawer.grid, Qt.Key.Key_End)
    assert page.drawer.chosen() == [third]
    page.stacks.top.trigger()
    qtbot.waitUntil(lambda: page.grid.photos.rows[0].id == third)
    qtbot.waitUntil(lambda: page.drawer.photos[0].id == third)
    assert len(page.grid.photos.rows) == 10
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: page.grid.photos.rows[0].id == top)
    assert stack(room) == [top, second, third]


def test_a_photo_that_is_taken_out_is_shown_by_itself(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    top = stack(room)[0]
    open_drawer(page, qtbot)
    page.stacks.out.trigger()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 11)
    qtbot.waitUntil(lambda: len(page.drawer.photos) == 2)
    assert top not in [row.id for row in page.drawer.photos]
    shown = {row.id: row.stack for row in page.grid.photos.rows}
    assert shown[top] == 0 and sorted(shown.values())[-1] == 1
    page.stacks.out.trigger()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 12)
    qtbot.waitUntil(page.drawer.isHidden)


def test_selected_photos_become_a_stack(room: Room, page: PhotosPage, qtbot: QtBot) -> None:
    assert not page.stacks.stack.isEnabled()
    page.grid.selectAll()
    assert page.stacks.stack.isEnabled() and page.stacks.stack in page.actions()
    page.stacks.stack.trigger()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 1)
    assert page.grid.photos.rows[0].stack == 11
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 10)


def test_the_menu_of_a_stack_leads_into_it(room: Room, page: PhotosPage, qtbot: QtBot) -> None:
    page.grid.setCurrentIndex(page.grid.photos.index(0))
    photo = room.window.desk.album.photo(page.grid.photos.rows[0].id)
    menu = page.grid.menu_for(0, photo, [])
    assert isinstance(menu, QMenu)
    texts = [act.text() for act in menu.actions()]
    assert "Photos in this stack" in texts and "Stack these photos" not in texts
    next(act for act in menu.actions() if act.text() == "Photos in this stack").trigger()
    qtbot.waitUntil(lambda: page.drawer.isVisible())
    menu.deleteLater()


def test_stacks_that_are_found_meanwhile_close_up_in_sight(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    ids = [row.id for row in page.grid.photos.rows][-2:]
    changes = store_stacks(room.library, ids, [ids])
    room.indexer.tell(Changed(changes))
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 9)
    assert page.grid.photos.rows[-1].stack == 1


def test_a_person_who_is_not_on_the_top_is_found_still(room: Room, qtbot: QtBot) -> None:
    anna = find_person(room.library, room.collection_id, "Anna").id
    theirs = [row.id for row in photos_of(room.library, [anna])]
    other = next(
        row.id for row in timeline(room.library, room.collection_id) if row.id not in theirs
    )
    store_stacks(room.library, [other, *theirs[:2]], [[other, *theirs[:2]]])
    room.window.go(Place(Kind.PERSON, (anna,)))
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == len(theirs) - 1)
    (shown,) = [row for row in page.photos.photos.rows if row.stack]
    assert shown.id in theirs[:2] and shown.stack == 1
    assert page.header.facts.text().startswith("4 photos, 1 in stacks")
    page.photos.setCurrentIndex(page.photos.photos.index_of(shown.id))
    page.stacks.show.trigger()
    qtbot.waitUntil(lambda: len(page.drawer.photos) == 3)
    hidden = next(one for one in theirs[:2] if one != shown.id)
    face = next(one for one in faces_in_photo(room.library, hidden) if one.person_id == anna)
    with qtbot.waitSignal(page.face_opened) as opened:
        page._open_photo(face)
    photos, place, face_id = opened.args
    assert (photos[place].id, face_id) == (hidden, face.id)
    page.header.show_faces(True)
    assert page.drawer.isHidden() and not page.stacks.show.isVisible()


def test_a_search_says_how_many_it_found_and_how_many_stand_under_others(
    room: Room, qtbot: QtBot
) -> None:
    ids = [row.id for row in timeline(room.library, room.collection_id)][:4]
    store_stacks(room.library, ids, [ids])
    room.window.go(
        Place(Kind.SEARCH, search=PhotoSearch(since=None, folder=room.library.path.parent))
    )
    page = room.window.pages[Kind.SEARCH]
    assert isinstance(page, SearchPage)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 9)
    qtbot.waitUntil(lambda: "12 photos, 3 in stacks" in page.filters.summary.text())


def test_the_view_menu_switches_stacks_off_for_this_collection(room: Room, qtbot: QtBot) -> None:
    act = room.window.actions_.stacks
    qtbot.waitUntil(act.isChecked)
    act.trigger()
    choices = room.indexer.choices
    qtbot.waitUntil(lambda: choices.of(room.collection_id).stacks == "off")
    qtbot.waitUntil(lambda: bool(room.indexer.heeded))
    assert not act.isChecked()
    set_own(room.library, room.collection_id, "stacks", None)
    room.indexer.tell(Changed(Changes(collections=frozenset({room.collection_id}))))
    qtbot.waitUntil(act.isChecked)


def test_without_a_stack_space_and_the_corner_do_nothing_special(
    page: PhotosPage, qtbot: QtBot
) -> None:
    index = page.grid.photos.index(3)
    page.grid.setCurrentIndex(index)
    with qtbot.assertNotEmitted(page.grid.stack_wanted):
        QTest.keyClick(page.grid, Qt.Key.Key_Space)
        corner = page.grid.visualRect(index).topLeft() + QPoint(8, 8)
        QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert not page.stacks.show.isEnabled()


def test_the_viewer_has_a_strip_of_the_stack_to_go_into_and_come_out_of(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    everyone = stack(room)
    page.grid.opened.emit(page.grid.photos.index(0))
    viewer = room.window.viewer
    qtbot.waitUntil(viewer.stack.isVisible)
    assert len(viewer._photos) == 10
    buttons = viewer.stack._buttons()
    assert [button.isChecked() for button in buttons] == [True, False, False]
    assert buttons[1].accessibleName() == "Photo 2 of 3 in this stack"
    buttons[1].click()
    qtbot.waitUntil(lambda: viewer.stack._buttons()[1].isChecked())
    assert [row.id for row in viewer._photos] == everyone and viewer._here == 1
    assert viewer.acts.stack.isChecked()
    viewer.acts.next.trigger()
    assert viewer._here == 2
    qtbot.waitUntil(lambda: viewer.stack._buttons()[2].isChecked())
    viewer.acts.stack.trigger()
    qtbot.waitUntil(lambda: len(viewer._photos) == 10)
    assert viewer._here == 0 and not viewer.acts.stack.isChecked()
    viewer.acts.next.trigger()
    qtbot.waitUntil(viewer.stack.isHidden)
    qtbot.waitUntil(lambda: not viewer.acts.stack.isEnabled())


def test_in_the_viewer_a_photo_comes_on_top_and_out_of_the_stack(
    room: Room, page: PhotosPage, qtbot: QtBot
) -> None:
    top, second, third = stack(room)
    page.grid.opened.emit(page.grid.photos.index(0))
    viewer = room.window.viewer
    qtbot.waitUntil(viewer.stack.isVisible)
    assert not viewer.acts.top.isEnabled() and viewer.acts.out.isEnabled()
    viewer.stack._buttons()[2].click()
    qtbot.waitUntil(viewer.acts.top.isEnabled)
    viewer.acts.top.trigger()
    qtbot.waitUntil(lambda: [row.id for row in viewer.stack.photos] == [third, second, top])
    viewer.acts.out.trigger()
    qtbot.waitUntil(viewer.stack.isHidden)
    assert room_stack(room, second) in ([top, second], [second, top])
    viewer.close_viewer()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 11)


def test_who_is_not_in_the_top_is_not_in_those_under_it_either(room: Room, qtbot: QtBot) -> None:
    anna = find_person(room.library, room.collection_id, "Anna").id
    theirs = [row.id for row in photos_of(room.library, [anna])]
    store_stacks(room.library, theirs, [theirs])
    room.window.go(Place(Kind.PERSON, (anna,)))
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 1)
    page.photos.setCurrentIndex(page.photos.photos.index(0))
    page.photos.reject.trigger()
    qtbot.waitUntil(lambda: not photos_of(room.library, [anna]))
    qtbot.waitUntil(lambda: room.window.actions_.undo.isEnabled())
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(photos_of(room.library, [anna])) == len(theirs))
