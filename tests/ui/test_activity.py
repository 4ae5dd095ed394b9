"""The Activity page over a real library, and who leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed, Ended, Progressed
from app.library.commands.tasks import end_task, note_skip, start_task
from app.library.models import Task
from app.library.queries.tasks import task
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType
from app.progress import Progress
from app.ui.activity import page as page_room
from app.ui.activity import wording
from app.ui.activity.model import Day, Done, lines_of
from app.ui.activity.page import ActivityPage
from app.ui.details import DetailsDialog
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room

NOON = datetime(2026, 5, 4, 12)


def a_row(kind: TaskType = TaskType.INDEX, **values: object) -> TaskRow:
    """A task that took 90 seconds until noon, unless told otherwise."""
    begun = NOON - timedelta(seconds=90)
    row = TaskRow(
        f"task-{kind.value}", kind, TaskState.DONE, 0, 0, begun, NOON, "", started=begun
    )  # fmt: skip
    return replace(row, **values)  # type: ignore[arg-type]


def progress(name: str, kind: TaskType = TaskType.INDEX, **values: object) -> Progress:
    made = Progress(name, kind.value, TaskState.RUNNING.value, 3, 12)
    return replace(made, **values)  # type: ignore[arg-type]


def ended(
    room: Room,
    kind: TaskType = TaskType.INDEX,
    state: TaskState = TaskState.DONE,
    error: str = "",
    **result: object,
) -> TaskRow:
    """A task of the library that has ended."""
    task_id = start_task(room.library, room.collection_id, kind)
    return end_task(room.library, task_id, state, result, error)


def open_page(room: Room, qtbot: QtBot, count: int) -> ActivityPage:
    room.window.go(Place(Kind.ACTIVITY))
    page = room.window.pages[Kind.ACTIVITY]
    assert isinstance(page, ActivityPage)
    qtbot.waitUntil(lambda: len(page.model.tasks()) == count)
    return page


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (a_row(), "Looked for photos: nothing was new"),
        (a_row(done=1207, skip_count=3), "1,204 photos looked at, 3 skipped"),
        (a_row(done=1, result={"Faces": 2}), "1 photo looked at, 2 faces found"),
        (a_row(done=2, skip_count=2), "0 photos looked at, 2 skipped"),
        (
            a_row(state=TaskState.CANCELLED, done=5, total=9, skip_count=1),
            "Looking at photos was cancelled, after 4 photos",
        ),
        (
            a_row(state=TaskState.FAILED, error="The disk is full."),
            "Looking at photos failed: The disk is full.",
        ),
        (
            a_row(TaskType.CLUSTER, result={"NewFaces": 40, "FigureClusters": 3}),
            "Grouped 40 new faces: 3 people and groups now",
        ),
        (
            a_row(TaskType.CLUSTER, result={"NewFaces": 1, "FigureClusters": 1}),
            "Grouped 1 new face: 1 person or group now",
        ),
        (
            a_row(TaskType.CLUSTER, result={"NewFaces": 0, "FigureClusters": 3}),
            "Grouped faces, none of them new: 3 people and groups now",
        ),
        (
            a_row(TaskType.REBUILD, result={"FigureClusters": 3}),
            "Grouped all faces anew: 3 people and groups now",
        ),
        (
            a_row(TaskType.BACKUP, result={"Reason": "daily", "Size": 2_412_582}),
            "Made the daily backup, 2.4 MB",
        ),
        (
            a_row(TaskType.BACKUP, state=TaskState.INTERRUPTED),
            "Making a backup was interrupted",
        ),
        (a_row(TaskType.RESTORE, result={"Photos": 12}), "Restored a backup with 12 photos"),
        (a_row(TaskType.ERASE, result={"What": "person"}), "Forgot a person"),
        (a_row(TaskType.ERASE, result={"What": "faces"}), "Erased all face data"),
        (a_row(TaskType.REPAIR), "Looked the library over: everything is in order"),
        (
            a_row(TaskType.REPAIR, result={"Problems": 2, "Mended": 1}),
            "Looked the library over: 2 problems, 1 mended",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_done_is_said_in_a_sentence(room: Room, row: TaskRow, said: str) -> None:
    assert room and wording.done(row) == said


def test_every_type_and_state_has_its_words(room: Room) -> None:
    assert room and set(wording.ICONS) == set(TaskType)
    for kind in TaskType:
        for state in TaskState:
            for by_other in (False, True):
                assert wording.doing(progress("a", kind, state=state.value, by_other=by_other))
            if state not in (TaskState.WAITING, TaskState.RUNNING, TaskState.PAUSED):
                row = a_row(kind, state=state)
                assert wording.done(row)
                assert bool(wording.standing(row)) is (state is not TaskState.DONE)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "under 1 s"), (12, "12 s"), (90, "2 min"), (3599, "1 h 0 min"), (4900, "1 h 22 min")],
)
def test_how_long_it_took(room: Room, seconds: float, said: str) -> None:
    started = NOON - timedelta(seconds=seconds)
    assert room and wording.length(a_row(started=started)) == said
    assert wording.length(a_row(started=None)) == ""


def test_tasks_stand_under_the_day_on_which_they_ended() -> None:
    rows = [
        a_row(id="late", finished=NOON),
        a_row(id="runs", finished=None, state=TaskState.RUNNING),
        a_row(id="long", created=NOON - timedelta(days=2), finished=NOON + timedelta(minutes=1)),
        a_row(id="old", finished=NOON - timedelta(days=3)),
    ]
    lines = lines_of(rows)
    told = [line.row.id if isinstance(line, Done) else line.when for line in lines]
    assert told == [date(2026, 5, 4), "long", "late", date(2026, 5, 1), "old"]


# -- the page ---------------------------------------------------------------------------------


def test_what_was_done_is_listed_by_day_newest_first(room: Room, qtbot: QtBot) -> None:
    old = ended(room, TaskType.CLUSTER, NewFaces=4, FigureClusters=2)
    then = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
    Task.update(created=then, started=then, finished=then).where(Task.id == old.id).execute()
    ended(room, TaskType.BACKUP, TaskState.FAILED, "There is no room.")
    page = open_page(room, qtbot, 2)
    texts = [page.model.data(page.model.index(row)) for row in range(page.model.rowCount())]
    assert texts == [
        "Today",
        "Making a backup failed: There is no room.",
        "Yesterday",
        "Grouped 4 new faces: 2 people and groups now",
    ]
    assert [type(line) for line in page.model.lines] == [Day, Done, Day, Done]
    spoken = page.model.data(page.model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "There is no room." in spoken and "Failed" in spoken and spoken.endswith("under 1 s")
    assert page.list.hasFocus() and page.list.currentIndex().row() == 1
    assert page.told.text() == "There is no room."
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    chosen = page.chosen()
    assert chosen is not None and chosen.id == old.id, "a day is stepped over"
    assert page.told.text().startswith("Kinfolk did this by itself. It began at ")
    assert not page.skipped.isEnabled()


def test_nothing_was_done_yet(room: Room, qtbot: QtBot) -> None:
    page = open_page(room, qtbot, 0)
    qtbot.waitUntil(page.nothing.isVisible)
    assert not page.list.isVisible() and not page.now.isVisible()
    row = ended(room)
    room.indexer.tell(Ended(row))
    qtbot.waitUntil(lambda: [one.id for one in page.model.tasks()] == [row.id])
    assert page.list.isVisible() and not page.nothing.isVisible()


def test_work_under_way_has_a_card_that_goes_with_it(room: Room, qtbot: QtBot) -> None:
    room.indexer.tell(Progressed(progress("early")))
    qtbot.waitUntil(lambda: room.window.strip.is_busy)
    page = open_page(room, qtbot, 0)
    assert list(page.now.cards) == ["early"], "what began before the page was made"
    room.indexer.tell(Progressed(progress("early", done=6, per_second=2.0, seconds_left=3.0)))
    room.indexer.tell(Progressed(progress("backup", TaskType.BACKUP, done=1, total=4)))
    qtbot.waitUntil(lambda: len(page.now.cards) == 2)
    first, second = page.now.cards["early"], page.now.cards["backup"]
    qtbot.waitUntil(second.cancel.isVisible)
    assert first.isVisible() and first.title.text() == "Looking at photos"
    assert first.facts.full == "6 of 12  ·  2 a second  ·  less than a minute left"
    assert (first.bar.value(), first.bar.maximum()) == (6, 12)
    assert second.title.text() == "Making a backup" and second.facts.full == "25 %"
    assert not second.pause.isVisible()
    row = ended(room, TaskType.BACKUP)
    room.indexer.tell(Ended(replace(row, id="backup")))
    qtbot.waitUntil(lambda: list(page.now.cards) == ["early"])
    qtbot.waitUntil(lambda: len(page.model.tasks()) == 1)


def test_a_card_pauses_resumes_and_cancels(room: Room, qtbot: QtBot) -> None:
    page = open_page(room, qtbot, 0)
    room.indexer.tell(Progressed(progress("one")))
    qtbot.waitUntil(lambda: bool(page.now.cards))
    card = page.now.cards["one"]
    qtbot.waitUntil(card.pause.isVisible)
    QTest.mouseClick(card.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("pause", None) in room.indexer.asked)
    room.indexer.tell(Progressed(progress("one", state=TaskState.PAUSED.value)))
    qtbot.waitUntil(lambda: card.pause.text() == "Resume")
    assert card.title.text() == "Paused"
    card.pause.setFocus()
    QTest.keyClick(card.pause, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("resume", None) in room.indexer.asked)
    card.cancel.setFocus()
    QTest.keyClick(card.cancel, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("cancel", "one") in room.indexer.asked)
    assert not card.cancel.isEnabled(), "once is enough"
    room.window.desk.deeds.refused.emit("Another Kinfolk does not answer.")
    assert card.cancel.isEnabled(), "it may be tried again"


def test_what_must_be_done_and_what_another_does_has_no_such_buttons(
    room: Room, qtbot: QtBot
) -> None:
    page = open_page(room, qtbot, 0)
    room.indexer.tell(Progressed(progress("erase", TaskType.ERASE, total=0)))
    room.indexer.tell(Progressed(progress("theirs", by_other=True)))
    qtbot.waitUntil(lambda: len(page.now.cards) == 2)
    erase, theirs = page.now.cards["erase"], page.now.cards["theirs"]
    qtbot.waitUntil(theirs.isVisible)
    assert erase.bar.maximum() == 0, "how long it takes is not known"
    assert not erase.cancel.isVisible() and not erase.pause.isVisible()
    assert theirs.title.text() == "Another Kinfolk is looking at photos"
    assert theirs.cancel.isVisible() and not theirs.pause.isVisible()


def test_what_another_process_did_is_listed_without_a_word_of_it(room: Room, qtbot: QtBot) -> None:
    page = open_page(room, qtbot, 0)
    row = ended(room, TaskType.BACKUP)
    room.indexer.tell(Changed(Changes(regrouped=True)))
    qtbot.waitUntil(lambda: [one.id for one in page.model.tasks()] == [row.id])


def test_the_files_that_a_task_skipped_are_shown(room: Room, qtbot: QtBot) -> None:
    task_id = start_task(room.library, room.collection_id, TaskType.INDEX)
    note_skip(room.library, task_id, SkippedFile(Path("/x/broken.jpg"), "It is empty."))
    end_task(room.library, task_id, TaskState.DONE, {})
    ended(room, TaskType.CLUSTER)
    page = open_page(room, qtbot, 2)
    assert not page.skipped.isEnabled()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.skipped.isEnabled()
    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(room.window.findChildren(DetailsDialog)))
    (dialog,) = room.window.findChildren(DetailsDialog)
    qtbot.waitUntil(lambda: len(dialog.model.files) == 1)
    assert dialog.model.files[0].path == Path("/x/broken.jpg")
    dialog.all_again.trigger()
    qtbot.waitUntil(lambda: ("retry", [Path("/x/broken.jpg")]) in room.indexer.asked)
    dialog.reject()


def test_the_menu_of_a_task(room: Room, qtbot: QtBot) -> None:
    ended(room)
    page = open_page(room, qtbot, 1)
    place = page.list.visualRect(page.model.index(1)).center()
    page.list.customContextMenuRequested.emit(place)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu) and popup.actions() == [page.skipped]
    popup.close()


def test_a_long_list_is_read_as_far_as_somebody_looks(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_room, "AT_ONCE", 40)
    for _ in range(100):
        ended(room)
    room.window.go(Place(Kind.ACTIVITY))
    page = room.window.pages[Kind.ACTIVITY]
    assert isinstance(page, ActivityPage)
    qtbot.waitUntil(lambda: len(page.model.tasks()) >= 40)
    assert len(page.model.tasks()) < 100
    for _ in range(6):
        count = len(page.model.tasks())
        page.list.scrollToBottom()
        qtbot.waitUntil(lambda count=count: len(page.model.tasks()) > count or count == 100)
    assert len(page.model.tasks()) == 100
    before = page.list.verticalScrollBar().value()
    assert before > 0
    room.indexer.tell(Ended(ended(room)))
    qtbot.waitUntil(lambda: len(page.model.tasks()) == 101)
    assert page.list.verticalScrollBar().value() == before, "nobody is taken to the top"


# -- the strip and the message ----------------------------------------------------------------


def test_a_click_on_the_strip_leads_to_the_page(room: Room, qtbot: QtBot) -> None:
    room.indexer.tell(Progressed(progress("one")))
    strip = room.window.strip
    qtbot.waitUntil(strip.isVisible)
    QTest.mouseClick(strip._what, Qt.MouseButton.LeftButton)
    assert room.window.trail.here.kind == Kind.ACTIVITY
    room.window.go(Place(Kind.PEOPLE))
    QTest.mouseClick(strip._pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("pause", None) in room.indexer.asked)
    assert room.window.trail.here.kind == Kind.PEOPLE, "a button does only what it says"


def test_the_strip_shows_a_chore_only_when_it_lasts(room: Room, qtbot: QtBot) -> None:
    strip = room.window.strip
    room.indexer.tell(Progressed(progress("backup", TaskType.BACKUP)))
    qtbot.waitUntil(lambda: strip.is_busy)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    assert strip._what.text() == "Making a backup" and strip._cancel.isVisible()
    room.indexer.tell(Progressed(progress("index")))
    qtbot.waitUntil(lambda: strip._what.text() == "Looking at photos")
    room.indexer.tell(Ended(replace(ended(room), id="index")))
    qtbot.waitUntil(lambda: strip._what.text() == "Making a backup")
    room.indexer.tell(Ended(replace(ended(room, TaskType.BACKUP), id="backup")))
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_a_backup_of_the_window_is_a_task(room: Room, qtbot: QtBot) -> None:
    page = open_page(room, qtbot, 0)
    room.window.desk.deeds.back_up(None, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: len(page.model.tasks()) == 1)
    (row,) = page.model.tasks()
    assert (row.type, row.state) == (TaskType.BACKUP, TaskState.DONE)
    assert task(room.library, row.id).result["Reason"] == "asked"


def test_the_end_of_a_long_task_is_told_to_who_looks_elsewhere(room: Room, qtbot: QtBot) -> None:
    message = room.window.message
    row = a_row(done=12, is_asked=True)
    room.indexer.tell(Ended(row))
    qtbot.waitUntil(lambda: message.label.text() == "12 photos looked at")
    assert message.isVisible() and message.undo.text() == "Show"
    QTest.mouseClick(message.undo, Qt.MouseButton.LeftButton)
    assert room.window.trail.here.kind == Kind.ACTIVITY


def test_nobody_is_told_what_they_see_or_did_not_ask_for(room: Room, qtbot: QtBot) -> None:
    page = open_page(room, qtbot, 0)
    long = a_row(done=12, is_asked=True)
    heard: list[TaskRow] = []
    room.furniture.bridge.ended.connect(heard.append)

    def hear(*rows: TaskRow) -> None:
        heard.clear()
        for row in rows:
            room.indexer.tell(Ended(row))
        qtbot.waitUntil(lambda: len(heard) == len(rows))
        assert not room.window.message.isVisible()

    hear(long)
    room.window.go(Place(Kind.PEOPLE))
    short = replace(long, started=NOON - timedelta(seconds=59))
    hear(short, replace(long, is_asked=False), replace(long, state=TaskState.CANCELLED))
    dialog = QDialog(room.window)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    hear(long)
    dialog.reject()
    assert page.now.cards == {}
