"""How a name is typed: completion, what Enter takes, and the offer to merge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.people.merge_offer import MergeOffer
from app.ui.widgets.name_dialog import NameDialog
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.name_match import Fit, fit
from app.ui.widgets.name_offers import offers_for
from tests.ui.test_people import card_of, editor_in, open_editor

if TYPE_CHECKING:
    from tests.ui.conftest import Room

NAMES = ("Anna", "Annabel", "Ben", "Grandma Anne", "José", "Susanna")


@pytest.fixture
def edit(qtbot: QtBot) -> Iterator[NameEdit]:
    """A field over some names, with the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    names = QStringListModel(NAMES, window)
    edit = NameEdit(names, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.setFocus()
    yield edit
    window.close()


def lines(edit: NameEdit) -> list[str]:
    """What is offered, as it is read."""
    model = edit.offers.offers
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def entered(edit: NameEdit, text: str, *keys: Qt.Key) -> list[str]:
    """What is chosen when one types, presses some keys, and then Enter."""
    chosen: list[str] = []
    edit.chosen.connect(chosen.append)
    QTest.keyClicks(edit, text)
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyClick(edit, key)
    return chosen


def test_the_best_match_comes_first_and_the_new_name_last(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "ann")
    assert edit.offers.isVisible()
    assert lines(edit) == ["Anna", "Annabel", "Grandma Anne", "Susanna", "New name “ann”"]
    assert edit.offers.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("typed", "keys", "taken"),
    [
        ("ann", (), "Anna"),  # the first name that begins with it
        ("ANNA", (), "Anna"),
        ("jose", (), "José"),
        ("ann", (Qt.Key.Key_Down,), "Annabel"),
        ("Ann", (Qt.Key.Key_Up,), "Ann"),  # from the first line to the last: a new name
        ("usan", (), "usan"),  # inside of a name is not its beginning
        ("usan", (Qt.Key.Key_Up,), "Susanna"),
        ("Carl", (), "Carl"),
        ("  Carl  the  Great ", (), "Carl the Great"),
    ],
)
def test_what_enter_takes(edit: NameEdit, typed: str, keys: tuple[Qt.Key, ...], taken: str) -> None:
    assert entered(edit, typed, *keys) == [taken]
    assert not edit.offers.isVisible()


def test_nothing_typed_is_no_name(edit: NameEdit) -> None:
    assert entered(edit, "   ") == []


def test_a_name_in_use_is_offered_no_second_time(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "anna")
    assert lines(edit)[0] == "Anna" and "New name “anna”" not in lines(edit)
    edit.clear()
    QTest.keyClicks(edit, "xy")
    assert not edit.offers.isVisible(), "a list that only repeats what is typed helps nobody"


def test_down_in_an_empty_field_offers_everyone(edit: NameEdit) -> None:
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.offers.isVisible() and lines(edit) == sorted(NAMES, key=str.casefold)


def test_a_name_can_be_shortened(edit: NameEdit) -> None:
    edit.setText("Anna")
    assert entered(edit, "", Qt.Key.Key_Backspace, Qt.Key.Key_Up) == ["Ann"]


def test_the_name_that_was_there_stays_itself(edit: NameEdit) -> None:
    edit.setText("Anna")
    edit.selectAll()
    assert entered(edit, "Anna") == ["Anna"], "and not Annabel"


def test_a_click_in_the_list_chooses(edit: NameEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(edit, "ann")
    spot = edit.offers.visualRect(edit.offers.offers.index(1, 0)).center()
    with qtbot.waitSignal(edit.chosen) as chosen:
        QTest.mouseClick(edit.offers.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == ["Annabel"]


def test_the_list_leaves_with_the_focus(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "ann")
    edit.clearFocus()
    assert not edit.offers.isVisible()


@given(st.text(min_size=1, max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_every_part_of_a_name_finds_it(part: str, before: str, after: str) -> None:
    name = f"{before}{part}{after}"
    found = fit(name, part)
    plain = unicodedata.normalize("NFKD", part.strip())
    if any(not unicodedata.combining(c) for c in plain) and name.isascii():
        assert found is not None
    assert fit(name, name) in (Fit.SAME, None)


@given(st.lists(st.text("ab é", min_size=1, max_size=6), unique=True), st.text("abé ", max_size=3))
def test_offers_are_in_order_and_complete(names: list[str], typed: str) -> None:
    model = QStringListModel(names)
    offers = offers_for(model, typed)
    fits = [offer.best for offer in offers if offer.best is not None]
    assert fits == sorted(fits)
    assert [offer.is_new for offer in offers].count(True) <= 1
    text = " ".join(typed.split())
    same = text.casefold() in [name.strip().casefold() for name in names]
    assert bool(offers and offers[-1].is_new) == (bool(text) and not same)


def test_the_dialog_keeps_its_list_above_its_buttons(room: Room, qtbot: QtBot) -> None:
    dialog = NameDialog("Who is this?", "Save", room.window.desk.named.names, room.window)
    qtbot.addWidget(dialog)
    dialog.open()
    offers, buttons = dialog.edit.offers, dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    assert offers.isVisible() and lines(dialog.edit) == ["Anna", "Ben"]
    before = buttons.geometry()
    QTest.keyClicks(dialog.edit, "be")
    assert lines(dialog.edit) == ["Ben", "New name “be”"]
    assert not offers.geometry().intersects(buttons.geometry())
    assert buttons.geometry() == before
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert chosen.args == ["Ben"]


# -- on a card ------------------------------------------------------------------------------


def offer_in(room: Room) -> MergeOffer | None:
    found = room.people.findChildren(MergeOffer)
    return found[-1] if found and found[-1].isVisible() else None


def type_anna(room: Room, qtbot: QtBot) -> MergeOffer:
    """Type the name of somebody else on an unnamed card."""
    editor = open_editor(room, qtbot, card_of(room, ""))
    QTest.keyClicks(editor, "an")
    assert lines(editor)[0] == "Anna"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: offer_in(room) is not None)
    offer = offer_in(room)
    assert offer is not None
    return offer


def test_a_name_in_use_offers_to_merge_and_enter_merges(room: Room, qtbot: QtBot) -> None:
    anna = room.people.model.rows[card_of(room, "Anna")]
    offer = type_anna(room, qtbot)
    assert "Anna is here already: 4 photos." in offer.text.text()
    assert len(room.rows()) == 4, "nothing has happened yet"
    assert room.people.rect().contains(offer.geometry())
    QTest.keyClick(offer.merge, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 3)
    assert room.names() == ["Anna", "Ben"]
    assert [row.id for row in room.people.selected()] == [anna.id], "who stays is selected"
    assert QApplication.focusWidget() is room.people.grid
    qtbot.waitUntil(room.window.message.undo.isVisible)
    QTest.mouseClick(room.window.message.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)


def test_escape_leads_back_to_the_editor(room: Room, qtbot: QtBot) -> None:
    offer = type_anna(room, qtbot)
    QTest.keyClick(offer.merge, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: room.people.grid.is_editing)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEdit) and editor.text() == "Anna"
    QTest.keyClicks(editor, "lise")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Annalise" in room.names())


def test_a_click_elsewhere_merges_nobody(room: Room, qtbot: QtBot) -> None:
    offer = type_anna(room, qtbot)
    room.window.top_bar.search.edit.setFocus()
    qtbot.waitUntil(lambda: not offer.isVisible())
    qtbot.wait(50)
    assert len(room.rows()) == 4 and not room.people.is_held()


def test_a_new_name_that_begins_like_another(room: Room, qtbot: QtBot) -> None:
    editor = open_editor(room, qtbot, card_of(room, ""))
    QTest.keyClicks(editor, "Ann")
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert lines(editor)[editor.offers.currentIndex().row()] == "New name “Ann”"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Ann", "Anna", "Ben"])
    qtbot.waitUntil(lambda: [row.name for row in room.people.selected()] == ["Ann"])


def test_tab_names_and_goes_on(room: Room, qtbot: QtBot) -> None:
    first = card_of(room, "")
    editor = open_editor(room, qtbot, first)
    QTest.keyClicks(editor, "Zoe")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "Zoe" in room.names())
    assert room.people.grid.is_editing
    assert room.people.grid.currentIndex().row() == first + 1
    # Who was named is called so at once, and goes to the others when nobody types any more.
    qtbot.waitUntil(lambda: room.people.model.rows[first].name == "Zoe")
    assert isinstance(QApplication.focusWidget(), NameEdit)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: room.people.model.sections[0].count == 3)


def test_escape_gives_the_keyboard_back_to_the_grid(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    grid.setFocus()
    grid.setCurrentIndex(room.people.model.index(card_of(room, "Ben")))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: grid.is_editing)
    editor = editor_in(room)
    assert editor is not None and editor.selectedText() == "Ben"
    QTest.keyClicks(editor, "an")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not grid.is_editing)
    assert QApplication.focusWidget() is grid
    assert room.names() == ["Anna", "Ben"]


def test_renaming_somebody_does_not_offer_them_to_themselves(room: Room, qtbot: QtBot) -> None:
    editor = open_editor(room, qtbot, card_of(room, "Ben"))
    editor.end(False)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert not editor.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Be"])
    assert offer_in(room) is None
