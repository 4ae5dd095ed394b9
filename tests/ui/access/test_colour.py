"""Nothing is told by colour alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.library.rows import FolderState
from app.ui.theme import Theme
from app.ui.visitors.chart import Bar, Chart
from app.ui.widgets.side_entry import SideEntry
from tests.ui.access.seeing import luminance, picture, pixels_of

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def test_the_states_of_a_folder_have_pictures_and_words(room: Room, qtbot: QtBot) -> None:
    sidebar = room.window.sidebar
    qtbot.waitUntil(lambda: len(sidebar._folders) == 1)
    (folder,) = sidebar._folders
    seen, heard = set[str](), set[str]()
    for state in FolderState:
        entry = SideEntry(room.furniture.theme, room.window.desk.icons, "Holiday")
        sidebar._say_state(entry, replace(folder, state=state))
        seen.add(entry._icon)
        heard.add(entry.accessibleDescription().split(",")[0])
    assert len(seen) == len(heard) == len(FolderState)


def test_new_and_returning_visitors_differ_in_their_pattern(room: Room) -> None:
    chart = Chart(room.furniture.theme, room.window)
    chart.resize(300, 300)
    chart.show_bars([Bar("9", "9:00", 2, 0), Bar("10", "10:00", 0, 2)], "Visitors")
    chart.show()
    image = QImage(chart.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    chart.render(image)
    bright = luminance(pixels_of(image))

    def spread(place: int) -> float:
        """How uneven a bar is, away from its edges."""
        box = chart.rect_of(place).toAlignedRect().adjusted(6, 12, -6, -6)
        return float(np.std(bright[box.top() : box.bottom(), box.left() : box.right()]))

    assert spread(0) < 0.01 < 0.05 < spread(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_switched_on_has_an_edge(room: Room, qtbot: QtBot, scheme: str) -> None:
    room.furniture.theme.choose(scheme)
    for name in ("", "Switch"):
        button = QToolButton(room.window)
        button.setObjectName(name)
        button.setText("Faces")
        button.setCheckable(True)
        button.resize(90, 36)
        button.show()
        qtbot.wait(1)
        off = luminance(picture(button, 1))
        button.setChecked(True)
        qtbot.wait(1)
        on = luminance(picture(button, 1))
        rim = np.s_[-2:, 12:-12]
        ratio = (np.maximum(on, off)[rim] + 0.05) / (np.minimum(on, off)[rim] + 0.05)
        assert np.median(ratio) >= 3, name
        button.hide()


def test_more_contrast_is_given_where_it_is_asked_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme: Theme = room.furniture.theme
    usual = theme.tokens
    monkeypatch.setattr("app.ui.theme.wants_contrast", lambda: True)
    theme.choose("light")
    assert theme.tokens.has_more_contrast and theme.tokens != usual
    theme.choose("dark")
    assert theme.tokens.has_more_contrast and theme.tokens.is_dark
    monkeypatch.setattr("app.ui.theme.wants_contrast", lambda: False)
    theme.choose("light")
    assert theme.tokens == usual
