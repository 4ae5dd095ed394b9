"""The dialog of models, over real packs and a real server of this computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.indexing.model_download import Download
from app.indexing.model_keeper import Fetching
from app.indexing.model_speed import PackSpeed
from app.library.queries.tasks import latest_tasks
from app.library.rows import TaskState, TaskType
from app.paths import resources
from app.progress import CancelToken, Progress
from app.settings import Settings
from app.ui.activity import wording as activity
from app.ui.models import wording
from app.ui.models.dialog import ModelsDialog
from app.ui.models.licence_dialog import LicenceDialog
from app.ui.widgets.question import Question
from tests.indexing.model_server import MODELS, Mood, Server, serving, write_catalogue, zipped

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose pack `tiny` is the only one that can be fetched."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving(zipped(MODELS)) as server:
        copy = tmp_path / "resources"
        (copy / "models").mkdir(parents=True)
        (copy / "models" / "compact").symlink_to(resources() / "models" / "compact")
        write_catalogue(copy, server.offer())
        monkeypatch.setattr("app.indexing.model_packs.resources", lambda: copy)
        yield server


@pytest.fixture
def opened(server: Server, room: Room, qtbot: QtBot) -> ModelsDialog:  # noqa: ARG001 - it is offered
    """The dialog, opened as a user does, with what there is."""
    QTest.keyClick(room.window, Qt.Key.Key_P, CONTROL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ModelsDialog)
    qtbot.waitUntil(lambda: list(dialog.cards) == ["compact", "tiny"])
    return dialog


def press(button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled(), button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def asked(qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: type(QApplication.activeModalWidget()) is kind)
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def agree(qtbot: QtBot) -> LicenceDialog:
    licence = asked(qtbot, LicenceDialog)
    assert isinstance(licence, LicenceDialog)
    QTest.mouseClick(licence.agreed, Qt.MouseButton.LeftButton)
    press(licence.yes)
    return licence


def buttons(dialog: ModelsDialog, name: str) -> list[str]:
    """What a card offers; nothing when there is none."""
    if name not in dialog.cards:
        return []
    return [one.text() for one in dialog.cards[name].buttons if one.isVisible()]


def models(room: Room) -> Path:
    return room.house.paths.models


def test_the_packs_are_told_of_with_their_licences(opened: ModelsDialog) -> None:
    compact, tiny = opened.cards["compact"], opened.cards["tiny"]
    assert compact.badge.isVisible() and not tiny.badge.isVisible()
    assert (compact.terms.text(), tiny.terms.text()) == (
        "For every use", "Non-commercial research only",
    )  # fmt: skip
    assert tiny.amount.text().endswith(" to download") and compact.amount.text().endswith(" MB")
    assert buttons(opened, "compact") == ["Measure"] and buttons(opened, "tiny") == ["Download…"]
    assert "Not on this computer" in tiny.accessibleName()
    assert "In use" in compact.accessibleName() and "For every use" in compact.accessibleName()
    assert tiny.download.accessibleName() == "Download: tiny"


def test_the_licence_is_shown_first_and_must_be_agreed_to(
    opened: ModelsDialog, server: Server, room: Room, qtbot: QtBot
) -> None:
    press(opened.cards["tiny"].download)
    licence = asked(qtbot, LicenceDialog)
    assert isinstance(licence, LicenceDialog)
    assert licence.text.toPlainText() == "Only for trying." and not licence.yes.isEnabled()
    QTest.keyClick(licence.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is opened)
    assert server.asked == [] and not room.house.paths.licences.exists()
    press(opened.cards["tiny"].download)
    agree(qtbot)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Measure", "Remove…"])
    assert opened.status.text() == "The models tiny are here, and are what they have to be."
    assert room.house.paths.licences.exists()
    assert {path.name for path in (models(room) / "tiny").iterdir()} == {"det.onnx", "rec.onnx"}
    (row,) = latest_tasks(room.library, room.collection_id, 5)
    assert (row.type, row.state, row.is_asked) == (TaskType.DOWNLOAD, TaskState.DONE, True)
    assert activity.done(row).startswith("Downloaded the models tiny, ")


def test_a_download_shows_how_far_it_is_is_cancelled_and_gone_on_with(
    opened: ModelsDialog, server: Server, qtbot: QtBot, room: Room
) -> None:
    server.moods = [Mood(stall_after=150_000)]
    press(opened.cards["tiny"].download)
    agree(qtbot)
    card = opened.cards["tiny"]
    qtbot.waitUntil(lambda: card.bar.value() == 1000 * 150_000 // len(server.content))
    assert card.state.text().startswith("Downloading: ") and buttons(opened, "tiny") == ["Cancel"]
    press(card.cancel)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Go on downloading…", "Remove…"])
    assert "came before" in card.state.text()
    (row,) = latest_tasks(room.library, room.collection_id, 5)
    assert row.state is TaskState.CANCELLED
    press(card.download)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Measure", "Remove…"])
    assert server.begins() == [0, 150_000]


def test_a_download_goes_on_when_the_dialog_is_closed(
    opened: ModelsDialog, server: Server, qtbot: QtBot, room: Room
) -> None:
    server.moods = [Mood(before=lambda one: one.over.wait(0.3))]
    press(opened.cards["tiny"].download)
    agree(qtbot)
    qtbot.waitUntil(lambda: bool(server.asked))
    opened.reject()
    qtbot.waitUntil((models(room) / "tiny" / "rec.onnx").exists)


def test_why_it_cannot_be_had_is_told_there_or_in_the_window(
    opened: ModelsDialog, server: Server, qtbot: QtBot, room: Room
) -> None:
    server.moods = [Mood(404)]
    press(opened.cards["tiny"].download)
    agree(qtbot)
    qtbot.waitUntil(lambda: "not where it was (404)" in opened.status.text())
    assert opened.status.objectName() == "Warning"
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Download…"])
    with qtbot.waitSignal(room.window.desk.deeds.refused) as refused:
        server.moods = [Mood(404, before=lambda one: one.over.wait(0.3))]
        press(opened.cards["tiny"].download)
        opened.reject()
    assert "not where it was (404)" in str(refused.args)


def test_a_file_is_added_when_its_licence_was_agreed_to(
    opened: ModelsDialog, server: Server, qtbot: QtBot, tmp_path: Path, room: Room
) -> None:
    file = tmp_path / "sent.zip"
    file.write_bytes(server.content)
    opened.examine(file)
    agree(qtbot)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Measure", "Remove…"])
    assert opened.status.text() == "The models tiny are here." and server.asked == []
    press(opened.cards["tiny"].remove)
    question = asked(qtbot, Question)
    assert isinstance(question, Question)
    press(question.yes)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Download…"])
    assert not (models(room) / "tiny").exists()


def test_models_that_nobody_knows_are_asked_about(
    opened: ModelsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mine.zip"
    file.write_bytes(zipped({"a.onnx": b"1" * 99}))
    opened.examine(file)
    question = asked(qtbot, Question)
    assert isinstance(question, Question)
    assert "does not know these models" in question.accessibleDescription()
    assert "SHA-256" in question.accessibleDescription()
    press(question.yes)
    qtbot.waitUntil(lambda: "mine" in opened.cards)
    assert opened.cards["mine"].terms.text() == "Its authors say what for"
    opened.examine(tmp_path / "missing.zip")
    qtbot.waitUntil(lambda: "cannot be read" in opened.status.text())
    assert opened.add_file.isEnabled()


def test_changed_files_are_told_and_accepted_when_asked(
    opened: ModelsDialog, qtbot: QtBot, room: Room
) -> None:
    press(opened.cards["tiny"].download)
    agree(qtbot)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Measure", "Remove…"])
    (models(room) / "tiny" / "det.onnx").write_bytes(b"another")
    opened.reload()
    damaged = ["Download again…", "Accept changed files…", "Remove…"]
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == damaged)
    assert "det.onnx has changed" in opened.cards["tiny"].state.text()
    assert "det.onnx has changed" in opened.cards["tiny"].accessibleName()
    press(opened.cards["tiny"].accept)
    question = asked(qtbot, Question)
    assert isinstance(question, Question)
    press(question.yes)
    qtbot.waitUntil(lambda: buttons(opened, "tiny") == ["Measure", "Remove…"])


def test_packs_are_measured_and_compared(
    opened: ModelsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is measured is measured elsewhere; here a pack has the speed it is given."""
    spans = {"tiny": 300.0, "compact": 100.0}

    def measure(choice: str, version: str, *_: object) -> PackSpeed:
        return PackSpeed(version, spans[choice], 0.0, 2000 / spans[choice])

    monkeypatch.setattr("app.indexing.model_keeper.measure_pack", measure)
    press(opened.cards["tiny"].download)
    agree(qtbot)
    qtbot.waitUntil(lambda: "Measure" in buttons(opened, "tiny"))
    assert opened.cards["tiny"].speed.text() == "Speed not measured yet"
    press(opened.cards["tiny"].measure)
    told = "About 7 photos a second · takes 3.0 times as long as compact"
    qtbot.waitUntil(lambda: opened.cards["tiny"].speed.text() == told)
    assert opened.cards["compact"].speed.text() == "About 20 photos a second"
    assert told in opened.cards["tiny"].accessibleName()
    qtbot.waitUntil(lambda: opened.focusWidget() is opened.cards["tiny"].measure)


def test_what_a_download_does_is_told(server: Server, tmp_path: Path) -> None:
    load = Download(server.offer(), tmp_path)
    far = Fetching(load, 3_000_000, 9_000_000, CancelToken())
    assert wording.fetching(far) == "Downloading: 3.0 MB of 9.0 MB"
    load.is_waiting = True
    assert wording.fetching(far).startswith("The connection was lost; trying again in a moment.")
    far.done = far.total
    assert wording.fetching(far) == "Checking and unpacking…"


def test_tab_goes_through_the_cards_and_then_below_them(opened: ModelsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(opened.cards["compact"].hasFocus)
    order = []
    for _ in range(5):
        QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Tab)
        order.append(opened.focusWidget())
    tiny = opened.cards["tiny"]
    measure = opened.cards["compact"].measure
    assert order == [measure, tiny, tiny.download, opened.add_file, opened.add_folder]


def test_the_keyboard_goes_from_card_to_card(opened: ModelsDialog, qtbot: QtBot) -> None:
    opened.cards["compact"].setFocus()
    QTest.keyClick(opened.cards["compact"], Qt.Key.Key_Down)
    qtbot.waitUntil(opened.cards["tiny"].hasFocus)
    QTest.keyClick(opened.cards["tiny"], Qt.Key.Key_Down)
    QTest.keyClick(opened.cards["tiny"], Qt.Key.Key_Up)
    qtbot.waitUntil(opened.cards["compact"].hasFocus)


@dataclass
class State:
    """How far a switch is."""

    current: str = "compact"
    to: str = ""
    done: int = 0
    total: int = 0
    phase: str = "none"
    undo_to: str = ""
    undo_until: datetime | None = None


@dataclass
class Switch:
    """Stands in for who switches: notes what is wanted."""

    now: State = field(default_factory=State)
    wanted: list[str] = field(default_factory=list)

    def state(self) -> State:
        return self.now

    def begin(self, choice: str) -> int:
        if choice == "broken":
            raise KnownError("It cannot be.")
        self.wanted.append(choice)
        self.now = State(to=choice, done=1204, total=12000, phase="looking")
        return 1

    def cancel(self) -> None:
        self.wanted.append("cancel")
        self.now = State()

    def undo(self) -> None:
        self.wanted.append("undo")
        self.now = State()


def test_a_pack_is_switched_to_and_gone_back_from(
    server: Server, room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    switch = Switch()
    room.indexer.switch = switch  # type: ignore[attr-defined]
    file = tmp_path / "mine.zip"
    file.write_bytes(zipped({"a.onnx": b"1" * 99}))
    keeper = room.window.desk.models
    keeper.add(keeper.examine(file))
    room.window.dialogs.show_models()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ModelsDialog)
    qtbot.waitUntil(lambda: buttons(dialog, "mine") == ["Use", "Measure", "Remove…"])
    press(dialog.cards["mine"].use)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.banner.said.text() == (
        "Switching to mine: 1,204 of 12,000 photos looked at. Your album works with compact until "
        "then."
    )
    qtbot.waitUntil(lambda: buttons(dialog, "mine") == ["Measure"])
    press(dialog.banner.cancel)
    qtbot.waitUntil(lambda: not dialog.banner.isVisible())
    qtbot.waitUntil(lambda: "Use" in buttons(dialog, "mine"))
    switch.now = State(to="mine", done=1300, total=12000)
    qtbot.waitUntil(lambda: "was stopped: 1,300 of 12,000" in dialog.banner.said.text())
    assert not dialog.banner.cancel.isVisible()
    Settings(pack="mine").save(room.house.paths.settings)
    until = datetime(2026, 5, 4) + timedelta(days=7)
    switch.now = State("mine", phase="switched", undo_to="compact", undo_until=until)
    qtbot.waitUntil(dialog.banner.undo.isVisible)
    assert dialog.banner.undo.text() == "Go back to compact"
    qtbot.waitUntil(dialog.cards["mine"].badge.isVisible)
    assert "Remove…" not in buttons(dialog, "mine"), "it is in use"
    press(dialog.banner.undo)
    qtbot.waitUntil(lambda: switch.wanted == ["mine", "cancel", "undo"])
    assert server.asked == []


def test_the_words_for_speeds_and_downloads() -> None:
    one = PackSpeed("1", 100.0, 0.0, 10.0)
    assert wording.compared(one, PackSpeed("1", 105.0, 0.0, 9.0), "a") == "as fast as a"
    assert wording.compared(one, PackSpeed("1", 250.0, 0.0, 4.0), "a") == "2.5 times as fast as a"
    assert wording.compared(one, one, "a") == wording.compared(None, one, "a") == ""
    assert wording.speed(PackSpeed("1", 9e3, 0.0, 0.02)) == "About 1 photo a minute"
    assert "100 ms for a photo, and 0 ms for each face" in wording.speed_details(one)
    under_way = Progress("1", TaskType.DOWNLOAD.value, "running", 3_000_000, 9_000_000)
    assert activity.facts(under_way) == ["3.0 MB of 9.0 MB"]
    assert activity.doing(under_way) == "Downloading models"
