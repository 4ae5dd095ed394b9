"""The People page over a real library: naming, merging, hiding, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl, qVersion
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed
from app.library.commands.people import hide_person
from app.ui.people.delegate import name_rect
from app.ui.people.dialogs import BirthDialog, ForgetDialog
from app.ui.people.dragging import mime_of
from app.ui.people.model import matching
from app.ui.places import Kind, Place
from app.ui.widgets.name_edit import NameEdit

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def card_of(room: Room, name: str, place: int = 0) -> int:
    """The number of a card by its name; "" for the unnamed ones in their order."""
    return [n for n, row in enumerate(room.people.model.rows) if row.name == name][place]


def editor_in(room: Room) -> NameEdit | None:
    return room.people.grid.viewport().findChild(NameEdit)


def open_editor(room: Room, qtbot: QtBot, card: int) -> NameEdit:
    grid = room.people.grid
    index = room.people.model.index(card)
    grid.scrollTo(index)
    spot = name_rect(grid.visualRect(index)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: editor_in(room) is not None)
    editor = editor_in(room)
    assert editor is not None
    return editor


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_people_stand_in_sections(room: Room) -> None:
    assert [(s.title, s.count) for s in room.people.model.sections] == [
        ("Named", 2),
        ("Groups", 2),
    ]
    assert [row.name for row in room.people.model.rows] == ["Anna", "Ben", "", ""]


def test_a_click_on_the_question_and_a_name_with_enter(room: Room, qtbot: QtBot) -> None:
    editor = open_editor(room, qtbot, card_of(room, ""))
    QTest.keyClicks(editor, "Clara")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben", "Clara"])
    qtbot.waitUntil(lambda: "Clara" in [row.name for row in room.people.model.rows])
    assert room.window.message.label.text() == "Named Clara"
    assert room.indexer.spoken_of, "the grouping is told, so that it can follow"
    assert room.window.message.undo.isVisible()


def test_typing_on_an_unnamed_card_begins_its_name(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    grid.setFocus()
    grid.setCurrentIndex(room.people.model.index(card_of(room, "")))
    QTest.keyClick(grid, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: editor_in(room) is not None)
    editor = editor_in(room)
    assert editor is not None
    QTest.keyClicks(editor, "ora")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "dora" in room.names())


def test_escape_leaves_everything_as_it_was(room: Room, qtbot: QtBot) -> None:
    editor = open_editor(room, qtbot, card_of(room, "Anna"))
    QTest.keyClicks(editor, "Nobody")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not room.people.grid.is_editing)
    assert room.names() == ["Anna", "Ben"]


def test_a_refresh_waits_for_an_open_editor(room: Room, qtbot: QtBot) -> None:
    editor = open_editor(room, qtbot, card_of(room, ""))
    QTest.keyClicks(editor, "Cl")
    hide_person(room.library, room.people.model.rows[0].id)
    room.furniture.bridge.listen(Changed(Changes(regrouped=True)))
    qtbot.wait(400)
    assert editor_in(room) is editor
    assert editor.text() == "Cl"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 3)


def test_a_card_dropped_on_another_merges(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    anna, other = card_of(room, "Anna"), card_of(room, "")
    dragged = room.people.model.rows[other].id
    spot = grid.visualRect(room.people.model.index(anna)).center()
    drop(grid.viewport(), mime_of([dragged]), spot)
    qtbot.waitUntil(lambda: len(room.rows()) == 3)
    qtbot.waitUntil(lambda: room.window.message.isVisible())
    assert "Anna" in room.window.message.label.text()


def test_a_card_dropped_on_itself_does_nothing(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    anna = card_of(room, "Anna")
    spot = grid.visualRect(room.people.model.index(anna)).center()
    drop(grid.viewport(), mime_of([room.people.model.rows[anna].id]), spot)
    qtbot.wait(100)
    assert len(room.rows()) == 4


def drop(target: QWidget, mime: QMimeData, spot: QPoint) -> None:
    """Drag something over a widget and let go, through the application's own delivery."""
    held = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    # Qt 6.12 made the place of a drag as exact as that of a drop.
    place = QPointF(spot) if qVersion() >= "6.12" else spot
    QApplication.sendEvent(target, QDragEnterEvent(place, actions, *held))
    QApplication.sendEvent(target, QDragMoveEvent(place, actions, *held))
    QApplication.sendEvent(target, QDropEvent(QPointF(spot), actions, *held))


def test_the_menu_of_a_person(room: Room, qtbot: QtBot) -> None:
    menu = room.people.menu_for(room.people.model.rows[card_of(room, "Anna")])
    assert entries(menu) == [
        "Show all photos of this person", "Export photos…", "Rename", "Merge into…",
        "This is several people…", "Choose cover…", "Birth year…", "Hide", "Forget this person…",
    ]  # fmt: skip
    into = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(into, QMenu)
    assert entries(into) == ["Ben", "Someone else…"]
    choose(menu, "Hide")
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 3)
    room.window.go(Place(Kind.HIDDEN))
    hidden = room.window.pages[Kind.HIDDEN]
    qtbot.waitUntil(lambda: len(hidden.model.rows) == 1)  # type: ignore[attr-defined]
    again = hidden.menu_for(hidden.model.rows[0])  # type: ignore[attr-defined]
    choose(again, "Show again")
    qtbot.waitUntil(lambda: len(room.rows()) == 4)


def test_the_page_of_the_hidden_reads_nobody_else(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(room.people.menu_for(room.people.model.rows[card_of(room, "Anna")]), "Hide")
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 3)
    album, asked = room.window.desk.album, []
    monkeypatch.setattr(type(album), "everyone", lambda one: asked.append(one) or [])
    room.window.go(Place(Kind.HIDDEN))
    hidden: Any = room.window.pages[Kind.HIDDEN]
    qtbot.waitUntil(lambda: len(hidden.model.rows) == 1)
    assert hidden.model.rows[0].name == "Anna" and not asked


def test_a_year_of_birth_is_asked_for(room: Room, qtbot: QtBot) -> None:
    anna = room.people.model.rows[card_of(room, "Anna")]
    choose(room.people.menu_for(anna), "Birth year…")
    (dialog,) = room.people.findChildren(BirthDialog)
    assert dialog.year.text() == "Not known" and "Anna" in dialog.windowTitle()
    dialog.year.setValue(1980)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Anna was born in 1980")
    qtbot.waitUntil(lambda: room.people.model.rows[0].birth_year == 1980)
    choose(room.people.menu_for(room.people.model.rows[0]), "Birth year…")
    dialog = room.people.findChildren(BirthDialog)[-1]
    assert dialog.year.value() == 1980
    dialog.year.setValue(dialog.year.minimum())
    dialog.accept()
    qtbot.waitUntil(lambda: room.rows()[0].birth_year is None)


def test_forgetting_is_asked_about_first(room: Room, qtbot: QtBot) -> None:
    anna = room.people.model.rows[card_of(room, "Anna")]
    for answer in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        choose(room.people.menu_for(anna), "Forget this person…")
        dialog = room.people.findChildren(ForgetDialog)[-1]
        with qtbot.waitSignal(dialog.rejected):
            QTest.keyClick(dialog, answer)
    assert "Anna" in room.names(), "neither Enter nor Escape forgets"
    choose(room.people.menu_for(anna), "Forget this person…")
    dialog = room.people.findChildren(ForgetDialog)[-1]
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.window.message.label.text().startswith("Forgot someone. "))
    assert not room.window.message.undo.isVisible()
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 3)
    assert room.names() == ["Ben"]


def test_enter_on_a_named_card_opens_the_person(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    grid.setCurrentIndex(room.people.model.index(card_of(room, "Anna")))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    page = room.window.pages[Kind.PERSON]
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 4)  # type: ignore[attr-defined]
    assert page.header.name.text() == "Anna"  # type: ignore[attr-defined]


def test_undo_and_redo_by_keyboard(room: Room, qtbot: QtBot) -> None:
    actions = room.window.actions_
    actions.undo.trigger()
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    actions.redo.trigger()
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])


def test_nothing_left_to_undo_is_said(room: Room, qtbot: QtBot) -> None:
    for _ in range(3):
        room.window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: room.names() == [])
    qtbot.waitUntil(lambda: room.window.message.label.text() == "There is nothing to undo.")
    assert not room.window.message.undo.isVisible()


def test_typing_filters_by_the_beginning_of_a_word(room: Room, qtbot: QtBot) -> None:
    room.people.grid.setFocus()
    room.people.grid.clearSelection()
    QTest.keyClick(room.people.grid, Qt.Key.Key_B)
    assert QApplication.focusWidget() is room.window.top_bar.search.edit
    qtbot.waitUntil(lambda: [row.name for row in room.people.model.rows] == ["Ben"])
    assert matching(room.rows(), "nn") == []


def test_chips_lead_to_photos_that_show_all(room: Room, qtbot: QtBot) -> None:
    search = room.window.top_bar.search
    page = room.window.pages[Kind.SEARCH]
    for name in ("Anna", "Ben"):
        search.edit.setFocus()
        search.edit.setText(name)
        QTest.keyClick(search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 2)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.title == "Anna & Ben")
    QTest.keyClick(search.edit, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 4)  # type: ignore[attr-defined]


def test_enter_takes_the_first_name_that_fits(room: Room, qtbot: QtBot) -> None:
    search = room.window.top_bar.search
    page = room.window.pages[Kind.SEARCH]
    search.edit.setFocus()
    QTest.keyClicks(search.edit, "nn")
    QTest.keyClick(search.edit.completer().popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.title == "Anna")
    QTest.keyClicks(search.edit, "xyz")
    QTest.keyClick(search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "xyz" in room.window.message.label.text())


def test_folders_dropped_on_a_page_are_indexed(room: Room, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/some/photos"), QUrl("https://example.org/x")])
    drop(room.people.grid.viewport(), mime, QPoint(300, 200))
    qtbot.waitUntil(lambda: ("index", [Path("/some/photos")]) in room.indexer.asked)
    assert not room.window.veil.isVisible()


def test_a_link_from_the_web_is_no_folder(room: Room, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/x")])
    drop(room.window, mime, QPoint(300, 200))
    qtbot.wait(50)
    assert room.indexer.asked == []
