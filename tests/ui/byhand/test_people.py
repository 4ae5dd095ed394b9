"""People are named, merged, hidden and shown with a real mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.library.queries.covers import best_faces
from app.library.queries.people import list_people
from app.ui.people.cover_chooser import CoverChooser
from app.ui.people.delegate import cover_rect, name_rect
from app.ui.people.merge_offer import MergeOffer
from app.ui.widgets.name_edit import NameEdit
from tests.ui.byhand.conftest import Room


def begin_naming(room: Room, qtbot: QtBot, card: QRect, letters: str) -> None:
    """Click the line under a cover and type."""
    grid = room.people.grid
    room.hand.click(grid.viewport(), name_rect(card))
    qtbot.waitUntil(lambda: grid.is_editing)
    room.hand.type(letters)


def name_by_typing(room: Room, qtbot: QtBot, number: int, name: str) -> None:
    """Click the line under a cover, type, press Enter."""
    before = len(room.names())
    begin_naming(room, qtbot, room.card(number), name)
    room.hand.key("Return")
    qtbot.waitUntil(lambda: len(room.names()) == before + 1)
    qtbot.waitUntil(lambda: name in [row.name for row in room.people.model.rows])


def title_of(room: Room, title: str) -> QRect:
    """Where a section's title can be clicked."""
    grid = room.people.grid
    place = [section.title for section in room.people.model.sections].index(title)
    head = grid.plan().header(place, grid.width())
    return QRect(head.x + 20, head.y - grid.verticalOffset(), 30, head.h)


def test_a_name_is_typed_undone_and_said_again_after_a_restart(
    open_room: Callable[[], Room], qtbot: QtBot
) -> None:
    room = open_room()
    name_by_typing(room, qtbot, 0, "Anna")
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: room.names() == [])
    room.hand.key("ctrl+shift+z")
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    room = open_room()
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: room.names() == [])


def test_the_beginning_of_a_name_in_use_offers_to_merge(named_room: Room, qtbot: QtBot) -> None:
    room, grid = named_room, named_room.people.grid
    unnamed = next(row.id for row in room.people.model.rows if not row.name)
    begin_naming(room, qtbot, room.card_of(unnamed), "an")
    (edit,) = grid.viewport().findChildren(NameEdit)
    qtbot.waitUntil(edit.offers.isVisible)
    assert edit.offers.offers.offers[0].name == "Anna"
    room.hand.key("Return")
    qtbot.waitUntil(lambda: bool(room.people.findChildren(MergeOffer)))
    (offer,) = room.people.findChildren(MergeOffer)
    assert offer.text.text() == "Anna is here already: 5 photos."
    room.hand.key("Return")
    qtbot.waitUntil(lambda: len(room.rows()) == 6)
    assert room.called("Anna").face_count == 10


def test_several_are_merged_from_the_menu_key(room: Room, qtbot: QtBot) -> None:
    view = room.people.grid.viewport()
    room.hand.click(view, cover_rect(room.card(0)))
    for number in (1, 2):
        room.hand.click(view, cover_rect(room.card(number)), holding="ctrl")
    qtbot.waitUntil(lambda: len(room.people.selected()) == 3)
    room.hand.key("Menu")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    room.walk_menu(room.people.acts.merge)
    qtbot.waitUntil(lambda: len(room.rows()) == 5)
    qtbot.waitUntil(room.window.message.undo.isVisible)
    room.hand.key("ctrl+z")
    qtbot.waitUntil(lambda: len(room.rows()) == 7)


def test_dragging_a_card_says_what_will_happen_and_merges(room: Room, qtbot: QtBot) -> None:
    name_by_typing(room, qtbot, 0, "Anna")
    grid = room.people.grid
    other = room.people.model.rows[2].id

    def read_card() -> str:
        return grid.card.text.text() if grid.card.isVisible() else ""

    said = room.hand.drag(grid.viewport(), room.card(2), room.card(0), look=read_card)
    assert said == "Merge 5 photos into Anna (5 photos)"
    assert not grid.card.isVisible()
    qtbot.waitUntil(lambda: len(room.rows()) == 6)
    assert other not in [row.id for row in room.rows()]
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 6)
    message = room.window.message
    qtbot.waitUntil(lambda: "merged" in message.label.text().casefold() and not message.isHidden())
    room.hand.click(message.undo)
    qtbot.waitUntil(lambda: len(room.rows()) == 7)


def test_sections_fold_and_the_hidden_ones_come_back(named_room: Room, qtbot: QtBot) -> None:
    room, grid, model = named_room, named_room.people.grid, named_room.people.model
    assert [section.title for section in model.sections] == ["Named", "Groups"]
    room.hand.click(grid.viewport(), title_of(room, "Named"))
    qtbot.waitUntil(lambda: [row.name for row in model.rows] == [""] * 4)
    room.hand.click(grid.viewport(), title_of(room, "Named"))
    qtbot.waitUntil(lambda: len(model.rows) == 7)
    room.hand.click(grid.viewport(), cover_rect(room.card(6)))
    hidden = model.rows[6].id
    room.hand.key("Delete")
    qtbot.waitUntil(lambda: hidden not in [row.id for row in room.rows()])
    qtbot.waitUntil(lambda: [s.title for s in model.sections] == ["Named", "Groups", "Hidden"])
    assert len(model.rows) == 6  # what is hidden is folded away
    room.hand.click(grid.viewport(), title_of(room, "Hidden"))
    qtbot.waitUntil(lambda: len(model.rows) == 7)
    room.hand.click(grid.viewport(), button=5, times=10)  # scroll to the end
    qtbot.waitUntil(lambda: room.card_of(hidden).bottom() < grid.viewport().height())
    room.hand.click(grid.viewport(), cover_rect(room.card_of(hidden)))
    qtbot.waitUntil(lambda: [row.id for row in room.people.selected()] == [hidden])
    room.hand.key("ctrl+shift+h")
    qtbot.waitUntil(lambda: hidden in [row.id for row in room.rows()])


def test_a_cover_is_chosen_among_the_best_faces(room: Room, qtbot: QtBot) -> None:
    person = room.people.model.rows[0]
    best = best_faces(room.house.library, person.id, limit=24)
    assert person.cover is not None
    room.hand.click(room.people.grid.viewport(), cover_rect(room.card(0)))
    room.hand.key("ctrl+k")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), CoverChooser))
    chooser = QApplication.activePopupWidget()
    assert isinstance(chooser, CoverChooser)
    qtbot.waitUntil(lambda: len(chooser.grid.faces.rows) == len(best))
    place = next(n for n, face in enumerate(best) if face.id != person.cover.id)
    wanted = chooser.grid.visualRect(chooser.grid.faces.index(place))
    room.hand.click(chooser.grid.viewport(), wanted)

    def cover() -> int:
        people = list_people(room.house.library, room.house.collection.id)
        row = next(row for row in people if row.id == person.id)
        return row.cover.id if row.cover is not None else 0

    qtbot.waitUntil(lambda: cover() == best[place].id)


def test_typing_finds_people_and_the_order_is_chosen(named_room: Room, qtbot: QtBot) -> None:
    room, model = named_room, named_room.people.model
    assert [row.name for row in model.rows[:3]] == ["Anna", "Ben", "Carl"]
    order = room.window.menus.order
    room.hand.key("alt+v")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    room.walk_menu(order.menuAction())
    qtbot.waitUntil(order.isVisible)
    seen = next(action for action in order.actions() if action.text() == "Recently seen")
    room.walk_menu(seen)
    qtbot.waitUntil(lambda: room.people.sort() == "seen")
    assert model.rows[0].name == "Carl"  # he is on the right, in the newest photo
    room.hand.click(room.people.grid.viewport(), cover_rect(room.card(0)))
    room.hand.type("be")
    qtbot.waitUntil(lambda: [row.name for row in model.rows] == ["Ben"])
    room.hand.key("Escape", "Escape")
    qtbot.waitUntil(lambda: len(model.rows) == 7)
