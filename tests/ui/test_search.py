"""The search field and the page of what it finds, driven as a user does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.library.commands.people import merge_people, name_person
from app.library.rows import PhotoSearch
from app.ui.places import Kind, Place
from app.ui.search.chip import Chip
from app.ui.search.field import SearchField
from app.ui.search.page import SearchPage
from app.ui.search.suggestions import Suggestion

if TYPE_CHECKING:
    from tests.ui.conftest import Room

KEY = Qt.Key


class Search:
    """The field and the page, with short ways to them."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.qtbot = room, qtbot
        self.window = room.window
        self.field: SearchField = room.window.top_bar.search
        page = room.window.pages[Kind.SEARCH]
        assert isinstance(page, SearchPage)
        self.page = page
        named = {row.name: row.id for row in room.rows()}
        self.anna, self.ben = named["Anna"], named["Ben"]
        self.carl = next(row.id for row in room.rows() if row.photo_count == 3 and not row.name)

    def type(self, text: str, enter: bool = True) -> None:
        """Ctrl+F and some keys."""
        QTest.keyClick(self.window, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.field.edit, text)
        if enter:
            popup = self.field.edit.completer().popup()
            target: QWidget = popup if popup.isVisible() else self.field.edit
            QTest.keyClick(target, KEY.Key_Return)
            self.come_forward()

    def come_forward(self) -> None:
        """The offscreen platform leaves no window in front when a popup closes."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def shows(self, count: int, title: str) -> None:
        """Wait until so many photos are there, under this title."""
        try:
            self.qtbot.waitUntil(
                lambda: (len(self.page.grid.photos.rows), self.page.title) == (count, title)
            )
        except Exception as error:
            found = len(self.page.grid.photos.rows), self.page.title
            raise AssertionError(f"there are {found}, not {(count, title)}") from error

    def chips(self) -> list[str]:
        """The chips in words; those that are only offered are left out."""
        return [c.accessibleName() for c in self.field.chips.all if not c._look.is_off]

    def chip(self, words: str) -> Chip:
        return next(c for c in self.field.chips.all if c.accessibleName() == words)

    def has_keyboard(self, widget: QWidget) -> bool:
        """Whether it has the keyboard, or will when the window is in front again."""
        return self.window.focusWidget() is widget

    def menu(self, owner: QWidget) -> QMenu:
        """The menu that is open."""
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), owner
        return menu

    @property
    def here(self) -> PhotoSearch:
        assert self.window.trail.here.kind == Kind.SEARCH
        return self.window.trail.here.search


@pytest.fixture
def search(room: Room, qtbot: QtBot) -> Search:
    return Search(room, qtbot)


@pytest.fixture
def three(room: Room, qtbot: QtBot) -> Search:
    """A search in an album where c is called Carl Berg."""
    search = Search(room, qtbot)
    name_person(room.library, search.carl, "Carl Berg")
    room.window.desk.named.refresh()
    qtbot.waitUntil(lambda: len(room.window.desk.named.rows) == 3)
    return search


def labels(search: Search) -> list[str]:
    """What the list under the field offers."""
    model = search.field.edit.completer().model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(menu: QMenu, *path: str) -> None:
    """Choose an entry by its words, menus within menus first."""
    for text in path[:-1]:
        inner = next(a.menu() for a in menu.actions() if a.text() == text)
        assert isinstance(inner, QMenu)
        menu.aboutToShow.emit()
        menu = inner
    entry = next(a for a in menu.actions() if a.text().split("\t")[0] == path[-1])
    top: QWidget | None = QApplication.activePopupWidget()
    entry.trigger()
    while top is not None:
        top.close()
        top = QApplication.activePopupWidget()


def test_a_line_becomes_chips_and_photos(three: Search) -> None:
    three.type("anna ben -carl berg")
    three.shows(2, "Anna & Ben without Carl Berg")
    assert three.chips() == ["with Anna", "with Ben", "not Carl Berg"]
    assert three.field.edit.text() == "" and three.has_keyboard(three.field.edit)
    assert three.page.filters.summary.full == "2 photos  ·  with Anna, Ben · without Carl Berg"


def test_or_only_and_dates(three: Search) -> None:
    three.type("anna | carl")
    three.shows(6, "Anna or Carl Berg")
    assert three.chips() == ["one of Anna", "one of Carl Berg"]
    three.type("only")
    three.shows(3, "Only Anna or Carl Berg")
    assert three.chips()[-1] == "✓ only"
    assert three.page.filters.only.isChecked() and three.page.only.isChecked()
    three.type("2021")
    three.shows(1, "Only Anna or Carl Berg, 2021")
    assert three.page.filters.dates.text() == "2021"
    assert three.here.since == date(2021, 1, 1)


def test_what_is_not_understood_stays_and_is_told(search: Search) -> None:
    search.type("anna xyz")
    search.shows(4, "Anna")
    assert search.field.edit.text() == "xyz"
    assert search.window.message.label.text() == "Nobody here is called “xyz”."


def test_enter_takes_the_first_suggestion(three: Search) -> None:
    three.type("be")
    three.shows(4, "Ben")
    three.type("-an")
    three.shows(2, "Ben without Anna")


def test_a_suggestion_is_chosen_with_the_arrows(three: Search, qtbot: QtBot) -> None:
    three.type("anna -be", enter=False)
    popup = three.field.edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert labels(three) == ["Ben", "Carl Berg"]
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Down)
    assert three.field.edit.text() == "anna -Carl Berg"
    QTest.keyClick(popup, KEY.Key_Return)
    three.shows(3, "Anna without Carl Berg")


def test_dates_and_folders_are_offered(search: Search, qtbot: QtBot) -> None:
    search.field.edit.setFocus()
    qtbot.waitUntil(lambda: bool(search.window.desk.extent.months))
    for text, offered in (
        ("20", ["2021", "2020"]),
        ("anna june 20", ["June 2021", "June 2020"]),
        ("jun", ["June 2021", "June 2020"]),
        ("since 202", ["2021", "2020"]),
        ("in:", ["in drawn"]),
        ("dra", ["in drawn"]),
        ("zz", []),
    ):
        search.field.edit.clear()
        QTest.keyClicks(search.field.edit, text)
        assert labels(search) == offered, text
    search.field.edit.clear()
    QTest.keyClicks(search.field.edit, "in:dr")
    popup = search.field.edit.completer().popup()
    row = popup.model().index(0, 0)
    assert isinstance(row.data(Qt.ItemDataRole.UserRole), Suggestion)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "in drawn, 12 photos"
    spot = popup.visualRect(row).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    search.shows(12, "In drawn")
    assert search.chips() == ["in drawn"]


def test_the_keyboard_walks_between_chips(three: Search) -> None:
    three.type("anna ben 2020")
    three.shows(2, "Anna & Ben, 2020")
    QTest.keyClick(three.field.edit, KEY.Key_Left)
    assert three.has_keyboard(three.chip("2020"))
    for words in ("only", "with Ben", "with Anna", "with Anna"):
        QTest.keyClick(three.window.focusWidget(), KEY.Key_Left)
        assert three.has_keyboard(three.chip(words)), words
    QTest.keyClick(three.window.focusWidget(), KEY.Key_Delete)
    three.shows(4, "Ben, 2020")
    assert three.has_keyboard(three.chip("with Ben")), "the keyboard stays among the chips"
    QTest.keyClick(three.window.focusWidget(), KEY.Key_End)
    assert three.has_keyboard(three.field.edit)
    QTest.keyClick(three.field.edit, KEY.Key_Backspace)
    three.shows(4, "Ben")
    QTest.keyClick(three.field.edit, KEY.Key_Left)
    QTest.keyClick(three.window.focusWidget(), KEY.Key_C)
    assert three.has_keyboard(three.field.edit) and three.field.edit.text() == "c"


@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Return])
def test_how_somebody_is_meant_is_changed_on_the_chip(three: Search, key: Qt.Key) -> None:
    three.type("anna ben")
    three.shows(2, "Anna & Ben")
    chip = three.chip("with Ben")
    chip.setFocus()
    QTest.keyClick(chip, key)
    menu = three.menu(chip)
    entries = [(a.text(), a.isChecked()) for a in menu.actions() if not a.isSeparator()]
    assert entries == [
        ("With", True), ("One of", False), ("Without", False), ("Show all photos of Ben", False),
        ("Remove", False),
    ]  # fmt: skip
    choose(menu, "Without")
    three.shows(2, "Anna without Ben")
    assert three.chips() == ["with Anna", "not Ben"]
    assert three.has_keyboard(three.chip("not Ben")), "it is the same chip"


def test_a_chip_is_clicked(three: Search) -> None:
    three.type("anna ben")
    three.shows(2, "Anna & Ben")
    chip = three.chip("with Anna")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 14))
    choose(three.menu(chip), "One of")
    three.shows(2, "Ben & Anna")
    assert three.chips() == ["with Ben", "one of Anna"]
    QTest.mouseClick(three.chip("only"), Qt.MouseButton.LeftButton)
    three.shows(2, "Only Ben & Anna")
    cross = QRect(three.chip("with Ben").rect()).adjusted(0, 0, -8, 0).topRight() + QPoint(0, 14)
    QTest.mouseClick(three.chip("with Ben"), Qt.MouseButton.LeftButton, pos=cross)
    three.shows(1, "Only Anna")
    chip = three.chip("one of Anna")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 14))
    choose(three.menu(chip), "Show all photos of Anna")
    assert three.window.trail.here == Place(Kind.PERSON, (three.anna,))
    assert three.field.chips.all == []


def test_a_date_is_typed_anew(search: Search) -> None:
    search.type("anna 2020")
    search.shows(4, "Anna, 2020")
    chip = search.chip("2020")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 14))
    choose(search.menu(chip), "Change")
    search.shows(4, "Anna")
    assert search.field.edit.text() == "2020" and search.has_keyboard(search.field.edit)
    QTest.keyClicks(search.field.edit, "before 2020")
    QTest.keyClick(search.field.edit, KEY.Key_Return)
    search.shows(0, "Anna, before 2020")


def test_escape_leads_back_to_where_the_search_began(search: Search, qtbot: QtBot) -> None:
    search.window.go(Place(Kind.PHOTOS))
    search.type("anna")
    search.shows(4, "Anna")
    search.type("2020")
    search.shows(4, "Anna, 2020")
    QTest.keyClick(search.field.edit, KEY.Key_Escape)
    assert search.window.trail.here.kind == Kind.PHOTOS
    assert search.field.chips.all == [] and not search.field.chips.isVisible()
    qtbot.waitUntil(lambda: search.window.top_bar._title.text() == "Photos")
    QTest.keyClick(search.window, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    search.shows(4, "Anna, 2020")
    assert search.chips() == ["with Anna", "2020"]


def test_back_and_forward_restore_the_chips(search: Search) -> None:
    search.type("anna")
    search.type("ben")
    search.shows(2, "Anna & Ben")
    search.window.actions_.back.trigger()
    search.shows(4, "Anna")
    assert search.chips() == ["with Anna"]
    search.window.actions_.forward.trigger()
    search.shows(2, "Anna & Ben")
    assert search.chips() == ["with Anna", "with Ben"]
    search.window.go(Place(Kind.PEOPLE))
    assert search.chips() == []


def test_taking_the_last_chip_away_ends_the_search(search: Search) -> None:
    search.type("anna")
    search.shows(4, "Anna")
    QTest.keyClick(search.field.edit, KEY.Key_Backspace)
    assert search.window.trail.here.kind == Kind.PEOPLE
    assert search.has_keyboard(search.field.edit), "to search for somebody else"


def test_enter_with_nothing_typed_leads_to_the_photos(search: Search) -> None:
    search.type("anna")
    search.shows(4, "Anna")
    QTest.keyClick(search.field.edit, KEY.Key_Return)
    assert search.has_keyboard(search.page.grid)


def test_unnamed_people_can_be_searched_for(search: Search, qtbot: QtBot) -> None:
    wanted = PhotoSearch(all_of=(search.anna, search.carl))
    search.window.go(Place(Kind.SEARCH, search=wanted))
    search.shows(1, "Anna & Unnamed person")
    assert search.chips() == ["with Anna", "with Unnamed person"]
    name_person(search.room.library, search.carl, "Carl")
    search.window.desk.deeds.name(search.carl, "Carla")
    search.shows(1, "Anna & Carla")
    qtbot.waitUntil(lambda: search.chips() == ["with Anna", "with Carla"])


def test_a_merge_while_shown_updates_the_chips(three: Search, qtbot: QtBot) -> None:
    three.type("ben carl berg")
    three.shows(1, "Ben & Carl Berg")
    three.window.desk.deeds.merge(three.ben, [three.carl])
    three.shows(6, "Ben")
    qtbot.waitUntil(lambda: three.chips() == ["with Ben"])
    three.type("-anna")
    three.shows(3, "Ben without Anna")
    three.window.desk.deeds.forget(three.ben)
    three.shows(0, "Unnamed person without Anna")


def test_an_old_place_shows_the_people_of_today(search: Search) -> None:
    merge_people(search.room.library, search.ben, [search.carl])
    search.window.go(Place(Kind.SEARCH, search=PhotoSearch(all_of=(search.carl,))))
    search.shows(6, "Ben")
    assert search.chips() == ["with Ben"]


def test_the_people_page_is_filtered_by_what_is_typed_last(search: Search, qtbot: QtBot) -> None:
    def names() -> list[str]:
        return [row.name for row in search.room.people.model.rows]

    search.type("anna -b", enter=False)
    qtbot.waitUntil(lambda: names() == ["Ben"])
    for _ in range(len("anna -b")):
        QTest.keyClick(search.field.edit, KEY.Key_Backspace)
    qtbot.waitUntil(lambda: len(names()) == 4)
    QTest.keyClicks(search.field.edit, "2020")
    assert len(names()) == 4, "a date is no name"
    QTest.keyClick(search.field.edit, KEY.Key_Escape)
    QTest.keyClick(search.field.edit, KEY.Key_Escape)
    assert search.field.edit.text() == ""


def test_a_search_without_photos_says_what_to_leave_out(three: Search) -> None:
    three.type("anna ben 2021")
    three.shows(0, "Anna & Ben, 2021")
    nothing = three.page.nothing
    assert nothing.isVisible()
    assert nothing.sentence.text() == "No photo shows Anna & Ben together in 2021."
    texts = [button.text() for button in nothing.buttons]
    assert texts == ["Leave out the dates: 2 photos"]
    QTest.mouseClick(nothing.buttons[0], Qt.MouseButton.LeftButton)
    three.shows(2, "Anna & Ben")
    assert not nothing.isVisible()
    assert three.chips() == ["with Anna", "with Ben"]


def test_dates_are_chosen_from_those_that_there_are(search: Search, qtbot: QtBot) -> None:
    search.type("anna or ben")
    search.shows(6, "Anna or Ben")
    qtbot.waitUntil(lambda: bool(search.window.desk.extent.months))
    row = search.page.filters
    QTest.mouseClick(row.dates, Qt.MouseButton.LeftButton)
    menu = search.menu(row.dates)
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Any date", "From", "Until", "2021", "2020",
    ]  # fmt: skip
    choose(menu, "From", "2020", "February")
    search.shows(5, "Anna or Ben, since February 2020")
    row.open_dates()
    choose(search.menu(row.dates), "Until", "2020", "March")
    search.shows(2, "Anna or Ben, February 2020 to March 2020")
    row.open_dates()
    choose(search.menu(row.dates), "2020", "The whole of 2020")
    search.shows(6, "Anna or Ben, 2020")
    row.open_dates()
    choose(search.menu(row.dates), "Any date")
    search.shows(6, "Anna or Ben")


def test_a_folder_is_chosen_and_the_search_is_cleared(search: Search, qtbot: QtBot) -> None:
    search.type("anna")
    search.shows(4, "Anna")
    qtbot.waitUntil(lambda: bool(search.window.desk.extent.directories))
    row = search.page.filters
    row.folder.setFocus()
    QTest.keyClick(row.folder, KEY.Key_Space)
    choose(search.menu(row.folder), "drawn")
    search.shows(4, "Anna, in drawn")
    assert row.folder.text() == "drawn" and search.has_keyboard(row.folder)
    QTest.mouseClick(row.clear, Qt.MouseButton.LeftButton)
    assert search.window.trail.here.kind == Kind.PEOPLE


def test_only_these_people_is_a_box(search: Search) -> None:
    search.type("anna")
    search.shows(4, "Anna")
    box = search.page.filters.only
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Space)
    search.shows(1, "Only Anna")
    assert box.isChecked() and search.has_keyboard(box)
    search.page.only.trigger()
    search.shows(4, "Anna")
    assert not box.isChecked() and not search.page.only.isChecked()


def test_the_narrowest_window_still_has_room(three: Search, qtbot: QtBot) -> None:
    three.field.edit.setFocus()
    qtbot.waitUntil(lambda: bool(three.window.desk.extent.directories))
    three.type("anna ben -carl berg 2020 in:drawn")
    three.shows(2, "Anna & Ben without Carl Berg, 2020, in drawn")
    three.window.resize(three.window.minimumSize())
    qtbot.waitUntil(lambda: three.window.width() == 820)
    assert three.page.filters.summary.text().endswith("…")
    assert three.field.edit.width() >= 90 and three.field.chips.width() > 0
    clear = three.page.filters.clear
    assert clear.mapTo(three.page, clear.rect().topRight()).x() <= three.page.width()


def test_what_the_page_can_do_is_an_act(search: Search) -> None:
    search.type("2020")
    search.shows(6, "2020")
    acts: list[QAction] = [act for act in search.page.actions() if act.text()]
    texts = [act.text() for act in acts]
    for text in ("Dates…", "Folder…", "Only these people", "Clear the search"):
        assert text in texts
    assert not search.page.only.isEnabled(), "nobody is meant by it"
    assert search.page.menu_title == "Search"
    search.page.grid.setFocus()
    mods = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(search.page.grid, KEY.Key_X, mods)
    assert search.window.trail.here.kind == Kind.PEOPLE
