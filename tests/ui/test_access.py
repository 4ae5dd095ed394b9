"""Everybody can use the window: names for those who hear it, keys for those without a mouse."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.library.rows import TaskState, TaskType
from app.progress import Progress
from app.ui.page import Page
from app.ui.person.page import PersonPage
from app.ui.places import Kind, Place
from app.ui.regions import tab_stops
from app.ui.shortcuts import ShortcutsDialog, groups_of, keys_of
from app.ui.widgets.side_entry import SideEntry

if TYPE_CHECKING:
    from tests.ui.conftest import Room

SHIFT = Qt.KeyboardModifier.ShiftModifier


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tabbed() -> QWidget:
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    return focus()


def places(room: Room) -> Iterator[str]:
    """Visit every page, and the viewer."""
    window = room.window
    person = next(row.id for row in room.rows() if row.name == "Anna")
    for kind in window.pages:
        window.go(Place(kind, (person,) if kind == Kind.PERSON else ()))
        yield kind.value
    window.pages[Kind.PHOTOS].photo_opened.emit(window.desk.album.timeline(), 0)
    yield "viewer"


def start_work(room: Room) -> None:
    room.window.strip.show_progress(
        Progress("one", TaskType.INDEX.value, TaskState.RUNNING.value, 3, 12)
    )


def interfaces(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for place in range(root.childCount()):
        child = root.child(place)
        if child is not None and not child.state().invisible:
            yield from interfaces(child)


def test_everything_that_takes_the_keyboard_has_a_name(room: Room, qtbot: QtBot) -> None:
    start_work(room)
    room.window.message.say("Named Clara", True)
    for place in places(room):
        qtbot.wait(50)
        for stop in tab_stops(room.window.frame):
            said = QAccessible.queryAccessibleInterface(stop)
            assert said is not None
            name = said.text(QAccessible.Text.Name)
            assert name.strip(), f"{stop} on {place}"


def test_no_item_of_a_layout_is_handed_to_python(room: Room, qtbot: QtBot) -> None:
    # Python's object for one outlives it, and is then taken for what is made at its address: a
    # new entry of a menu came back as a QWidgetItem.
    def held() -> int:
        return sum(
            isinstance(one, QLayoutItem) and not isinstance(one, QLayout)
            for one in gc.get_objects()
        )

    before = held()
    for _ in places(room):
        qtbot.wait(20)
        assert list(tab_stops(room.window.frame))
    assert held() == before


def test_every_control_that_is_heard_has_a_name(room: Room, qtbot: QtBot) -> None:
    start_work(room)
    roles = QAccessible.Role
    controls = {
        roles.Button, roles.CheckBox, roles.RadioButton, roles.EditableText, roles.ComboBox,
        roles.Slider, roles.SpinBox, roles.List, roles.ListItem, roles.MenuItem, roles.ButtonMenu,
        roles.Table, roles.Tree, roles.PageTab, roles.ProgressBar,
    }  # fmt: skip
    heard = 0
    for place in places(room):
        qtbot.wait(50)
        root = QAccessible.queryAccessibleInterface(room.window)
        for one in interfaces(root):
            state = one.state()
            if one.role() in controls and not state.invisible and not state.disabled:
                name = one.text(QAccessible.Text.Name)
                assert name.strip(), f"{one.role()} {one.object()} on {place}"
                heard += 1
    assert heard > 100


def test_tab_goes_from_the_sidebar_to_the_strip_and_round(room: Room, qtbot: QtBot) -> None:
    start_work(room)
    window = room.window
    stack = window.frame.page.parentWidget()
    assert stack is not None
    parts = [window.sidebar, window.top_bar, stack, window.strip]
    for place in places(room):
        if place == "viewer":
            continue
        qtbot.wait(20)
        stops = list(tab_stops(window.frame))
        order = [next(n for n, part in enumerate(parts) if part.isAncestorOf(s)) for s in stops]
        assert order == sorted(order), place
        assert {0, 1, 3} <= set(order)
        stops[0].setFocus()
        seen = [stops[0]]
        while (stop := tabbed()) is not stops[0]:
            seen.append(stop)
        # Of buttons of which one is down, Tab stops at that one alone.
        way = [stops.index(stop) for stop in seen]
        assert way == sorted(set(way)), place
        assert {order[step] for step in way} == set(order), place
        QTest.keyClick(focus(), Qt.Key.Key_Backtab, SHIFT)
        assert focus() is stops[-1]


def test_folders_that_come_later_stand_in_their_place(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar.entries()) == 9)
    qtbot.waitUntil(lambda: focus() is room.people.grid)  # the window is settled
    # A new line is shown, and can have the keyboard, when the column is laid out anew.
    qtbot.waitUntil(lambda: all(entry.isVisible() for entry in sidebar.entries()))
    sidebar.entries()[4].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    folder = focus()
    assert folder is sidebar.entries()[5]
    assert list(tab_stops(sidebar)) == [folder], "Tab stops here once"
    QTest.keyClick(folder, Qt.Key.Key_Tab)
    assert room.window.top_bar.isAncestorOf(focus())


def test_f6_goes_through_the_parts(room: Room, qtbot: QtBot) -> None:
    start_work(room)
    window = room.window
    window.message.say("Named Clara", True)
    assert focus() is room.people.grid
    parts: list[QWidget] = [
        window.message, window.strip, window.sidebar, window.top_bar, room.people,
    ]  # fmt: skip
    for part in parts:
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        assert part.isAncestorOf(focus()), part
    for part in (window.top_bar, window.sidebar, window.strip, window.message):
        QTest.keyClick(focus(), Qt.Key.Key_F6, SHIFT)
        assert part.isAncestorOf(focus()), part
    assert focus() is window.message.undo
    qtbot.wait(1)


def test_the_keyboard_is_seen_wherever_it_is(room: Room, qtbot: QtBot) -> None:
    """What has the keyboard does not look as it does without."""
    window = room.window
    start_work(room)
    for scheme in ("light", "dark"):
        room.furniture.theme.choose(scheme)
        for place in places(room):
            qtbot.wait(20)
            for stop in tab_stops(window.frame):
                if isinstance(stop, QAbstractScrollArea) or stop is window.viewer:
                    continue  # the item in it shows where the keyboard is; the photo is all
                shown = stop.parentWidget() if isinstance(stop, QLineEdit) else stop
                assert shown is not None
                if stop.hasFocus():  # it comes from elsewhere, as with Tab
                    window.sidebar.findChildren(SideEntry)[0].setFocus()
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                QApplication.processEvents()
                with_it: QImage = shown.grab().toImage()
                stop.clearFocus()
                QApplication.processEvents()
                assert shown.grab().toImage() != with_it, f"{stop} on {place}, {scheme}"


def in_force(page: Page) -> list[QAction]:
    """The acts of a page that have keys and are offered now."""
    return [a for a in page.findChildren(QAction) if a.shortcuts() and a.isVisible()]


def acts_of(room: Room) -> Iterator[tuple[str, list[QAction]]]:
    """The actions that can be triggered by a key in one place of the window."""
    window = room.window
    own = [action for action in window.actions() if action.shortcuts()]
    for kind, page in window.pages.items():
        if isinstance(page, PersonPage):  # one view's keys are out of force in the other
            page.header.show_faces(True)
            yield "faces of a person", own + in_force(page)
            page.header.show_faces(False)
        yield kind.value, own + in_force(page)
    larger = {window.actions_.larger, window.actions_.smaller, window.actions_.find}
    inner = [a for a in window.viewer.findChildren(QAction) if a.shortcuts()]
    yield "viewer", [a for a in own if a not in larger] + inner  # those are out of force there


def test_no_key_has_two_meanings_in_one_place(room: Room) -> None:
    for place, actions in acts_of(room):
        by_key: dict[str, set[str]] = defaultdict(set)
        for action in dict.fromkeys(actions):
            for key in action.shortcuts():
                by_key[key.toString()].add(f"{action.text()} {id(action)}")
        twice = {key: texts for key, texts in by_key.items() if len(texts) > 1}
        assert not twice, f"on {place}"


def test_the_overview_lists_every_key_of_every_action(room: Room) -> None:
    window = room.window
    groups = groups_of(window.menus.menus(), window.pages, window.viewer)
    listed = {action for group in groups for action in group.actions}
    everything = [*window.actions(), *window.viewer.actions()]
    for page in window.pages.values():
        everything += page.actions()
    assert {action for action in everything if action.shortcuts()} == listed
    titles = [group.title for group in groups]
    assert titles[:4] == ["File", "Edit", "View", "Go"] and "History" in titles


@pytest.fixture
def overview(room: Room, qtbot: QtBot) -> ShortcutsDialog:
    """The overview, opened by its key."""
    QTest.keyClick(room.people.grid, Qt.Key.Key_Question)
    (dialog,) = room.window.findChildren(ShortcutsDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_the_overview_is_searched_by_typing(overview: ShortcutsDialog, room: Room) -> None:
    everything = overview.shown()
    assert ("Undo", "Ctrl+Z") in everything
    assert ("Redo", "Ctrl+Shift+Z, Ctrl+Y") in everything
    QTest.keyClicks(overview.field, "undo")
    found = overview.shown()
    assert ("Undo", "Ctrl+Z") in found
    assert all("undo" in what.lower() for what, _ in found)
    overview.field.clear()
    QTest.keyClicks(overview.field, "ctrl+h")
    assert overview.shown() == [("History", "Ctrl+H")]
    overview.field.clear()
    QTest.keyClicks(overview.field, "no such thing?")
    assert overview.shown() == [] and overview._nothing.isVisible()
    assert room.names() == ["Anna", "Ben"]


def test_the_overview_scrolls_while_one_types(overview: ShortcutsDialog) -> None:
    for _ in range(3):
        QTest.keyClick(overview.field, Qt.Key.Key_Down)
    assert overview.list.currentItem() is not None
    assert overview.field.hasFocus()


def test_escape_closes_the_overview(overview: ShortcutsDialog, room: Room, qtbot: QtBot) -> None:
    QTest.keyClick(overview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not room.window.findChildren(ShortcutsDialog))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is room.people.grid)


def test_a_question_mark_opens_the_overview_where_no_text_is_typed(
    room: Room, qtbot: QtBot
) -> None:
    edit = room.window.top_bar.search.edit
    edit.setFocus()
    QTest.keyClicks(edit, "?")
    assert edit.text() == "?" and not room.window.findChildren(ShortcutsDialog)
    edit.clear()
    room.people.grid.setFocus()
    QTest.keyClick(room.people.grid, Qt.Key.Key_Question)
    qtbot.waitUntil(lambda: bool(room.window.findChildren(ShortcutsDialog)))


def test_keys_are_shown_as_they_are_printed(room: Room) -> None:
    assert keys_of(room.window.actions_.shortcuts) == ["?", "Ctrl+?"]
    assert keys_of(room.window.actions_.guide) == ["F1"]
