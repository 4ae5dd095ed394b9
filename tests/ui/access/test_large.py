"""Text is as large as the system wants it, and nothing is cut then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.places import Kind, Place
from app.ui.scale import scaled, system_scale
from tests.ui.access.conftest import OLD
from tests.ui.access.looks import cramped
from tests.ui.access.walk import dialogs, furnish_all, pages

if TYPE_CHECKING:
    from tests.ui.conftest import Room


@pytest.mark.usefixtures("large_text", "old_screen")
def test_nothing_is_cut(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    """With text of 24 points on a screen of 1366 x 768."""
    furnish_all(room, tmp_path / "drawn", qtbot)
    room.window.resize(OLD)
    narrow = dict[str, str]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for found in cramped(surface, OLD):
                narrow.setdefault(found, name)
    assert not narrow, "\n".join(f"{name}: {found}" for found, name in narrow.items())


@pytest.mark.parametrize(
    ("points", "times"),
    [(8.0, 1.0), (9.0, 1.0), (10.5, 1.0), (13.0, 1.24), (18.0, 1.71), (24.0, 2.29), (60.0, 2.5)],
)
@pytest.mark.usefixtures("qapp")
def test_text_is_as_large_as_the_system_wants_it(
    points: float, times: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.scale.sys.platform", "linux")
    font = QFont()
    font.setPointSizeF(points)
    assert system_scale(font) == pytest.approx(times, abs=0.005)
    font.setPixelSize(28)
    assert system_scale(font) == 2.0


def test_text_grows_while_the_window_is_open(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, theme = room.window, room.furniture.theme
    window.go(Place(Kind.PHOTOS))
    before = window.sidebar.entries()[0].height()
    monkeypatch.setattr("app.ui.theme.system_scale", lambda: 1.5)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    assert theme.font(13).pixelSize() == 20 and scaled(40) == 60
    qtbot.waitUntil(lambda: window.sidebar.entries()[0].height() == round(before * 1.5))
    assert window.trail.here == Place(Kind.PHOTOS)
    assert window.sidebar.font().pixelSize() == 21
