"""The History page over a real library: what was said, and the way back to any point of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.library.commands.people import hide_person, name_person
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import history
from app.library.rows import DecisionRow
from app.progress import Steps
from app.ui.history.journey import Journey
from app.ui.history.lines import Day, Now, Standing, Word, lines_of
from app.ui.history.page import HistoryPage
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def history_page(room: Room, qtbot: QtBot, count: int) -> HistoryPage:
    room.window.go(Place(Kind.HISTORY))
    page = room.window.pages[Kind.HISTORY]
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(lambda: len(page.model.words()) == count)
    return page


def rename(room: Room, *names: str) -> None:
    anna = next(row.id for row in room.rows() if row.name == "Anna")
    for name in names:
        name_person(room.library, anna, name)


def standings(page: HistoryPage) -> list[str]:
    return [word.standing.value for word in page.model.words()]


def stand_at(page: HistoryPage, place: int) -> None:
    """Choose a word by its place, newest first."""
    page.list.setCurrentIndex(page.model.index_of(page.model.words()[place].row.id))


def test_everything_said_is_listed_newest_first(room: Room, qtbot: QtBot) -> None:
    rename(room, "Berta")
    page = history_page(room, qtbot, 3)
    assert [word.row.said for word in page.model.words()][1:] == ["Named Ben", "Named Anna"]
    texts = [page.model.data(page.model.index(row)) for row in range(page.model.rowCount())]
    assert texts[:2] == ["Now", "Today"]
    spoken = page.model.data(page.model.index(2), Qt.ItemDataRole.AccessibleTextRole)
    assert "Berta" in spoken and "taken back" not in spoken
    assert page.list.currentIndex().row() == 2


def test_the_arrows_go_from_word_to_word(room: Room, qtbot: QtBot) -> None:
    page = history_page(room, qtbot, 2)
    assert page.list.hasFocus()
    for key, said in (
        (Qt.Key.Key_Down, "Named Anna"),
        (Qt.Key.Key_Down, "Named Anna"),
        (Qt.Key.Key_Up, "Named Ben"),
        (Qt.Key.Key_Up, "Named Ben"),
        (Qt.Key.Key_End, "Named Anna"),
        (Qt.Key.Key_Home, "Named Ben"),
        (Qt.Key.Key_PageDown, "Named Anna"),
        (Qt.Key.Key_PageUp, "Named Ben"),
    ):
        QTest.keyClick(page.list, key)
        chosen = page.chosen()
        assert chosen is not None and chosen.row.said == said, key


def test_going_back_to_a_word_and_forward_again(room: Room, qtbot: QtBot) -> None:
    rename(room, "Berta", "Clara", "Dora")
    page = history_page(room, qtbot, 5)
    assert page.from_here.isEnabled() and not page.after.isEnabled()
    stand_at(page, 2)
    assert page.after.isEnabled() and not page.up_to.isEnabled()
    assert page._told.text() == "2 things said after this."
    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: standings(page)[:2] == ["waits"] * 2)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Took back 2 things")
    assert room.names() == ["Ben", "Berta"]
    qtbot.waitUntil(lambda: not page.journey.is_under_way)
    lines = list(page.model.lines)
    assert [type(line) for line in lines[:4]] == [Day, Word, Word, Now], "the line of now"
    spoken = page.model.data(page.model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("taken back")
    stand_at(page, 0)
    assert page.up_to.isEnabled() and not page.from_here.isEnabled()
    page.up_to.trigger()
    qtbot.waitUntil(lambda: "Dora" in room.names())
    qtbot.waitUntil(lambda: set(standings(page)) == {"stands"})


def test_this_and_what_came_after_is_taken_back_and_redo_is_offered(
    room: Room, qtbot: QtBot
) -> None:
    rename(room, "Berta", "Clara")
    page = history_page(room, qtbot, 4)
    stand_at(page, 1)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    message = room.window.message
    qtbot.waitUntil(lambda: message.label.text() == "Took back 2 things")
    assert room.names() == ["Anna", "Ben"]
    assert message.undo.text() == "Redo"
    QTest.mouseClick(message.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.names() == ["Ben", "Clara"])
    qtbot.waitUntil(lambda: message.label.text() == "Said again 2 things")


def test_enter_and_a_double_click_lead_to_a_word(room: Room, qtbot: QtBot) -> None:
    rename(room, "Berta", "Clara")
    page = history_page(room, qtbot, 4)
    stand_at(page, 3)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Anna"])
    qtbot.waitUntil(lambda: standings(page) == ["waits"] * 3 + ["stands"])
    qtbot.waitUntil(lambda: not page.journey.is_under_way)
    spot = page.list.visualRect(page.model.index_of(page.model.words()[2].row.id)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])


def test_undo_elsewhere_moves_the_line_of_now_at_once(room: Room, qtbot: QtBot) -> None:
    page = history_page(room, qtbot, 2)
    for count in (1, 2):
        QTest.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda n=count: standings(page).count("waits") == n, timeout=900)
    assert isinstance(page.model.lines[-1], Now)


def test_what_was_taken_back_before_something_else_stays_listed(room: Room, qtbot: QtBot) -> None:
    rename(room, "Berta")
    undo(room.library, room.collection_id)
    rename(room, "Clara")
    page = history_page(room, qtbot, 4)
    assert standings(page) == ["stands", "gone", "stands", "stands"]
    stand_at(page, 1)
    assert not page.up_to.isEnabled() and not page.from_here.isEnabled()
    assert page.after.isEnabled()
    assert "something else" in page._told.text()


def test_redo_ends_where_the_library_says(room: Room) -> None:
    """Said, taken back, something else said and taken back: redo brings back the latter alone."""
    rename(room, "Berta")
    undo(room.library, room.collection_id)
    rename(room, "Clara")
    undo(room.library, room.collection_id)
    said, waiting = room.window.desk.album.history()
    assert [row.id in waiting for row in said] == [True, False, False, False]
    redo(room.library, room.collection_id)
    assert room.names() == ["Ben", "Clara"]


def test_the_page_fits_into_the_smallest_window(room: Room, qtbot: QtBot) -> None:
    room.window.resize(820, 520)
    page = history_page(room, qtbot, 2)
    for place in (0, 1):
        stand_at(page, place)
        qtbot.wait(10)
        assert room.window.width() == 820
        shown = [button for button in page._buttons.values() if button.isVisible()]
        assert len(shown) == 2
        assert all(button.geometry().right() < page.width() for button in shown)


def test_an_album_in_which_nothing_was_said(room: Room, qtbot: QtBot) -> None:
    page = history_page(room, qtbot, 2)
    page._show(([], frozenset()))
    assert page.nothing.isVisible() and not page.list.isVisible()
    assert not any(act.isEnabled() for act in page.actions())


def test_the_menu_of_a_word_holds_the_same_acts(room: Room, qtbot: QtBot) -> None:
    page = history_page(room, qtbot, 2)
    page._open_menu(page.list.visualRect(page.list.currentIndex()).center())
    (menu,) = page.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert menu.actions() == page.actions()
    menu.close()


def test_a_long_way_shows_how_far_it_is_and_can_be_ended(qtbot: QtBot) -> None:
    journey = Journey()
    qtbot.addWidget(journey)
    steps = Steps(total=120)
    journey.follow(steps, "Taking back")
    steps.done = 34
    qtbot.waitUntil(journey.isVisible)
    assert journey._label.text() == "Taking back  ·  34 of 120"
    QTest.mouseClick(journey.stop, Qt.MouseButton.LeftButton)
    assert steps.token.is_cancelled
    steps.is_over = True
    with qtbot.waitSignal(journey.ended):
        pass
    assert not journey.isVisible() and not journey.is_under_way


def test_thousands_of_words_are_listed(room: Room, qtbot: QtBot) -> None:
    page = history_page(room, qtbot, 2)
    start = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    said = [
        DecisionRow(n, start + timedelta(hours=n), "name", f"Named {n}", False)
        for n in range(5000, 0, -1)
    ]
    page._show((said, frozenset()))
    assert len(page.model.words()) == 5000
    QTest.keyClick(page.list, Qt.Key.Key_End)
    chosen = page.chosen()
    assert chosen is not None and chosen.row.said == "Named 1"
    assert page._told.text() == "4,999 things said after this."


def test_hiding_is_in_the_history_after_a_restart(room: Room) -> None:
    hide_person(room.library, room.rows()[0].id)
    assert next(row.kind for row in history(room.library, room.collection_id)) == "hide"


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans(), st.booleans()), max_size=30))
def test_lines_keep_order_days_and_one_now(words: list[tuple[int, bool, bool]]) -> None:
    moment = datetime(2024, 3, 30, 12, tzinfo=UTC).replace(tzinfo=None)
    said, waiting = [], set()
    for number, (hours, undone, waits) in enumerate(words):
        moment += timedelta(hours=hours)
        said.append(DecisionRow(number, moment, "name", str(number), undone))
        if undone and waits:
            waiting.add(number)
    said.reverse()
    lines = lines_of(said, waiting)
    assert [line.row for line in lines if isinstance(line, Word)] == said
    assert sum(isinstance(line, Now) for line in lines) == (1 if said else 0)
    days = [line.when for line in lines if isinstance(line, Day)]
    assert days == sorted(set(days), reverse=True)
    day = None
    for line in lines:
        if isinstance(line, Day):
            day = line.when
        elif isinstance(line, Word):
            assert line.when.date() == day
    if said:
        below = lines[lines.index(Now()) :]
        assert all(line.standing is not Standing.WAITS for line in below if isinstance(line, Word))
