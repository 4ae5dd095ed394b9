"""The window around the pages: menus, undo, messages, the sidebar, and how it was left."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Progressed, Troubled
from app.indexing.tasks import refused_task
from app.library.commands.folders import set_folder_state
from app.library.commands.people import name_person
from app.library.commands.photos import mark_stale
from app.library.commands.tasks import end_task, start_task
from app.library.database import Library
from app.library.queries.folders import folders
from app.library.rows import FolderState, TaskState, TaskType
from app.progress import Progress
from app.ui.about import AboutDialog
from app.ui.deeds import Offer
from app.ui.places import Kind, Place
from app.ui.widgets.act import add_act, add_gap
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.name_dialog import NameDialog
from app.ui.window_state import WindowState

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def menu_called(room: Room, title: str) -> QMenu:
    found = [action.menu() for action in room.window.menuBar().actions()]
    return next(m for m in found if isinstance(m, QMenu) and m.title().replace("&", "") == title)


def open_menu(menu: QMenu) -> list[str]:
    """What a menu shows once it is about to."""
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def anna(room: Room) -> int:
    return next(row.id for row in room.rows() if row.name == "Anna")


def focus() -> object:
    return QApplication.focusWidget()


# -- menus ---------------------------------------------------------------------------------


def test_every_action_of_the_window_is_in_a_menu_and_shows_its_key(room: Room) -> None:
    bar = room.window.menuBar()
    assert not bar.isHidden() and bar.isNativeMenuBar() in (True, False)
    listed = {action for menu in room.window.menus.menus() for action in menu.actions()}
    own = [action for action in room.window.actions() if isinstance(action, QAction)]
    assert own and set(own) <= listed
    for action in own:
        if action.shortcuts():
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            assert key in action.toolTip()


def test_the_page_in_sight_has_a_menu_of_its_acts(room: Room, qtbot: QtBot) -> None:
    page = room.window.pages[Kind.REVIEW]
    done: list[str] = []
    before = [act for act in page.actions() if not act.isSeparator()]
    act = add_act(page, "Say yes", lambda: done.append("yes"), "Ctrl+Shift+Y")
    add_gap(page)
    room.window.go(Place(Kind.REVIEW))
    menu = menu_called(room, page.menu_title)
    assert menu.menuAction().isVisible()
    assert "&" in menu.title(), "Alt and a letter open it"
    assert open_menu(menu)[len(before) :] == ["Say yes"]
    act.setEnabled(False)
    assert [one.isEnabled() for one in menu.actions() if one.text() == "Say yes"] == [False]
    act.setEnabled(True)
    next(one for one in menu.actions() if one.text() == "Say yes").trigger()
    assert done == ["yes"]
    add_act(page, "Say no", lambda: done.append("no"))
    assert open_menu(menu)[-1] == "Say no", "an act that came later is there, too"
    QTest.keyClick(page, Qt.Key.Key_Y, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: done == ["yes", "yes"])


def test_a_page_without_acts_has_no_menu(room: Room) -> None:
    page = room.window.pages[Kind.HISTORY]
    room.window.go(Place(Kind.HISTORY))
    assert room.window.menus.own.menuAction().isVisible()
    for act in page.actions():
        page.removeAction(act)
    room.window.go(Place(Kind.HISTORY))
    assert not room.window.menus.own.menuAction().isVisible()


def test_letters_that_open_menus_are_each_used_once(room: Room) -> None:
    for kind in room.window.pages:
        if kind != Kind.PERSON:
            room.window.go(Place(kind))
            titles = room.window.menus.titles()
            letters = [title[title.index("&") + 1].casefold() for title in titles]
            assert len(set(letters)) == len(letters), titles


def test_the_menu_of_orders_is_that_of_the_page(room: Room, qtbot: QtBot) -> None:
    order = room.window.menus.order
    assert order.isEnabled()
    assert open_menu(order) == ["Most photos", "Name", "Recently seen", "Recently changed"]
    assert [action.isChecked() for action in order.actions()] == [True, False, False, False]
    order.actions()[1].trigger()
    assert room.people.sort() == "name"
    room.window.go(Place(Kind.HISTORY))
    assert not order.isEnabled()
    assert not room.window.actions_.larger.isEnabled()
    qtbot.wait(1)


def test_full_screen_hides_the_menu_and_keeps_the_keys(room: Room, qtbot: QtBot) -> None:
    window = room.window
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.waitUntil(window.menuBar().isHidden)
    assert "F11" in window.message.label.text()
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.trail.here.kind == Kind.PHOTOS
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.menuBar().isHidden())
    assert not window.actions_.full_screen.isChecked()


def test_about_says_what_happens_where(room: Room, qtbot: QtBot) -> None:
    room.window.actions_.about.trigger()
    (dialog,) = room.window.findChildren(AboutDialog)
    assert "this computer" in dialog.accessibleDescription()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not room.window.findChildren(AboutDialog))


# -- undo ----------------------------------------------------------------------------------


def test_the_menu_says_what_undo_would_take_back(room: Room, qtbot: QtBot) -> None:
    acts = room.window.actions_
    qtbot.waitUntil(lambda: acts.undo.text() == "Undo “Named Ben”")
    assert not acts.redo.isEnabled() and acts.redo.text() == "Redo"
    room.window.desk.deeds.name(anna(room), "Anna & Co")
    qtbot.waitUntil(lambda: acts.undo.text().endswith("Anna && Co”"))
    for _ in range(3):
        acts.undo.trigger()
    qtbot.waitUntil(lambda: acts.undo.text() == "Undo")
    assert not acts.undo.isEnabled()
    assert acts.redo.text() == "Redo “Named Anna”" and acts.redo.isEnabled()


def test_undo_works_from_every_page_and_from_a_photo(room: Room, qtbot: QtBot) -> None:
    window = room.window
    for kind in window.pages:
        people = (anna(room),) if kind == Kind.PERSON else ()
        window.go(Place(kind, people))
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)  # type: ignore[call-overload]
        qtbot.waitUntil(lambda: room.names() == ["Anna"])
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL | SHIFT)  # type: ignore[call-overload]
        qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)  # type: ignore[call-overload]
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    QTest.keyClick(focus(), Qt.Key.Key_Y, CONTROL)  # type: ignore[call-overload]
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])


def test_in_a_field_undo_takes_back_typing_and_else_the_last_word(room: Room, qtbot: QtBot) -> None:
    edit = room.window.top_bar.search.edit
    edit.setFocus()
    QTest.keyClicks(edit, "xyz")
    QTest.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    assert edit.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_Y, CONTROL)
    assert edit.text() == "xyz"
    assert room.names() == ["Anna", "Ben"]
    edit.setText("")
    QTest.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    QTest.keyClick(edit, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])


def test_after_a_dialog_the_keyboard_is_with_the_page_again(room: Room, qtbot: QtBot) -> None:
    dialog = NameDialog("Who?", "Save", room.window.desk.named.names, room.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    with qtbot.waitExposed(dialog):
        dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: focus() is room.people.grid)
    QTest.keyClick(room.people.grid, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: room.names() == ["Anna"])


def test_whoever_is_destroyed_gives_the_keyboard_back(room: Room, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit

    editor = QLineEdit(room.people.grid.viewport())
    editor.show()
    editor.setFocus()
    editor.deleteLater()
    qtbot.waitUntil(lambda: focus() is room.people.grid)


# -- messages ------------------------------------------------------------------------------


def test_a_message_covers_no_card(room: Room, qtbot: QtBot) -> None:
    room.window.desk.deeds.name(anna(room), "Anne")
    qtbot.waitUntil(room.window.message.isVisible)
    QApplication.processEvents()
    message, page = room.window.message, room.people
    bottom = page.mapToGlobal(QPoint(0, page.height())).y()
    assert message.mapToGlobal(QPoint(0, 0)).y() >= bottom


def test_a_message_lies_above_the_photo_in_the_viewer(room: Room, qtbot: QtBot) -> None:
    window = room.window
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    window.desk.deeds.undo()
    qtbot.waitUntil(window.message.isVisible)
    assert window.viewer.isAncestorOf(window.message)
    assert window.message.y() == 0
    window.viewer.close_viewer()
    assert window.message.isVisible() and not window.viewer.isAncestorOf(window.message)


def test_a_newer_message_over_a_photo_has_room_of_its_own(room: Room, qtbot: QtBot) -> None:
    window, message = room.window, room.window.message
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    message.say("Named Ben", True)
    qtbot.waitUntil(message.isVisible)
    QApplication.processEvents()
    for text, can_undo in (
        ("Named Benjamin and said that two more are strangers", True),
        ("There is nothing", False),
        ("Undone: Named Benjamin and said that two are strangers", True),
    ):
        message.say(text, can_undo)
        pill = message.undo.parentWidget()
        assert pill is not None and message.rect().contains(pill.geometry())
        wanted = message.label.fontMetrics().horizontalAdvance(text)
        assert message.label.width() >= wanted
        if can_undo:
            assert message.label.geometry().right() < message.undo.geometry().left()
            assert message.undo.width() >= message.undo.sizeHint().width()
            assert message.undo.geometry().right() < pill.width()
        else:
            left = message.label.x()
            assert left == pill.width() - message.label.geometry().right() - 1, "in the middle"
        QApplication.processEvents()


def test_undo_is_followed_by_redo(room: Room, qtbot: QtBot) -> None:
    window = room.window
    window.desk.deeds.undo()
    qtbot.waitUntil(lambda: window.message.label.text() == "Undone: Named Ben")
    assert window.message.undo.text() == "Redo"
    QTest.mouseClick(window.message.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])
    qtbot.waitUntil(lambda: window.message.label.text() == "Redone: Named Ben")
    assert window.message.undo.text() == "Undo"


def test_a_message_leaves_with_the_page_and_with_escape(room: Room, qtbot: QtBot) -> None:
    window = room.window
    for leave in (
        lambda: window.go(Place(Kind.PHOTOS)),
        lambda: window.go_back(),
        lambda: QTest.keyClick(window.message.undo, Qt.Key.Key_Escape),
    ):
        window.message.say("Named Clara", True)
        window.message.undo.setFocus()
        assert window.message.isVisible()
        leave()
        assert not window.message.isVisible()
        qtbot.waitUntil(lambda: window.frame.page.isAncestorOf(focus()))  # type: ignore[arg-type]


def test_a_message_stays_while_the_keyboard_is_with_it(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.widgets.message_bar._SECONDS_TO_ACT", 0.05)
    monkeypatch.setattr("app.ui.widgets.message_bar._SECONDS_MORE", 0.05)
    message = room.window.message
    message.say("Named Clara", True)
    message.undo.setFocus()
    qtbot.wait(250)
    assert message.isVisible()
    room.people.grid.setFocus()
    qtbot.waitUntil(lambda: not message.isVisible())


def test_a_newer_message_takes_the_place_of_an_older_one(room: Room) -> None:
    message: MessageBar = room.window.message
    message.say("Named Clara", True)
    shown: list[str] = []
    message.offer("Undone: Named Clara", Offer("Redo", lambda: shown.append("redo")))
    assert message.isVisible() and message.undo.text() == "Redo"
    QTest.mouseClick(message.undo, Qt.MouseButton.LeftButton)
    assert shown == ["redo"] and not message.isVisible()
    message.say("Nothing to see")
    assert not message.undo.isVisible()


def test_a_long_message_is_shown_in_full(room: Room) -> None:
    room.window.resize(820, 560)
    message = room.window.message
    message.say("Named somebody with a remarkably long name. " * 5, True)
    QApplication.processEvents()
    assert message.label.height() > 2 * message.label.fontMetrics().height()
    assert message.label.width() < room.people.width()
    assert message.undo.geometry().right() < message.width()


def test_a_message_that_fits_has_one_line(room: Room) -> None:
    message = room.window.message
    message.say("“Holiday” is not in the album any more. Its files are where they were.", True)
    QApplication.processEvents()
    assert message.label.height() < 1.6 * message.label.fontMetrics().height()


def test_the_top_bar_fits_into_the_smallest_window(room: Room, qtbot: QtBot) -> None:
    room.window.resize(room.window.minimumSize())
    for kind in (Kind.PEOPLE, Kind.PHOTOS, Kind.HISTORY):
        room.window.go(Place(kind))
        qtbot.wait(10)
        bar = room.window.top_bar
        shown = sorted(
            (child.geometry() for child in bar.children() if getattr(child, "isVisible", bool)()),
            key=lambda area: area.x(),
        )
        assert all(one.right() < two.x() for one, two in pairwise(shown)), kind
        assert shown[-1].right() <= bar.width()
        for child in bar.children():
            if isinstance(child, QToolButton) and child.isVisible():
                assert child.width() >= child.sizeHint().width(), kind


def test_a_short_title_is_never_cut(room: Room, qtbot: QtBot) -> None:
    window, bar = room.window, room.window.top_bar
    for width, height in ((window.minimumWidth(), window.minimumHeight()), (900, 600), (1280, 800)):
        window.resize(width, height)
        for kind in (Kind.PEOPLE, Kind.PHOTOS, Kind.HISTORY):
            window.go(Place(kind))
            titles = [window.pages[kind].title, "Only Anna, 2019"]
            for title in titles[: 1 if width < 900 else 2]:
                bar.set_title(title)
                qtbot.wait(1)
                assert bar._title.text() == title, (width, bar._title.width())
                assert bar.search.width() >= 140
    bar.set_title("Anna, Benjamin, Carl and Dora, 2019, in Holidays")
    qtbot.wait(1)
    assert bar._title.text().endswith("…") and bar._title.toolTip()


def test_a_message_is_announced(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(event.message())
    )
    room.window.message.say("Named Clara", True)
    assert told == ["Named Clara"]


# -- the sidebar ---------------------------------------------------------------------------


def test_arrows_go_through_the_sidebar_and_enter_opens(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    entries = sidebar.entries()
    entries[0].setFocus()
    for expected in (1, 2, 3):
        QTest.keyClick(focus(), Qt.Key.Key_Down)  # type: ignore[call-overload]
        assert focus() is entries[expected]
    QTest.keyClick(focus(), Qt.Key.Key_End)  # type: ignore[call-overload]
    QTest.keyClick(focus(), Qt.Key.Key_Down)  # type: ignore[call-overload]
    assert focus() is entries[-1]
    QTest.keyClick(focus(), Qt.Key.Key_Return)  # type: ignore[call-overload]
    assert room.window.trail.here.kind == Kind.HISTORY
    assert [entry.isChecked() for entry in entries] == [False] * 8 + [True]
    room.window.go(Place(Kind.SEARCH))
    assert not any(entry.isChecked() for entry in entries)
    assert sidebar.here() is entries[0]


def test_a_folder_that_was_removed_can_be_added_again(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    (folder,) = folders(room.library, room.collection_id)
    menu = sidebar.menu_for(folder)
    next(act for act in menu.actions() if act.text().startswith("Remove")).trigger()
    message = room.window.message
    qtbot.waitUntil(message.isVisible)
    assert f"“{folder.path.name}”" in message.label.text()
    assert message.undo.text() == "Add again"
    assert folders(room.library, room.collection_id) == []
    assert len(list(folder.path.iterdir())) == 12, "the files stay"
    QTest.mouseClick(message.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("index", [folder.path]) in room.indexer.asked)


def test_what_fails_by_itself_is_told(room: Room, qtbot: QtBot) -> None:
    room.furniture.bridge.listen(Troubled("There is no room for a backup. Make room."))
    qtbot.waitUntil(room.window.message.isVisible)
    assert room.window.message.label.text() == "There is no room for a backup. Make room."
    assert not room.window.message.undo.isVisible()


def test_a_drive_that_does_not_answer_does_not_hold_up_the_window(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: len(room.window.sidebar.entries()) == 9)
    (folder,) = folders(room.library, room.collection_id)
    answers, plain = threading.Event(), os.path.lexists
    shown: list[Path] = []

    def ask(path: Path) -> bool:
        assert path != folder.path or answers.wait(30)
        return plain(path)

    monkeypatch.setattr(os.path, "lexists", ask)
    monkeypatch.setattr("app.ui.photos.files.show_in_file_manager", shown.append)
    menu = room.window.sidebar.menu_for(folder)
    next(act for act in menu.actions() if act.text().startswith("Show")).trigger()
    assert shown == []
    answers.set()
    qtbot.waitUntil(lambda: shown == [folder.path])


@pytest.mark.parametrize(
    ("state", "note", "texts"),
    [
        (
            FolderState.OFFLINE,
            "on a disconnected drive",
            ["Look for it again", "Remove from Kinfolk (files stay)"],
        ),
        (
            FolderState.MISSING,
            "not found",
            ["Look for it again", "Find it…", "Remove from Kinfolk (files stay)"],
        ),
    ],
)
def test_a_folder_that_is_not_there_is_told_as_such(
    room: Room, qtbot: QtBot, state: FolderState, note: str, texts: list[str]
) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    (folder,) = folders(room.library, room.collection_id)
    entry = sidebar.entries()[5]
    before = entry.sizeHint().height()
    set_folder_state(room.library, folder.id, state)
    room.window.desk.deeds.changed.emit(Changes(folders=frozenset({folder.id})))
    qtbot.waitUntil(lambda: entry.accessibleDescription() == note)
    assert sidebar.entries()[5] is entry and entry.sizeHint().height() > before
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    assert [act.text() for act in popup.actions() if act.text()] == texts, "as it stands by now"
    popup.actions()[0].trigger()
    qtbot.waitUntil(lambda: room.indexer.asked == [("rescan", folder.id)])
    popup.close()


def test_a_folder_that_was_moved_can_be_found(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_: object, add: Callable[[list[Path]], object], title: str) -> None:
        asked.append(title)
        add([tmp_path / "moved"])

    monkeypatch.setattr("app.ui.sidebar.ask_for_folder", choose)
    (folder,) = folders(room.library, room.collection_id)
    menu = room.window.sidebar.menu_for(replace(folder, state=FolderState.MISSING))
    next(act for act in menu.actions() if act.text() == "Find it…").trigger()
    qtbot.waitUntil(lambda: room.indexer.asked == [("index", [tmp_path / "moved"])])
    assert asked == ["Where is “drawn” now?"]


# -- work that was interrupted -------------------------------------------------------------


def progress(task_id: str, total: int) -> Progress:
    return Progress(task_id, "index", "running", 1, total, 0, 2.0, 20.0)


def title(room: Room) -> str:
    return room.window.strip._what.text()


def test_a_long_reason_widens_no_window_and_can_be_read_whole(room: Room, qtbot: QtBot) -> None:
    room.window.resize(room.window.minimumSizeHint())
    before = room.window.size()
    reason = "The disk with the library is full. " * 8
    room.window.strip.show_ended(refused_task(TaskType.INDEX, reason))
    qtbot.wait(50)
    assert room.window.size() == before
    assert title(room) == "The work stopped"
    assert room.window.strip._how_far.toolTip() == reason


def test_interrupted_work_says_once_that_it_goes_on(
    furnish: Callable[[int], Room], library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    from tests.ui.conftest import draw_photos, fill

    draw_photos(tmp_path / "drawn")
    collection_id = fill(library, tmp_path / "drawn")
    task = start_task(library, collection_id, TaskType.INDEX)
    end_task(library, task, TaskState.INTERRUPTED, {})
    mark_stale(library, collection_id, "another", "2")
    room = furnish(collection_id)
    qtbot.waitUntil(lambda: room.window.strip._goes_on)
    room.indexer.tell(Progressed(progress("first", 12)))
    qtbot.waitUntil(lambda: title(room) == "Going on where it stopped")
    over = replace(progress("first", 12), state="done", done=12)
    room.indexer.tell(Progressed(over))
    room.indexer.tell(Progressed(progress("second", 3)))
    qtbot.waitUntil(lambda: title(room) == "Looking at photos")
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED, TaskState.INTERRUPTED])
def test_nothing_goes_on_where_nothing_is_left_or_it_was_ended_on_purpose(
    room: Room, state: TaskState
) -> None:
    album = room.window.desk.album
    assert not album.was_interrupted()
    end_task(room.library, start_task(room.library, room.collection_id, TaskType.INDEX), state, {})
    assert not album.was_interrupted(), "every photo has been looked at"
    mark_stale(room.library, room.collection_id, "another", "2")
    assert album.was_interrupted() == (state is TaskState.INTERRUPTED)


def test_the_menu_of_a_folder_opens_by_keyboard(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    entry = sidebar.entries()[5]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [what for what, _ in room.indexer.asked] == ["rescan"])


def test_the_sidebar_keeps_the_keyboard_when_folders_change(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    sidebar.entries()[5].setFocus()
    counts = room.window.desk.album.counts()
    sidebar.show_overview(counts, [])
    qtbot.waitUntil(lambda: isinstance(focus(), type(sidebar.entries()[0])) or focus() is not None)
    assert len(sidebar.entries()) == 8


# -- how it was left -----------------------------------------------------------------------


def test_the_window_opens_as_it_was_left(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    window, state = room.window, WindowState(tmp_path / "window.json")
    window.resize(1000, 640)
    window.go(Place(Kind.PHOTOS))
    window.pages[Kind.PHOTOS].set_size(222)
    room.people.set_sort("name")
    state.keep(window)
    window.resize(900, 560)
    window.go(Place(Kind.HIDDEN))
    window.pages[Kind.PHOTOS].set_size(100)
    room.people.set_sort("photos")
    assert state.restore(window)
    qtbot.waitUntil(lambda: window.height() == 640)
    assert window.trail.here == Place(Kind.PHOTOS) and not window.trail.can_go_back
    sizes = window.pages[Kind.PHOTOS].sizes()
    assert sizes is not None and sizes.now == 222
    assert room.people.sort() == "name"


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"page": "person", "window": "§", "people": 3}'])
def test_a_broken_note_of_the_window_costs_nothing(room: Room, tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(text, encoding="utf-8")
    assert not WindowState(file).restore(room.window)
    assert room.window.trail.here == Place(Kind.PEOPLE)


def test_a_folder_that_cannot_be_written_to_costs_the_note(room: Room, tmp_path: Path) -> None:
    WindowState(tmp_path / "missing" / "window.json").keep(room.window)
    assert list(tmp_path.glob("missing")) == []


# -- going back and forward ----------------------------------------------------------------


def test_back_leads_from_a_photo_to_its_page_first(room: Room, qtbot: QtBot) -> None:
    window = room.window
    window.go(Place(Kind.PHOTOS))
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    assert window.frame.is_viewing and not window.actions_.find.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not window.frame.is_viewing and window.trail.here.kind == Kind.PHOTOS
    assert window.actions_.find.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.trail.here.kind == Kind.PEOPLE
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.trail.here.kind == Kind.PHOTOS
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert not window.frame.is_viewing and window.frame.page is room.people
    qtbot.waitUntil(lambda: focus() is room.people.grid)


def test_words_from_elsewhere_are_in_the_menu_after_the_next_change(
    room: Room, qtbot: QtBot
) -> None:
    name_person(room.library, anna(room), "Annie")
    room.window.desk.deeds.changed.emit(Changes())
    qtbot.waitUntil(lambda: "Annie" in room.window.actions_.undo.text())


def test_an_empty_album_invites_on_every_page_but_the_history(room: Room, qtbot: QtBot) -> None:
    window = room.window
    (folder,) = folders(room.library, room.collection_id)
    window.desk.deeds.remove_folder(folder)
    qtbot.waitUntil(window.invitations.empty.isVisible)
    qtbot.waitUntil(lambda: focus() is window.invitations.empty.button)
    assert not window.top_bar.isVisible()
    QTest.keyClick(window.invitations.empty.button, Qt.Key.Key_H, CONTROL)
    page = window.pages[Kind.HISTORY]
    assert page.isVisible() and window.top_bar.isVisible(), "what was said is still there"
    qtbot.waitUntil(lambda: len(page.model.words()) == 2)  # type: ignore[attr-defined]
    QTest.keyClick(page, Qt.Key.Key_2, CONTROL)
    assert window.invitations.empty.isVisible()
