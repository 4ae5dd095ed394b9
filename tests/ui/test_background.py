"""Work off the GUI thread: it comes home, it ends, and its troubles are told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import LibraryError, UsageError
from app.indexing.events import Changed, Ended, Progressed
from app.library.database import Library
from app.library.rows import SkippedFile, TaskRow, TaskState, TaskType
from app.progress import Progress
from app.ui.background import SOMETHING_WRONG, Background
from app.ui.bridge import Bridge

if TYPE_CHECKING:
    from tests.ui.conftest import RecordingIndexer, Room


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:  # noqa: ARG001
    made = Background()
    yield made
    made.close()


class Ear(QObject):
    """Notes what it hears, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[bool] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(QThread.currentThread() is self.thread())


def fail(error: Exception) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


def test_an_answer_comes_home(background: Background, qtbot: QtBot) -> None:
    ear = Ear()
    workers: list[int] = []
    background.read(ear, lambda: workers.append(threading.get_ident()) or 42, ear.hear)
    qtbot.waitUntil(lambda: ear.heard == [42])
    assert ear.threads == {True}
    assert workers != [threading.get_ident()]


def test_a_known_error_is_told_in_its_words(background: Background, qtbot: QtBot) -> None:
    ear, failed = Ear(), Ear()
    background.read(ear, fail(UsageError("No such person.")), ear.hear, failed.hear)
    qtbot.waitUntil(lambda: failed.heard == ["No such person."])
    assert ear.heard == []


@pytest.mark.logs_trouble
def test_a_bug_is_logged_and_ends_in_failed(background: Background, qtbot: QtBot) -> None:
    ear, failed = Ear(), Ear()
    background.read(ear, fail(ZeroDivisionError()), ear.hear, failed.hear)
    qtbot.waitUntil(lambda: failed.heard == [SOMETHING_WRONG])


@pytest.mark.logs_trouble
def test_a_page_that_fails_to_show_does_not_keep_others_from_it(
    background: Background, qtbot: QtBot
) -> None:
    ear = Ear()

    def stumble(_: object) -> None:
        raise ValueError

    with qtbot.waitSignal(background.failed):
        background.command(ear, int, stumble)
        background.command(ear, int, ear.hear)
    qtbot.waitUntil(lambda: ear.heard == [0])


def test_an_unheard_failure_is_told_to_the_window(background: Background, qtbot: QtBot) -> None:
    ear = Ear()
    with qtbot.waitSignal(background.failed) as told:
        background.read(ear, fail(LibraryError("The disk is full.")), ear.hear)
    assert told.args == ["The disk is full."]


def test_a_dropped_job_and_a_dead_owner_hear_nothing(background: Background, qtbot: QtBot) -> None:
    import shiboken6

    gate = threading.Event()
    ear, dead = Ear(), Ear()
    job = background.read(ear, gate.wait, ear.hear)
    background.read(dead, gate.wait, dead.hear)
    job.drop()
    shiboken6.delete(dead)
    gate.set()
    qtbot.waitUntil(lambda: job.is_over)
    qtbot.wait(50)
    assert ear.heard == []
    assert dead.heard == []


def test_commands_keep_their_order(background: Background, qtbot: QtBot) -> None:
    ear = Ear()
    for number in range(20):
        background.command(ear, lambda number=number: number, ear.hear)
    qtbot.waitUntil(lambda: len(ear.heard) == 20)
    assert ear.heard == list(range(20))


def progress(done: int) -> Progressed:
    return Progressed(Progress("t", TaskType.INDEX, TaskState.RUNNING, done, 100))


def test_the_bridge_tells_the_newest_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge, moved, changed = Bridge(), Ear(), Ear()
    bridge.progressed.connect(moved.hear)
    bridge.changed.connect(changed.hear)

    def report() -> None:
        for done in range(1, 101):
            bridge.listen(progress(done))
            bridge.listen(Changed(Changes(photos=frozenset({done}))))

    thread = threading.Thread(target=report)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(changed.heard))
    assert moved.threads == changed.threads == {True}
    assert len(moved.heard) < 5
    last = moved.heard[-1]
    assert isinstance(last, Progress)
    assert last.done == 100
    photos: set[int] = set()
    for changes in changed.heard:
        assert isinstance(changes, Changes)
        photos |= changes.photos
    assert photos == set(range(1, 101))


def ended(skipped: tuple[SkippedFile, ...] = (), error: str = "") -> Ended:
    from datetime import datetime

    state = TaskState.FAILED if error else TaskState.DONE
    now = datetime(2024, 1, 1)
    return Ended(TaskRow("t", TaskType.INDEX, state, 12, 12, now, now, error, {}, skipped))


def test_the_strip_follows_the_work(room: Room, qtbot: QtBot) -> None:
    strip = room.window.strip
    assert not strip.isVisible()
    room.indexer.tell(Progressed(Progress("t", "index", "running", 1234, 5678, 7, 21.0, 200)))
    qtbot.waitUntil(strip.isVisible)
    words = " ".join(label.text() for label in strip.findChildren(type(strip._what)))
    assert "1,234 of 5,678" in words
    assert "21 a second" in words
    assert "about 3 minutes left" in words
    assert "7 skipped" in words
    strip._pause.click()
    qtbot.waitUntil(lambda: ("pause", None) in room.indexer.asked)
    room.indexer.tell(Progressed(Progress("t", "index", "paused", 1234, 5678)))
    qtbot.waitUntil(lambda: strip._pause.text() == "Resume")
    strip._pause.click()
    qtbot.waitUntil(lambda: ("resume", None) in room.indexer.asked)
    strip._cancel.click()
    qtbot.waitUntil(lambda: ("cancel", "t") in room.indexer.asked)
    room.indexer.tell(ended((SkippedFile(Path("x.jpg"), "The file is empty."),)))
    qtbot.waitUntil(lambda: not strip.is_busy)
    assert strip.isVisible()


def test_work_that_failed_says_why(room: Room, qtbot: QtBot) -> None:
    room.indexer.tell(ended(error="The models are missing."))
    qtbot.waitUntil(room.window.strip.isVisible)
    assert room.window.strip._how_far.text() == "The models are missing."


def test_a_refused_command_is_a_message(room: Room, qtbot: QtBot) -> None:
    room.indexer.error = UsageError("/gone is not a folder.")
    room.window.add([Path("/gone")])
    qtbot.waitUntil(room.window.message.isVisible)
    assert room.window.message.label.text() == "/gone is not a folder."
    assert not room.window.message.undo.isVisible()


def test_changes_refresh_at_most_once_a_second(room: Room, qtbot: QtBot) -> None:
    reads: list[int] = []
    read = room.people.desk.album.everyone

    def counted() -> object:
        reads.append(1)
        return read()

    room.people.desk.album.everyone = counted  # type: ignore[assignment, method-assign]
    for _ in range(12):
        room.people.take_note(Changes(regrouped=True))
        qtbot.wait(20)
    assert len(reads) <= 1
    qtbot.waitUntil(lambda: len(reads) == 2, timeout=3000)


def test_an_empty_album_invites(
    furnish: Callable[[int], Room],
    library: Library,
    indexer: RecordingIndexer,
    qtbot: QtBot,
) -> None:
    from app.library.commands.folders import ensure_collection

    room = furnish(ensure_collection(library, "Photos").id)
    qtbot.waitUntil(room.window.invitations.empty.isVisible)
    room.window.add([Path("/photos")])
    qtbot.waitUntil(lambda: indexer.asked == [("index", [Path("/photos")])])
