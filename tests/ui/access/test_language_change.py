"""After a change of language nothing in the window is left in the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.places import Kind
from app.ui.settings.dialog import SettingsDialog
from tests.translations.catalogues import messages
from tests.ui.access.looks import texts_of, texts_of_menu
from tests.ui.access.walk import furnish_all, menus, place_of, rest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Room


@pytest.fixture(scope="module")
def other() -> dict[str, str]:
    """What is said otherwise in German, without what is filled in."""
    plain = {
        message.text.text: message.forms[0]
        for message in messages("de")
        if not message.text.is_counted and "{" not in message.text.text
    }
    german = set(plain.values())
    return {text: told for text, told in plain.items() if told != text and text not in german}


def stale(room: Room, known: set[str]) -> Iterator[str]:
    """Texts of the window that are among these."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            for where, text in texts_of(window):
                if text.replace("&", "") in known:
                    yield f"{where}: {text!r}"
    for menu in menus(room):
        for _, text in texts_of_menu(menu):
            if text.replace("&", "") in known:
                yield f"menu: {text!r}"


def test_nothing_is_left(room: Room, tmp_path: Path, qtbot: QtBot, other: dict[str, str]) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    window = room.window
    left = dict[str, str]()
    english, german = set(other), set(other.values()) - set(other)

    def choose(language: str) -> None:
        before = window.sidebar
        window.desk.language.choose(language)
        qtbot.waitUntil(lambda: window.sidebar is not before)
        rest(room, qtbot)

    def change(name: str) -> None:
        """Speak German where this is shown, then English again."""
        for language, gone in (("de", english), ("en", german)):
            choose(language)
            left.update((found, f"{name}, {language}") for found in stale(room, gone))

    for kind in Kind:
        window.go(place_of(room, kind))
        rest(room, qtbot)
        change(kind.value)
        assert window.trail.here == place_of(room, kind)
    choose("de")
    photos = window.desk.album.timeline()
    window.pages[Kind.PHOTOS].photo_opened.emit(photos, len(photos) - 1)
    qtbot.waitUntil(lambda: window.viewer.canvas.has_image)
    window.viewer.acts.information.setChecked(True)
    window.viewer.show_information()
    rest(room, qtbot)
    left.update((found, "viewer") for found in stale(room, english))
    window.dialogs.show_settings()
    rest(room, qtbot)
    choose("en")
    left.update((found, "settings") for found in stale(room, german))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    dialog.done(0)
    assert not left, "\n".join(f"{name}: {found}" for found, name in left.items())
