"""Every text can be translated, and has room when it is longer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QLocale
from pytestqt.qtbot import QtBot

from app.settings import OPTIONS
from tests.ui.access.conftest import SMALL
from tests.ui.access.looks import cramped, texts_of, texts_of_menu, untranslated
from tests.ui.access.pseudo import pseudo
from tests.ui.access.walk import dialogs, furnish_all, menus, pages

if TYPE_CHECKING:
    from tests.ui.conftest import Room

ENGLISH = QLocale(QLocale.Language.English)
DATES = [
    *(ENGLISH.standaloneMonthName(month) for month in range(1, 13)),
    *(ENGLISH.dayName(day) for day in range(1, 8)),
    *(ENGLISH.standaloneMonthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)),
    "AM", "PM",
]  # fmt: skip
NAMES = (
    "Anna", "Ben", "Kinfolk", "Photos", "Box", "drawn", "library", r"photo\d\d", "clip", "JPEG",
    "jpg", "MP4", "mp4", "kB", "MB", "Ctrl", "Shift", "Alt", "Space", "Left", "Right", "Return",
    "Enter", "Esc", "Del", "Home", "End", "PgUp", "PgDown", "Backspace", "Named Clara", "Who",
    "Name", "compact", r"buffalo_\w+", "antelopev2",
)  # fmt: skip
"""Names of people, programs, files, kinds of files and keys; what these tests say themselves."""
BELOW = (
    r"Are \w+ and \w+ the same person\?", r"Is this \w+\?", r"Are these \d+ faces \w+\?",
    r"Named \w+", r"\d+ faces are \w+", *(re.escape(option.sentence) for option in OPTIONS),
)  # fmt: skip
"""Sentences that the rooms below the window have made, in English."""
ALLOWED = re.compile("|".join((*BELOW, r"/\S+", r"\b(" + "|".join((*DATES, *NAMES)) + r")\b")))


def test_a_text_that_is_not_translated_is_found() -> None:
    said = pseudo("Look for {0}").format("Anna")
    assert not untranslated("", f"{said}, Anna, 3", ALLOWED)
    assert untranslated("", f"{said} again", ALLOWED)
    assert untranslated("", "Look for Anna", ALLOWED)
    assert not untranslated("", DATES[0], ALLOWED) and QDate(2021, 1, 1).isValid()


@pytest.mark.usefixtures("pseudo_language", "small_screen")
def test_the_window_is_translated_and_has_room_for_it(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    """On a screen of 1920 x 1080 at 200 %, in a language that is 40 % longer than English."""
    furnish_all(room, tmp_path / "drawn", qtbot)
    room.window.resize(SMALL)
    left, narrow = dict[str, str](), dict[str, str]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for where, text in texts_of(surface):
                if found := untranslated(where, text, ALLOWED):
                    left.setdefault(found, name)
            for found in cramped(surface, SMALL):
                narrow.setdefault(found, name)
    for menu in menus(room):
        for where, text in texts_of_menu(menu):
            if found := untranslated(where, text, ALLOWED):
                left.setdefault(found, "menus")
    assert not left, "\n".join(f"{name}: {found}" for found, name in left.items())
    assert not narrow, "\n".join(f"{name}: {found}" for found, name in narrow.items())


@pytest.mark.usefixtures("german", "small_screen")
def test_german_has_room(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    room.window.resize(SMALL)
    assert room.window.sidebar.entries()[0].text() == "Personen"
    narrow = dict[str, str]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for found in cramped(surface, SMALL):
                narrow.setdefault(found, name)
    assert not narrow, "\n".join(f"{name}: {found}" for found, name in narrow.items())
