"""The settings as a sheet: every option is there, found by any word, marked and taken back."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.settings import FOLDER, OPTIONS, SCALE, Option, option_named
from app.ui.settings import dialog as dialog_module
from app.ui.settings import option_words, wording
from app.ui.settings.categories import CATEGORIES, by_category
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import ChoiceField, NumberField, TextField, make_field
from app.ui.settings.finding import is_about, marked, words_of
from app.ui.settings.folder_field import FolderField
from app.ui.settings.scale_field import ScaleField
from tests.ui.test_settings import CONTROL, choices, open_settings, radios, written

if TYPE_CHECKING:
    from tests.ui.conftest import Room

NEW = (
    Option("new_number", int, 3, "photos", "A new number.", (), 0, 9, False),
    Option("new_share", float, 0.5, "0..1", "A new share.", (), 0, 1, False),
    Option("new_degrees", float, 9.5, "degrees", "A new angle.", (), 0, math.inf, False),
    Option("new_text", str, "", "", "A new text.", (), 0, 1, False),
    Option("new_folder", str, "", "", "A new folder.", (), 0, 1, False, FOLDER),
    Option("new_scale", int, 0, "", "A new scale.", (), -2, 2, False, SCALE),
    Option("new_choice", str, "off", "", "A new choice.", ("off", "on"), 0, 1, False),
)
KINDS = (NumberField, NumberField, NumberField, TextField, FolderField, ScaleField, ChoiceField)


def type_in(dialog: SettingsDialog, text: str) -> list[str]:
    """Search; gives the options in sight."""
    dialog.sheet.search.setFocus()
    dialog.sheet.search.selectAll()
    QTest.keyClicks(dialog.sheet.search, text)
    return dialog.sheet.shown


def number(dialog: SettingsDialog, name: str) -> NumberField:
    field = dialog.fields[name]
    assert isinstance(field, NumberField)
    return field


def test_every_option_is_there_and_a_new_one_appears_by_itself(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_module, "OPTIONS", OPTIONS + NEW)
    dialog = open_settings(room, qtbot)
    seen: list[str] = []
    for row in range(dialog.sheet.categories.count()):
        dialog.sheet.categories.setCurrentRow(row)
        seen += dialog.sheet.shown
    assert sorted(seen) == sorted(one.name for one in OPTIONS + NEW)
    for option, kind in zip(NEW, KINDS, strict=True):
        field = dialog.fields[option.name]
        assert type(field) is kind, option.name
        assert field.heading.text() == option.name.replace("_", " ").capitalize()
        assert field.sentence.text() == option.sentence and field.isEnabled()
        assert field.default.text().startswith("Default: ")
    assert number(dialog, "new_degrees").box.text() == "9.5°"
    assert type_in(dialog, "new angle") == ["new_degrees"]


def test_every_option_has_words_of_its_own(qapp: QApplication) -> None:
    assert qapp is not None
    listed = {name for category in CATEGORIES for name in category.names}
    for option in OPTIONS:
        field = make_field(option)
        assert option.name in option_words._TITLES and field.heading.text(), option.name
        assert option.name in listed, f"{option.name} stands in no category"
        assert field.sentence.text().rstrip("…").rstrip(".") and field.default.text()
    assert [one.key for one, _ in by_category(NEW)] == ["advanced"]


def test_a_search_finds_titles_sentences_names_and_choices(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_F, CONTROL)
    assert dialog.focusWidget() is dialog.sheet.search
    assert type_in(dialog, "clear face turned") == ["hd_face_angle"]
    assert dialog.sheet.told.text() == "1 setting found"
    heading = dialog.fields["hd_face_angle"].heading
    assert '<span style="background-color' in heading.text() and "underline" in heading.text()
    assert type_in(dialog, "hd_face") == [
        "hd_face_pixels", "hd_face_angle", "hd_face_quality"
    ]  # fmt: skip
    assert dialog.sheet.told.text() == "3 settings found"
    assert type_in(dialog, "BATTERY") == ["pace"]
    assert "notifications" in type_in(dialog, "what matters")
    QTest.keyClick(dialog.sheet.search, Qt.Key.Key_Return)
    assert dialog.focusWidget() is radios(dialog, "notifications")["long"]
    assert type_in(dialog, "xyzzy") == [] and not dialog.sheet.nothing.isHidden()
    assert dialog.sheet.nothing.text() == "No setting is about “xyzzy”."
    QTest.keyClick(dialog.sheet.search, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.sheet.search.text() == ""
    assert (
        dialog.sheet.shown[0] == "pace" and heading.text() == "How far a clear face may be turned"
    )
    assert type_in(dialog, "cloud")
    dialog.sheet.categories.setCurrentRow(0)
    assert dialog.sheet.shown[0] == "language" and dialog.sheet.search.text() == ""
    QTest.keyClick(dialog.sheet.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_words_are_found_without_accents_and_marked_where_they_stand() -> None:
    assert words_of("  Große  Ängste ") == ["grosse", "angste"]
    assert marked("Große <Fotos>", ["grosse"], "x") == '<span style="x">Große</span> &lt;Fotos&gt;'
    assert marked("abab", ["ab", "ba"], "x") == '<span style="x">abab</span>'
    assert is_about(option_named("provider"), ["nvidia", "cuda"])
    assert not is_about(option_named("provider"), ["nvidia", "photos/s"])


def test_what_is_changed_is_marked_and_taken_back(room: Room, qtbot: QtBot) -> None:
    choices(room).change("video_frames", 20)
    dialog = open_settings(room, qtbot)
    field = number(dialog, "video_frames")
    assert field.badge.text() == "Changed" and not field.badge.isHidden()
    assert field.default.text() == "Default: 300 frames · From 1 to 100,000."
    assert dialog.fields["videos"].badge.isHidden() and dialog.fields["videos"].reset.isHidden()
    field.reset.click()
    qtbot.waitUntil(lambda: written(room) == {})
    qtbot.waitUntil(lambda: field.badge.isHidden() and field.reset.isHidden())
    assert field.box.value() == 300 and not dialog.reset_all.isEnabled()


def test_all_are_reset_and_taken_back(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    before = {"workers": 2, "pace": "full", "strictness": 2, "min_photos": 5}
    choices(room).change_all(before | {"export_folder": str(tmp_path)})
    known = written(room)
    dialog = open_settings(room, qtbot)
    QTest.mouseClick(dialog.reset_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.status.text() == "All settings are as by default.")
    assert written(room) == {"export_folder": str(tmp_path)}, "which is no wish"
    assert radios(dialog, "pace")["auto"].isChecked()
    QTest.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: written(room) == known)
    qtbot.waitUntil(lambda: dialog.status.text() == "Taken back.")
    assert dialog.undo.isHidden() and radios(dialog, "pace")["full"].isChecked()


def test_a_number_that_cannot_be_is_told_in_its_place(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "workers")
    box = number(dialog, "workers").box
    box.selectAll()
    QTest.keyClicks(box, "300")
    QTest.keyClick(box, Qt.Key.Key_Return)
    trouble = dialog.fields["workers"].trouble
    assert trouble.text() == "300 is not possible. From 0 to 256." and not trouble.isHidden()
    assert box.value() == 0 and written(room) == {}
    box.selectAll()
    QTest.keyClicks(box, "2")
    assert trouble.isHidden()
    qtbot.waitUntil(lambda: written(room) == {"workers": 2})


def test_a_folder_is_chosen_or_typed(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_settings(room, qtbot, "export_folder")
    field = dialog.fields["export_folder"]
    assert isinstance(field, FolderField)
    QTest.keyClicks(field.edit, str(tmp_path / "nowhere"))
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.trouble.text() == "There is no such folder." and written(room) == {}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    field.choose.click()
    qtbot.waitUntil(lambda: written(room) == {"export_folder": str(tmp_path)})
    assert field.trouble.isHidden()


def test_models_that_are_not_there_are_not_taken(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "pack")
    field = dialog.fields["pack"]
    assert isinstance(field, TextField) and field.edit.text() == "compact"
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "nowhere")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "nowhere" in field.trouble.text())
    assert dialog.status.objectName() == "Warning" and written(room) == {}
    assert choices(room).settings.pack == "compact"
    assert field.edit.text() == "nowhere", "it can be mended"
    field.edit.setFocus()
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_colours_change_while_the_dialog_is_open(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "theme")
    QTest.mouseClick(radios(dialog, "theme")["dark"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.window.desk.theme.tokens.is_dark)
    QTest.mouseClick(radios(dialog, "theme")["light"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not room.window.desk.theme.tokens.is_dark)
    assert written(room) == {"theme": "light"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("hd_face_angle", 50.0, "50°"),
        ("hd_face_quality", 0.25, "0.25"),
        ("min_photos", 1, "1 photo"),
        ("cache_megabytes", 8000, "8,000 MB"),
        ("stranger_days", 0, "Everybody is kept"),
        ("strictness", -3, "-3 steps"),
        ("notify_command", "", "none"),
    ],
)
def test_a_value_is_told_with_its_unit(
    qapp: QApplication, name: str, value: float, told: str
) -> None:
    assert qapp is not None
    QLocale.setDefault(QLocale(QLocale.Language.English))
    assert wording.amount(option_named(name), value) == told
    assert wording.unit(replace(option_named(name), unit="apples"), 2) == " apples"
