"""Whoever hears the window, or has no mouse, comes to everything, and knows what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.places import Kind, Place
from app.ui.visitors.chart import Bar, Chart
from tests.ui.access.hearing import badly_named, name_of, out_of_reach, tree, twins
from tests.ui.access.walk import dialogs, furnish_all, pages

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def names_in(widget: QWidget) -> list[str]:
    """The names of all that is within a widget."""
    return [name_of(one) for one in tree(QAccessible.queryAccessibleInterface(widget))][1:]


@pytest.mark.usefixtures("heard")
def test_everything_is_named_and_reached(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    wrong = dict[str, str]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for look in (badly_named, twins, out_of_reach):
                for found in look(surface):
                    wrong.setdefault(f"{look.__name__}: {found}", name)
    assert not wrong, "\n".join(f"{name}: {found}" for found, name in wrong.items())


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_what_is_wrong_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for text in ("", "arrow_left", "Same", "Same"):
        column.addWidget(QPushButton(text))
    far = QPushButton("Far")
    far.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column.addWidget(far)
    window.show()
    assert badly_named(window) == [
        "QPushButton '' in QWidget has no name",
        "QPushButton 'arrow_left' in QWidget is called 'arrow_left'",
    ]
    assert twins(window) == ["'Same' twice in QWidget '' in NoneType"]
    assert out_of_reach(window) == ["QPushButton 'Far' in QWidget"]


@pytest.mark.usefixtures("heard")
def test_what_is_painted_is_heard(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    window = room.window
    window.go(Place(Kind.PEOPLE))
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)
    assert names_in(room.people.grid)[0].startswith("Anna, 4 photos")
    photos = window.desk.album.timeline()
    films = [place for place, photo in enumerate(photos) if photo.duration is not None]
    window.pages[Kind.PHOTOS].photo_opened.emit(photos, films[0])
    viewer = window.viewer
    qtbot.waitUntil(lambda: names_in(viewer.film.strip.people) != [])
    assert names_in(viewer.film.strip.people)[0].startswith("Anna, 0:00, 0:01")
    qtbot.waitUntil(lambda: "Anna" in names_in(viewer.canvas))
    window.go(Place(Kind.REVIEW))
    board = window.pages[Kind.REVIEW].view.mine.board  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: any(name.startswith("Face 1 of ") for name in names_in(board)))


@pytest.mark.usefixtures("heard")
def test_bars_are_heard(room: Room, qtbot: QtBot) -> None:
    chart = Chart(room.furniture.theme, room.window)
    chart.resize(300, 200)
    chart.show()
    bars = [Bar("9", "9:00: 2 people", 1, 1), Bar("10", "10:00: 1 person", 1, 0)]
    chart.show_bars(bars, "Visitors by hour")
    qtbot.waitUntil(lambda: {bar.spoken for bar in bars} <= set(names_in(chart)))
