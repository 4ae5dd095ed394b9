"""The dialog of settings: what it shows, changes at once, and says when it cannot."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QSpinBox
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.indexing import choices as indexing_choices
from app.indexing import providers
from app.indexing.choices import Choices
from app.indexing.measuring import Trial
from app.indexing.providers import Measured
from app.progress import Cancelled
from app.settings import Settings
from app.ui.guide.help_button import HelpButton
from app.ui.settings import wording
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import ChoiceField, NumberField, TextField

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL = Qt.KeyboardModifier.ControlModifier
HERE = ("cuda", "openvino", "cpu")
TRIALS = (
    Trial("cpu", 2, 12.34), Trial("cuda", 2, 80.0), Trial("openvino", problem="It crashes."),
)  # fmt: skip


def open_settings(room: Room, qtbot: QtBot, name: str = "pace") -> SettingsDialog:
    """Open it as a user does, wait until it knows what is, and go to an option."""
    QTest.keyClick(room.window, Qt.Key.Key_Comma, CONTROL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(lambda: dialog.fields["theme"].isEnabled())
    dialog.sheet.show_option(name)
    qtbot.waitUntil(lambda: dialog.fields["pace"].isEnabled() and bool(dialog.now.text()))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.fields[name].setFocus()
    return dialog


def radios(dialog: SettingsDialog, name: str) -> dict[str, QRadioButton]:
    field = dialog.fields[name]
    assert isinstance(field, ChoiceField)
    return field.buttons


def chosen(dialog: SettingsDialog, name: str) -> list[str]:
    return [value for value, button in radios(dialog, name).items() if button.isChecked()]


def number(dialog: SettingsDialog) -> QSpinBox:
    field = dialog.fields["workers"]
    assert isinstance(field, NumberField)
    return field.box


def command(dialog: SettingsDialog) -> QLineEdit:
    field = dialog.fields["notify_command"]
    assert isinstance(field, TextField)
    return field.edit


def choices(room: Room) -> Choices:
    return room.indexer.choices


def written(room: Room) -> dict[str, Any]:
    path = room.library.path.parent / "settings.json"
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found


def measured(room: Room, trials: tuple[Trial, ...] = TRIALS) -> None:
    """This computer was measured before."""
    known = choices(room).providers
    known._keep(Measured(known._key, HERE, trials, "2026-05-04T10:00:00+00:00"))


def test_it_shows_what_is(room: Room, qtbot: QtBot) -> None:
    choices(room).change("pace", "gentle")
    dialog = open_settings(room, qtbot)
    assert chosen(dialog, "pace") == ["gentle"] and chosen(dialog, "provider") == ["auto"]
    assert number(dialog).value() == 0 and number(dialog).text() == "One on every core"
    qtbot.waitUntil(lambda: number(dialog).lineEdit().width() > 150)  # there is room to read it
    assert dialog.now.text() == "Now: gently, one photo at a time."
    assert dialog.focusWidget() is radios(dialog, "pace")["gentle"]
    assert list(radios(dialog, "provider")) == ["auto", "cpu"], "nobody has looked yet"
    assert dialog.provider.measure.text() == "Measure"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_choice_holds_at_once_and_is_written(room: Room, qtbot: QtBot) -> None:
    heard: list[str] = []
    choices(room).follow(lambda: heard.append(choices(room).settings.pace))
    dialog = open_settings(room, qtbot)
    QTest.mouseClick(radios(dialog, "pace")["gentle"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.status.text() == "Saved.")
    qtbot.waitUntil(lambda: "gently" in dialog.now.text())
    assert heard == ["gentle"] and choices(room).pace.workers == 1
    assert written(room) == {"pace": "gentle"}
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: heard == ["gentle", "full"])
    qtbot.waitUntil(lambda: "full speed" in dialog.now.text())
    assert chosen(dialog, "pace") == ["full"]


def test_a_number_is_typed(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot)
    box = number(dialog)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "12")
    qtbot.waitUntil(lambda: written(room) == {"workers": 12})
    assert choices(room).settings.workers == 12
    qtbot.waitUntil(lambda: "12 photos at a time" in dialog.now.text())
    box.selectAll()
    QTest.keyClicks(box, "0")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: written(room) == {})
    assert dialog.isVisible(), "Enter in a number closes nothing"


def test_what_was_measured_is_shown(room: Room, qtbot: QtBot) -> None:
    measured(room)
    dialog = open_settings(room, qtbot)
    qtbot.waitUntil(lambda: len(radios(dialog, "provider")) == 4)
    told = {value: b.accessibleDescription() for value, b in radios(dialog, "provider").items()}
    assert told == {
        "auto": "The fastest: 80.0 photos/s on NVIDIA graphics card (CUDA).",
        "cpu": "12.3 photos/s",
        "cuda": "80.0 photos/s",
        "openvino": "It crashes.",
    }
    assert dialog.provider.measure.text() == "Measure again"
    assert dialog.provider.note.text().startswith("Measured on this computer: ")
    QTest.mouseClick(radios(dialog, "provider")["cpu"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: written(room) == {"provider": "cpu"})
    assert choices(room).speed().provider == "cpu", "the way back to the processor"


def test_it_is_measured_again(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, asked = threading.Event(), list[tuple[int, list[str]]]()

    def measure(_: object, count: int, names: list[str], check: Callable[[], None]) -> list[Trial]:
        asked.append((count, list(names)))
        while not go_on.wait(0.02):
            check()
        return [Trial("cpu", 2, 5.0), Trial("cuda", 2, 4.0)]

    monkeypatch.setattr(providers, "providers_here", lambda _: ["cuda", "cpu"])
    monkeypatch.setattr(providers, "measure", measure)
    choices(room).change("workers", 3)
    dialog = open_settings(room, qtbot)
    dialog.provider.measure.click()
    qtbot.waitUntil(lambda: asked == [(3, ["cuda"])])
    assert not dialog.provider.measure.isEnabled()
    assert not radios(dialog, "provider")["cpu"].isEnabled()
    assert dialog.provider.note.text().startswith("Measuring")
    go_on.set()
    qtbot.waitUntil(dialog.provider.measure.isEnabled)
    told = radios(dialog, "provider")["auto"].accessibleDescription()
    assert told == "The fastest: 5.0 photos/s on the processor."
    assert radios(dialog, "provider")["cpu"].isEnabled()
    noted = json.loads((room.library.path.parent / "speed.json").read_text())
    assert [one["photos_per_second"] for one in noted["trials"]] == [5.0, 4.0]


def test_closing_it_ends_the_measuring(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    def measure(
        _order: object, _count: int, _names: list[str], check: Callable[[], None]
    ) -> list[Trial]:
        try:
            while True:
                check()
        except Cancelled:
            ended.append("cancelled")
            raise

    monkeypatch.setattr(providers, "providers_here", lambda _: ["cpu"])
    monkeypatch.setattr(providers, "measure", measure)
    dialog = open_settings(room, qtbot)
    dialog.provider.measure.click()
    qtbot.wait(50)
    dialog.reject()
    qtbot.waitUntil(lambda: ended == ["cancelled"])


def test_what_cannot_be_measured_is_told(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measure(*_: object) -> list[Trial]:
        raise KnownError("There is no place for a photo to measure with: the disk is full.")

    monkeypatch.setattr(providers, "providers_here", lambda _: ["cpu"])
    monkeypatch.setattr(providers, "measure", measure)
    dialog = open_settings(room, qtbot)
    dialog.provider.measure.click()
    qtbot.waitUntil(lambda: "the disk is full" in dialog.status.text())
    assert dialog.status.objectName() == "Warning" and dialog.provider.measure.isEnabled()


def test_what_cannot_be_saved_is_told_and_taken_back(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Settings:
        raise KnownError("The settings cannot be written: the disk is full.")

    dialog = open_settings(room, qtbot)
    monkeypatch.setattr(indexing_choices.Settings, "change_all", refuse)
    QTest.mouseClick(radios(dialog, "pace")["full"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "the disk is full" in dialog.status.text())
    assert dialog.status.objectName() == "Warning"
    assert chosen(dialog, "pace") == ["auto"] and choices(room).settings.pace == "auto"


def test_what_can_be_set_is_heard_with_its_name(room: Room, qtbot: QtBot) -> None:
    measured(room)
    dialog = open_settings(room, qtbot)
    qtbot.waitUntil(lambda: len(radios(dialog, "provider")) == 4)
    buttons = [*radios(dialog, "pace").values(), *radios(dialog, "provider").values()]
    for widget in (*buttons, number(dialog), dialog.provider.measure):
        heard = QAccessible.queryAccessibleInterface(widget)
        assert heard is not None and heard.text(QAccessible.Text.Name).strip()
    for button in buttons:
        assert button.accessibleDescription().endswith((".", "photos/s")), button.text()


def test_a_command_is_set_when_it_is_whole_and_forgotten_with_escape(
    room: Room, qtbot: QtBot
) -> None:
    dialog = open_settings(room, qtbot, "notify_command")
    edit = command(dialog)
    edit.setFocus()
    QTest.keyClicks(edit, "mail 'anna")
    assert choices(room).settings.notify_command == "", "half of it is no wish"
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be understood" in dialog.status.text())
    QTest.keyClicks(edit, "'")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.status.text() == "Saved.")
    assert dialog.isVisible() and written(room) == {"notify_command": "mail 'anna'"}
    assert choices(room).consent.has("mail 'anna'"), "the user set it here"
    QTest.keyClicks(edit, " and more")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    after: list[None] = []
    room.furniture.background.command(room.window, lambda: None, after.append)
    qtbot.waitUntil(lambda: bool(after))  # whatever was given before is done
    assert choices(room).settings.notify_command == "mail 'anna'"


def test_minutes_matter_only_where_there_is_an_interval(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "group_when")
    minutes = dialog.fields["group_minutes"]
    assert not minutes.isEnabled()
    QTest.mouseClick(radios(dialog, "group_when")["interval"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(minutes.isEnabled)
    assert choices(room).settings.group_when == "interval"


def test_tab_goes_through_search_categories_and_fields(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot)
    seen = [dialog.focusWidget()]
    for _ in range(13):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    frames = dialog.fields["video_frames"]
    assert isinstance(frames, NumberField)
    help_button = dialog.findChild(HelpButton)
    assert seen == [
        radios(dialog, "pace")["auto"], radios(dialog, "provider")["auto"],
        dialog.provider.measure, number(dialog), radios(dialog, "videos")["on"], frames.box,
        radios(dialog, "cloud_files")["skip"], dialog._close, help_button, dialog.sheet.search,
        dialog.sheet.categories, radios(dialog, "pace")["auto"],
        radios(dialog, "provider")["auto"], dialog.provider.measure,
    ]  # fmt: skip


def test_what_is_known_of_the_speed_in_words() -> None:
    speed = indexing_choices.Speed("", 2, False, None)
    assert "before the next photo" in wording.chosen(speed)
    assert wording.now(replace(speed, workers=1)) == "Now: at full speed, one photo at a time."
    assert wording.measured(speed).startswith("Measuring takes about a minute")
    known = Measured({}, ("cpu",))
    alone = replace(speed, provider="cpu", measured=known)
    assert wording.chosen(alone) == "The fastest: the processor."
    assert wording.figure(known.trial("cpu")) == "Not measured yet."
