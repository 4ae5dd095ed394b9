"""The dialog of backups, over real backups of a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import LibraryError
from app.library.commands.backups import list_backups, make_backup
from app.library.rows import BackupRow
from app.ui.backups import dialog as dialogs
from app.ui.backups import wording
from app.ui.backups.dialog import BackupsDialog
from app.ui.widgets.question import Question

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 5, 4)


def open_backups(room: Room) -> BackupsDialog:
    """Open the list as a user does."""
    QTest.keyClick(room.window, Qt.Key.Key_B, CONTROL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupsDialog)
    return dialog


def press(parent: QWidget, text: str) -> None:
    found = next(one for one in parent.findChildren(QPushButton) if one.text() == text)
    assert found.isEnabled(), text
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def question(qtbot: QtBot) -> Question:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Question))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Question)
    return asked


def folder(room: Room) -> Path:
    return room.library.path.parent / "backups"


def test_a_backup_is_made_and_listed(room: Room, qtbot: QtBot) -> None:
    dialog = open_backups(room)
    qtbot.waitUntil(lambda: dialog.status.text() == "There is no backup yet.")
    assert not dialog.restore.isEnabled()
    press(dialog, "Back up now")
    assert not dialog.now.isEnabled() and dialog._bar.isVisible(), "one after the other"
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 1)
    qtbot.waitUntil(dialog.now.isEnabled)
    assert dialog.status.text().startswith("Backed up: 12 photos, 2 named people, ")
    assert not dialog._bar.isVisible()
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(0).startswith("Today, ") and item.text(1) == "By hand"
    assert (item.text(2), item.text(3)) == ("12", "2")
    assert len(list_backups(folder(room))) == 1
    assert "2 named people" in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert dialog.list.chosen() == dialog.list.rows[0] and dialog.restore.isEnabled()


def test_the_newest_is_at_the_top_and_selected_once_it_is_made(room: Room, qtbot: QtBot) -> None:
    make_backup(room.library, "daily")
    dialog = open_backups(room)
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 1)
    QTest.keyClick(dialog.list, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 2)
    assert [row.reason for row in dialog.list.rows] == ["asked", "daily"]
    assert dialog.list.chosen() == dialog.list.rows[0]


def test_a_backup_goes_into_a_folder(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place := tmp_path / "stick").mkdir()
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda _, add, title: add([place]) and title)
    dialog = open_backups(room)
    press(dialog, "Back up into a folder…")
    qtbot.waitUntil(lambda: f"Backed up into “{place}”" in dialog.status.text())
    assert [row.photos for row in list_backups(place)] == [12]
    assert list_backups(folder(room)) == []


def test_what_fails_is_said_in_a_sentence(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LibraryError("The disk is full. Make room and try again.")

    monkeypatch.setattr("app.library.commands.backups.make_backup", refuse)
    dialog = open_backups(room)
    press(dialog, "Back up now")
    qtbot.waitUntil(lambda: dialog.status.text() == "The disk is full. Make room and try again.")
    assert dialog.status.objectName() == "Warning"
    assert dialog.now.isEnabled() and not dialog._bar.isVisible()


def test_restoring_asks_once_and_says_what_it_means(room: Room, qtbot: QtBot) -> None:
    made = make_backup(room.library, "daily")
    wanted: list[Path] = []
    room.window.restore_wanted.connect(wanted.append)
    dialog = open_backups(room)
    qtbot.waitUntil(dialog.restore.isEnabled)
    press(dialog, "Restore…")
    asked = question(qtbot)
    text = " ".join(label.text() for label in asked.findChildren(QLabel))
    for part in ("Today, ", "12 photos", "2 named people", "takes all of this back", "not touched"):
        assert part in text
    press(asked, "Cancel")
    assert wanted == [] and dialog.isVisible() and dialog.restore.isEnabled()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    press(question(qtbot), "Restore")
    qtbot.waitUntil(lambda: wanted == [made.path])
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def choose_file(dialog: BackupsDialog, path: Path, qtbot: QtBot) -> None:
    press(dialog, "Restore from a file…")
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QFileDialog)))
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.reject()


def test_any_backup_can_be_chosen_and_a_broken_one_is_refused(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    (place := tmp_path / "stick").mkdir()
    good = make_backup(room.library, "asked", place).path
    bad = place / "bad.db"
    bad.write_bytes(good.read_bytes()[:20_000])
    wanted: list[Path] = []
    room.window.restore_wanted.connect(wanted.append)
    dialog = open_backups(room)
    choose_file(dialog, bad, qtbot)
    qtbot.waitUntil(lambda: dialog.status.objectName() == "Warning" and dialog.now.isEnabled())
    assert dialog.status.text().endswith(".") and QApplication.activeModalWidget() is dialog
    choose_file(dialog, good, qtbot)
    press(question(qtbot), "Restore")
    qtbot.waitUntil(lambda: wanted == [good])


def test_a_damaged_backup_is_listed_with_what_is_wrong(room: Room, qtbot: QtBot) -> None:
    make_backup(room.library, "daily")
    newest = make_backup(room.library, "asked")
    newest.path.write_bytes(b"nonsense" * 600)
    dialog = open_backups(room)
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 2)
    broken = next(n for n, row in enumerate(dialog.list.rows) if row.problem)
    dialog.list.choose(broken)
    assert not dialog.restore.isEnabled()
    assert dialog.status.text() == dialog.list.rows[broken].problem
    item = dialog.list.topLevelItem(broken)
    assert item is not None and not item.icon(0).isNull() and item.text(2) == ""
    dialog.list.choose(1 - broken)
    assert dialog.restore.isEnabled() and dialog.status.text() == ""


ROW = BackupRow(Path("/b/x.db"), datetime(2026, 5, 4, 9), "daily", 2_000_000, 1, 1, 5, "")


def test_backups_are_told_of_as_people_speak() -> None:
    local = datetime(2026, 5, 4, 18, 40).astimezone(UTC).replace(tzinfo=None)
    assert wording.when(replace(ROW, at=local), TODAY) == "Today, 6:40\u202fPM"
    day_before = datetime(2026, 5, 3, 18, 40).astimezone(UTC).replace(tzinfo=None)
    assert wording.when(replace(ROW, at=day_before), TODAY).startswith("Yesterday, ")
    assert wording.contents(ROW) == "1 photo, 1 named person, 2.0 MB"
    assert wording.why(replace(ROW, reason="moon")) == "moon", "of a later version"
    reasons = ("daily", "migration", "restore", "asked")
    assert len({wording.why(replace(ROW, reason=reason)) for reason in reasons}) == 4
