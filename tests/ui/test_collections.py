"""Collections in the window: the switcher, going from one to another, making and deleting them."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import SIGNAL, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed, Progressed
from app.library.commands.collections import delete_collection, rename_collection
from app.library.commands.folders import create_collection
from app.library.queries.collections import collections
from app.library.rows import TaskState, TaskType
from app.progress import Progress
from app.ui.collections.asking import DeleteDialog, NewDialog, RenameDialog
from app.ui.details import DetailsDialog
from app.ui.places import Kind, Place
from app.ui.window_state import WindowState

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shop(room: Room, qtbot: QtBot) -> int:
    """There is another collection, and the window has heard of it."""
    made = create_collection(room.library, "Shop", "counter")
    know(room, qtbot, "Photos", "Shop")
    return made.id


def know(room: Room, qtbot: QtBot, *names: str) -> None:
    """The window has heard which collections there are."""
    room.furniture.collections.refresh()
    qtbot.waitUntil(lambda: [row.name for row in room.furniture.collections.rows] == [*names])


def here(room: Room) -> int:
    """The collection in sight."""
    return room.window.desk.album.collection_id


def go(room: Room, number: int, qtbot: QtBot) -> None:
    """Choose a collection, and wait until its page has been read."""
    room.furniture.collections.go(number)
    qtbot.waitUntil(lambda: here(room) == number)
    qtbot.waitUntil(room.window.updatesEnabled)


def names(room: Room) -> list[str]:
    return [row.name for row in collections(room.library)]


def open_menu(room: Room) -> QMenu:
    """The menu of the switcher, by its key."""
    QTest.keyClick(room.window, Qt.Key.Key_K, CONTROL | SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def lines(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def entry(menu: QMenu, name: str) -> QAction:
    return next(one for one in menu.actions() if one.text().partition("\t")[0] == name)


# -- the switcher --------------------------------------------------------------------------


def test_with_one_collection_it_is_quiet(room: Room, qtbot: QtBot) -> None:
    switcher = room.window.sidebar.switcher
    know(room, qtbot, "Photos")
    assert switcher.text() == "Kinfolk" and switcher.isVisible()
    assert room.window.windowTitle() == "People"
    assert not room.window.actions_.delete_collection.isEnabled(), "it is the only one"
    menu = open_menu(room)
    qtbot.waitUntil(lambda: lines(menu)[0] == "Photos\t4 people  ✓")
    assert lines(menu)[1:] == [
        "New collection…",
        "Rename…",
        "Settings of this collection…",
        "Delete…",
    ]
    menu.close()


def test_it_names_the_one_in_sight_and_offers_all(room: Room, shop: int, qtbot: QtBot) -> None:
    switcher = room.window.sidebar.switcher
    assert switcher.text() == "Photos" and switcher.accessibleName() == "Collection Photos"
    assert room.window.windowTitle() == "People · Photos"
    menu = open_menu(room)
    qtbot.waitUntil(lambda: lines(menu)[:2] == ["Photos\t4 people  ✓", "Shop\tempty"])
    assert [entry(menu, name).isChecked() for name in ("Photos", "Shop")] == [True, False]
    assert not entry(menu, "Photos").icon().isNull()
    entry(menu, "Shop").trigger()
    qtbot.waitUntil(lambda: here(room) == shop)
    assert room.window.sidebar.switcher.text() == "Shop"
    assert room.window.windowTitle() == "People · Shop"


def test_the_keyboard_reaches_it(room: Room, shop: int, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    sidebar.entries()[0].setFocus()
    QTest.keyClick(sidebar.entries()[0], Qt.Key.Key_Up)
    assert sidebar.switcher.hasFocus()
    QTest.keyClick(sidebar.switcher, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and menu.activeAction().text().startswith("Photos")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: here(room) == shop)


def test_the_menu_bar_offers_the_same(room: Room, shop: int, qtbot: QtBot) -> None:
    menu = room.window.menus.collections
    menu.aboutToShow.emit()
    assert [line.partition("\t")[0] for line in lines(menu)][:3] == [
        "Photos",
        "Shop",
        "New collection…",
    ]
    entry(menu, "Shop").trigger()
    qtbot.waitUntil(lambda: here(room) == shop)


@pytest.mark.usefixtures("shop")
def test_what_one_is_called_elsewhere_is_seen(room: Room, qtbot: QtBot) -> None:
    rename_collection(room.library, here(room), "Family")
    room.furniture.bridge.listen(Changed(Changes(collections=frozenset({here(room)}))))
    qtbot.waitUntil(lambda: room.window.sidebar.switcher.text() == "Family")
    assert room.window.windowTitle() == "People · Family"


# -- going from one to another -------------------------------------------------------------


def test_everything_follows_and_comes_back(room: Room, shop: int, qtbot: QtBot) -> None:
    window, home = room.window, here(room)
    shape = window.geometry()
    qtbot.waitUntil(lambda: window.actions_.undo.isEnabled())
    go(room, shop, qtbot)
    assert room.window is window and window.geometry() == shape
    qtbot.waitUntil(window.invitations.empty.isVisible)
    assert window.sidebar.entries()[0].text() == "People" and not window.desk.named.rows
    qtbot.waitUntil(lambda: not window.actions_.undo.isEnabled())  # nothing was said here
    qtbot.waitUntil(lambda: not window.sidebar._entries[Kind.VISITORS].isHidden())
    window.add([Path("/nowhere")])
    qtbot.waitUntil(lambda: room.indexer.asked == [("index", [Path("/nowhere")])])
    go(room, home, qtbot)
    qtbot.waitUntil(lambda: len(window.desk.named.rows) == 2)
    qtbot.waitUntil(lambda: len(window.sidebar.entries()) == 9)
    qtbot.waitUntil(lambda: "Ben" in window.actions_.undo.text())
    assert window.sidebar._entries[Kind.VISITORS].isHidden()


def test_the_page_stays_where_both_have_it(room: Room, shop: int, qtbot: QtBot) -> None:
    window, home = room.window, here(room)
    window.go(Place(Kind.PHOTOS))
    go(room, shop, qtbot)
    assert window.trail.here == Place(Kind.PHOTOS) and not window.trail.can_go_back
    window.go(Place(Kind.VISITORS))
    go(room, home, qtbot)
    assert window.trail.here == Place(Kind.PEOPLE), "an album has no visitors"


def test_what_was_said_before_is_carried_out_where_it_was_said(
    room: Room, shop: int, qtbot: QtBot
) -> None:
    home, deeds = here(room), room.window.desk.deeds
    nobody = next(row for row in room.rows() if not row.name)
    deeds.name(nobody.id, "Carl")
    go(room, shop, qtbot)
    assert "Carl" in room.names()
    qtbot.waitUntil(lambda: home in room.indexer.spoken_of)
    assert shop not in room.indexer.spoken_of


def test_the_strip_goes_on_with_the_work_under_way(room: Room, shop: int, qtbot: QtBot) -> None:
    strip = room.window.strip
    room.indexer.tell(Progressed(Progress("one", TaskType.INDEX, TaskState.RUNNING, 3, 12)))
    qtbot.waitUntil(strip.isVisible)
    go(room, shop, qtbot)
    qtbot.waitUntil(strip.isVisible)
    assert room.window.strip is strip and strip.is_busy
    assert room.window.frame.isAncestorOf(strip)
    strip.cancel_wanted.emit("one")
    qtbot.waitUntil(lambda: room.indexer.asked == [("cancel", "one")])
    strip.details_wanted.emit()
    assert len(room.window.findChildren(DetailsDialog)) == 1


def test_a_dialog_does_not_outlive_its_collection(room: Room, shop: int, qtbot: QtBot) -> None:
    room.window.dialogs.show_settings()
    assert QApplication.activeModalWidget() is not None
    go(room, shop, qtbot)
    assert QApplication.activeModalWidget() is None


def test_in_full_screen_the_menu_stays_away(room: Room, shop: int, qtbot: QtBot) -> None:
    room.window.toggle_full_screen()
    qtbot.waitUntil(room.window.menuBar().isHidden)
    go(room, shop, qtbot)
    assert room.window.isFullScreen() and room.window.menuBar().isHidden()
    assert room.window.actions_.full_screen.isChecked()


def test_nothing_is_left_behind(room: Room, shop: int, qtbot: QtBot) -> None:
    """Twenty times there and back: as many threads, listeners and objects as before."""
    window, home = room.window, here(room)

    def all_made() -> None:
        qtbot.waitUntil(lambda: set(window.pages.made) == set(Kind), timeout=20_000)
        qtbot.waitUntil(lambda: window._viewer is not None, timeout=20_000)

    def state() -> tuple[int, ...]:
        furniture = room.furniture
        heard = (
            furniture.bridge.receivers(SIGNAL("changed(PyObject)")),
            furniture.bridge.receivers(SIGNAL("progressed(PyObject)")),
            furniture.pictures.receivers(SIGNAL("arrived()")),
            furniture.theme.receivers(SIGNAL("changed()")),
            furniture.background.receivers(SIGNAL("failed(QString)")),
            furniture.collections.receivers(SIGNAL("changed()")),
            window.strip.receivers(SIGNAL("details_wanted()")),
        )
        return (*heard, len(window.findChildren(QObject)), len(window.actions()))

    go(room, shop, qtbot)
    go(room, home, qtbot)
    all_made()
    qtbot.waitUntil(lambda: len(window.sidebar.entries()) == 9)
    before, threads = state(), threading.active_count()
    del room.people  # it holds on to the page of the first desk
    gone: list[weakref.ref[object]] = []
    for _ in range(20):
        for number in (shop, home):
            gone.append(weakref.ref(window.desk.album))
            gone.append(weakref.ref(window.sidebar))
            go(room, number, qtbot)
    all_made()
    qtbot.waitUntil(lambda: len(window.sidebar.entries()) == 9)

    def is_no_more() -> bool:
        return all(now <= then for now, then in zip(state(), before, strict=True))

    qtbot.waitUntil(is_no_more)  # something may still have been moving before
    assert threading.active_count() < threads + 8, "pools grow to their bounds, and no further"
    assert len(room.indexer.listeners) == 1

    def left() -> list[str]:
        gc.collect()
        return [type(one()).__name__ for one in gone if one() is not None]

    qtbot.waitUntil(lambda: not left())  # reads that were under way end first
    room.furniture.theme.changed.emit()
    room.furniture.pictures.arrived.emit()
    room.furniture.bridge.listen(Changed(Changes(regrouped=True)))
    qtbot.waitUntil(lambda: len(window.desk.named.rows) == 2)


# -- making, renaming, deleting ------------------------------------------------------------


def test_a_new_one_is_gone_to(room: Room, qtbot: QtBot) -> None:
    room.window.actions_.new_collection.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewDialog) and not dialog.yes.isEnabled()
    QTest.keyClicks(dialog.name, "photos")
    dialog.accept()
    qtbot.waitUntil(dialog.status.isVisible)
    assert "“Photos”" in dialog.status.text() and dialog.isVisible()
    dialog.name.setText(" Front  door ")
    dialog.kinds["camera"].click()
    assert not dialog.status.isVisible() and dialog.name.placeholderText() == "Front door"
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: here(room) != room.collection_id)
    made = next(row for row in collections(room.library) if row.id == here(room))
    assert (made.name, made.kind) == ("Front door", "camera")
    qtbot.waitUntil(lambda: room.window.sidebar.switcher.text() == "Front door")
    qtbot.waitUntil(lambda: not room.window.sidebar._entries[Kind.ALERTS].isHidden())


@pytest.mark.usefixtures("shop")
def test_renaming_can_be_undone(room: Room, qtbot: QtBot) -> None:
    room.window.actions_.rename_collection.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RenameDialog) and dialog.name.text() == "Photos"
    dialog.name.setText("shop")
    dialog.accept()
    qtbot.waitUntil(dialog.status.isVisible)
    dialog.name.setText("Family")
    dialog.accept()
    qtbot.waitUntil(lambda: room.window.sidebar.switcher.text() == "Family")
    assert "Family" in room.window.message.label.text()
    room.window.message.undo.click()
    qtbot.waitUntil(lambda: room.window.sidebar.switcher.text() == "Photos")
    qtbot.waitUntil(lambda: "Ben" in room.window.actions_.undo.text())


def delete(room: Room, qtbot: QtBot) -> None:
    """Delete the collection in sight as a user does."""
    left = here(room)
    room.window.actions_.delete_collection.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DeleteDialog) and dialog.no.isDefault()
    assert "30 days" in dialog.accessibleDescription()
    dialog.yes.click()
    qtbot.waitUntil(lambda: here(room) != left)
    qtbot.waitUntil(room.window.updatesEnabled)


def test_deleting_leaves_it_and_undo_brings_it_back(room: Room, shop: int, qtbot: QtBot) -> None:
    delete(room, qtbot)
    assert names(room) == ["Shop"] and here(room) == shop
    assert room.window.message.label.text() == "Deleted the collection Photos"
    qtbot.waitUntil(lambda: [row.name for row in room.furniture.collections.rows] == ["Shop"])
    assert room.window.sidebar.switcher.text() == "Kinfolk"
    qtbot.waitUntil(lambda: bool(room.indexer.heeded))
    assert room.collection_id in room.indexer.heeded[-1].collections
    assert room.indexer.heeded[-1].folders, "they are not watched any more"
    room.window.message.undo.click()
    qtbot.waitUntil(lambda: here(room) == room.collection_id)
    assert names(room) == ["Photos", "Shop"]
    qtbot.waitUntil(lambda: len(room.window.desk.named.rows) == 2)
    qtbot.waitUntil(lambda: len(room.indexer.heeded) == 2)


def test_the_history_brings_it_back_and_deletes_it_again(
    room: Room, shop: int, qtbot: QtBot
) -> None:
    delete(room, qtbot)
    window = room.window
    window.go(Place(Kind.HISTORY))
    qtbot.waitUntil(lambda: "Photos" in window.actions_.undo.text())
    window.actions_.undo.trigger()
    qtbot.waitUntil(
        lambda: [row.name for row in room.furniture.collections.rows] == ["Photos", "Shop"]
    )
    assert here(room) == shop
    qtbot.waitUntil(lambda: len(room.indexer.heeded) == 2)
    qtbot.waitUntil(window.actions_.redo.isEnabled)
    window.actions_.redo.trigger()
    qtbot.waitUntil(lambda: [row.name for row in room.furniture.collections.rows] == ["Shop"])
    qtbot.waitUntil(lambda: len(room.indexer.heeded) == 3)


def test_one_that_is_deleted_elsewhere_is_left(room: Room, shop: int, qtbot: QtBot) -> None:
    delete_collection(room.library, room.collection_id)
    room.furniture.bridge.listen(Changed(Changes(collections=frozenset({room.collection_id}))))
    qtbot.waitUntil(lambda: here(room) == shop)
    qtbot.waitUntil(lambda: "deleted" in room.window.message.label.text())


def test_one_that_is_gone_is_not_gone_to(room: Room, shop: int, qtbot: QtBot) -> None:
    delete_collection(room.library, shop)
    room.furniture.collections.go(shop)
    qtbot.waitUntil(lambda: "no such collection" in room.window.message.label.text())
    assert here(room) == room.collection_id
    qtbot.waitUntil(lambda: len(room.furniture.collections.rows) == 1)


# -- at the next start ---------------------------------------------------------------------


def test_the_window_opens_at_the_collection_that_was_in_sight(
    room: Room, shop: int, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "window.json"
    state = WindowState(file)
    assert state.collection is None and not state.is_several
    go(room, shop, qtbot)
    state.keep(room.window)
    assert WindowState(file).collection == shop and WindowState(file).is_several
    file.write_text('{"collection": "x", "several": 1}', encoding="utf-8")
    assert state.collection is None and not state.is_several
