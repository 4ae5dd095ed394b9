"""What can be done with selected people, by key, menu and mouse; sections; what is read again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt, qVersion
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed
from app.library.commands.people import hide_person
from app.library.queries.people import person as person_now
from app.library.rows import PersonKind, PersonRow
from app.ui.people.cover_chooser import CoverChooser
from app.ui.people.delegate import open_rect
from app.ui.people.dragging import mime_of
from app.ui.people.merge_card import merge_words
from app.ui.people.order import in_sections, keeper
from app.ui.places import Kind, Place
from app.ui.widgets.name_dialog import NameDialog
from tests.ui.test_people import card_of, drop

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def select(room: Room, *cards: int) -> None:
    """Click a card, and others with Ctrl."""
    grid = room.people.grid
    room.window.activateWindow()
    for number, card in enumerate(cards):
        grid.scrollTo(room.people.model.index(card))
        spot = grid.visualRect(room.people.model.index(card)).center()
        held = CTRL if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(grid.viewport(), LEFT, held, spot)
    assert room.people.grid.selected_rows() == sorted(cards)


def press(
    room: Room, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(room.people.grid, key, held)


def in_force(room: Room) -> list[str]:
    """The acts that can be done now."""
    acts: list[QAction] = room.people.actions()
    return [act.text() for act in acts if act.isEnabled() and act.text()]


def ids(room: Room) -> list[int]:
    return [row.id for row in room.people.model.rows]


# -- several at once ------------------------------------------------------------------------


def test_the_acts_follow_the_selection(room: Room) -> None:
    room.people.grid.clearSelection()
    assert "Hide" not in in_force(room) and "Select all" in in_force(room)
    select(room, 0)
    one = in_force(room)
    assert {"Rename", "Choose cover…", "Birth year…", "This is several people…"} <= set(one)
    assert "Merge these people" not in one
    select(room, card_of(room, ""))
    assert "Give a name" in in_force(room)
    select(room, 0, 1)
    two = in_force(room)
    assert {"Merge these people", "They are different people", "Name them all…"} <= set(two)
    assert {"Show photos with all of them", "Show photos with any of them"} <= set(two)
    assert "Choose cover…" not in two
    press(room, Qt.Key.Key_A, CTRL)
    assert len(room.people.selected()) == 4
    assert "They are different people" not in in_force(room)


def test_a_key_takes_the_card_that_has_the_focus(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(grid.viewport().width() - 5, 5))
    assert not room.people.selected()
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert [row.name for row in room.people.selected()] == ["Anna"]
    grid.clearSelection()
    QTest.keyClick(grid, Qt.Key.Key_F2)
    assert grid.is_editing
    qtbot.wait(10)


def test_every_act_has_a_key_of_its_own(room: Room) -> None:
    select(room, 0, 1)
    acts = [act for act in room.people.actions() if not act.isSeparator()]
    keys = [key.toString() for act in acts if act.isEnabled() for key in act.shortcuts()]
    assert len(keys) == len(set(keys))
    assert all(act.shortcuts() for act in acts)


def test_merging_the_selected_keeps_the_largest_named_one(room: Room, qtbot: QtBot) -> None:
    anna = room.people.model.rows[0]
    select(room, card_of(room, ""), 0, 1)
    press(room, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 2)
    assert room.names() == ["Anna"]
    assert [row.id for row in room.people.selected()] == [anna.id]
    press(room, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)


def test_several_are_hidden_and_come_back_together(room: Room, qtbot: QtBot) -> None:
    unnamed = [card_of(room, ""), card_of(room, "", 1)]
    select(room, *unnamed)
    press(room, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Hid 2 people")
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 2)
    assert [s.key for s in room.people.model.sections] == ["named", "hidden"]
    assert [row.name for row in room.people.selected()] == ["Ben"], "the next one is selected"
    QTest.mouseClick(room.window.message.undo, LEFT)
    qtbot.waitUntil(lambda: len(room.rows()) == 4)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Undone: Hid 2 people")
    room.window.actions_.redo.trigger()
    qtbot.waitUntil(lambda: len(room.rows()) == 2)
    room.window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: len(room.rows()) == 4)
    room.window.actions_.undo.trigger()  # one word more: it is Ben's name
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    for _ in range(2):
        room.window.actions_.redo.trigger()
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"] and len(room.rows()) == 2)


def test_several_are_hidden_by_one_word_and_come_back_by_one_undo(room: Room, qtbot: QtBot) -> None:
    deeds, unnamed = room.window.desk.deeds, [row.id for row in room.rows() if not row.name]
    deeds.hide(*unnamed)
    deeds.hide(room.rows()[0].id)
    qtbot.waitUntil(lambda: len(room.rows()) == 1)
    deeds.undo()
    qtbot.waitUntil(lambda: len(room.rows()) == 2)
    deeds.undo()
    qtbot.waitUntil(lambda: len(room.rows()) == 4)


def test_photos_with_all_and_with_any_of_them(room: Room, qtbot: QtBot) -> None:
    both = tuple(row.id for row in room.people.model.rows[:2])
    for key, held in ((Qt.Key.Key_Return, CTRL | SHIFT), (Qt.Key.Key_Return, CTRL)):
        room.window.go(Place(Kind.PEOPLE))
        select(room, 0, 1) if held & SHIFT else select(room, 1)
        press(room, key, held)
        here = room.window.trail.here
        if held & SHIFT:
            assert here.kind == Kind.SEARCH and set(here.search.all_of) == set(both)
        else:
            assert here == Place(Kind.PERSON, (both[1],))
    room.window.go(Place(Kind.PEOPLE))
    select(room, 0, 1)
    room.people.acts.any_of.trigger()
    assert set(room.window.trail.here.search.any_of) == set(both)
    qtbot.wait(50)


def test_two_are_said_to_be_different(room: Room, qtbot: QtBot) -> None:
    select(room, 0, 1)
    press(room, Qt.Key.Key_D, CTRL | SHIFT)
    said = room.window.message.label
    qtbot.waitUntil(lambda: said.text() == "Anna and Ben are different people")


def test_all_of_them_get_one_name_in_one_word(room: Room, qtbot: QtBot) -> None:
    select(room, card_of(room, ""), card_of(room, "", 1))
    press(room, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    dialog = room.people.findChild(NameDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.edit, "Carl")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben", "Carl"])
    qtbot.waitUntil(lambda: [row.name for row in room.people.selected()] == ["Carl"])
    room.window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: len(room.rows()) == 4 and room.names() == ["Anna", "Ben"])


def test_merge_into_offers_the_others_only(room: Room, qtbot: QtBot) -> None:
    select(room, 0)
    press(room, Qt.Key.Key_M, CTRL | SHIFT)
    dialog = room.people.findChild(NameDialog)
    assert dialog is not None
    offers = dialog.edit.offers.offers
    assert [offer.name for offer in offers.offers] == ["Ben"]
    QTest.keyClicks(dialog.edit, "Nobody")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.isVisible(), "there is nobody of that name to merge with"
    dialog.edit.clear()
    QTest.keyClicks(dialog.edit, "en")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Ben"])


def test_the_menu_of_several(room: Room) -> None:
    select(room, 0, 1)
    menu = room.people.menu_for(room.people.model.rows[1])
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Show photos with all of them", "Show photos with any of them", "Export photos…",
        "Name them all…", "Merge these people", "Merge into…", "They are different people", "Hide",
    ]  # fmt: skip
    assert len(room.people.selected()) == 2
    room.people.menu_for(room.people.model.rows[2])
    assert [row.id for row in room.people.selected()] == [ids(room)[2]]
    for left in room.people.findChildren(QMenu):
        left.close()


def test_this_is_several_people_leads_to_the_faces(room: Room, qtbot: QtBot) -> None:
    select(room, 0)
    press(room, Qt.Key.Key_S, CTRL | SHIFT)
    assert room.window.trail.here == Place(Kind.PERSON, (ids(room)[0],), view="faces")
    qtbot.wait(50)


# -- the mouse ------------------------------------------------------------------------------


def test_a_click_selects_and_the_button_on_the_cover_opens(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    select(room, 1)
    assert room.window.trail.here.kind == Kind.PEOPLE
    spot = open_rect(grid.visualRect(room.people.model.index(1))).center()
    QTest.mouseMove(grid.viewport(), spot)
    assert grid._tip(spot) == "Show all photos of Ben"
    QTest.mouseClick(grid.viewport(), LEFT, pos=spot)
    assert room.window.trail.here == Place(Kind.PERSON, (room.people.model.rows[1].id,))
    qtbot.wait(50)


def test_a_double_click_opens(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    spot = grid.visualRect(room.people.model.index(0)).center() - QPoint(0, 30)
    QTest.mouseDClick(grid.viewport(), LEFT, pos=spot)
    assert room.window.trail.here.kind == Kind.PERSON
    qtbot.wait(50)


def hover(room: Room, dragged: list[int], card: int) -> QPoint:
    """Drag people over a card without letting go."""
    grid = room.people.grid
    spot = grid.visualRect(room.people.model.index(card)).center()
    held = (mime_of(dragged), LEFT, Qt.KeyboardModifier.NoModifier)
    place: Any = QPointF(spot) if qVersion() >= "6.12" else spot
    for event in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(grid.viewport(), event(place, Qt.DropAction.MoveAction, *held))
    return spot


def test_a_card_tells_what_letting_go_would_do(room: Room, qtbot: QtBot) -> None:
    grid, rows = room.people.grid, room.people.model.rows
    spot = hover(room, [rows[1].id], 0)
    assert grid.card.isVisible() and not grid.card.geometry().contains(spot)
    assert grid.card.text.text() == f"Merge {rows[1].photo_count} photos into Anna (4 photos)"
    assert grid.card.note.text() == "The name Anna stays; Ben goes."
    hover(room, [rows[1].id], 1)
    assert not grid.card.isVisible(), "nobody is merged with themselves"
    hover(room, [rows[1].id], 0)
    drop(grid.viewport(), mime_of([rows[1].id]), spot)
    assert not grid.card.isVisible()
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    qtbot.waitUntil(room.window.message.undo.isVisible)


def test_a_drag_along_the_edge_scrolls(room: Room, qtbot: QtBot) -> None:
    room.window.resize(900, 520)
    room.people.set_size(220)
    grid = room.people.grid
    bar = grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 40)
    spot = QPoint(200, grid.viewport().height() - 5)
    held = (mime_of([ids(room)[0]]), LEFT, Qt.KeyboardModifier.NoModifier)
    place: Any = QPointF(spot) if qVersion() >= "6.12" else spot
    for event in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(grid.viewport(), event(place, Qt.DropAction.MoveAction, *held))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    drop(grid.viewport(), mime_of([ids(room)[0]]), QPoint(2, 2))
    qtbot.wait(60)
    assert bar.value() == bar.maximum(), "nothing scrolls after the drop"


# -- covers ---------------------------------------------------------------------------------


def test_a_cover_is_chosen_in_place(room: Room, qtbot: QtBot) -> None:
    select(room, 0)
    before = room.people.model.rows[0].cover
    press(room, Qt.Key.Key_K, CTRL)
    chooser = room.people.grid.viewport().findChild(CoverChooser)
    assert chooser is not None and chooser.isVisible()
    qtbot.waitUntil(lambda: len(chooser.grid.faces.rows) == 4)
    assert before is not None and chooser.grid.faces.rows[0].id == before.id
    assert chooser.grid.currentIndex().row() == 0
    other = chooser.grid.faces.rows[2].id
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(chooser.grid, key)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Chose a cover for Anna")
    qtbot.waitUntil(lambda: getattr(room.people.model.rows[0].cover, "id", 0) == other)
    assert room.window.message.undo.isVisible()


def test_escape_chooses_no_cover(room: Room, qtbot: QtBot) -> None:
    select(room, 0)
    press(room, Qt.Key.Key_K, CTRL)
    chooser = room.people.grid.viewport().findChild(CoverChooser)
    assert chooser is not None
    qtbot.waitUntil(lambda: len(chooser.grid.faces.rows) == 4)
    QTest.keyClick(chooser.grid, Qt.Key.Key_Escape)
    assert not chooser.isVisible()


# -- sections, order, what is read again ----------------------------------------------------


def test_hidden_people_stand_folded_at_the_end(room: Room, qtbot: QtBot) -> None:
    model = room.people.model
    assert [s.key for s in model.sections] == ["named", "group"]
    hide_person(room.library, model.rows[1].id)
    room.furniture.bridge.listen(Changed(Changes(regrouped=True)))
    qtbot.waitUntil(lambda: [s.key for s in model.sections] == ["named", "group", "hidden"])
    hidden = model.sections[-1]
    assert (hidden.title, hidden.count, hidden.total, hidden.is_folded) == ("Hidden", 0, 1, True)
    room.people.grid.titles.fold("hidden", False)
    assert model.rows[-1].name == "Ben"
    select(room, len(model.rows) - 1)
    assert "Show again" in in_force(room) and "Hide" not in in_force(room)
    press(room, Qt.Key.Key_H, CTRL | SHIFT)
    qtbot.waitUntil(lambda: [s.key for s in model.sections] == ["named", "group"])


def test_a_section_is_folded_by_a_click_and_stays_so(room: Room, qtbot: QtBot) -> None:
    grid, model = room.people.grid, room.people.model
    spot = grid.titles._pill(1).center()
    QTest.mouseClick(grid.viewport(), LEFT, pos=spot)
    assert [(s.count, s.total) for s in model.sections] == [(2, 2), (0, 2)]
    room.window.go(Place(Kind.PHOTOS))
    room.window.go(Place(Kind.PEOPLE))
    room.furniture.bridge.listen(Changed(Changes(regrouped=True)))
    qtbot.wait(300)
    assert model.sections[1].is_folded
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.titles._pill(1).center())
    assert len(model.rows) == 4


def test_sections_are_folded_by_acts(room: Room) -> None:
    select(room, 0)
    press(room, Qt.Key.Key_Left, CTRL | SHIFT)
    assert [s.is_folded for s in room.people.model.sections] == [True, False]
    press(room, Qt.Key.Key_Right, CTRL | SHIFT)
    assert [s.is_folded for s in room.people.model.sections] == [False, False]


def test_the_sidebar_counts_as_the_sections_do(room: Room, qtbot: QtBot) -> None:
    counts = room.window.desk.album.counts()
    known = [s for s in room.people.model.sections if s.key in ("named", "group")]
    assert counts.people == sum(section.total for section in known)
    qtbot.wait(10)


def row(number: int, name: str = "", **more: Any) -> PersonRow:
    kind = PersonKind.NAMED if name else PersonKind.GROUP
    moment = datetime(2020, 1, 1)
    values = {
        "photo_count": 5, "hidden": False, "face_count": 5, "cover": None, "created": moment,
        "updated": moment, "kind": kind,
    } | more  # fmt: skip
    return PersonRow(id=number, key=str(number), name=name, **values)


def test_the_orders() -> None:
    people = [
        row(1, "Zoe", photo_count=9, last_seen=datetime(2001, 1, 1)),
        row(2, "émile", photo_count=3, last_seen=datetime(2022, 1, 1)),
        row(3, "Anna", photo_count=7, updated=datetime(2024, 1, 1)),
        row(4, photo_count=50, last_seen=datetime(2024, 1, 1)),
        row(5, photo_count=60),
    ]
    orders = {
        sort: [person.id for person in in_sections(people, sort)[0]]
        for sort in ("photos", "name", "seen", "recent")
    }
    assert orders == {
        "photos": [1, 3, 2, 5, 4],
        "name": [3, 2, 1, 5, 4],
        "seen": [2, 1, 3, 4, 5],
        "recent": [3, 1, 2, 5, 4],
    }


PEOPLE = st.lists(
    st.builds(
        row,
        st.integers(1, 10_000),
        st.sampled_from(["", "Anna", "ben", "Émile", ""]),
        photo_count=st.integers(1, 50),
        hidden=st.booleans(),
        last_seen=st.none() | st.datetimes(),
        updated=st.datetimes(),
    ),
    unique_by=lambda person: person.id,
)


@given(PEOPLE, st.sampled_from(["photos", "name", "seen", "recent"]))
def test_everyone_stands_in_one_section(people: list[PersonRow], sort: str) -> None:
    rows, sections = in_sections(people, sort)
    assert sorted(person.id for person in rows) == sorted(person.id for person in people)
    assert sum(section.count for section in sections) == len(people)
    assert all(section.count == section.total > 0 for section in sections)
    assert rows == in_sections(reversed(people), sort)[0]


def test_who_stays() -> None:
    assert keeper([row(1, photo_count=90), row(2, "A", photo_count=3), row(3, "B")]).id == 3


def test_what_merging_does_in_words() -> None:
    anna, ben, nobody = row(1, "Anna"), row(2, "Ben"), row(3, photo_count=1)
    assert merge_words(anna, [nobody]) == ("Merge 1 photo into Anna (5 photos)", "")
    assert merge_words(nobody, [ben])[1] == "They will be called Ben."
    text, note = merge_words(anna, [ben, nobody, row(4, "Carl")])
    assert text == "Merge 3 people, 11 photos, into Anna (5 photos)"
    assert note == "The name Anna stays; Ben and Carl go."


def test_the_order_is_chosen_in_the_top_bar(room: Room, qtbot: QtBot) -> None:
    room.window.top_bar.sorted.emit("name")
    assert [r.name for r in room.people.model.rows][:2] == ["Anna", "Ben"]
    assert ("seen", "Recently seen") in room.people.sorts
    qtbot.wait(10)


def test_a_name_reads_nobody_else_again(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.wait(1200)  # what was read at the beginning is over
    album = room.window.desk.album
    asked: list[object] = []
    monkeypatch.setattr(type(album), "everyone", asked.append)
    room.window.desk.deeds.name(ids(room)[2], "Carl")
    qtbot.waitUntil(lambda: [r.name for r in room.people.model.rows][:3].count("Carl") == 1)
    qtbot.wait(1200)
    assert asked == []


def test_what_stands_there_stays_there_when_someone_is_named(room: Room, qtbot: QtBot) -> None:
    room.window.resize(860, 520)
    room.people.set_size(220)
    grid, model = room.people.grid, room.people.model
    bar = grid.verticalScrollBar()
    last = model.rows[-1].id
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    before = grid.visualRect(model.index_of(last)).y()
    grid.select_people([model.rows[2].id])
    room.window.desk.deeds.name(model.rows[2].id, "Carl")
    qtbot.waitUntil(lambda: "Carl" in [r.name for r in model.rows])
    assert grid.visualRect(model.index_of(last)).y() == before
    assert [r.name for r in room.people.selected()] == ["Carl"]


def test_hiding_selects_the_next(room: Room, qtbot: QtBot) -> None:
    select(room, 0)
    press(room, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [r.name for r in room.people.selected()] == ["Ben"])
    assert person_now(room.library, room.rows()[0].id).name == "Ben"


def test_nobody_of_that_name_and_nobody_hidden(room: Room, qtbot: QtBot) -> None:
    room.people.filter("Xavier")
    assert room.people.nobody.isVisible()
    assert room.people.nobody.title.text() == "Nobody here is called “Xavier”"
    room.people.filter("")
    assert not room.people.nobody.isVisible() and len(room.people.model.rows) == 4
    room.window.go(Place(Kind.HIDDEN))
    hidden: Any = room.window.pages[Kind.HIDDEN]
    qtbot.waitUntil(hidden.nobody.isVisible)
    assert hidden.nobody.title.text() == "Nobody is hidden"
    texts = {act.text() for act in hidden.actions() if act.text()}
    assert "Show again" in texts and "Merge these people" not in texts
