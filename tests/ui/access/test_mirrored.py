"""Where one reads from right to left, everything stands on the other side, and keys go there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.guide.help_button import HelpButton
from app.ui.places import Kind, Place
from tests.ui.access.looks import cramped, shown
from tests.ui.access.walk import dialogs, furnish_all, pages

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.usefixtures("mirrored")
def test_all_of_the_window_is_mirrored(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    window, narrow = room.window, dict[str, str]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for found in cramped(surface, window.size()):
                narrow.setdefault(found, name)
    assert not narrow, "\n".join(f"{name}: {found}" for found, name in narrow.items())


@pytest.mark.usefixtures("mirrored")
def test_a_heading_is_not_under_the_help_button(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    furnish_all(room, tmp_path / "drawn", qtbot)
    looked = 0
    for name, dialog in dialogs(room, qtbot):
        help_button = dialog.findChild(HelpButton)
        for heading in dialog.findChildren(QLabel, "Heading"):
            if help_button is not None and heading.isVisible() and help_button.isVisible():
                text = place_of(heading, dialog)
                text.setWidth(
                    min(text.width(), heading.fontMetrics().horizontalAdvance(heading.text()))
                )
                assert not text.intersects(place_of(help_button, dialog)), name
                looked += 1
    assert looked > 3


def test_what_stands_left_stands_right(room: Room, qapp: QApplication, qtbot: QtBot) -> None:
    window, grid = room.window, room.people.grid
    window.go(Place(Kind.PEOPLE))

    def places() -> dict[int, QRect]:
        qtbot.wait(50)
        parts = [one for part in (window.sidebar, window.top_bar) for one in shown(part)]
        return {id(one): place_of(one, window) for one in parts}

    def cells() -> list[QRect]:
        view = grid.viewport()
        found = [grid.visualRect(grid.model().index(row, 0)) for row in range(4)]
        return [QRect(view.mapTo(window, cell.topLeft()), cell.size()) for cell in found]

    before, cells_before = places(), cells()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        grid.doItemsLayout()
        after, cells_after = places(), cells()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for one, place in before.items():
        if one in after:
            assert abs(after[one].x() - (window.width() - place.x() - place.width())) <= 3
    for old, new in zip(cells_before, cells_after, strict=True):
        assert abs(new.x() - (window.width() - old.x() - old.width())) <= 3
        assert new.y() == old.y()


@pytest.mark.usefixtures("mirrored")
def test_keys_and_clicks_go_where_they_point(room: Room, qtbot: QtBot) -> None:
    grid = room.people.grid
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)
    first, second = (grid.visualRect(grid.model().index(row, 0)) for row in (0, 1))
    assert second.right() < first.left()
    assert grid.indexAt(second.center()).row() == 1
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 1
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 0
    window = room.window
    photos = window.desk.album.timeline()
    window.pages[Kind.PHOTOS].photo_opened.emit(photos, 0)
    viewer = window.viewer
    qtbot.waitUntil(lambda: viewer.canvas.has_image)
    QTest.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer._here == 1


def test_arrows_point_the_other_way(room: Room, qapp: QApplication) -> None:
    icons = room.window.desk.icons

    def ink(name: str) -> list[int]:
        """How much of each column is drawn, from left to right."""
        image = icons.pixmap(name, "text", 20, 2).toImage()
        rows = range(image.height())
        return [sum(image.pixelColor(x, y).alpha() for y in rows) for x in range(image.width())]

    before = {name: ink(name) for name in ("arrow-left", "search")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    icons._draw_anew()
    try:
        assert ink("arrow-left") == pytest.approx(before["arrow-left"][::-1], abs=200)
        assert ink("arrow-left") != pytest.approx(before["arrow-left"], abs=200)
        assert ink("search") == before["search"]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_program_is_mirrored_by_a_word() -> None:
    program = (
        "import sys; from app.ui.application import make_application;"
        "sys.exit(10 + make_application().isRightToLeft())"
    )
    for words, status in (([], 10), (["-reverse"], 11)):
        done = subprocess.run([sys.executable, "-c", program, *words], check=False, timeout=60)
        assert done.returncode == status
