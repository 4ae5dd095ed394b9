"""The language of the window: chosen, switched while it runs, and known by what is below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.library.rare_rows import SkippedFile
from app.library.rows import TaskRow, TaskState, TaskType
from app.paths import resources
from app.ui import words
from app.ui.language import Language, locale_of, nearest
from app.ui.places import Kind, Place
from app.ui.sayings import Sayings, translated
from app.ui.settings.dialog import SettingsDialog
from app.ui.texts import Texts
from tests.ui.conftest import Room
from tests.ui.test_settings import open_settings


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    before = QLocale()
    made = Language(qapp, resources(), "en")
    yield made
    made.silence()
    made.deleteLater()
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["de-AT", "en"], "de"),
        (["zh-Hans-CN"], "zh_CN"),
        (["da", "fr-CA", "en"], "fr"),
        (["da", "en-GB"], "en"),
        (["pt_BR"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_the_user_reads(wanted: list[str], spoken: str) -> None:
    assert nearest(wanted) == spoken


def test_dates_are_in_the_words_of_the_language_and_the_ways_of_the_country() -> None:
    danish = QLocale("da_DK")
    assert locale_of("en", danish).language() == QLocale.Language.English
    assert locale_of("en", danish).territory() == QLocale.Country.Denmark
    assert locale_of("de", QLocale("de_CH")) == QLocale("de_CH")
    assert locale_of("fr", QLocale.c()) == QLocale("fr")


def test_counts_have_the_forms_of_the_language(language: Language) -> None:
    told = [words.photos(count) for count in (0, 1, 2, 1284)]
    assert told == ["0 photos", "1 photo", "2 photos", "1,284 photos"]
    language.choose("de")
    told = [words.photos(count) for count in (0, 1, 2, 1284)]
    assert told == ["0 Fotos", "1 Foto", "2 Fotos", "1.284 Fotos"]
    language.choose("fr")
    told = [words.photos(count) for count in (0, 1, 2)]
    assert told == ["0 photo", "1 photo", "2 photos"]


def test_a_language_is_left_whole(language: Language) -> None:
    tr = Texts("actions")
    language.choose("de")
    assert tr("Undo") == "Rückgängig"
    assert translated("The file is empty.") != "The file is empty."
    language.choose("en")
    assert tr("Undo") == "Undo"
    assert translated("The file is empty.") == "The file is empty."


def test_a_change_is_told_once(language: Language) -> None:
    heard: list[str] = []
    language.changed.connect(lambda: heard.append(language.name))
    language.choose("es")
    language.choose("es")
    language.choose("zh_CN")
    assert heard == ["es", "zh_CN"]


def test_months_are_in_the_language(language: Language) -> None:
    taken = datetime(2019, 6, 3)
    for name, month in (("de", "Juni 2019"), ("es", "junio de 2019"), ("fr", "juin 2019")):
        language.choose(name)
        assert words.month(taken).lower() == month.lower()


def test_the_window_is_laid_anew_where_it_was(room: Room, qtbot: QtBot) -> None:
    window = room.window
    anna = next(row for row in room.rows() if row.name == "Anna")
    window.go(Place(Kind.PERSON, people=(anna.id,)))
    before = window.sidebar
    window.desk.language.choose("de")
    qtbot.waitUntil(lambda: window.sidebar is not before)
    assert window.trail.here == Place(Kind.PERSON, people=(anna.id,))
    assert window.actions_.undo.iconText() == "Rückgängig"
    assert window.strip.toolTip() == Texts("activity_strip").of("What Kinfolk does and did")
    qtbot.waitUntil(lambda: window.windowTitle() == "Anna")
    before = window.sidebar
    window.desk.language.choose("en")
    qtbot.waitUntil(lambda: window.sidebar is not before)
    assert window.actions_.undo.iconText() == "Undo"


def test_what_came_of_the_work_is_told_in_the_language(room: Room, qtbot: QtBot) -> None:
    window = room.window
    row = TaskRow(
        "x", TaskType.INDEX, TaskState.DONE, 9, 9, datetime.now(), datetime.now(), "",
        skipped=(SkippedFile(Path("/photos/x.jpg"), "The file is empty."),),
    )  # fmt: skip
    window.strip.show_ended(row)
    told = [one.text() for one in window.strip.findChildren(QLabel)]
    assert "Looked at 8 photos" in told
    before = window.sidebar
    window.desk.language.choose("de")
    qtbot.waitUntil(lambda: window.sidebar is not before)
    told = [one.text() for one in window.strip.findChildren(QLabel)]
    assert Texts("activity_strip")("Looked at {0}").format("8 Fotos") in told
    assert "Looked at 8 photos" not in told


def test_the_settings_stay_open_where_the_language_is_chosen(room: Room, qtbot: QtBot) -> None:
    def heading() -> str:
        found = room.window.findChildren(SettingsDialog)
        return found[0].windowTitle() if len(found) == 1 and found[0].isVisible() else ""

    dialog = open_settings(room, qtbot, "language")
    dialog.set_option("language", "de")
    qtbot.waitUntil(lambda: heading() == "Einstellungen")
    (dialog,) = room.window.findChildren(SettingsDialog)
    qtbot.waitUntil(lambda: dialog.reset_all.isEnabled())
    assert dialog.way_back == {}
    dialog.reset_all.click()
    qtbot.waitUntil(lambda: heading() == "Settings")
    (dialog,) = room.window.findChildren(SettingsDialog)
    assert not dialog.undo.isHidden(), "what was reset can be taken back still"
    dialog.undo.click()
    qtbot.waitUntil(lambda: heading() == "Einstellungen")
    room.window.findChildren(SettingsDialog)[0].close()


def test_what_was_said_is_told_in_the_language(room: Room, qtbot: QtBot) -> None:
    window = room.window
    before = window.sidebar
    window.desk.language.choose("de")
    qtbot.waitUntil(lambda: window.sidebar is not before)
    anna = next(row for row in room.rows() if row.name == "Anna")
    window.desk.deeds.name(anna.id, "Berta")
    qtbot.waitUntil(window.message.isVisible)
    shown = window.message.label.text()
    assert "Anna" in shown and "Berta" in shown
    assert "Renamed" not in shown


class TestSayings:
    """Without a translation, everything comes back as it was."""

    known = Sayings(
        ["Renamed {0} to {1}", "1 face is {0}", "a stranger", "{0} and {1}", "It is {0}. Wait."]
    )

    @pytest.mark.parametrize(
        "said",
        [
            "Renamed Anna to Ben",
            "1 face is a stranger",
            "Renamed Anna to Anna and Ben",
            "Something else. 1 face is Ben. And more",
            "It is late. Wait.",
            "",
            "{0}",
            "Renamed {0} to {1}",
            "a stranger; 1 face is a stranger",
        ],
    )
    def test_nothing_is_lost(self, said: str) -> None:
        assert self.known.told(said) == said

    def test_it_knows_what_it_can_translate(self) -> None:
        assert self.known.knows("1 face is a stranger; Renamed Anna to Ben")
        assert not self.known.knows("2 faces are strangers")

    def test_pieces_are_translated_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        german = {
            "1 face is {0}": "Ein Gesicht ist {0}", "a stranger": "fremd",
            "Renamed {0} to {1}": "{1} hieß vorher {0}",
        }  # fmt: skip
        monkeypatch.setattr(Texts, "of", lambda _, text: german.get(text, text))
        assert self.known.told("1 face is a stranger") == "Ein Gesicht ist fremd"
        assert self.known.told("Renamed Anna to Ben") == "Ben hieß vorher Anna"
        told = self.known.told("Renamed Anna to Ben. 1 face is a stranger")
        assert told == "Ben hieß vorher Anna. Ein Gesicht ist fremd"
